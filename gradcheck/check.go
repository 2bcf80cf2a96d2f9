package gradcheck

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// Check compares the gradient that Backward finds with central differences. It returns the error
// of [Compare] or, if there is none, that of [Report.Err], which is nil unless a verdict is
// [Disagree]. [Kink] and [Unclear] do not count as errors.
//
//	if err := gradcheck.Check(loss, w, b); err != nil { … }
func Check(f func() *gradus.Value, parameters ...*gradus.Value) error {
	return errorOf(Compare(f, parameters...))
}

// errorOf returns the error of a check or, if there is none, that of its result.
func errorOf(result interface{ Err() error }, err error) error {
	if err != nil {
		return err
	}
	return result.Err()
}

// A TB is the part of [testing.TB] that [Test] and [TestDerivation] need.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Test is [Check] for tests: it reports an error of Check with t.Errorf, and the whole table if
// there is one.
//
// It panics if t is nil.
func Test(t TB, f func() *gradus.Value, parameters ...*gradus.Value) {
	mustHave(t, "Test").Helper()
	r, err := Compare(f, parameters...)
	if err = errorOf(r, err); err != nil {
		t.Errorf("%v\n%v", err, r)
	}
}

// mustHave returns t. It panics if the t that a function was called with is nil.
func mustHave(t TB, function string) TB {
	if t == nil {
		panic("gradcheck: " + function + ": t is nil, want a *testing.T")
	}
	return t
}

// Compare compares the derivative of a function by Backward with central differences, for each
// parameter. Each call of f has to build the graph anew from the parameters. Compare changes
// the Data of the parameters and restores it. It leaves in their Grad what one Backward from
// zero gives.
//
// It tries steps h of central differences D(h), from large to small. Of those that agree with
// the next smaller step, it takes the one with the smallest error bar. The error bar adds an
// estimate of the error of the formula, from two steps, and one of rounding. For the latter, the
// graphs at both sides tell how much the rounding of each of their numbers v contributes:
//
//	2·|D(h) − D(h/2)| + (4/h)·ε·Σ |v·∂f/∂v|    ε = 2⁻⁵²
//
// Where the slope jumps at a parameter, as that of ReLU at 0, there is no single right derivative.
// If autodiff's is between the slopes of both sides, the verdict is [Kink]; [CheckDerivation] takes any
// number between them for right. A jump elsewhere within
// the step makes the error bar large, so a smaller step is taken. If the derivatives differ and the
// error bar is at least as large as both, the verdict is [Unclear]. The verdict is also Unclear if
// no two steps agree, unless the function jumps or autodiff gives NaN. This happens if f is defined
// only very close to the parameter, or if rounding drowns its changes.
//
// It returns an error if f is nil or returns nil, if there is no parameter, if a parameter is nil, a
// constant, NaN or infinite, if the value of f was not computed from a parameter, if two calls of f
// give different numbers, or if the expressions that [gradus.Op.WithFormula] got for an op of your own have
// other values than its derivatives. It panics if f returns nil at a later call only.
func Compare(f func() *gradus.Value, parameters ...*gradus.Value) (Report, error) {
	if err := checkArguments(f, parameters); err != nil {
		return nil, err
	}
	for _, p := range parameters {
		p.ZeroGrad()
	}
	root := f()
	if root == nil {
		return nil, errors.New("gradcheck: the function returns nil, want the root of a graph")
	}
	root.ZeroGrad()
	root.Backward()
	value, gradients := root.Data, make([]float64, len(parameters))
	for i, p := range parameters {
		if !p.HasGrad() {
			return nil, fmt.Errorf("gradcheck: the value of the function was not computed from %s", nameOf(p, i))
		}
		gradients[i] = p.Grad
	}
	before := map[*gradus.Value]float64{} // what one Backward has left in the leaves
	for _, v := range gradus.Topo(root) {
		if v.Op() == nil {
			before[v] = v.Grad
		}
	}
	if again := graph(f).Data; again != value && !(math.IsNaN(again) && math.IsNaN(value)) {
		return nil, fmt.Errorf("gradcheck: two calls of the function give %v and %v, want the same: "+
			"it must depend on the parameters' Data alone", value, again)
	}
	if err := checkFormulas(root); err != nil {
		return nil, err
	}
	r := make(Report, len(parameters))
	for i, p := range parameters {
		r[i] = compare(f, p, gradients[i])
		r[i].Name = nameOf(p, i)
	}
	for leaf, grad := range before {
		leaf.Grad = grad
	}
	slices.SortStableFunc(r, func(a, b Comparison) int {
		return cmp.Or(cmp.Compare(b.Verdict, a.Verdict), cmp.Compare(b.excess(), a.excess()))
	})
	return r, nil
}

func checkArguments(f func() *gradus.Value, parameters []*gradus.Value) error {
	switch {
	case f == nil:
		return errors.New("gradcheck: the function is nil, want one that returns the root of a graph")
	case len(parameters) == 0:
		return errors.New("gradcheck: no parameters to check, want one or more")
	}
	for i, p := range parameters {
		switch {
		case p == nil:
			return fmt.Errorf("gradcheck: parameter %d of %d is nil, want a Value", i+1, len(parameters))
		case p.IsConst():
			return fmt.Errorf("gradcheck: %s is a constant, which has no gradient to check: "+
				"make it with gradus.New", nameOf(p, i))
		case !finite.All(p.Data):
			return fmt.Errorf("gradcheck: %s is %v, want a finite number, since it is moved by small steps",
				nameOf(p, i), p.Data)
		}
	}
	return nil
}

// nameOf returns the name of the parameter at place i, or what stands for it.
func nameOf(p *gradus.Value, i int) string {
	if p.Name() == "" {
		return fmt.Sprintf("parameter %d", i+1)
	}
	return p.Name()
}

// graph returns a new graph. It panics if f returns nil, which it has not done at its first call.
func graph(f func() *gradus.Value) *gradus.Value {
	root := f()
	if root == nil {
		panic("gradcheck: the function returned a Value at its first call and nil at a later one")
	}
	return root
}
