package gradcheck

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/significant"
)

// A Verdict says how a derivative by autodiff stands to the numeric one.
type Verdict int

// What a comparison can come to.
const (
	Agree    Verdict = iota // they differ by no more than the error bar
	Unclear                 // the error bar is larger than either: nothing can be said
	Kink                    // the slope jumps here, and autodiff's is one of the slopes there
	Disagree                // they differ, or one of them is no number
)

// String returns "agree", "unclear", "kink" or "disagree".
func (v Verdict) String() string { return [...]string{"agree", "unclear", "kink", "disagree"}[v] }

// A Comparison is the derivative for one parameter, found in two ways.
type Comparison struct {
	Name     string  // the parameter's label, or "parameter 3", counted from 1
	Autodiff float64 // by Backward
	Numeric  float64 // by central differences
	ErrorBar float64 // how far Numeric may be from the true derivative
	// Left and Right are the slopes on either side. Where there is no kink, both are close to
	// Numeric.
	Left, Right float64
	Verdict     Verdict
}

// Digits returns how many significant digits the two derivatives share.
func (c Comparison) Digits() int { return significant.Shared(c.Autodiff, c.Numeric) }

// excess returns by how many error bars the two derivatives differ.
func (c Comparison) excess() float64 {
	switch d := math.Abs(c.Autodiff - c.Numeric); {
	case d == 0:
		return 0
	case math.IsNaN(d):
		return math.Inf(1)
	default:
		return d / c.ErrorBar
	}
}

// A Report compares the derivatives for all parameters, the worst first.
type Report []Comparison

// Err returns an error that names the worst parameter and gives both its derivatives, or
// nil if none disagrees.
func (r Report) Err() error {
	n := 0
	for _, c := range r {
		if c.Verdict == Disagree {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	worst := r[slices.IndexFunc(r, func(c Comparison) bool { return c.Verdict == Disagree })]
	return fmt.Errorf("gradcheck: %d of %d derivatives disagree, worst for %s: autodiff %.10g, "+
		"numeric %.10g ± %.1g, %d digits shared",
		n, len(r), worst.Name, worst.Autodiff, worst.Numeric, worst.ErrorBar, worst.Digits())
}

// String returns the report as a table, a parameter a line.
func (r Report) String() string {
	var b strings.Builder
	width := len("parameter")
	for _, c := range r {
		width = max(width, len([]rune(c.Name)))
	}
	fmt.Fprintf(&b, "%-*s  %17s  %17s  %8s  %6s  %s\n",
		width, "parameter", "autodiff", "numeric", "±", "digits", "verdict")
	for _, c := range r {
		fmt.Fprintf(&b, "%-*s  %17.10g  %17.10g  %8.0e  %6d  %v",
			width, c.Name, c.Autodiff, c.Numeric, c.ErrorBar, c.Digits(), c.Verdict)
		if c.Verdict == Kink {
			fmt.Fprintf(&b, ": slope %.3g on the left, %.3g on the right", c.Left, c.Right)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Check compares the gradient of a function by Backward with central differences and
// returns what [Compare] and [Report.Err] make of it:
//
//	if err := gradcheck.Check(loss, w, b); err != nil { … }
func Check(f func() *gradus.Value, parameters ...*gradus.Value) error {
	r, err := Compare(f, parameters...)
	if err != nil {
		return err
	}
	return r.Err()
}

// A TB is what [Test] and [TestDerivation] need of a [testing.TB].
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Test is Check for tests: it reports what disagrees with t.Errorf, and the whole table.
func Test(t TB, f func() *gradus.Value, parameters ...*gradus.Value) {
	t.Helper()
	r, err := Compare(f, parameters...)
	if err == nil {
		err = r.Err()
	}
	if err != nil {
		t.Errorf("%v\n%v", err, r)
	}
}

// Compare compares the derivatives of a function by Backward with central differences, for
// every parameter. The function builds its graph anew at each call, from the parameters,
// whose Data it moves and puts back. The Grads of the graph are afterwards those of one
// Backward from zero.
//
// Steps from a multiple of CentralStep downwards are tried, and of those that agree with the
// next smaller one that is taken whose error bar is smallest. The bar bounds the error of the
// formula, from two steps, and that of rounding, for which the graph tells how much the
// rounding of each of its numbers contributes:
//
//	2·|D(h) − D(h/2)| + (4/h)·ε·Σ |v·∂f/∂v|
//
// Where the slope jumps at a parameter, as that of ReLU at 0, no single derivative is the
// right one: any between the slopes of both sides will do, and the verdict is Kink. A jump
// elsewhere within the step makes its error bar large, and a smaller step is taken. Where the
// bar is larger than both derivatives, nothing can be said, and the verdict is Unclear.
//
// It returns an error if there is no parameter or a nil one, if f returns nil or does not
// depend on one of the parameters, or if two calls of f do not give the same number.
func Compare(f func() *gradus.Value, parameters ...*gradus.Value) (Report, error) {
	if len(parameters) == 0 {
		return nil, errors.New("gradcheck: no parameters to check, want one or more")
	}
	for i, p := range parameters {
		if p == nil {
			return nil, fmt.Errorf("gradcheck: parameter %d of %d is nil, want a Value", i+1, len(parameters))
		}
		p.ZeroGrad()
	}
	root := f()
	if root == nil {
		return nil, errors.New("gradcheck: the function returns nil, want the root of a graph")
	}
	root.ZeroGrad()
	root.Backward()
	value, noise := root.Data, rounding(root)
	if again := f().Data; again != value && !(math.IsNaN(again) && math.IsNaN(value)) {
		return nil, fmt.Errorf("gradcheck: two calls of the function give %v and %v, want the same: "+
			"it must depend on the parameters' Data alone", value, again)
	}
	r := make(Report, len(parameters))
	for i, p := range parameters {
		name := p.Name()
		if name == "" {
			name = fmt.Sprintf("parameter %d", i+1)
		}
		if !p.HasGrad() {
			return nil, fmt.Errorf("gradcheck: the function was not computed from %s", name)
		}
		r[i] = compare(f, p, noise)
		r[i].Name = name
	}
	slices.SortStableFunc(r, func(a, b Comparison) int {
		return cmp.Or(cmp.Compare(b.Verdict, a.Verdict), cmp.Compare(b.excess(), a.excess()))
	})
	return r, nil
}

// rounding estimates the rounding error of the number of a graph, to first order: each
// interior node is off by up to a unit in its last place, and its gradient says how much of
// that arrives at the root.
//
// Source: N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §1.9, §3.
func rounding(root *gradus.Value) float64 {
	sum := math.Abs(root.Data)
	for _, v := range gradus.Topo(root) {
		if v.Op() != nil {
			sum += math.Abs(v.Data * v.Grad)
		}
	}
	return 0x1p-52 * sum
}

// compare compares the derivatives for one parameter.
func compare(f func() *gradus.Value, p *gradus.Value, noise float64) Comparison {
	x, dfdx := p.Data, p.Grad
	defer func() { p.Data = x }()
	at := func(x float64) float64 {
		p.Data = x
		return f().Data
	}
	best := Comparison{Autodiff: dfdx, ErrorBar: math.Inf(1), Numeric: math.NaN(), Verdict: Disagree}
	last := best // with the step before
	for _, h := range steps(x) {
		wide, narrow := h.Central(at, x), (h/2).Central(at, x)
		c := Comparison{Autodiff: dfdx, Numeric: wide}
		c.ErrorBar = 2*math.Abs(wide-narrow) + 4*noise/float64(h)
		// An error bar can be small by chance, as when sin is tried with a step of a thousand
		// periods. Then the next step says something else, by more than its rounding.
		agrees := math.Abs(last.Numeric-wide) <= last.ErrorBar+8*noise/float64(h)
		if agrees && last.ErrorBar < best.ErrorBar {
			best = last
		}
		c.judge(at, x, h, noise)
		last = c
	}
	return best
}

// steps returns steps to try at x, each an eighth of the one before. They are powers of two,
// so that x + h is exact. For x near 0 they go down to a CentralStep in proportion to it: it
// may be the distance to where f ends, as that of ln does at 0.
func steps(x float64) (all []Step) {
	h := Step(math.Ldexp(1, math.Ilogb(float64(CentralStep(x)))+3))
	least := float64(CentralStep(0))
	if x != 0 {
		least *= min(1, math.Abs(x))
	}
	ulp := math.Nextafter(math.Abs(x), math.Inf(1)) - math.Abs(x)
	least = max(least/4096, 1024*ulp)
	for float64(h) >= least || len(all) < 6 {
		all = append(all, h)
		h /= 8
	}
	return all
}

// judge sets the slopes on either side of x, and the verdict.
func (c *Comparison) judge(at func(float64) float64, x float64, h Step, noise float64) {
	c.Left, c.Right = (-h).Diff(at, x), h.Diff(at, x)
	// On a smooth function the slopes of both sides approach each other in proportion to the
	// step. At a kink they stay apart.
	left, right := (-h/2).Diff(at, x), (h/2).Diff(at, x)
	bar := 2*math.Abs(c.Left-left) + 2*math.Abs(c.Right-right) + 8*noise/float64(h)
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
