package show

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/wholefile"
)

// Save writes the graph of root into a file. The ending of the file's name says in which form:
//
//	.dot    the graph for Graphviz, by DOT
//	.mmd    the graph for Mermaid, by Mermaid
//	.svg    a picture of the graph, by SVG
//	.html   the page that steps through Backward, by Page
//	.tex    the derivation as a LaTeX document, by Derive
//	.txt    the derivation and the trace of Backward, by Derive and Trace
//
// Graphs are folded by FoldAuto. Small and capital letters in the ending are the same.
//
// Save returns an error if it does not know the ending, if root is nil, if [Derive] or [Page]
// returns one, or if the file cannot be written.
func Save(file string, root *gradus.Value) error {
	writer, err := writerFor(file)
	if err != nil {
		return err
	}
	if root == nil {
		return fmt.Errorf("%s: %w", file, errNilRoot)
	}
	text, err := writer(root)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return wholefile.Write(file, text)
}

// CanSave returns an error if [Save] does not know the ending of a file's name.
func CanSave(file string) error {
	_, err := writerFor(file)
	return err
}

// writers holds the forms that Save knows.
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

// writerFor returns the writer of a file's ending, or an error that lists all endings.
func writerFor(file string) (write func(root *gradus.Value) ([]byte, error), err error) {
	var endings []string
	for _, w := range writers {
		if strings.EqualFold(filepath.Ext(file), w.ending) {
			return w.write, nil
		}
		endings = append(endings, w.ending)
	}
	if file == "" {
		return nil, fmt.Errorf("show: the file has no name, want one that ends with %s",
			strings.Join(endings, " or "))
	}
	return nil, fmt.Errorf("%s: the ending is %q, want one of %s",
		file, filepath.Ext(file), strings.Join(endings, " "))
}

// document returns the derivation as a LaTeX document.
func document(root *gradus.Value) ([]byte, error) {
	d, err := Derive(root)
	if err != nil {
		return nil, err
	}
	return []byte("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n" +
		d.LaTeX() + "\\end{document}\n"), nil
}

// derivationAndTrace returns both as text, each under a title.
func derivationAndTrace(root *gradus.Value) ([]byte, error) {
	d, err := Derive(root)
	if err != nil {
		return nil, err
	}
	return []byte("The chain rule\n\n" + d.String() + "\nWhat Backward does\n\n" + Trace(root)), nil
}
