package gradus_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// A specialCase is a point at which an op's value and derivatives are known without its
// being computed: at the edge of its domain, at a kink, at numbers that are none.
type specialCase struct {
	why string // a line of the op's doc comment, or another reason
	x   []float64
	z   float64
	dx  []float64
	// units of 2⁻⁵² by which value and derivatives may be off, relative to them: 0 where all
	// is exact, the sign of zero included.
	units float64
}

type xs = []float64

// specialCases has the cases of every op.
func specialCases() map[string][]specialCase {
	cases := map[string][]specialCase{}
	for _, table := range []map[string][]specialCase{
		arithmeticCases, powCases, elementaryCases, stableCases, piecewiseCases, naryCases,
	} {
		for name, rows := range table {
			cases[name] = append(cases[name], rows...)
		}
	}
	return cases
}

// near compares numbers to within units of 2⁻⁵².
func near(units float64) cmp.Option {
	return cmp.Comparer(func(x, y float64) bool {
		return agree(x, y, units*0x1p-52*max(math.Abs(x), math.Abs(y), 0x1p-1022))
	})
}

// agree compares numbers to within a bound, infinities, NaN and the sign of zero included.
func agree(x, y, bound float64) bool {
	if x == y {
		return math.Signbit(x) == math.Signbit(y)
	}
	return math.Abs(x-y) <= bound && bound < inf || math.IsNaN(x) && math.IsNaN(y)
}

// A result is what an op says at a point.
type result struct {
	Value    float64
	Partials []float64
}

func evaluate(op *gradus.Op, x []float64) result {
	r := result{op.Eval(x...), make([]float64, len(x))}
	op.Partials(r.Partials, x, r.Value)
	return r
}

// differentiate applies op to leaves made by leaf.
func differentiate(op *gradus.Op, x []float64, leaf func(float64) *gradus.Value) result {
	leaves := make([]*gradus.Value, len(x))
	for i := range x {
		leaves[i] = leaf(x[i])
	}
	z := op.Apply(leaves...)
	z.Backward()
	r := result{z.Data, make([]float64, len(x))}
	for i := range leaves {
		r.Partials[i] = leaves[i].Grad
	}
	return r
}

func TestSpecialCases(t *testing.T) {
	cases := specialCases()
	for _, op := range everyOp() {
		for _, tt := range cases[op.Name()] {
			t.Run(fmt.Sprintf("%s%v", op.Name(), tt.x), func(t *testing.T) {
				var tape gradus.Tape
				want := result{tt.z, tt.dx}
				check := func(how string, got result) {
					t.Helper()
					if diff := cmp.Diff(want, got, near(tt.units)); diff != "" {
						t.Errorf("%s: %s (-want +got):\n%s", tt.why, how, diff)
					}
				}
				check("Eval, Partials", evaluate(op, tt.x))
				// A leaf's Grad begins at +0, and +0 + −0 is +0.
				want.Partials = slices.Clone(tt.dx)
				for i := range want.Partials {
					want.Partials[i] += 0
				}
				check("Apply, Backward", differentiate(op, tt.x, gradus.New))
				check("Apply, Backward on a tape", differentiate(op, tt.x, tape.New))
			})
		}
	}
}

func TestEveryOpHasSpecialCases(t *testing.T) {
	cases := specialCases()
	for _, op := range gradus.Ops() {
		if len(cases[op.Name()]) == 0 {
			t.Errorf("op %q has no special case", op.Name())
		}
	}
	names := map[string]bool{}
	for _, op := range everyOp() {
		names[op.Name()] = true
	}
	for name := range cases {
		if !names[name] {
			t.Errorf("there are special cases for %q, and no op has that name", name)
		}
	}
}

// Every line below "Special cases" in a doc comment is the reason of a row.
func TestDocumentedSpecialCases(t *testing.T) {
	cases, ops := specialCases(), appliedBy()
	documented := 0
	for name, s := range symbols(t) {
		for _, line := range specialLines(s.Comment) {
			documented++
			op := ops[name]
			if op == nil {
				t.Errorf("%s: documents the special case %q and applies no op", name, line)
				continue
			}
			tested := func(c specialCase) bool { return c.why == line }
			if !slices.ContainsFunc(cases[op.Name()], tested) {
				t.Errorf("%s: no row tests the special case %q", name, line)
			}
		}
	}
	if documented == 0 {
		t.Error("no special case is documented: has the form of the comments changed?")
	}
}

// specialLines returns the special cases that a doc comment lists.
func specialLines(comment string) (lines []string) {
	_, list, _ := strings.Cut(comment, "\nSpecial cases")
	for line := range strings.Lines(list) {
		if special, ok := strings.CutPrefix(line, "\t"); ok {
			lines = append(lines, strings.TrimSpace(special))
		}
	}
	return lines
}
