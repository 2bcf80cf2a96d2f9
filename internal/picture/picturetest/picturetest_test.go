package picturetest

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A dot is a drawing of two pixels, of which the right one has a colour.
type dot struct {
	t *testing.T
	color.RGBA
}

func (d dot) Save(file string) error {
	img := image.NewRGBA(image.Rect(0, 0, 2, 1))
	img.SetRGBA(1, 0, d.RGBA)
	Write(d.t, file, img)
	return nil
}

func TestSaved(t *testing.T) {
	blue := color.RGBA{B: 200, A: 255}
	img := Saved(t, dot{t, blue})
	if size := img.Bounds().Size(); size != image.Pt(2, 1) {
		t.Errorf("the size is %v, want (2,1)", size)
	}
	if left, right := At(img, image.Pt(0, 0)), At(img, image.Pt(1, 0)); left != (color.RGBA{}) || right != blue {
		t.Errorf("colours %v and %v, want none and %v", left, right, blue)
	}
}

func TestReadErrors(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.png")
	if err := os.WriteFile(text, []byte("not a picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		text:                              text + ": png: invalid format",
		filepath.Join(folder, "none.png"): "none.png: no such file or directory",
	} {
		if _, err := Read(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q in it", file, err, want)
		}
	}
}
