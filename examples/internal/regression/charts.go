package regression

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/chart"
)

// Series returns a line as far as the points reach.
func (p Points) Series(name string, l Line) chart.Series {
	end := slices.Max(p.X)
	return chart.Series{Name: name, X: []float64{0, end}, Y: []float64{l.C, l.At(end)}}
}

// Dots returns the same as [Points.Series], but as dots: a line that is drawn on top of them does not
// hide them.
func (p Points) Dots(name string, l Line) chart.Series {
	const dots = 15
	s, end := chart.Series{Name: name, Style: chart.Points}, slices.Max(p.X)
	for i := range dots {
		x := end * float64(i) / (dots - 1)
		s.Add(x, l.At(x))
	}
	return s
}

// Chart shows the points and, if there are fitted lines, these and the best line. The legend says how
// far that is from the others at most, as lines that are near to each other look like one.
func (p Points) Chart(title string, fitted ...chart.Series) chart.Chart {
	series := []chart.Series{{Name: "data", X: p.X, Y: p.Y, Style: chart.Points}}
	if len(fitted) > 0 {
		best, away := p.Series("", p.LeastSquares()), 0.0
		for _, s := range fitted { // the distance of two lines is largest at an end
			away = max(away, math.Abs(s.Y[0]-best.Y[0]), math.Abs(s.Y[len(s.Y)-1]-best.Y[1]))
		}
		best.Name = fmt.Sprintf("best line, at most %v away", math.Ceil(100*away)/100)
		series = append(append(series, fitted...), best)
	}
	return chart.Chart{Title: title, X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "y"}, Series: series}
}

// ErrorChart shows how errors fall to that of the best line, by a count that begins with 0. A
// logarithmic axis has no 0: along it is the count plus 1, and the label says so.
func (p Points) ErrorChart(title, count string, series ...chart.Series) chart.Chart {
	for _, s := range series {
		floats.AddConst(1, s.X)
	}
	label := fmt.Sprintf("%s + 1, logarithmic; the table begins with %[1]s = 0", count)
	return chart.Chart{
		Title: title, X: chart.Axis{Label: label, Log: true},
		Y:      chart.Axis{Label: "sum of squared errors, 100 points", Log: true},
		Series: series, Levels: []chart.Level{{Name: "best line", Y: p.Error(p.LeastSquares())}},
	}
}
