package show_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/show"
)

func TestSave(t *testing.T) {
	for ending, want := range map[string]string{
		".dot": "digraph", ".mmd": "flowchart", ".svg": "<svg", ".html": "<!doctype html>",
		".tex": `\frac{\partial L}{\partial W_2}`, ".txt": "dL/dW2 = dL/dy · dy/dW2 = ", ".SVG": "<svg",
	} {
		file := filepath.Join(t.TempDir(), "graph"+ending)
		if err := show.Save(file, tutorialA()); err != nil {
			t.Error(err)
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.ToLower(string(text)), strings.ToLower(want)) {
			t.Errorf("%s: %.200s…, want %q in it", ending, text, want)
		}
	}
}

func TestSaveErrors(t *testing.T) {
	folder := t.TempDir()
	for _, tt := range []struct {
		name, file, want string
		root             *gradus.Value
	}{
		{
			"an unknown ending", "graph.gif",
			`the ending is ".gif", want one of .dot .mmd .svg .html .tex .txt`, tutorialA(),
		},
		{"no ending", "graph", `the ending is "", want`, tutorialA()},
		{"no name", "graph.txt", "show: the root has no name", gradus.New(1).Neg()},
		{"no folder", "none/graph.svg", "no such file or directory", tutorialA()},
	} {
		file := filepath.Join(folder, tt.file)
		err := show.Save(file, tt.root)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: error %q, want the file and %q in it", tt.name, err, tt.want)
		}
		if canSave := show.CanSave(file); (canSave == nil) == strings.Contains(tt.want, "ending") {
			t.Errorf("%s: CanSave returns %v", tt.name, canSave)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: there is a file", tt.name)
		}
	}
}

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}
