package regression

import (
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/internal/picture/chart"
)

// Series returns a line as far as the points reach.
func (p Points) Series(name string, l Line) chart.Series {
	end := slices.Max(p.X)
	return chart.Series{Name: name, X: []float64{0, end}, Y: []float64{l.C, l.At(end)}}
}

// Chart shows the points and, if there are fitted lines, these and the best line.
func (p Points) Chart(title string, fitted ...chart.Series) chart.Chart {
	series := []chart.Series{{Name: "data", X: p.X, Y: p.Y, Style: chart.Points}}
	if len(fitted) > 0 {
		series = append(append(series, fitted...), p.Series("best line", p.LeastSquares()))
	}
	return chart.Chart{Title: title, X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "y"}, Series: series}
}

// ErrorChart shows how errors fall to that of the best line. The first error is number 1, because a
// logarithmic axis has no 0.
func (p Points) ErrorChart(title, label string, series ...chart.Series) chart.Chart {
	for _, s := range series {
		floats.AddConst(1, s.X)
	}
	return chart.Chart{
		Title: title, X: chart.Axis{Label: label + ", from 1 (logarithmic)", Log: true},
		Y:      chart.Axis{Label: "sum of squared errors, 100 points", Log: true},
		Series: series, Levels: []chart.Level{{Name: "best line", Y: p.Error(p.LeastSquares())}},
	}
}
