package outputs

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/show"
)

// PicturesFlag adds the flag -out, which sets the folder for the pictures.
// [github.com/gradus-go/gradus/internal/picture.Folder] says what an empty one stands for.
func PicturesFlag(flags *flag.FlagSet, folder *string) {
	flags.StringVar(folder, "out", "", "`folder` for the pictures; if empty, a new temporary one")
}

// GraphFlag adds the flag -show, which sets the file that [SaveGraph] writes. Its usage says of what
// the graph is. The flag refuses a file name with an ending that package show does not know.
func GraphFlag(flags *flag.FlagSet, file *string, of string) {
	flags.Var((*graphFile)(file), "show",
		"`file` for the graph of "+of+"; its ending says how: .dot .mmd .svg .html .tex .txt")
}

// Prepare checks, before any work is done, that the program can write its files, and returns the folder for
// the pictures. The sections are those of the program that are run, of the numbers 1 to last; the graph of
// -show is that of section 1. A temporary folder has a name with this beginning.
//
// It returns an error if there is a graph to write and section 1 is left out, if its file cannot be written,
// or if there is no such folder.
func Prepare(graph string, sections []int, last int, folder, beginning string) (string, error) {
	if graph != "" && !slices.Contains(sections, 1) {
		return "", program.Usagef("-show draws the graph of section 1, which -sections %v leaves out",
			program.Ranges(&sections, 1, last))
	}
	if err := program.Writable(graph); err != nil {
		return "", err
	}
	return picture.Folder(folder, beginning)
}

// A graphFile is the name of a file that package show can write.
type graphFile string

func (f *graphFile) String() string { return string(*f) }

func (f *graphFile) Set(s string) error {
	*f = graphFile(s)
	return show.CanSave(s)
}

// SaveGraph writes the graph under root into the file of [GraphFlag], and reports that. It does nothing
// if the flag is not set and file is empty. The ending of the file's name decides whether that is a
// picture of the graph, a page that steps through Backward, or the derivation.
func SaveGraph(r *report.Report, file string, root *gradus.Value) error {
	if file == "" {
		return nil
	}
	err := show.Save(file, root)
	if err == nil {
		Wrote(r, "Graph", file)
	}
	return err
}

// Wrote prints the title of a section, which names a file that the program has written and what is in
// it. The pictures have such a title, too.
func Wrote(r *report.Report, what, file string) {
	title := what + ", in " + file
	if strings.EqualFold(filepath.Ext(file), ".html") {
		title += " (open it in a browser)"
	}
	r.Section(title)
}
