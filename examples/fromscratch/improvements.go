package main

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// chainRule is the text's second version: numeric derivatives of each neuron and of the error,
// multiplied by the chain rule.
func (n *counter) chainRule(w weights, x, y float64) (dE weights) {
	w11, w12, w21, w22 := w[0], w[1], w[2], w[3]
	h1 := n.neuron(w11, w12, x)
	o1 := n.neuron(w21, w22, h1)

	dEdo1 := numeric.Diffp(n.sqError, 0, o1, y)
	do1dw21 := numeric.Diffp(n.neuron, 0, w21, w22, h1)
	do1dw22 := numeric.Diffp(n.neuron, 1, w21, w22, h1)
	do1dh1 := numeric.Diffp(n.neuron, 2, w21, w22, h1)
	dh1dw11 := numeric.Diffp(n.neuron, 0, w11, w12, x)
	dh1dw12 := numeric.Diffp(n.neuron, 1, w11, w12, x)

	dEdh1 := dEdo1 * do1dh1
	return weights{dEdh1 * dh1dw11, dEdh1 * dh1dw12, dEdo1 * do1dw21, dEdo1 * do1dw22}
}

// network returns the weights of the two neurons and their error at a point, as a graph. The function
// leaf makes its leaves.
func network(
	leaf func(name string, x float64) *gradus.Value, w weights, x, y float64,
) (p [4]*gradus.Value, E *gradus.Value) {
	for i, name := range []string{"w11", "w12", "w21", "w22"} {
		p[i] = leaf(name, w[i])
	}
	h1 := p[0].Mul(leaf("x", x)).Add(p[1]).As("h1")
	o1 := p[2].Mul(h1).Add(p[3]).As("o1")
	return p, o1.Sub(leaf("yy", y)).Square().As("E")
}

// autodiff returns the second version with exact derivatives in place of numeric ones.
func autodiff() pointGradient {
	var tape gradus.Tape
	leaf := func(_ string, x float64) *gradus.Value { return tape.New(x) }
	return func(n *counter, w weights, x, y float64) (dE weights) {
		tape.Reset()
		p, E := network(leaf, w, x, y)
		E.Backward()
		n.calls, n.back = n.calls+3, n.back+1 // two neurons and an error are evaluated
		return weights{p[0].Grad, p[1].Grad, p[2].Grad, p[3].Grad}
	}
}

// sideBySide compares the text's two versions and autodiff.
func sideBySide(r *report.Report, p regression.Points, fits ...*fit) {
	row := func(name, verb string, of func(*fit) float64, last ...float64) {
		r.Row(name, verb, append([]float64{of(fits[0]), of(fits[1]), of(fits[2])}, last...)...)
	}
	best := p.LeastSquares()
	r.Section("Backpropagation and Further Improvements: two neurons trained in three ways")
	r.Head("whole network", "chain rule", "chain rule", "")
	r.Head("by diffp", "by diffp", "by autodiff", "best line")
	r.Row("learning rate", "%v", 0.001, 0.01, 0.01)
	r.Row("epochs", "%v", 100, 50, 50)
	for _, n := range []int{0, 1, 2, 5, 10, 20, 50} {
		row(fmt.Sprintf("error, %d epochs", n), "%.6f", func(f *fit) float64 { return f.errors[n] })
	}
	end := func(f *fit) float64 { return f.errors[len(f.errors)-1] }
	row("error at the end", "%.6f", end, p.Error(best))
	row("slope w21·w11", "%.6f", func(f *fit) float64 { return f.line().M }, best.M)
	row("intercept w21·w12 + w22", "%.6f", func(f *fit) float64 { return f.line().C }, best.C)
	row("function evaluations", "%.0f", func(f *fit) float64 { return float64(f.calls) })
	row("  in each step", "%v", func(f *fit) float64 { return float64(f.calls) / float64(f.steps) })
	row("calls of Backward", "%.0f", func(f *fit) float64 { return float64(f.back) })
	if fits[0].took > 0 {
		row("time, ms", "%.2f", func(f *fit) float64 { return 1e3 * f.took.Seconds() })
	}
	r.Prose(`A function evaluation is a call of a neuron or of sq_error. diffp needs two for each
		derivative; one call of Backward gives all derivatives. Autodiff trains with the rate and the
		epochs of the second version: they differ only by the noise of diffp. Without an activation
		function the network is a straight line, w21·(w11·x + w12) + w22, whatever its weights are. It
		ends near the best line, not on it, because it takes a step for every single point.`)
}
