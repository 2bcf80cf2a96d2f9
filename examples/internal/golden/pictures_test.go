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
		{"as wanted", named, 960, 1, "none"},
		{"one too few", named, 960, 2, "1 pictures"},
		{"not named", "1-a.png", 960, 1, "does not name"},
		{"too small", named, 959, 1, "has the size (959,540), want (960,540)"},
	} {
		folder := t.TempDir()
		save(t, folder, test.width)
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
