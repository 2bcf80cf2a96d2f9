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
	writer, err := writerFor(file)
	if err != nil {
		return err
	}
	text, err := writer(root)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, text, 0o644)
}

// CanSave returns an error if [Save] does not know the ending of a file's name.
func CanSave(file string) error {
	_, err := writerFor(file)
	return err
}

var writers = []struct {
	ending string
	write  func(root *gradus.Value) ([]byte, error)
}{
	{".dot", func(root *gradus.Value) ([]byte, error) { return []byte(DOT(root, FoldAuto)), nil }},
	{".mmd", func(root *gradus.Value) ([]byte, error) { return []byte(Mermaid(root, FoldAuto)), nil }},
	{".svg", func(root *gradus.Value) ([]byte, error) { return SVG(root, FoldAuto), nil }},
	{".html", Page},
	{".tex", document},
	{".txt", derivationAndTrace},
}

func writerFor(file string) (write func(root *gradus.Value) ([]byte, error), err error) {
	var endings []string
	for _, w := range writers {
		if strings.EqualFold(filepath.Ext(file), w.ending) {
			return w.write, nil
		}
		endings = append(endings, w.ending)
	}
	return nil, fmt.Errorf("%s: the ending is %q, want one of %s",
		file, filepath.Ext(file), strings.Join(endings, " "))
}

func document(root *gradus.Value) ([]byte, error) {
	d, err := Derive(root)
	if err != nil {
		return nil, err
	}
	return []byte("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n" +
		d.LaTeX() + "\\end{document}\n"), nil
}

func derivationAndTrace(root *gradus.Value) ([]byte, error) {
	d, err := Derive(root)
	if err != nil {
		return nil, err
	}
	return []byte("The chain rule\n\n" + d.String() + "\nWhat Backward does\n\n" + Trace(root)), nil
}
