package golden

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPictures(t *testing.T) {
	save := func(t *testing.T, folder string, width int) {
		t.Helper()
		f, err := os.Create(filepath.Join(folder, "1-a.png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, image.NewGray(image.Rect(0, 0, width, 540))); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	const named = "Pictures\n1-a.png  A\n"
	for _, test := range []struct {
		name, output string
		width, want  int
		err          string
	}{
		{"as wanted", named, 960, 1, ""},
		{"one too few", named, 960, 2, "1 pictures"},
		{"not named", "1-a.png", 960, 1, "does not name"},
		{"too small", named, 959, 1, "has the size (959,540), want (960,540)"},
	} {
		folder := t.TempDir()
		save(t, folder, test.width)
		err := Pictures(folder, test.output, test.want)
		if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
			t.Errorf("%s: error %v, want %q in it", test.name, err, test.err)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "1-a.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Pictures(folder, named, 1); err == nil || !strings.Contains(err.Error(), "1-a.png: png: invalid format") {
		t.Errorf("error %v for what is no picture", err)
	}
}
