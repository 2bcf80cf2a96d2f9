// Package path holds and formats the errors of a method that goes to a minimum step by step.
package path

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/chart"
)

// rounding is an error below which errors say nothing: they come from rounding.
const rounding = 1e-14

// A Path holds the errors of a method, which are distances from the minimum: before its first step, after
// it, and so on.
type Path []float64

// Error returns the error after i steps as a text, or – if there were fewer steps.
func (p Path) Error(i int) string {
	switch {
	case i >= len(p):
		return "–"
	case p[i] < rounding:
		return fmt.Sprintf("< %.0e", rounding)
	}
	return fmt.Sprintf("%.1e", p[i])
}

// Ratio returns the error after i steps, divided by a power of the error one step before, as a text, or – if
// that would say nothing.
func (p Path) Ratio(i int, power float64) string {
	if i == 0 || i >= len(p) || p[i] < rounding {
		return "–"
	}
	return fmt.Sprintf("%.3f", p[i]/math.Pow(p[i-1], power))
}

// Series returns the errors for a chart whose x axis is logarithmic, and so begins with 1.
func (p Path) Series(name string, style chart.Style) chart.Series {
	s := chart.Series{Name: name, Style: style}
	for i, e := range p {
		s.Add(float64(i+1), max(e, rounding))
	}
	return s
}
