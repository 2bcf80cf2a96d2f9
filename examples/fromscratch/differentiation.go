package main

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// differentiation draws the two rates of change that the text describes.
func differentiation(r *report.Report) chart.Chart {
	ofLine := chart.Series{Name: "y = 3x + 4: constant", Style: chart.LinePoints}
	ofParabola := chart.Series{Name: "y = x²: the line 2x", Style: chart.LinePoints}
	r.Section("Differentiation: the rate of change dy/dx, which the text describes in words")
	r.Head("y = 3x + 4", "y = x²")
	var central numeric.Difference
	for x := -2.0; x <= 2; x += 0.5 {
		constant, linear := central.Derivative(regression.True.At, x), central.Derivative(sq, x)
		r.Row(fmt.Sprintf("x = %4.1f", x), "%.6f", constant, linear)
		ofLine.Add(x, constant)
		ofParabola.Add(x, linear)
	}
	return chart.Chart{
		Title: "Rate of change of a straight line and of a parabola",
		X:     chart.Axis{Label: "x"}, Y: chart.Axis{Label: "dy/dx, by central differences"},
		Series: []chart.Series{ofLine, ofParabola},
	}
}

func numericDifferentiation(r *report.Report) {
	x := 2.0
	r.Calls("Numeric Differentiation")
	r.Call("diff(sq, 2)", "4.0", numeric.Diff(sq, x))
	r.Call("2*x", "4", 2*x)
	r.Call("cb(10)", "1000", cb(10))
	r.Call("diff(cb, 2)", "12.0", numeric.Diff(cb, x))
	r.Call("3*x**2", "12", 3*sq(x))
}

// fn takes x1 and x2.
func fn(x ...float64) float64 { return float64(x[0]*5) + float64(x[1]*x[1]) }

// lineY takes m, c and x.
func lineY(a ...float64) float64 { return float64(a[0]*a[2]) + a[1] }

func partialDerivative(r *report.Report) {
	r.Calls("Partial Derivative")
	r.Call("x1*5 + x2*x2 at (10, 20), by x1", "5.002220859751105", numeric.Diffp(fn, 0, 10, 20))
	r.Call("x1*5 + x2*x2 at (10, 20), by x2", "39.960923459148034", numeric.Diffp(fn, 1, 10, 20))
	r.Call("diffp(line_y, 0, 1, 2, 3)", "3.000266701747023", numeric.Diffp(lineY, 0, 1, 2, 3))
	r.Call("diffp(line_y, 1, 1, 2, 3)", "1.000088900582341", numeric.Diffp(lineY, 1, 1, 2, 3))
	r.Call("diffp(line_y, 2, 1, 2, 3)", "1.000088900582341", numeric.Diffp(lineY, 2, 1, 2, 3))
}

// spacing returns the distance from y > 0 to the next larger float64.
func spacing(y float64) float64 { return math.Nextafter(y, math.Inf(1)) - y }

// noise shows where the wrong digits of the text's derivatives come from.
func noise(r *report.Report) {
	const h = numeric.TutorialStep
	r.Section("Why only about four digits of these derivatives are right")
	r.Prose(`Neighbouring doubles near y differ by the "spacing" at y, and two values of y by a
		whole number of spacings. diffp divides that by h = 1e-12: it returns multiples of spacing/h.`)
	r.Printf("\n")
	r.Head("exact", "diffp", "y", "spacing/h", "multiple")
	row := func(name string, exact float64, f func(...float64) float64, i int, x ...float64) {
		y, got := f(x...), numeric.Diffp(f, i, x...)
		r.Row(name, "%.5g", exact, got, y, spacing(y)/h, got/(spacing(y)/h))
	}
	row("x1*5 + x2*x2, by x1", 5, fn, 0, 10, 20)
	row("x1*5 + x2*x2, by x2", 40, fn, 1, 10, 20)
	row("line_y, by m", 3, lineY, 0, 1, 2, 3)
	row("line_y, by c or x", 1, lineY, 1, 1, 2, 3)
	row("sq at 2", 4, args(sq), 0, 2)
	row("sqcb at 2", 192, args(sqcb), 0, 2)
	x := 2.0
	r.Printf("\n")
	r.Prose(`x + h is rounded, too: (2 + h) − 2 = %v. diff divides by this number, diffp by h: for sq at 2
		diff returns 4 and diffp %v. But diff(cb, 3) = %v, not 27.`,
		(x+h)-x, numeric.Diffp(args(sq), 0, x), numeric.Diff(cb, 3))
}

// stepSize shows which step size h is a good one, and returns a picture of it.
func stepSize(r *report.Report) chart.Chart {
	slope := func(x float64) float64 { return 6 * cb(x) * sq(x) }
	r.Section("Which step size h is a good one: errors of numeric derivatives of sqcb at 2")
	r.Printf("%v", numeric.NewSweep(sqcb, slope, 2, 1))
	r.Printf("\n")
	r.Prose(`With a large h the error comes from the curvature of the function: it grows like h for forward
		differences and like h² for central ones. With a small h it comes from rounding, and grows like
		spacing/h: hence the error of %.1e with the tutorial's h = 1e-12. Forward differences are best
		near h = √2⁻⁵² ≈ 1e-8, central ones near ∛2⁻⁵² ≈ 6e-6. numeric.Difference takes x·∛2⁻⁵² for
		these, and its error is %.1e. Autodiff needs no step, and is exact here.`,
		math.Abs(numeric.Diffp(args(sqcb), 0, 2)-192), math.Abs(numeric.Difference{}.Derivative(sqcb, 2)-192))
	forward := chart.Series{Name: "forward difference", Style: chart.LinePoints}
	central := chart.Series{Name: "central difference", Style: chart.LinePoints}
	for _, row := range numeric.NewSweep(sqcb, slope, 2, 4) {
		forward.Add(row.H, row.Forward)
		central.Add(row.H, row.Central)
	}
	return chart.Chart{
		Title:  "Error of a numeric derivative by its step size: d(x²)³/dx at x = 2",
		X:      chart.Axis{Label: "step h", Log: true},
		Y:      chart.Axis{Label: "|numeric − exact|, exact = 192", Log: true},
		Series: []chart.Series{forward, central},
		Marks:  []chart.Mark{{Name: "the tutorial's h = 1e-12", X: 1e-12}},
	}
}
