package chart

import (
	"fmt"
	"math"
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
		name  string
		names []string
		every int
	}{
		{"three", layers(3), 1},
		{"ten", layers(10), 1},
		{"twenty", layers(20), 2},
		{"forty", layers(40), 4},
		{"long ones", []string{"a name of quite some length, and more than that", "b", "c"}, 2},
		{"one", []string{"a"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := groups(Axis{}, make([]float64, len(test.names)))
			c.X.Names = test.names
			p, _ := c.plot()
			area := p.DataCanvas(draw.New(vgsvg.New(picture.Width, picture.Height)))
			c.spread(p, area)
			end := vg.Length(math.Inf(-1))
			for i, tick := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
				if tick.Value != float64(i) || (tick.Label == test.names[i]) != (i%test.every == 0) {
					t.Errorf("tick %d at %v is %q, want every %d named", i, tick.Value, tick.Label, test.every)
				}
				if tick.Label == "" {
					continue
				}
				x, half := area.X(p.X.Norm(tick.Value)), p.X.Tick.Label.Width(tick.Label)/2
				if x-half < end+vg.Points(5) {
					t.Errorf("%q begins at %v, the name before ends at %v", tick.Label, x-half, end)
				}
				end = x + half
			}
		})
	}
}
