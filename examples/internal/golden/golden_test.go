package golden

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	widest := strings.Repeat("é", 80) + "\n"
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(widest), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, file string
		program    Program
		want       string // in the error
	}{
		{"as wanted", file, ends(0, widest, ""), ""},
		{
			"another output", file, ends(0, "other\n", ""),
			"output differs from " + file + " (-want +got):\n",
		},
		{
			"a column more", file, ends(0, "é"+widest, ""),
			"this line has 81 columns, want at most 80: éé",
		},
		{"no file", file + "s", ends(0, widest, ""), "no such file"},
		{"fails", file, ends(1, widest, "prog: no"), "exit status 1, want 0; stderr: prog: no"},
		{"fails silently", file, ends(1, widest, ""), "exit status 1, want 0"},
		{"warns", file, ends(0, widest, "prog: hm"), "exit status 0, want 0; stderr: prog: hm"},
	} {
		out, err := test.program.compare("", test.file, Exact)
		if test.want == "" && (err != nil || out != widest) {
			t.Errorf("%s: %q, error %v; want %q and none", test.name, out, err, widest)
		}
		if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: error %v, want %q in it", test.name, err, test.want)
		}
	}
}

func TestUpdate(t *testing.T) {
	before := *update
	t.Cleanup(func() { *update = before })
	file := filepath.Join(t.TempDir(), "file")
	program := ends(0, a, "")
	for _, *update = range []bool{true, false} {
		if _, err := program.compare("", file, Exact); err != nil {
			t.Errorf("update %t: %v", *update, err)
		}
	}
	if _, err := program.compare("", filepath.Join(file, "none"), Exact); err == nil {
		t.Error("no error for a file in a file")
	}
}

// The program runs in a new folder, but the file is in testdata in the folder of the test.
func TestCompareInNewFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(os.Mkdir("testdata", 0o755),
		os.WriteFile("testdata/a.golden", []byte(a), 0o644)); err != nil {
		t.Fatal(err)
	}
	program := Program(func(_ []string, stdout, _ io.Writer) int {
		if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
			t.Errorf("in the program's folder: %v, %v; want nothing", files, err)
		}
		fmt.Fprint(stdout, a)
		return 0
	})
	if got := program.Compare(t, "", "a.golden", Exact); got != a {
		t.Errorf("output %q, want %q", got, a)
	}
}
