package program

import (
	"errors"
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
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(folder, "none", "new"), link); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ file, want string }{
		{"", ""},
		{file, ""},
		{link, folder + "/none/new: there is no folder " + folder + "/none to write the file in"},
		{filepath.Join(folder, "new"), ""},
		{"new-in-this-folder", ""},
		{folder, folder + ": it is a folder, want the name of a file"},
		{file + "/x", file + "/x: " + file + " is a file, want a folder to write the file in"},
		{os.DevNull, os.DevNull + ": it is a device or a pipe, want the name of a file"},
		{folder + "/none/x", folder + "/none/x: there is no folder " + folder + "/none to write the file in"},
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
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("%v, %v, want nothing left beside the file", files, err)
	}
}

func TestDistinct(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Link("file", "link"), os.Symlink("new", "symbolic")); err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"file", "file", true},
		{"file", "link", true},
		{"file", "new", false},
		{"new", "new", true},
		{"new", "symbolic", true},
		{"new", "./x/../new", true},
		{"new", here + "/new", true},
		{"new", "other", false},
		{"", "", false},
		{"", ".", false},
		{"file", "", false},
	} {
		err := Distinct([2]string{"a", test.a}, [2]string{"none", ""}, [2]string{"b", test.b})
		want := "-a and -b: " + test.a + " and " + test.b + " are the same file, want different ones"
		if (err != nil) != test.same || err != nil && err.Error() != want {
			t.Errorf("%q, %q: error %v, want one: %t", test.a, test.b, err, test.same)
		}
	}
}
