package main

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

func errorFunction(r *report.Report, p regression.Points) {
	arr := []float64{1, 2, 3}
	r.Calls("The error function, the sum of (m·x + c − y)²")
	same := regression.Points{X: arr, Y: arr}
	r.Call("error(3, 4, [1,2,3], [1,2,3])", "200", same.Error(regression.Line{M: 3, C: 4}))
	r.Printf("\nWith random data, which differ because the text sets no seed:\n")
	r.Head("the text", "this program")
	firstThree(r, "y[0:3]", p.Y, 7.46275157, 5.42272672, 5.26000136)
	firstThree(r, "X[0:3]", p.X, 1.13629739, 0.52740146, 0.61857458)
	var onLine []float64
	for _, x := range p.X {
		onLine = append(onLine, regression.True.At(x))
	}
	firstThree(r, "4+3*X[0:3]", onLine, 7.40889218, 5.58220439, 5.85572374)
	r.Row("error(3, 4, X, y)", "%.8f", 11.370852782527962, p.Error(regression.Line{M: 3, C: 4}))
	r.Row("error(3.04, 4, X, y)", "%.8f", 11.164979946174462, p.Error(regression.Line{M: 3.04, C: 4}))
}

// firstThree prints the first three numbers of an array beside those in the text.
func firstThree(r *report.Report, array string, numbers []float64, text ...float64) {
	for i, x := range text {
		r.Row(array, "%.8f", x, numbers[i])
		array = ""
	}
}

const rate, steps = 0.001, 100

// linearRegression fits a line by diffp and by autodiff. It prints the error before every step, or before
// the first three and the last.
func linearRegression(
	r *report.Report, p regression.Points, start regression.Line, every bool,
) (num, auto *regression.Descent) {
	num = p.GradFit(start, rate, steps, regression.ByDiffp)
	auto = p.GradFit(start, rate, steps, regression.Exact)
	best := p.LeastSquares()
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
			r.Row(fmt.Sprint("error, i: ", i), "%.6f", x, num.Errors[i], auto.Errors[i], p.Error(best))
		}
	}
	if every {
		r.Prose("The text prints all these errors. Four of them are quoted here.")
	}
	r.Row("m", "%.6f", 3.153937346115943, num.M, auto.M, best.M)
	r.Row("c", "%.6f", 3.856832667230562, num.C, auto.C, best.C)
	r.Row("evaluations of error", "%.0f", math.NaN(), float64(num.Calls), float64(auto.Calls))
	r.Prose("At i: 0 diffp returns multiples of spacing/h = %.2f. It is wrong by several of them, because E "+
		"is a sum of 100 rounded terms: hence the difference at i: 1.",
		spacing(auto.Errors[0])/numeric.TutorialStep)
	convergence(r, p, start, p.Error(best))
	return num, auto
}

// convergence prints how many steps are needed and which learning rate is too large: once as found
// by trials, and once as computed from the curvature of the error.
func convergence(r *report.Report, p regression.Points, start regression.Line, least float64) {
	errors := p.GradFit(start, rate, 1000, regression.Exact).Errors // more steps than such data need
	needed := slices.IndexFunc(errors, func(e float64) bool { return e <= 1.0001*least })
	const unit = 1e-7
	tooLarge := unit * float64(sort.Search(1e7, func(n int) bool {
		errors := p.GradFit(start, unit*float64(n), 300, regression.Exact).Errors
		return !(errors[300] <= errors[0]) // also true for NaN
	}))
	r.Prose(`After 100 steps the error is %.3f %% above that of the best line, by least squares, and after
		%d within 0.01 %% of it. With a learning rate above %.6f it diverges: 300 steps make it larger
		(found by bisection). Calculus gives 2/λ = %.6f, where λ is the largest eigenvalue of the error's
		Hessian matrix.`,
		100*(errors[steps]/least-1), needed, tooLarge, 2/p.Curvature())
}
