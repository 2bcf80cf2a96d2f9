package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
	"github.com/gradus-go/gradus/internal/picture/chart"
)

// points are the text's data, which scatter around the line 4 + 3x.
type points struct{ x, y []float64 }

// newPoints returns 100 points with x in [0, width).
func newPoints(rng *rand.Rand, width float64) (p points) {
	for range 100 {
		x := width * rng.Float64()
		p.x = append(p.x, x)
		p.y = append(p.y, straight(x)+float64(.3*rng.NormFloat64()))
	}
	return p
}

// A line is y = m·x + c.
type line struct{ m, c float64 }

// error returns the sum, not the mean, of the squared errors of a line.
func (p points) error(l line) (sum float64) {
	for i, x := range p.x {
		sum += sq(float64(l.m*x) + l.c - p.y[i])
	}
	return sum
}

// leastSquares returns the line with the smallest error.
func (p points) leastSquares() line {
	c, m := stat.LinearRegression(p.x, p.y, nil, false)
	return line{m, c}
}

func errorFunction(r *report.Report, p points) {
	arr := []float64{1, 2, 3}
	r.Calls("The error function, the sum of (m·x + c − y)²")
	r.Call("error(3, 4, [1,2,3], [1,2,3])", "200", points{arr, arr}.error(line{3, 4}))
	r.Printf("\nWith random data, which differ because the text sets no seed:\n")
	r.Head("the text", "this program")
	firstThree(r, "y[0:3]", p.y, 7.46275157, 5.42272672, 5.26000136)
	firstThree(r, "X[0:3]", p.x, 1.13629739, 0.52740146, 0.61857458)
	var onLine []float64
	for _, x := range p.x {
		onLine = append(onLine, straight(x))
	}
	firstThree(r, "4+3*X[0:3]", onLine, 7.40889218, 5.58220439, 5.85572374)
	r.Row("error(3, 4, X, y)", "%.8f", 11.370852782527962, p.error(line{3, 4}))
	r.Row("error(3.04, 4, X, y)", "%.8f", 11.164979946174462, p.error(line{3.04, 4}))
}

// firstThree prints the first three numbers of an array beside those in the text.
func firstThree(r *report.Report, array string, numbers []float64, text ...float64) {
	for i, x := range text {
		r.Row(array, "%.8f", x, numbers[i])
		array = ""
	}
}

// A gradient returns a function that returns dE/dm and dE/dc, and that counts the evaluations of E in
// calls.
type gradient func(p points, calls *int) func(line) (dE line)

// byDiffp computes the gradient as the text does, with diffp.
func byDiffp(p points, calls *int) func(line) (dE line) {
	err := func(a ...float64) float64 {
		*calls++
		return p.error(line{a[0], a[1]})
	}
	return func(l line) (dE line) {
		return line{numeric.Diffp(err, 0, l.m, l.c), numeric.Diffp(err, 1, l.m, l.c)}
	}
}

// exact computes the gradient with autodiff.
func exact(p points, calls *int) func(line) (dE line) {
	var tape gradus.Tape
	squares := make([]*gradus.Value, len(p.x))
	return func(l line) (dE line) {
		*calls++
		tape.Reset()
		m, c := tape.New(l.m), tape.New(l.c)
		for i := range squares {
			squares[i] = m.Mul(p.x[i]).Add(c).Sub(p.y[i]).Square()
		}
		gradus.Sum(squares...).Backward()
		return line{m.Grad, c.Grad}
	}
}

// A descent is a line that gradient descent found, and how it got there.
type descent struct {
	line
	errors []float64 // before every step and after the last one
	calls  int       // evaluations of the error that the gradients took
}

// gradFit is the text's function grad_fit: it fits a line by gradient descent.
func (p points) gradFit(l line, rate float64, steps int, by gradient) *descent {
	d := &descent{line: l, errors: []float64{p.error(l)}}
	gradient := by(p, &d.calls)
	for range steps {
		dE := gradient(d.line)
		d.m -= float64(rate * dE.m)
		d.c -= float64(rate * dE.c)
		d.errors = append(d.errors, p.error(d.line))
	}
	return d
}

const rate, steps = 0.001, 100

// linearRegression fits a line by diffp and by autodiff. It prints the error before every step, or before
// the first three and the last.
func linearRegression(r *report.Report, p points, start line, every bool) (num, auto *descent) {
	num = p.gradFit(start, rate, steps, byDiffp)
	auto = p.gradFit(start, rate, steps, exact)
	best := p.leastSquares()
	r.Section("Linear regression by gradient descent, 100 steps with learning rate 0.001")
	r.Head("the text", "diffp", "autodiff", "best line")
	text := map[int]float64{
		0: 4083.7285975679897, 1: 1357.6252100867644, 2: 459.3592139100733, 99: 10.897232145447704,
	}
	for i := range steps {
		x, ok := text[i]
		if !ok {
			x = math.NaN()
		}
		if ok || every {
			r.Row(fmt.Sprint("error, i: ", i), "%.6f", x, num.errors[i], auto.errors[i], p.error(best))
		}
	}
	if every {
		r.Prose("The text prints all these errors. Four of them are quoted here.")
	}
	r.Row("m", "%.6f", 3.153937346115943, num.m, auto.m, best.m)
	r.Row("c", "%.6f", 3.856832667230562, num.c, auto.c, best.c)
	r.Row("evaluations of error", "%.0f", math.NaN(), float64(num.calls), float64(auto.calls))
	r.Prose("At i: 0 diffp returns multiples of spacing/h = %.2f. It is wrong by several of them, because E "+
		"is a sum of 100 rounded terms: hence the difference at i: 1.",
		spacing(auto.errors[0])/numeric.TutorialStep)
	convergence(r, p, start, p.error(best))
	return num, auto
}

// convergence prints how many steps are needed and which learning rate is too large: once as found
// by trials, and once as computed from the curvature of the error.
func convergence(r *report.Report, p points, start line, least float64) {
	errors := p.gradFit(start, rate, 1000, exact).errors // more steps than such data need
	needed := slices.IndexFunc(errors, func(e float64) bool { return e <= 1.0001*least })
	const unit = 1e-7
	tooLarge := unit * float64(sort.Search(1e7, func(n int) bool {
		errors := p.gradFit(start, unit*float64(n), 300, exact).errors
		return !(errors[300] <= errors[0]) // also true for NaN
	}))
	r.Prose(`After 100 steps the error is %.3f %% above that of the best line, by least squares, and after
		%d within 0.01 %% of it. With a learning rate above %.6f it diverges: 300 steps make it larger
		(found by bisection). Calculus
		gives 2/λ = %.6f, where λ is the largest eigenvalue of the error's Hessian matrix.`,
		100*(errors[steps]/least-1), needed, tooLarge, 2/p.curvature())
}

// curvature returns the largest eigenvalue of the error's Hessian,
//
//	2 ⎛ Σx²  Σx ⎞
//	  ⎝ Σx   n  ⎠
func (p points) curvature() float64 {
	n, x, xx := float64(len(p.x)), floats.Sum(p.x), floats.Dot(p.x, p.x)
	return xx + n + math.Hypot(xx-n, 2*x)
}

// series returns a line as far as the points reach.
func (p points) series(name string, l line) chart.Series {
	end := slices.Max(p.x)
	return chart.Series{Name: name, X: []float64{0, end}, Y: []float64{l.c, float64(l.m*end) + l.c}}
}

// chart shows the points and, if there are fitted lines, these and the best line.
func (p points) chart(title string, fitted ...chart.Series) chart.Chart {
	series := []chart.Series{{Name: "data", X: p.x, Y: p.y, Style: chart.Points}}
	if len(fitted) > 0 {
		series = append(append(series, fitted...), p.series("best line", p.leastSquares()))
	}
	return chart.Chart{Title: title, X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "y"}, Series: series}
}

// errorChart shows how errors fall to that of the best line. The first error is number 1, because a
// logarithmic axis has no 0.
func (p points) errorChart(title, label string, series ...chart.Series) chart.Chart {
	for _, s := range series {
		floats.AddConst(1, s.X)
	}
	return chart.Chart{
		Title: title, X: chart.Axis{Label: label + ", from 1 (logarithmic)", Log: true},
		Y:      chart.Axis{Label: "sum of squared errors, 100 points", Log: true},
		Series: series, Levels: []chart.Level{{Name: "best line", Y: p.error(p.leastSquares())}},
	}
}
