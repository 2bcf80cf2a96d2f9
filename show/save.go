package show

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus"
)

// Save shows the graph of root in a file, in the way that the file's ending says:
//
//	.dot    the graph for Graphviz, as DOT has it
//	.mmd    the graph for Mermaid
//	.svg    the graph as a picture
//	.html   the page that steps through Backward
//	.tex    the derivation in LaTeX, a document of its own
//	.txt    the derivation and the trace of Backward
//
// Graphs are folded as FoldAuto does it. It returns an error if the ending is another, if
// the derivation or the page cannot be had, or if the file cannot be written.
func Save(file string, root *gradus.Value) error {
	text, err := render(filepath.Ext(file), root)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, text, 0o644)
}

// Endings are those that [Save] knows, for a flag's help.
const Endings = ".dot, .mmd, .svg, .html, .tex or .txt"

func render(ending string, root *gradus.Value) ([]byte, error) {
	switch strings.ToLower(ending) {
	case ".dot":
		return []byte(DOT(root, FoldAuto)), nil
	case ".mmd":
		return []byte(Mermaid(root, FoldAuto)), nil
	case ".svg":
		return SVG(root, FoldAuto), nil
	case ".html":
		return Page(root)
	case ".tex":
		d, err := Derive(root)
		if err != nil {
			return nil, err
		}
		return []byte("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n" +
			d.LaTeX() + "\\end{document}\n"), nil
	case ".txt":
		d, err := Derive(root)
		if err != nil {
			return nil, err
		}
		return []byte("The chain rule\n\n" + d.String() + "\nWhat Backward does\n\n" + Trace(root)), nil
	}
	return nil, fmt.Errorf("show: the ending is %q, want %s", ending, Endings)
}
