package chart

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gradus-go/gradus/internal/picture"
)

func layers(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("layer %d", i+1))
	}
	return names
}

// The grid has lines at numbers, but not at names.
func TestGrid(t *testing.T) {
	c := example()
	if g := c.grid(); g.Vertical.Color == nil || g.Horizontal.Color == nil {
		t.Error("a line of the grid is missing")
	}
	c.X.Names = layers(2)
	if g := c.grid(); g.Vertical.Color != nil || g.Horizontal.Color == nil {
		t.Error("names have lines, or numbers have none")
	}
}

// As many names as fit are shown, each at its place, and always the first one.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		name   string
		names  []string
		every  int
		aslant bool
	}{
		{"three", layers(3), 1, false},
		{"ten", layers(10), 1, false},
		{"twenty", layers(20), 1, true},
		{"sixty", layers(60), 2, true},
		{"a long one", []string{"a name of 20 letters", "b", "c", "d", "e", "f", "g"}, 1, true},
		{"forty numbers", strings.Fields(strings.Repeat("12 ", 40)), 2, false},
		{"one", []string{"a"}, 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := groups(Axis{}, make([]float64, len(test.names)))
			c.X.Names = test.names
			p, _ := c.plot()
			page := draw.New(vgsvg.New(picture.Width, picture.Height))
			c.spread(p, page)
			area := p.DataCanvas(page)
			end := vg.Length(math.Inf(-1))
			for i, tick := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
				if tick.Value != float64(i) || (tick.Label == test.names[i]) != (i%test.every == 0) {
					t.Errorf("tick %d at %v is %q, want every %d named", i, tick.Value, tick.Label, test.every)
				}
				if tick.Label == "" {
					continue
				}
				if test.aslant { // at half a right angle, and up to the tick
					x := area.X(p.X.Norm(tick.Value))
					if (x-end)/math.Sqrt2 < p.X.Tick.Label.FontExtents().Height || p.X.Tick.Label.Rotation != math.Pi/4 {
						t.Errorf("%q ends at %v, the name before at %v", tick.Label, x, end)
					}
					end = x
					continue
				}
				x, half := area.X(p.X.Norm(tick.Value)), p.X.Tick.Label.Width(tick.Label)/2
				if x-half < end+vg.Points(5) {
					t.Errorf("%q begins at %v, the name before ends at %v", tick.Label, x-half, end)
				}
				end = x + half
			}
			if isAslant := p.X.Tick.Label.Rotation != 0; isAslant != test.aslant {
				t.Errorf("aslant: %t", isAslant)
			}
		})
	}
}

// All of 17 names stand beside and under a confusion matrix. Of a long one, the beginning does.
func TestLongNames(t *testing.T) {
	names, counts := make([]string, 17), make([][]int, 17)
	for i := range counts {
		counts[i] = make([]int, len(names))
		names[i] = "class number " + strconv.Itoa(i)
	}
	names[16] = "a class with a name of many more letters than others"
	svg := savedAs(t, "names.svg", Confusion(counts, names))
	got := texts(t, svg)
	for _, name := range append(names[:16], "a class with a name…") {
		if got[name] != 2 {
			t.Errorf("%q is written %d times, want twice, for its row and its column", name, got[name])
		}
	}
	if !bytes.Contains(svg, []byte(names[16])) {
		t.Error("the description has not the whole of the long name")
	}
	c := Chart{Y: Axis{Names: []string{"a layer with a very long name\n25.0 % are 0"}}}
	if got := c.Y.shown()[0]; got != "a layer with a very…\n25.0 % are 0" {
		t.Errorf("of two lines, %q is shown", got)
	}
}

// Names that begin alike can be told from each other.
func TestNamesThatBeginAlike(t *testing.T) {
	a := Axis{Names: []string{"a breed of dogs, number 1\nrare", "a breed of dogs, number 2\nrare", "a cat"}}
	want := []string{"a breed of… number 1\nrare", "a breed of… number 2\nrare", "a cat"}
	if got := a.shown(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
