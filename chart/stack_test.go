package chart

import (
	"image"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

func line(title string, y ...float64) Chart {
	return Chart{Title: title, Series: []Series{Sequence("", Line, y...)}}
}

// A part of the picture depends on its own chart alone: the first one fills the upper half of the page and a
// little more, the second one the rest.
func TestStack(t *testing.T) {
	up, down := line("title", 1, 2), line("title", 2, 1)
	if got := (Stack{up, line("", 3, 4)}).Caption(); got != "title" {
		t.Errorf("the caption is %q, want that of the first chart", got)
	}
	// part returns the colours of the upper or lower part, and in how many columns there is a line.
	part := func(s Stack, lower bool) (colours []color.Color, columns int) {
		img := picturetest.Saved(t, s)
		area := img.Bounds()
		if cut := area.Max.Y * 57 / 100; lower {
			area.Min.Y = cut
		} else {
			area.Max.Y = cut
		}
		for x := area.Min.X; x < area.Max.X; x++ {
			column := image.Rect(x, area.Min.Y, x+1, area.Max.Y)
			columns += min(1, like(img, column, picture.Palette[0]))
			for y := area.Min.Y; y < area.Max.Y; y++ {
				colours = append(colours, img.At(x, y))
			}
		}
		return colours, columns
	}
	for _, lower := range []bool{false, true} {
		want, columns := part(Stack{up, up}, lower)
		if columns < 750 {
			t.Errorf("lower part: %t: a line in %d columns, want all of it", lower, columns)
		}
		other, own := Stack{up, down}, Stack{down, up}
		if lower {
			other, own = own, other
		}
		if got, _ := part(other, lower); !slices.Equal(want, got) {
			t.Errorf("lower part: %t: the other chart changes it", lower)
		}
		if got, _ := part(own, lower); slices.Equal(want, got) {
			t.Errorf("lower part: %t: its own chart does not change it", lower)
		}
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
