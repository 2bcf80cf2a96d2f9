package outputs

import (
	"flag"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// PicturesFlag adds the flag -out, which sets the folder for the pictures.
// [github.com/gradus-go/gradus/internal/picture.Folder] says what an empty one stands for.
func PicturesFlag(flags *flag.FlagSet, folder *string) {
	flags.StringVar(folder, "out", "", "`folder` for the pictures; if empty, a new temporary one")
}

// GraphFlag adds the flag -show, which sets the file that [SaveGraph] writes. The flag refuses a
// file name with an ending that package show does not know.
func GraphFlag(flags *flag.FlagSet, file *string) {
	flags.Var((*graphFile)(file), "show",
		"`file` to show the graph in, by its ending: .dot .mmd .svg .html .tex .txt")
}

// A graphFile is the name of a file that package show can write.
type graphFile string

func (f *graphFile) String() string { return string(*f) }

func (f *graphFile) Set(s string) error {
	*f = graphFile(s)
	return show.CanSave(s)
}

// SaveGraph writes the graph under root into the file of [GraphFlag], or nothing if the flag is not
// set and file is empty. The ending of the file's name decides whether that is a picture of the
// graph, a page that steps through Backward, or the derivation.
func SaveGraph(file string, root *gradus.Value) error {
	if file == "" {
		return nil
	}
	return show.Save(file, root)
}
