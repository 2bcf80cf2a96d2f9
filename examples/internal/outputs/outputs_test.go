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
		GraphFlag(flags, &show)
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
	root := gradus.New(1).As("x").Exp().As("y")
	if err := SaveGraph("", root); err != nil {
		t.Errorf("no file: %v", err)
	}
	file := filepath.Join(t.TempDir(), "x.svg")
	if err := SaveGraph(file, root); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "<svg") {
		t.Errorf("%.100s, %v, want a picture", text, err)
	}
	if err := SaveGraph(filepath.Join(file, "x.svg"), root); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file in a file: error %v, want one", err)
	}
}
