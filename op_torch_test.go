package gradus_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
)

// torchFile is what testdata/torch.json holds.
type torchFile struct {
	Points map[string][]struct {
		X  []number
		Z  number
		DX []number // nil if PyTorch has no derivative
	}
	Softmax []struct {
		X, Z     []number
		Jacobian [][]number
	}
}

// A number is a float64, in JSON perhaps a string.
type number float64

func (x *number) UnmarshalJSON(text []byte) error {
	v, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*x = number(v)
	return err
}

func floats(x []number) []float64 {
	f := make([]float64, len(x))
	for i := range x {
		f[i] = float64(x[i])
	}
	return f
}

// A comparison is of an op's value, or its derivatives, with PyTorch's at a point.
type comparison struct {
	op, number string // number is "value" or "derivatives"
	x          []float64
	got, want  []float64
	agree      bool
}

// compareWithTorch compares all ops at all points.
func compareWithTorch(t *testing.T) (all []comparison) {
	t.Helper()
	file := torchdata.Read[torchFile](t, "seed")
	for _, op := range append(gradus.Ops(), gradus.LeakyReLU(0.25)) {
		for _, p := range file.Points[op.Name()] {
			x, z, dx := floats(p.X), float64(p.Z), floats(p.DX)
			got, e := evaluate(op, x), torchErrors(op.Name(), x, z)
			all = append(all, comparison{
				op.Name(), "value", x, xs{got.Value}, xs{z}, agree(got.Value, z, e.value),
			})
			if p.DX != nil {
				same := agreeAll(got.Partials, dx, e.partial)
				all = append(all, comparison{op.Name(), "derivatives", x, got.Partials, dx, same})
			}
		}
	}
	for _, p := range file.Softmax {
		all = append(all, compareSoftmax(floats(p.X), floats(p.Z), p.Jacobian)...)
	}
	return all
}

// compareSoftmax compares zᵢ, and zᵢ·(δᵢⱼ − zⱼ), which cancels: it is off in terms of zᵢ.
func compareSoftmax(x, z []float64, jacobian [][]number) []comparison {
	units := softmaxUnits(x)
	got, gotJacobian := softmax(x)
	value := comparison{"softmax", "value", x, got, z, true}
	value.agree = agreeAll(got, z, newTorchError(0, units, 0).partial)
	derivatives := comparison{"softmax", "derivatives", x, nil, nil, true}
	for i := range jacobian {
		row := floats(jacobian[i])
		for j := range row {
			row[j] += 0 // a leaf's Grad begins at +0, and +0 + −0 is +0
		}
		same := agreeAll(gotJacobian[i], row, newTorchError(0, 3*units, z[i]).partial)
		derivatives.agree = derivatives.agree && same
		derivatives.got = append(derivatives.got, gotJacobian[i]...)
		derivatives.want = append(derivatives.want, row...)
	}
	return []comparison{value, derivatives}
}

func TestTorch(t *testing.T) {
	points, needed := map[string]int{}, make([]bool, len(torchDifferences))
	for _, c := range compareWithTorch(t) {
		points[c.op+" "+c.number]++
		i := slices.IndexFunc(torchDifferences, func(d torchDifference) bool {
			return d.op == c.op && d.number == c.number && d.where(c.x)
		})
		switch {
		case i < 0 && !c.agree:
			t.Errorf("%s: %s at %v = %v, PyTorch has %v", c.op, c.number, c.x, c.got, c.want)
		case i >= 0 && c.agree:
			t.Errorf("%s: %s at %v = %v, as in PyTorch, but a row says they differ: %s",
				c.op, c.number, c.x, c.got, torchDifferences[i].why)
		case i >= 0:
			needed[i] = true
		}
	}
	for i, d := range torchDifferences {
		if !needed[i] {
			t.Errorf("%s: no point for the row that says %s differ: %s", d.op, d.number, d.why)
		}
	}
	names := []string{"softmax"}
	for _, op := range gradus.Ops() {
		names = append(names, op.Name())
	}
	for _, name := range names {
		for _, number := range []string{"value", "derivatives"} {
			n := points[name+" "+number]
			if n < 25 && (name != "step" && name != "shift" || number != "derivatives") {
				t.Errorf("%s: %s at %d points, want 20 ordinary ones and special ones", name, number, n)
			}
		}
	}
}

// A torchDifference is a place where PyTorch has another number, and means to.
type torchDifference struct {
	op     string
	number string // "value" or "derivatives"
	where  func(x []float64) bool
	why    string
}

// torchDifferences is precise: the numbers differ wherever a row says so.
var torchDifferences = []torchDifference{
	{"ln", "derivatives", negative, "no function, no slope; PyTorch has 1/x"},
	{"log1p", "derivatives", belowMinusOne, "no function, no slope; PyTorch has 1/(1 + x)"},
	{"ELU", "value", zeros(minus0), "the operand; PyTorch has +0"},
	{"ELU", "derivatives", anyNaN, "NaN is on neither side of 0; PyTorch takes the right"},
	{"SiLU", "value", subnormalOrMinusInf, "x·e^x and its limit; in PyTorch 1/(1 + e^−x) overflows"},
	{"SiLU", "derivatives", farBelowOrInf, "with the σ above, and limits; PyTorch has -0 and NaN"},
	{"GELU", "value", minusInf, "its limit; PyTorch has NaN"},
	{"GELU", "derivatives", infinite, "its limit; PyTorch has Inf·0 = NaN"},
	{"abs", "derivatives", anyNaN, "a NaN has no sign; PyTorch's sign of NaN is 0"},
	{"ReLU", "derivatives", anyNaN, "NaN is on neither side of the kink; PyTorch takes the right"},
	{"LeakyReLU(0.01)", "derivatives", anyNaN, "likewise; PyTorch takes the left"},
	{"LeakyReLU(0.25)", "derivatives", anyNaN, "likewise; PyTorch takes the left"},
	{"max", "derivatives", anyNaN, "NaN is neither larger nor smaller; PyTorch has 1 and 1"},
	{"min", "derivatives", anyNaN, "NaN is neither larger nor smaller; PyTorch has 1 and 1"},
	{"ReLU", "value", zeros(minus0), "+0, as math.Max has it; PyTorch takes the operand"},
	{"max", "value", zeros(minus0, 0), "+0, as math.Max has it; PyTorch takes the first"},
	{"min", "value", zeros(0, minus0), "-0, as math.Min has it; PyTorch takes the first"},
	{"step", "value", anyNaN, "NaN goes through; PyTorch has 0"},
	{"sign", "value", anyNaN, "NaN goes through; PyTorch has 0"},
	{"σ", "value", subnormal, "e^x/(1 + e^x) does not overflow; in PyTorch 1/(1 + e^−x) does"},
	{"σ", "derivatives", subnormal, "z(1 − z), with the z above"},
	{"softplus", "value", between20And36, "no threshold; PyTorch has x for x > 20"},
	{"softplus", "derivatives", between20And36, "no threshold; PyTorch has 1 for x > 20"},
	{"^", "derivatives", infToNegative, "0·ln Inf has the limit 0; PyTorch has NaN"},
	{"sigmoidcrossentropy", "value", infiniteLogit, "its limit; PyTorch has NaN"},
	{"logsumexp", "derivatives", plusInf, "a share of 1, of several equal shares; PyTorch has NaN"},
	{"softmaxcrossentropy", "value", plusInf, "its limit; PyTorch has NaN"},
	{"softmaxcrossentropy", "value", masked, "a class that is not there adds 0; PyTorch has 0·Inf = NaN"},
	{"softmaxcrossentropy", "derivatives", plusInf, "its limit; PyTorch has NaN"},
}

func anyNaN(x []float64) bool   { return slices.ContainsFunc(x, math.IsNaN) }
func negative(x []float64) bool { return x[0] < 0 }
func minusInf(x []float64) bool { return x[0] == -inf }
func infinite(x []float64) bool { return math.IsInf(x[0], 0) }

func belowMinusOne(x []float64) bool       { return x[0] < -1 }
func subnormalOrMinusInf(x []float64) bool { return subnormal(x) || minusInf(x) }
func farBelowOrInf(x []float64) bool       { return x[0] < -709 || x[0] == inf }

func plusInf(x []float64) bool { return slices.Contains(x, inf) && !anyNaN(x) }

func infToNegative(x []float64) bool { return x[0] == inf && x[1] < 0 }

// masked tells a logit of −Inf with the probability 0, beside others.
func masked(x []float64) bool {
	y, t := x[:len(x)/2], x[len(x)/2:]
	for i := range y {
		if y[i] == -inf && t[i] == 0 && slices.Max(y) > -inf && !plusInf(y) {
			return true
		}
	}
	return false
}

// infiniteLogit tells an infinite logit with a probability.
func infiniteLogit(x []float64) bool {
	return x[0] == -inf && !math.IsNaN(x[1]) || x[0] == inf && x[1] == 1
}

// between20And36 tells where softplus is the operand in PyTorch, and not in 53 bits.
func between20And36(x []float64) bool { return 20 < x[0] && x[0] < 36 }

// subnormal tells where e^x is.
func subnormal(x []float64) bool { return -745 < x[0] && x[0] < -709 }

// zeros tells one combination of +0 and −0.
func zeros(want ...float64) func([]float64) bool {
	return func(x []float64) bool { return agreeAll(x, want, func(float64) float64 { return 0 }) }
}

// A torchError is how far a value, and its derivatives, may be from PyTorch's.
type torchError struct {
	value   float64
	partial func(dx float64) float64
}

// newTorchError returns an error of value units of 2⁻⁵², and of partial units relative to
// each derivative, or to least if that is larger.
func newTorchError(value, partial, least float64) torchError {
	return torchError{value * 0x1p-52, func(dx float64) float64 {
		return partial * 0x1p-52 * max(math.Abs(dx), least, 0x1p-1022)
	}}
}

// agreeAll reports whether each of got is within its bound of want.
func agreeAll(got, want []float64, bound func(want float64) float64) bool {
	return slices.EqualFunc(got, want, func(x, y float64) bool { return agree(x, y, bound(y)) })
}

// torchErrors adds up the errors of both. Where it has none, a number is exact, or rounded
// once or in the same order.
//
// PyTorch's exp, ln, sin, cos, tan, tanh and x^y are those of SLEEF, at most a unit off.
// Those of package math are at most 1 unit off, as its sources say, but for tan with 1.3,
// tanh with 1.2 and x^y, which states none. It squares repeatedly, which adds |y|/2 units up,
// times e^(yf·ln x) with |yf| ≤ ½, which makes 3 more. The operations around them add half a
// unit each.
func torchErrors(op string, x []float64, z float64) torchError {
	z = max(math.Abs(z), 0x1p-1022)
	switch op {
	case "exp", "sin", "cos":
		return newTorchError(2*z, 2, 0)
	case "ln", "log1p", "arctan": // and 1/x, 1/(1 + x), 1/(1 + x²)
		return newTorchError(2*z, 0, 0)
	case "expm1": // PyTorch's derivative is z + 1, which cancels
		return newTorchError(2*z, 4, 1)
	case "arcsin", "arccos": // 1 and 2; PyTorch's 1 − x² loses a digit near the ends of ±0.95
		return newTorchError(3*z, 6, 0)
	case "sinh", "cosh": // 1 and 2 of each
		return newTorchError(3*z, 3, 0)
	case "erf": // 1 and 1; and 1 + ½ + ½ of each
		return newTorchError(2*z, 4, 0)
	case "tan": // 1 + z² has 2·2.3 of z, and 1 of each
		return newTorchError(2.3*z, 6.6, 0)
	case "tanh": // 1 − z² likewise, and cancels
		return newTorchError(2.2*z, 6.4, 1)
	case "σ": // 1 + ½ + ½ of each; z(1 − z) cancels, and has 1 more of each
		return newTorchError(4*z, 6, z)
	case "ELU": // PyTorch's is e^x − 1, which cancels
		return newTorchError(2*max(z, 1), 2, 0)
	case "SiLU": // as σ, times x; PyTorch's derivative is σ·(1 + x·(1 − σ)), which cancels
		return newTorchError(5*z, 6, z+z/math.Abs(x[0]))
	case "GELU": // PyTorch's Φ cancels
		return newTorchError(4*max(z, math.Abs(x[0])), 4, 1)
	case "sigmoidcrossentropy": // PyTorch's has terms of the size of the logit; σ(y) − t cancels
		return newTorchError(4*z+3*max(math.Abs(x[0]), 1), 6, 1)
	case "softplus": // 1 + 1 + ½ of each; 1 + ½ + ½ of each
		return newTorchError(5*z, 4, 0)
	case "^": // y·x^(y−1) and z·ln x have at most 2 more of each
		y := math.Abs(x[1])
		return newTorchError((y/2+4)*z, y/2+8, 0)
	}
	return naryTorchErrors(op, x, z)
}

// Sums may be added up in any order: n terms are off by (n − 1)/2 units of the sum of their
// absolute values.
func naryTorchErrors(op string, x []float64, z float64) torchError {
	n, size := float64(len(x)), 0.0
	for i := range x {
		size += math.Abs(x[i])
	}
	switch op {
	case "sum":
		return newTorchError((n-1)*size, 0, 0)
	case "mean": // and a division
		return newTorchError((n-1)*size/n+z, 0, 0)
	case "dot": // and a rounding of each product
		n, size = n/2, 0
		for i := range x[:len(x)/2] {
			size += math.Abs(x[i] * x[len(x)/2+i])
		}
		return newTorchError(n*size, 0, 0)
	case "logsumexp":
		units := lseUnits(x, z)
		return newTorchError(units, softmaxUnits(x)+units, 0) // PyTorch's are exp(xᵢ − z)
	case "softmaxcrossentropy": // of numbers up to z, where Σt is 1; softmax(y) − t cancels
		units := softmaxUnits(x[:len(x)/2])
		return newTorchError(units+n*z, units, 1)
	}
	return newTorchError(0, 0, 0)
}
