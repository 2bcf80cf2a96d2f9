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
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/picture/chart"
)

// points is the text's data, about the line 4 + 3x.
type points struct{ x, y []float64 }

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

// error is the sum, not the mean, of the squared errors of a line.
func (p points) error(l line) (sum float64) {
	for i, x := range p.x {
		err := float64(l.m*x) + l.c - p.y[i]
		sum += float64(err * err)
	}
	return sum
}

// leastSquares returns the line with the smallest error.
func (p points) leastSquares() line {
	c, m := stat.LinearRegression(p.x, p.y, nil, false)
	return line{m, c}
}

func errorFunction(r *report.Report, p points) {
	few := points{x: []float64{1, 2, 3}, y: []float64{1, 2, 3}}
	r.Calls("The error function, the sum of (m·x + c − y)²")
	r.Call("error(3, 4, [1,2,3], [1,2,3])", "200", few.error(line{3, 4}))
	r.Printf("\nOf random data, the text's without a seed and this program's:\n")
	r.Head("the text", "this program")
	r.Row("error(3, 4, X, y)", "%.8f", 11.370852782527962, p.error(line{3, 4}))
	r.Row("error(3.04, 4, X, y)", "%.8f", 11.164979946174462, p.error(line{3.04, 4}))
}

// A gradient returns dE/dm and dE/dc, and counts in calls the evaluations of E.
type gradient func(p points, calls *int) func(line) (dE line)

func numeric(p points, calls *int) func(line) (dE line) {
	err := func(a ...float64) float64 {
		*calls++
		return p.error(line{a[0], a[1]})
	}
	return func(l line) (dE line) {
		return line{gradcheck.Diffp(err, 0, l.m, l.c), gradcheck.Diffp(err, 1, l.m, l.c)}
	}
}

func exact(p points, calls *int) func(line) (dE line) {
	var tape gradus.Tape
	squares := make([]*gradus.Value, len(p.x))
	return func(l line) (dE line) {
		*calls++
		tape.Reset()
		m, c := tape.New(l.m), tape.New(l.c)
		for i := range squares {
			ypred := m.Mul(tape.New(p.x[i])).Add(c)
			squares[i] = ypred.Sub(tape.New(p.y[i])).Square()
		}
		gradus.Sum(squares...).Backward()
		return line{m.Grad, c.Grad}
	}
}

// A descent is the way that gradient descent took.
type descent struct {
	line
	errors []float64 // before every step and after the last
	calls  int       // evaluations of the error for gradients
}

// gradFit is the text's grad_fit.
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

func linearRegression(r *report.Report, p points, start line) (num, auto *descent) {
	num = p.gradFit(start, rate, steps, numeric)
	auto = p.gradFit(start, rate, steps, exact)
	best := p.leastSquares()
	r.Section("Linear regression by gradient descent, 100 steps with learning rate 0.001")
	r.Head("the text", "diffp", "autodiff", "least squares")
	row := func(i int, text float64) {
		r.Row(fmt.Sprint("error, i: ", i), "%.8f", text, num.errors[i], auto.errors[i], p.error(best))
	}
	row(0, 4083.7285975679897)
	row(1, 1357.6252100867644)
	row(2, 459.3592139100733)
	row(99, 10.897232145447704)
	r.Row("m", "%.8f", 3.153937346115943, num.m, auto.m, best.m)
	r.Row("c", "%.8f", 3.856832667230562, num.c, auto.c, best.c)
	r.Row("evaluations of error", "%.0f", math.NaN(), float64(num.calls), float64(auto.calls))
	r.Printf("Autodiff walks each evaluation back, once. At i: 0 diffp gives multiples of spacing/h\n"+
		"= %.2f, and is some of them off, as E is a sum of 100 rounded terms: see i: 1.\n",
		spacing(auto.errors[0])/gradcheck.TutorialStep)
	convergence(r, p, start, p.error(best))
	return num, auto
}

// convergence prints how many steps are needed and which learning rate is too large, as
// found by trying and as the curvature of the error has it.
func convergence(r *report.Report, p points, start line, least float64) {
	errors := p.gradFit(start, rate, 1000, exact).errors // more steps than any such data need
	needed := slices.IndexFunc(errors, func(e float64) bool { return e <= 1.0001*least })
	const unit = 1e-7
	tooLarge := unit * float64(sort.Search(1e7, func(n int) bool {
		errors := p.gradFit(start, unit*float64(n), 300, exact).errors
		return !(errors[300] <= errors[0]) // true for NaN too
	}))
	r.Printf(`After 100 steps the error is %.3f %% above the smallest; to within 0.01 %% it takes %d.
It diverges above a learning rate of %.6f, found by bisection: 300 steps make it larger.
Calculus says 2/λ = %.6f, where λ is the largest eigenvalue of the error's Hessian.
`, 100*(errors[steps]/least-1), needed, tooLarge, 2/p.curvature())
}

// curvature returns the largest eigenvalue of the error's Hessian,
//
//	2 ⎛ Σx²  Σx ⎞
//	  ⎝ Σx   n  ⎠
func (p points) curvature() float64 {
	n, x, xx := float64(len(p.x)), floats.Sum(p.x), floats.Dot(p.x, p.x)
	return xx + n + math.Hypot(xx-n, 2*x)
}

func (p points) series(name string, l line) chart.Series {
	end := slices.Max(p.x)
	return chart.Series{Name: name, X: []float64{0, end}, Y: []float64{l.c, float64(l.m*end) + l.c}}
}

// chart shows the data and the lines fitted to them, beside the best one.
func (p points) chart(title string, fitted ...chart.Series) chart.Chart {
	series := []chart.Series{{Name: "data", X: p.x, Y: p.y, Style: chart.Points}}
	if len(fitted) > 0 {
		series = append(append(series, fitted...), p.series("least squares", p.leastSquares()))
	}
	return chart.Chart{Title: title, X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "y"}, Series: series}
}

func errorChart(title, label string, series ...chart.Series) chart.Chart {
	y := chart.Axis{Label: "sum of squared errors, 100 points", Log: true}
	return chart.Chart{Title: title, X: chart.Axis{Label: label}, Y: y, Series: series}
}
