package gradcheck

import (
	"errors"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// A Derivation holds the partial derivatives that a student derived by hand. The key "dL/dW2",
// which may also be written "∂L/∂W2" or "dL_dW2", is the derivative of the value named L with
// respect to the one named W2.
//
// A derivative of the graph's root is the whole derivative, summed over all paths. So is one of
// another value, unless that value is computed directly from the second one: then it is the
// local derivative, with all other named values held fixed.
//
// The entry under a key is a number, float64 or int, or a [Formula].
type Derivation map[string]any

// A Formula is a derivative as a function of the named values of a graph, constants among them:
// value("a") is the number of the value named a. A formula can be tried at other numbers than
// the given ones, which a number cannot. This tells slips apart that coincide at the given
// numbers, and shows those that make no difference there.
type Formula func(value func(name string) float64) float64

// CheckDerivation compares the derivatives that a student derived by hand with those of the
// graph under root.
//
// A derivative is right if it equals the graph's up to rounding. For a formula, the tolerance
// is 10⁻⁶·Σ Π|∂|, which arithmetic in float32 needs. Here Σ Π|∂| is the sum over all paths of
// the product of the absolute local derivatives. For a number, it is 10⁻³·Σ Π|∂|, which a
// product of factors of four digits needs, or half a unit in the last decimal of the number,
// whichever is larger, and more if the student's numbers before it are rounded more. But neither
// 0 nor a number of the wrong sign is ever right for a derivative that is not 0.
//
// A wrong derivative that follows from another wrong one is not a new mistake. Any other is
// compared with what each usual slip would make of the student's derivatives before it. All
// slips that fit are listed: with special numbers, such as x = 1, several do.
//
// Formulas are also tried at other numbers, drawn from a fixed seed, in the leaves that have a
// name. Constants keep their numbers, and so do leaves without a name, since no formula can ask
// for them.
//
// It returns an error if root is nil; if a key is not a derivative of two named values, the
// first computed from the second; if two keys name the same derivative; if the derivative is
// with respect to a constant; if an entry is neither a number nor a formula; or if a formula
// panics or asks for a name that no value has, or several.
func CheckDerivation(root *gradus.Value, d Derivation) (Findings, error) {
	if root == nil {
		return nil, errors.New("gradcheck: the root of the graph is nil, want a Value")
	}
	c := chain.New(root)
	claims, err := parse(c, d)
	if err != nil {
		return nil, err
	}
	points := []*point{newPoint(c, claims, true)}
	if slices.ContainsFunc(claims, func(cl claim) bool { return !cl.number }) {
		for _, c := range generic(root) {
			points = append(points, newPoint(c, claims, false))
		}
	}
	var all Findings
	for i := range claims {
		all = append(all, find(points, i))
	}
	return all, nil
}

// TestDerivation is [CheckDerivation] for tests: if a derivative is wrong, it reports the error
// and all findings with t.Errorf.
//
// It panics if t is nil.
func TestDerivation(t TB, root *gradus.Value, d Derivation) {
	mustReport(t, "TestDerivation")
	t.Helper()
	f, err := CheckDerivation(root, d)
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		t.Errorf("%v\n%v", err, f)
	}
}
