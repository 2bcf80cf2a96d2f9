package gradcheck

import (
	"errors"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// A Derivation holds the derivatives that a student derived by hand. The key "dL/dW2", which may
// also be written "∂L/∂W2" or "dL_dW2", is the derivative of the value named L with respect to the
// one named W2.
//
// Higher derivatives have keys such as "d²L/dw²" and "d³L/dw² dv", also written "∂²L/∂w∂v", "d2L/dw2" or
// "d^2L/dw^2". The order in which they name w and v makes no difference. If a key can be read as that of a
// first derivative, it is one: "dL/dW2" is about the value named W2, and never about the square of W. In any
// other key the order above the line tells what a digit means, since the exponents below it add up to it:
// "d2L/dW2" is about W twice, and "d2L/dW22" about W2 twice.
//
// A derivative of the graph's root is the whole derivative, summed over all paths. A derivative
// of another value is the local one, with all other named values held fixed, if a path leads
// from that value to the second one on which no third value has a name. Otherwise it is the
// whole one. In y = w·x, L = y², for example, dL/dw is whole and dy/dw is local.
//
// If L is computed from x both directly and by way of v, ∂L/∂x is the local derivative, with v held
// fixed, and dL/dx the whole one: show.Derive writes them so, too.
//
// The higher derivative "d²L/dw dv" is the whole one, of any value L. It is checked as the first derivative
// of dL/dw with respect to v, in the graph that [gradus.Gradient] returns for dL/dw, and has factors such as
// ∂(dL/dw)/∂a. The key "∂(dL/dw)/∂v" is the local derivative of dL/dw.
//
// A parameter of package nn may be written as show.Derive does: w⁽³⁾₁₂ for layer3.neuron1.w2.
//
// The entry under a key is one of these:
//   - a text with a number, "-0.3875", that was rounded to the digits that it has;
//   - a text with a formula in terms of the named values, "(y − t)·W2·a(1 − a)·x", in the notation of
//     package formula;
//   - a float64, a float32 or an int: a number that was computed, with all its digits;
//   - a [Formula], which is a formula as a function in Go.
type Derivation map[string]any

// A Formula is a derivative as a function of the named values of a graph, constants among them:
// value("a") is the number of the value named a. A formula can be tried at other numbers than
// the given ones, and a number cannot. This tells slips apart that give the same number at the
// given ones, and finds slips that make no difference there.
type Formula func(value func(name string) float64) float64

// CheckDerivation compares the derivatives that a student derived by hand with those of the
// graph under root.
//
// A derivative is right if it equals the graph's up to rounding:
//   - A number in a text may be off by half a unit in its last decimal, "-0.3875" by 0.00005. Without a
//     decimal it is exact. A formula without names, "-0.6225·0.6225", may be off by as much as that makes
//     of its numbers.
//   - A number that was computed may be off by 10⁻⁹·Σ Π|∂|, where Σ Π|∂| is the sum over all paths
//     of the product of the absolute local derivatives. A float32 may be off by 10⁻⁶·Σ Π|∂|.
//   - A formula may be off by as much as a float32, since it may compute with such numbers.
//   - A number x that follows from texts of the student's may also be off by 2r·|x|, where r is the
//     largest relative rounding of these, at most 0.05. For a number that was computed, r may also be
//     that of the most exact text of the derivation that is right.
//
// At a kink, such as that of ReLU at 0, any number between the slopes on both sides is right, by
// convention, and so is a number that follows from the student's others. Backward's is one of them.
//
// But neither 0 nor a number of the wrong sign is right for a derivative that is more than rounding
// away from 0, and no finite number is right for one that is infinite or NaN. If a float64 is not
// exact, but would be right as a rounded number, the finding says that it belongs in quotes. Slips
// are looked for as if it had been rounded.
//
// A higher derivative is compared with the right one, whatever the student's lower ones are.
//
// A wrong derivative that follows from another wrong one is not a new mistake, nor is the same slip in
// another unit of a layer. Any other is compared with what each usual slip would make of the student's
// derivatives before it. All slips that fit are listed: with special numbers, such as x = 1, several do. In
// graphs of thousands of nodes, the search ends after about half a second, with those that were found. It is
// its steps that count, so that the same derivation has the same findings on every machine.
//
// Formulas are also tried at other numbers, drawn from a fixed seed, in the leaves that have a
// name. Constants keep their numbers, and so do leaves without a name, since no formula can ask
// for them. Leaves such as t1, t2 and t3 that are probabilities, not negative and with the sum 1,
// get other probabilities.
//
// It returns an error if
//   - root is nil,
//   - a key does not name two values or more, the first computed from the others,
//   - the orders of a higher derivative above and below the line differ,
//   - a higher derivative needs the derivative of one that [gradus.Func1] got as a function of numbers,
//   - a name in a key is that of several values,
//   - a derivative is with respect to a constant,
//   - two keys name the same derivative,
//   - an entry is neither a number nor a formula, or a text is neither, or
//   - a formula panics, or asks for a name that no value or more than one value has.
func CheckDerivation(root *gradus.Value, d Derivation) (Findings, error) {
	if root == nil {
		return nil, errors.New("gradcheck: the root of the graph is nil, want a Value")
	}
	families, err := parse(chain.New(root), d)
	if err != nil {
		return nil, err
	}
	var all Findings
	left := effort{mostEdges, mostFactors}
	for _, claims := range families {
		c := claims[0].chain
		points := []*point{newPoint(c, claims, true, &left)}
		if slices.ContainsFunc(claims, func(cl claim) bool { return !cl.number }) {
			for _, other := range c.Elsewhere() {
				points = append(points, newPoint(other, claims, false, &left))
			}
		}
		for i := range claims {
			all = append(all, find(points, i))
		}
	}
	return all, nil
}

// TestDerivation is [CheckDerivation] for tests: it reports an error of CheckDerivation, or of
// [Findings.Err] and then all findings, with t.Errorf.
//
// It panics if t is nil.
func TestDerivation(t TB, root *gradus.Value, d Derivation) {
	mustHave(t, "TestDerivation").Helper()
	f, err := CheckDerivation(root, d)
	if err = errorOf(f, err); err != nil {
		t.Errorf("%v\n%v", err, f)
	}
}
