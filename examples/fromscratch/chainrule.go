package main

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// sqcb is the composition of two functions, x → t = x² → y = t³.
func sqcb(x float64) float64 { return cb(sq(x)) }

// args returns f in the form that Diffp takes.
func args(f func(float64) float64) func(...float64) float64 {
	return func(x ...float64) float64 { return f(x[0]) }
}

func chainRule(r *report.Report) {
	r.Calls("Chain Rule: t = x², y = t³ at x = 2, where dy/dx = 6x⁵ = 192, in three ways")
	r.Call("diffp(sqcb, 0, 2)", "192.01706891180947", numeric.Diffp(args(sqcb), 0, 2))

	dtdx := numeric.Diffp(args(sq), 0, 2)
	dydt := numeric.Diffp(args(cb), 0, sq(2))
	r.Call("dt_dx * dy_dt", "192.03413934105515", dtdx*dydt)

	x := gradus.New(2).As("x")
	t := x.Square().As("t")
	y := t.Mul(t).Mul(t).As("y")
	y.Backward()
	r.Call("autodiff: x.Grad after y.Backward()", "–", x.Grad)
	r.Prose("dt_dx and dy_dt: %v and %v by diffp, %v and %v by autodiff",
		dtdx, dydt, x.Grad/t.Grad, t.Grad)
}
