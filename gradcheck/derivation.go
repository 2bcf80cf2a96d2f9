package gradcheck

import (
	"errors"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// A Derivation holds the partial derivatives that a student derived by hand, by name: the
// key "dL/dW2", which may also be written "∂L/∂W2" or "dL_dW2", is the derivative of the
// value named L with respect to the one named W2.
//
// The derivative of the graph's root is the whole one, over all paths. That of any other
// value is the local one, with all other named values held fixed, if it is computed directly
// from the second, and else the whole one.
//
// What is under the key is a number, float64 or int, or a [Formula].
type Derivation map[string]any

// A Formula is a derivative as a function of the named values: value("a") is the number of
// the value named a. Unlike a number it can be tried at other points than the one given,
// which tells slips apart that coincide there, and shows those that make no difference.
type Formula func(value func(name string) float64) float64

// A Finding is what there is to say about one derivative of a student's.
type Finding struct {
	Name      string  // as the student wrote it
	Yours     float64 // the student's number, or what the formula gives
	Right     float64 // the graph's
	Digits    int     // how many significant digits the two share
	Tolerance float64 // how far apart they may be through rounding
	OK        bool
	// Coincidence says that the formula is right for the given numbers and wrong for others.
	// It counts as right unless a usual slip explains that: it may rest on what the numbers
	// mean, as p − t does, for softmax, on targets that add up to 1.
	Coincidence bool
	// Follows names the student's other derivatives from which this one follows, although it
	// is wrong: there is no new mistake in it.
	Follows []string
	// Slips are the mistakes that would explain it, those in the first factor first.
	Slips []Slip
	// Between lists the local factors that this derivative rests on and no right one of the
	// student's does: there the mistake is.
	Between []string
}

// A Slip is a mistake that would explain a wrong derivative.
type Slip struct {
	Factor string // the local factor in which it was made, as ∂a/∂z
	What   string // what was done there
}

// String returns the slip as one line.
func (s Slip) String() string { return s.Factor + ": " + s.What }

// Findings are what there is to say about a derivation, in the order in which the chain
// rule goes, from the root on.
type Findings []Finding

// CheckDerivation compares the derivatives that a student derived by hand with those of the
// graph under root.
//
// A derivative is right if it is the graph's up to rounding. For a formula that is a
// millionth of Σ Π|∂| over all paths, which arithmetic in float32 needs. For a number it is a
// thousandth, which a product of factors of four digits needs, or half a unit in the last
// decimal that was written, but never so much that it could be 0 or of the other sign, and
// more if the student's own numbers before it are rounded.
//
// A wrong one that follows from another wrong one is no new mistake. Any other is compared
// with what each usual slip would make of what the student has so far. All slips that fit are
// listed: with special numbers, such as x = 1, several do. Formulas are tried at other points
// as well, which are drawn from a fixed seed.
//
// It returns an error if a key is no derivative of two named values, if a name is given
// twice, if the one is not computed from the other, or if what is under a key is neither a
// number nor a formula, or a formula that asks for an unknown name.
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
		for _, c := range chain.Generic(root) {
			points = append(points, newPoint(c, claims, false))
		}
	}
	var all Findings
	for i := range claims {
		all = append(all, find(points, i))
	}
	return all, nil
}

// FirstWrong returns the local factor in which the derivative goes wrong first: that of the
// first slip that would explain it, or, if none would, the first that may be wrong. It
// returns "" if there is nothing wrong here.
func (f Finding) FirstWrong() string {
	switch {
	case f.Slips != nil:
		return f.Slips[0].Factor
	case f.Between != nil:
		return f.Between[0]
	}
	return ""
}

// Err returns an error that names the first derivative that is wrong by itself, the local
// factor in which, and the slips that would explain it. It returns nil if all are right.
func (f Findings) Err() error {
	for _, finding := range f {
		if !finding.OK && len(finding.Follows) == 0 {
			return errors.New("gradcheck: " + finding.String())
		}
	}
	return nil
}

// String returns the findings, one after the other.
func (f Findings) String() string {
	var b strings.Builder
	for _, finding := range f {
		b.WriteString(finding.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// TestDerivation is CheckDerivation for tests: it reports with t.Errorf what is wrong.
func TestDerivation(t TB, root *gradus.Value, d Derivation) {
	t.Helper()
	f, err := CheckDerivation(root, d)
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		t.Errorf("%v\n%v", err, f)
	}
}
