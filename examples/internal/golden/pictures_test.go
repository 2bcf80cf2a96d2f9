package golden

import (
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

func TestPictures(t *testing.T) {
	const named = "Pictures\n1-a.png  A\n"
	for _, test := range []struct {
		name, output string
		width, want  int
		err          string
	}{
		{"as wanted", named, 960, 1, "none"},
		{"one too few", named, 960, 2, "1 pictures"},
		{"not named", "1-a.png", 960, 1, "does not name"},
		{"too small", named, 959, 1, "has the size (959,540), want (960,540)"},
	} {
		folder := t.TempDir()
		picturetest.Write(t, filepath.Join(folder, "1-a.png"), image.NewGray(image.Rect(0, 0, test.width, 540)))
		got := "none"
		if err := Pictures(folder, test.output, test.want); err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, test.err) {
			t.Errorf("%s: error %s, want %q in it", test.name, got, test.err)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "1-a.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := Pictures(folder, named, 1)
	if err == nil || !strings.Contains(err.Error(), "1-a.png: png: invalid format") {
		t.Errorf("error %v for what is no picture", err)
	}
}

func TestNewFolder(t *testing.T) {
	program := Program(func(_ []string, stdout, _ io.Writer) int {
		folder := filepath.Join(os.Getenv("TMPDIR"), "new")
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Error(err)
		}
		picturetest.Write(t, filepath.Join(folder, "1-a.png"), image.NewGray(image.Rect(0, 0, 960, 540)))
		fmt.Fprintf(stdout, "== Pictures, in %s\n1-a.png  A\n", folder)
		return 0
	})
	output, folder := program.NewFolder(t, "", 1)
	if filepath.Base(folder) != "new" || !strings.Contains(output, folder) {
		t.Errorf("folder %q, output %q; want the new folder in both", folder, output)
	}
}
