package program

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWritable(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ file, want string }{
		{"", ""},
		{file, ""},
		{filepath.Join(folder, "new"), ""},
		{"new-in-this-folder", ""},
		{folder, folder + ": it is a folder, want the name of a file"},
		{file + "/x", file + "/x: there is no folder " + file + ", want one"},
		{folder + "/none/x", folder + "/none/x: there is no folder " + folder + "/none, want one"},
		{filepath.Join(folder, strings.Repeat("x", 300)), "file name too long"},
	} {
		err := Writable(test.file)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.file, err)
		case test.want != "" && (err == nil || !strings.HasSuffix(err.Error(), test.want)):
			t.Errorf("%s: error %v, want %s", test.file, err, test.want)
		}
	}
}
