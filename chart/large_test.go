package chart

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Numbers whose differences are infinite cannot be drawn on a linear axis: the picture would take minutes, or
// show nothing.
func TestTooLarge(t *testing.T) {
	half := func(x [][]float64) (y [][]float64, err error) {
		for _, row := range x {
			y = append(y, []float64{row[0] / 2})
		}
		return y, nil
	}
	const linear = " axis: it is linear and has the number -1e+308, want numbers from -1e+307 to 1e+307"
	for _, tt := range []struct {
		name  string
		chart func(x float64) Chart
		want  string
	}{
		{"histogram", func(x float64) Chart { return Histogram(Named("a", []float64{-x, x})) }, "x" + linear},
		{"losses", func(x float64) Chart { return Loss(Named("a", []float64{-x, x})) }, "y" + linear},
		{"bars", func(x float64) Chart {
			return groups(Axis{}, []float64{1, -x, x}, []float64{1, 2, 3})
		}, "y" + linear},
		{"points", func(x float64) Chart {
			return Chart{Series: []Series{{Style: Points, X: []float64{-x, x}, Y: []float64{1, 2}}}}
		}, "x" + linear},
		{"a mark", func(x float64) Chart {
			return Chart{Series: []Series{Sequence("a", Line, 1, 2)}, Marks: []Mark{{X: -x}}}
		}, "x" + linear},
		{"a level", func(x float64) Chart {
			return Chart{Series: []Series{Sequence("a", Line, 1, 2)}, Levels: []Level{{Y: -x}}}
		}, "y" + linear},
		{"an axis", func(x float64) Chart {
			return Chart{Series: []Series{Sequence("a", Line, 1, 2)}, Y: Axis{Min: -x, Max: 3}}
		}, "y" + linear},
		{"a surface", func(x float64) Chart {
			return Surface(half, [][]float64{{-x, 1}, {x, x}}, []float64{0, 1})
		}, "sample 0 is [-1e+308 1], want numbers from -1e+307 to 1e+307"},
		{"a boundary", func(x float64) Chart {
			return Boundary(Above(0, half), [][]float64{{1, 1}, {1, -x}}, []int{0, 1}, nil)
		}, "sample 1 is [1 -1e+308], want numbers from -1e+307 to 1e+307"},
		{"a logarithmic axis", func(x float64) Chart { return Loss(Named("a", []float64{1, x})) }, ""},
	} {
		err := tt.chart(1e308).Save(filepath.Join(t.TempDir(), "a.png"))
		if got := fmt.Sprint(err); !strings.HasSuffix(got, cmp.Or(tt.want, "<nil>")) {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
		if err := tt.chart(1e307).Save(filepath.Join(t.TempDir(), "a.png")); err != nil {
			t.Errorf("%s, a tenth as large: %v", tt.name, err)
		}
	}
}
