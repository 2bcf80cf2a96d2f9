package gradcheck

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// rounding estimates the rounding error of the number of a graph, to first order: each
// interior node is wrong by up to one unit in its last place, and where it underflows by up to
// the smallest number, and its gradient says how much of that reaches the root.
//
// Source: N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §1.9, §2.1, §3.
func rounding(root *gradus.Value) float64 {
	sum, underflow := math.Abs(root.Data), 0.0
	for _, v := range gradus.Topo(root) {
		if v.Op() != nil {
			sum += math.Abs(v.Data * v.Grad)
			underflow += math.Abs(v.Grad)
		}
	}
	return 0x1p-52*sum + math.SmallestNonzeroFloat64*underflow
}

// compare compares the derivative dfdx with respect to one parameter.
func compare(f func() *gradus.Value, p *gradus.Value, dfdx float64) Comparison {
	x, noise := p.Data, 0.0
	defer func() { p.Data = x }()
	at := func(x float64) float64 {
		p.Data = x
		root := graph(f)
		root.Backward()
		noise = max(noise, rounding(root))
		return root.Data
	}
	// best stays as it is unless two steps agree.
	best := Comparison{Autodiff: dfdx, ErrorBar: math.Inf(1), Numeric: math.NaN(), Verdict: Unclear}
	last, jumps := best, false // the comparison with the step before
	for _, h := range steps(x) {
		noise = 0 // the largest of the graphs at x ± h, x ± h/2
		wide := numeric.Difference{Step: h}.Derivative(at, x)
		narrow := numeric.Difference{Step: h / 2}.Derivative(at, x)
		c := Comparison{Autodiff: dfdx, Numeric: wide}
		c.ErrorBar = 2*math.Abs(wide-narrow) + 4*noise/h
		// An error bar can be small by chance, for example when the step spans a thousand
		// periods of sin. Then the next step gives a derivative that differs by more than its
		// rounding error.
		agrees := math.Abs(last.Numeric-wide) <= last.ErrorBar+8*noise/h
		if agrees && last.ErrorBar < best.ErrorBar {
			best = last
		}
		c.judge(at, x, h, noise)
		// At a jump the quotient grows as the step shrinks: steps are an eighth of the one before.
		jumps = near(narrow, 2*wide) && near(wide, 8*last.Numeric)
		last = c
	}
	if math.IsInf(best.ErrorBar, 1) && (jumps || math.IsNaN(dfdx)) {
		best.Verdict = Disagree
	}
	return best
}

// near reports whether two numbers that are not 0 differ by less than 1 %.
func near(x, y float64) bool { return math.Abs(x-y) < 0.01*math.Abs(y) }

// steps returns steps to try at x, each an eighth of the one before. They are powers of two,
// so that x + h is exact, but for the last bit where x + h crosses a power of two. If x is
// close to 0, the last steps are in proportion to it, since f may end at 0, as ln does.
func steps(x float64) (all []float64) {
	h := math.Ldexp(1, math.Ilogb(numeric.Difference{}.StepAt(x))+3)
	least := numeric.Difference{}.StepAt(0)
	if x != 0 {
		least *= min(1, math.Abs(x))
	}
	ulp := math.Nextafter(math.Abs(x), math.Inf(1)) - math.Abs(x)
	least = max(least/4096, 1024*ulp)
	for h >= least || len(all) < 6 {
		all = append(all, h)
		h /= 8
	}
	return all
}

// judge sets the slopes on either side of x, and the verdict.
func (c *Comparison) judge(at func(float64) float64, x, h, noise float64) {
	// The slope is divided by the step that is left after x + h is rounded.
	slope := func(h float64) float64 {
		return numeric.Difference{Forward: true, Step: (x + h) - x}.Derivative(at, x)
	}
	c.Left, c.Right = slope(-h), slope(h)
	// On a smooth function the slopes of both sides approach each other in proportion to the
	// step. At a kink they stay apart.
	left, right := slope(-h/2), slope(h/2)
	bar := 2*math.Abs(c.Left-left) + 2*math.Abs(c.Right-right) + 8*noise/h
	low, high := min(left, right), max(left, right)
	switch {
	case high-low > max(0.75*math.Abs(c.Right-c.Left), 2*bar):
		c.Verdict = Disagree
		if low-bar <= c.Autodiff && c.Autodiff <= high+bar {
			c.Verdict = Kink
		}
	case c.Autodiff != c.Numeric && c.ErrorBar >= max(math.Abs(c.Autodiff), math.Abs(c.Numeric)):
		c.Verdict = Unclear
	case c.excess() <= 1:
		c.Verdict = Agree
	default:
		c.Verdict = Disagree
	}
}
