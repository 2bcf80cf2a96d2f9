package outputs

import (
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/report"
)

func TestFlags(t *testing.T) {
	for _, test := range []struct {
		name, args  string
		out, show   string
		errContains string
	}{
		{"neither", "", "", "", ""},
		{"both", "-out folder -show graph.svg", "folder", "graph.svg", ""},
		{"an unknown ending", "-show x.gif", "", "x.gif", `the ending is ".gif"`},
		{"no ending", "-show x", "", "x", `the ending is ""`},
	} {
		var out, show string
		flags := flag.NewFlagSet("prog", flag.ContinueOnError)
		flags.SetOutput(io.Discard)
		PicturesFlag(flags, &out)
		GraphFlag(flags, &show, "the loss")
		if usage := flags.Lookup("show").Usage; !strings.Contains(usage, "the graph of the loss; its ending") {
			t.Errorf("-show does not say of what the graph is: %s", usage)
		}
		err := flags.Parse(strings.Fields(test.args))
		if out != test.out || show != test.show || flags.Lookup("show").Value.String() != show {
			t.Errorf("%s: -out %q, -show %q, want %q, %q", test.name, out, show, test.out, test.show)
		}
		if test.errContains == "" && err != nil ||
			test.errContains != "" && (err == nil || !strings.Contains(err.Error(), test.errContains)) {
			t.Errorf("%s: error %v, want %q in it", test.name, err, test.errContains)
		}
	}
}

func TestSaveGraph(t *testing.T) {
	t.Chdir(t.TempDir())
	root := gradus.New(1).As("x").Exp().As("y")
	var out strings.Builder
	if err := SaveGraph(report.New(&out), "", root); err != nil || out.Len() > 0 {
		t.Errorf("no file: %q, %v", &out, err)
	}
	for file, want := range map[string]string{
		"x.svg":  "== Graph, in x.svg\n",
		"x.html": "== Graph, in x.html (open it in a browser)\n",
		"x.HTML": "== Graph, in x.HTML (open it in a browser)\n",
	} {
		out.Reset()
		if err := SaveGraph(report.New(&out), file, root); err != nil || out.String() != want {
			t.Errorf("%s: prints %q, %v; want %q", file, &out, err, want)
		}
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "<svg") {
			t.Errorf("%s: %.100s, %v, want a picture", file, text, err)
		}
	}
	out.Reset()
	err := SaveGraph(report.New(&out), filepath.Join("x.svg", "x.svg"), root)
	if err == nil || errors.Is(err, fs.ErrNotExist) || out.Len() > 0 {
		t.Errorf("a file in a file: prints %q, error %v, want nothing but an error", &out, err)
	}
}

func TestPrepare(t *testing.T) {
	folder := t.TempDir()
	got, err := Prepare(filepath.Join(folder, "g.svg"), []int{1, 3}, 3, folder, "")
	if err != nil || got != folder {
		t.Errorf("the folder is %q, %v, want %q", got, err, folder)
	}
	for _, test := range []struct {
		graph    string
		sections []int
		folder   string
		want     string
	}{
		{"g.svg", []int{2, 3}, folder, "-show draws the graph of section 1, which -sections 2-3 leaves out"},
		{filepath.Join(folder, "no", "g.svg"), []int{1}, folder, "there is no folder"},
		{"", []int{2}, filepath.Join(folder, "g.svg", "pictures"), "g.svg"},
	} {
		if test.folder != folder { // a file in place of a folder
			if err := os.WriteFile(filepath.Join(folder, "g.svg"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Prepare(test.graph, test.sections, 3, test.folder, "")
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q, sections %v, folder %q: the error is %v, want %q",
				test.graph, test.sections, test.folder, err, test.want)
		}
	}
}
