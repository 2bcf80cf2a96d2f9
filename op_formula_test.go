package gradus_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
)

// formulaErrors tells how far the definition of an op, evaluated as it is written, may be
// from the op's value. An op without a row is computed as its formula says, to the bit, and
// so are all derivatives, unless the row says otherwise.
//
// The error is in units of 2⁻⁵², relative to the larger of the value and least. Those of
// package math are the ones that its sources state, 1 for exp, ln and log1p, 2.1·10⁻¹⁶ for
// sin and cos, 2.9·10⁻¹⁶ for tan, 2.5·10⁻¹⁶ for tanh; an operation adds half a unit.
var formulaErrors = map[string]struct {
	units float64
	each  float64 // more units for each operand
	least float64 // what the digits cancel against
	why   string
	// partials says that the derivatives may be off by as much, because the op computes them in
	// another way than its formulas, in which less cancels.
	partials bool
}{
	"√":         {1, 0, 0, "x^½: package math takes the root, but promises no more than a unit", false},
	"tan":       {4, 0, 0, "sin x/cos x: 1 + 1 + ½; the op 1.3", false},
	"sinh":      {6, 0, 1, "(e^x − e^−x)/2: 1 + 1 + ½, and cancels; the op 2", false},
	"cosh":      {6, 0, 1, "(e^x + e^−x)/2: 1 + 1 + ½; the op 2", false},
	"tanh":      {5, 0, 1, "(e^x − e^−x)/(e^x + e^−x): 1½ + 1½ + ½, and cancels; the op 1.2", false},
	"σ":         {4, 0, 0, "1/(1 + e^−x): 1 + ½ + ½; the op as much", false},
	"softplus":  {5, 0, 1, "ln(1 + e^x): 1½ + 1, and 1 + e^x loses small e^x; the op 1 + 1 + ½", false},
	"GELU":      {4, 0, 8, "x·(1 + erf(x/√2))/2: 1 + ½ + ½ of a number up to 8; the op less", true},
	"logsumexp": {4, 1, 1, "ln Σ e^xᵢ: 1 + 1, and ½ for each +; the op as much", true},
	"sigmoidcrossentropy": {
		5, 0, 8, "softplus(y) − t·y: 2½ of a number up to 8, ½ and ½; the op less", true,
	},
	"softmaxcrossentropy": {
		4, 1, 16, "Σ tᵢ·(lse − yᵢ): as logsumexp, times tᵢ ≤ 4, and ½ for each +; the op less", true,
	},
}

func TestFormulas(t *testing.T) {
	for _, op := range everyOp() {
		t.Run(op.Name(), func(t *testing.T) {
			e := formulaErrors[op.Name()]
			forEachPoint(t, op, 200, func(x []float64) {
				z, want := op.Eval(x...), make([]float64, len(x))
				op.Partials(want, x, z)
				f, dx := op.Formula(gradus.New(z), gradus.Values(x)...)
				units := e.units + e.each*float64(len(x))
				bound := units * 0x1p-52 * max(math.Abs(z), e.least)
				if !(math.Abs(f.Data-z) <= bound) {
					t.Errorf("definition at %v = %v, want %v ± %.1g", x, f.Data, z, bound)
				}
				if len(dx) != len(x) {
					t.Fatalf("%d formulas of derivatives, want %d", len(dx), len(x))
				}
				for i := range dx {
					most := 0.0
					if e.partials {
						most = bound
					}
					if !(math.Abs(dx[i].Data-want[i]) <= most) {
						t.Errorf("formula of ∂/∂x%d at %v = %v, want %v ± %.1g", i, x, dx[i].Data, want[i], most)
					}
				}
			})
		})
	}
}

// A definition is a graph, and differentiating it must give the op's derivatives. Where z
// itself stands for an elementary op there is nothing to differentiate.
func TestFormulasDifferentiate(t *testing.T) {
	for _, op := range everyOp() {
		t.Run(op.Name(), func(t *testing.T) {
			forEachPoint(t, op, 100, func(x []float64) {
				z, leaves := gradus.New(op.Eval(x...)), gradus.Values(x)
				f, _ := op.Formula(z, leaves...)
				if f == z {
					return
				}
				want := make([]float64, len(x))
				op.Partials(want, x, z.Data)
				f.Backward()
				for i, leaf := range leaves {
					// A dozen roundings of terms up to 1, where they cancel, or up to the result, and
					// half a unit for each addition of logsumexp.
					bound := (8 + float64(len(x))/2) * 0x1p-52 * max(math.Abs(want[i]), 1)
					if !(math.Abs(leaf.Grad-want[i]) <= bound) {
						t.Errorf("∂/∂x%d of the definition at %v = %v, want %v ± %.1g",
							i, x, leaf.Grad, want[i], bound)
					}
				}
			})
		})
	}
}

// Formulas hold at the special points, too, where an operand is 0, huge, or outside of the domain of
// the function. Only where an operand is infinite or NaN may they be NaN.
func TestFormulasAtSpecialPoints(t *testing.T) {
	for name, cases := range specialCases() {
		var op *gradus.Op
		for _, o := range everyOp() {
			if o.Name() == name {
				op = o
			}
		}
		points := [][]float64{}
		for _, c := range cases {
			points = append(points, c.x)
		}
		if n := op.Arity(); n > 0 {
			for _, x := range []float64{0, minus0, 1, -1, -2, 745, -745, 800, -800, 5e-324, 1e-310, 1e300, -1e300} {
				for _, y := range []float64{0, 1, 2, -1, 0.5, -800} {
					points = append(points, []float64{x, y, 3}[:n])
				}
			}
		}
		for _, x := range points {
			if slices.ContainsFunc(x, func(v float64) bool { return math.IsNaN(v - v) }) {
				continue
			}
			z := op.Eval(x...)
			want := make([]float64, len(x))
			op.Partials(want, x, z)
			f, dx := op.Formula(gradus.New(z), gradus.Values(x)...)
			// As at random points, but a formula may round in proportion to its operands, and may
			// underflow: σ(−740) is subnormal, and e^740 infinite.
			e, size := formulaErrors[name], math.Abs(z)
			for _, v := range x {
				size = max(size, math.Abs(v))
			}
			bound := (e.units + e.each*float64(len(x))) * 0x1p-52 * max(size, e.least)
			if e.units > 0 {
				bound += 0x1p-1022
			}
			if !same(f.Data, z, bound) {
				t.Errorf("%s: the definition at %v = %v, want %v ± %.1g", name, x, f.Data, z, bound)
			}
			most := 0.0
			if e.partials {
				most = bound
			}
			for i := range dx {
				if !same(dx[i].Data, want[i], most) {
					t.Errorf("%s: the formula of ∂/∂x%d at %v = %v, want %v", name, i, x, dx[i].Data, want[i])
				}
			}
		}
	}
}

// same reports whether two numbers are equal to within a bound, infinities and NaN included.
func same(x, y, bound float64) bool {
	return x == y || math.Abs(x-y) <= bound || math.IsNaN(x) && math.IsNaN(y)
}

// Numbers in a formula are constants: whoever reads it must not take them for parameters.
func TestNumbersInFormulasAreConstants(t *testing.T) {
	for _, op := range everyOp() {
		for _, n := range append(operandCounts(op), max(0, op.Arity())) {
			x := gradus.Values(slices.Repeat([]float64{0.5}, n))
			z := gradus.New(op.Eval(slices.Repeat([]float64{0.5}, n)...))
			f, dx := op.Formula(z, x...)
			for _, v := range gradus.Topo(append(dx, f)...) {
				if v.Op() == nil && v != z && !slices.Contains(x, v) && !v.IsConst() {
					t.Errorf("%s: the number %v in a formula is no constant", op.Name(), v)
				}
			}
		}
	}
	for _, name := range []string{"Sum", "Dot"} { // of nothing
		if f, _ := appliedBy()[name].Formula(gradus.New(0)); !f.IsConst() {
			t.Errorf("%s of nothing is %v, want a constant", name, f)
		}
	}
}
