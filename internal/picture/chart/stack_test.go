package chart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

func line(title string, y ...float64) Chart {
	return Chart{Title: title, Series: []Series{Sequence("", Line, y...)}}
}

// The first chart fills the upper half of the page and a little more, the second one the rest.
func TestStack(t *testing.T) {
	s := Stack{line("upper", 1, 2), line("", 3, 5)}
	if s.Caption() != "upper" {
		t.Errorf("the caption is %q, want that of the first chart", s.Caption())
	}
	file := filepath.Join(t.TempDir(), "stack.png")
	if err := s.Save(file); err != nil {
		t.Fatal(err)
	}
	img, err := picturetest.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	blue := picture.Palette[0]
	upper, lower := img.Bounds(), img.Bounds()
	upper.Max.Y = upper.Max.Y * 57 / 100
	lower.Min.Y = upper.Max.Y
	for name, part := range map[string]int{"upper": like(img, upper, blue), "lower": like(img, lower, blue)} {
		if part < 500 {
			t.Errorf("%d blue pixels in the %s part, want a line", part, name)
		}
	}
	file = strings.TrimSuffix(file, ".png") + ".svg"
	if err := s.Save(file); err != nil {
		t.Fatal(err)
	}
	svg, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := texts(t, svg)["upper"]; n != 1 {
		t.Errorf("the first title is there %d times, want once", n)
	}
}

func TestStackErrors(t *testing.T) {
	good, empty := line("", 1, 2), line("")
	for _, s := range []Stack{{good, empty}, {empty, good}} {
		file := filepath.Join(t.TempDir(), "stack.png")
		if err := s.Save(file); err == nil || !strings.HasPrefix(err.Error(), file+": ") {
			t.Errorf("%v, want an error that names the file", err)
		}
	}
}
