package gradus_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/gradus-go/gradus"
)

// A closedForm returns the first and the second partial derivatives of a function at x.
type closedForm func(x []num) (d []num, dd [][]num)

// unary is the closed form of a function of one number, from its derivatives.
func unary(f func(x num) (d, dd num)) closedForm {
	return func(x []num) ([]num, [][]num) {
		d, dd := f(x[0])
		return []num{d}, [][]num{{dd}}
	}
}

// binary is the closed form of a function of two numbers, from ∂/∂x, ∂/∂y, ∂²/∂x², ∂²/∂x∂y and ∂²/∂y².
func binary(f func(x, y num) [5]num) closedForm {
	return func(x []num) ([]num, [][]num) {
		d := f(x[0], x[1])
		return d[:2], [][]num{{d[2], d[3]}, {d[3], d[4]}}
	}
}

// piecewise is the closed form of a function that is straight where it is tried, from its slopes.
func piecewise(slopes func(x []float64) []float64) closedForm {
	return func(x []num) (d []num, dd [][]num) {
		floats := make([]float64, len(x))
		for i := range x {
			floats[i] = x[i].float64()
		}
		for _, slope := range slopes(floats) {
			d, dd = append(d, newNum(slope)), append(dd, zeroNums(len(x)))
		}
		return d, dd
	}
}

// twoSlopes is the closed form of a function of one number with one slope below 0 and one above.
func twoSlopes(below, above float64) closedForm {
	return piecewise(func(x []float64) []float64 {
		if x[0] < 0 {
			return []float64{below}
		}
		return []float64{above}
	})
}

func zeroNums(n int) []num {
	z := make([]num, n)
	for i := range z {
		z[i] = newNum(0)
	}
	return z
}

func sinh(x num) num { return x.exp().sub(x.neg().exp()).times(0.5) }
func cosh(x num) num { return x.exp().add(x.neg().exp()).times(0.5) }

// logistic is σ(x), and density is φ(x) = exp(−x²/2)/√(2π).
func logistic(x num) num { return x.neg().exp().plus(1).inverse() }
func density(x num) num  { return x.square().times(-0.5).exp().div(pi().times(2).sqrt()) }

// shares returns the shares exp xᵢ/Σ exp xⱼ and the sum.
func shares(x []num) (p []num, total num) {
	total = newNum(0)
	for _, v := range x {
		p = append(p, v.exp())
		total = total.add(v.exp())
	}
	for i := range p {
		p[i] = p[i].div(total)
	}
	return p, total
}

// softmaxSlope is ∂pᵢ/∂xⱼ = pᵢ(δᵢⱼ − pⱼ).
func softmaxSlope(p []num, i, j int) num {
	if i == j {
		return p[i].mul(newNum(1).sub(p[i]))
	}
	return p[i].mul(p[j]).neg()
}

// closedForms has the derivatives of every op, as textbooks write them.
var closedForms = map[string]closedForm{
	"+":   piecewise(func([]float64) []float64 { return []float64{1, 1} }),
	"−":   piecewise(func([]float64) []float64 { return []float64{1, -1} }),
	"neg": twoSlopes(-1, -1),
	"·": binary(func(x, y num) [5]num {
		return [5]num{y, x, newNum(0), newNum(1), newNum(0)}
	}),
	"/": binary(func(x, y num) [5]num { // 1/y, −x/y², 0, −1/y², 2x/y³
		w := y.inverse()
		return [5]num{w, x.mul(w.square()).neg(), newNum(0), w.square().neg(), x.times(2).mul(w.square()).mul(w)}
	}),
	"^": binary(func(x, y num) [5]num { // with x^y = exp(y·ln x)
		ln := x.ln()
		z := y.mul(ln).exp()
		dx := y.mul(z).div(x)
		return [5]num{
			dx, z.mul(ln), y.plus(-1).mul(dx).div(x), z.div(x).mul(y.mul(ln).plus(1)), z.mul(ln.square()),
		}
	}),
	"square": unary(func(x num) (d, dd num) { return x.times(2), newNum(2) }),
	"√": unary(func(x num) (d, dd num) { // 1/(2√x), −1/(4x√x)
		d = x.sqrt().times(2).inverse()
		return d, d.div(x.times(2)).neg()
	}),
	"exp":   unary(func(x num) (d, dd num) { return x.exp(), x.exp() }),
	"expm1": unary(func(x num) (d, dd num) { return x.exp(), x.exp() }),
	"ln":    unary(func(x num) (d, dd num) { return x.inverse(), x.square().inverse().neg() }),
	"log1p": unary(func(x num) (d, dd num) {
		return x.plus(1).inverse(), x.plus(1).square().inverse().neg()
	}),
	"sin": unary(func(x num) (d, dd num) { return x.cos(), x.sin().neg() }),
	"cos": unary(func(x num) (d, dd num) { return x.sin().neg(), x.cos().neg() }),
	"tan": unary(func(x num) (d, dd num) { // 1/cos², 2·sin/cos³
		d = x.cos().square().inverse()
		return d, d.times(2).mul(x.sin()).div(x.cos())
	}),
	"arcsin": unary(func(x num) (d, dd num) { // w = (1 − x²)^(−1/2), x·w³
		w := newNum(1).sub(x.square()).sqrt().inverse()
		return w, x.mul(w.square()).mul(w)
	}),
	"arccos": unary(func(x num) (d, dd num) {
		w := newNum(1).sub(x.square()).sqrt().inverse()
		return w.neg(), x.mul(w.square()).mul(w).neg()
	}),
	"arctan": unary(func(x num) (d, dd num) { // 1/(1 + x²), −2x/(1 + x²)²
		d = x.square().plus(1).inverse()
		return d, x.times(-2).mul(d.square())
	}),
	"sinh": unary(func(x num) (d, dd num) {
		return cosh(x), sinh(x)
	}),
	"cosh": unary(func(x num) (d, dd num) {
		return sinh(x), cosh(x)
	}),
	"tanh": unary(func(x num) (d, dd num) { // 1/cosh², −2·sinh/cosh³
		d = cosh(x).square().inverse()
		return d, d.times(-2).mul(sinh(x)).div(cosh(x))
	}),
	"erf": unary(func(x num) (d, dd num) { // 2/√π·exp(−x²), −2x times that
		d = x.square().neg().exp().times(2).div(pi().sqrt())
		return d, d.mul(x).times(-2)
	}),
	"σ": unary(func(x num) (d, dd num) { // p(1 − p), p(1 − p)(1 − 2p)
		p := logistic(x)
		d = p.mul(logistic(x.neg()))
		return d, d.mul(newNum(1).sub(p.times(2)))
	}),
	"softplus": unary(func(x num) (d, dd num) { return logistic(x), logistic(x).mul(logistic(x.neg())) }),
	"SiLU": unary(func(x num) (d, dd num) { // p + x·p′, 2p′ + x·p″
		p := logistic(x)
		dp := p.mul(logistic(x.neg()))
		return p.add(x.mul(dp)), dp.times(2).add(x.mul(dp).mul(newNum(1).sub(p.times(2))))
	}),
	"GELU": unary(func(x num) (d, dd num) { // Φ + x·φ, (2 − x²)·φ
		cumulative := x.div(newNum(2).sqrt()).erf().plus(1).times(0.5)
		return cumulative.add(x.mul(density(x))), newNum(2).sub(x.square()).mul(density(x))
	}),
	"ELU": unary(func(x num) (d, dd num) {
		if x.f.Sign() > 0 {
			return newNum(1), newNum(0)
		}
		return x.exp(), x.exp()
	}),
	"sigmoidcrossentropy": binary(func(y, t num) [5]num { // σ(y) − t, −y
		p := logistic(y)
		return [5]num{p.sub(t), y.neg(), p.mul(logistic(y.neg())), newNum(-1), newNum(0)}
	}),
	"abs":             twoSlopes(-1, 1),
	"ReLU":            twoSlopes(0, 1),
	"LeakyReLU(0.01)": twoSlopes(0.01, 1),
	"step":            twoSlopes(0, 0),
	"sign":            twoSlopes(0, 0),
	"max": piecewise(func(x []float64) []float64 {
		return []float64{slope(x[0] > x[1], 0), slope(x[1] > x[0], 0)}
	}),
	"min": piecewise(func(x []float64) []float64 {
		return []float64{slope(x[0] < x[1], 0), slope(x[1] < x[0], 0)}
	}),
	"where": piecewise(func(x []float64) []float64 {
		return []float64{0, slope(x[0] > 0, 0), slope(x[0] < 0, 0)}
	}),
	"pick": piecewise(func(x []float64) []float64 {
		slopes := make([]float64, len(x))
		slopes[1+int(math.Round(x[0]))] = 1
		return slopes
	}),
	"shift": piecewise(func(x []float64) []float64 { return make([]float64, len(x)) }),
	"sum": func(x []num) (d []num, dd [][]num) {
		for range x {
			d, dd = append(d, newNum(1)), append(dd, zeroNums(len(x)))
		}
		return d, dd
	},
	"mean": func(x []num) (d []num, dd [][]num) {
		for range x {
			d, dd = append(d, newNum(1).div(newNum(float64(len(x))))), append(dd, zeroNums(len(x)))
		}
		return d, dd
	},
	"dot": func(x []num) (d []num, dd [][]num) {
		n := len(x) / 2
		d = append(append(d, x[n:]...), x[:n]...)
		for i := range x {
			dd = append(dd, zeroNums(len(x)))
			dd[i][(i+n)%len(x)] = newNum(1)
		}
		return d, dd
	},
	"logsumexp": func(x []num) (d []num, dd [][]num) {
		d, _ = shares(x)
		for i := range x {
			dd = append(dd, zeroNums(len(x)))
			for j := range x {
				dd[i][j] = softmaxSlope(d, i, j)
			}
		}
		return d, dd
	},
	// z = Σ tᵢ·(lse − yᵢ), with ∂z/∂yᵢ = pᵢ·Σtⱼ − tᵢ and ∂z/∂tᵢ = lse − yᵢ
	"softmaxcrossentropy": func(x []num) (d []num, dd [][]num) {
		n := len(x) / 2
		y, t := x[:n], x[n:]
		p, total := shares(y)
		certain := newNum(0)
		for _, ti := range t {
			certain = certain.add(ti)
		}
		d = zeroNums(len(x))
		for range x {
			dd = append(dd, zeroNums(len(x)))
		}
		for i := range n {
			d[i] = p[i].mul(certain).sub(t[i])
			d[n+i] = total.ln().sub(y[i])
			for j := range n {
				dd[i][j] = softmaxSlope(p, i, j).mul(certain)
				mixed := p[i]
				if i == j {
					mixed = mixed.plus(-1)
				}
				dd[i][n+j], dd[n+j][i] = mixed, mixed
			}
		}
		return d, dd
	},
}

// roundings bounds by how much v is rounded when it is computed from its operands: in units of 2⁻⁵³,
// times the size of what is rounded. Sums, products, quotients and square roots are rounded to the
// nearest number, which is half a unit in the last place and at most one unit. The functions of package
// math are a few units off; 4 units in the last place are 8, and TestElementaryUlps holds them to that.
func roundings(v *gradus.Value) float64 {
	if v.Op() == nil {
		if _, fraction := math.Modf(v.Data * 1024); v.IsConst() && fraction != 0 {
			return math.Abs(v.Data) // such as 2/√π
		}
		return 0
	}
	size, n := 0.0, float64(len(v.Parents()))
	for _, p := range v.Parents() {
		size += math.Abs(p.Data)
	}
	switch name := v.Op().Name(); name {
	case "neg", "abs", "ReLU", "max", "min", "where", "pick", "step", "sign", "shift":
		return 0
	case "+", "−", "·", "/", "square", "√", "LeakyReLU(0.01)":
		return math.Abs(v.Data)
	case "^":
		return 16 * math.Abs(v.Data)
	case "sum", "mean":
		return n * size
	case "logsumexp", "softmaxcrossentropy":
		return 8 + n + 8*math.Abs(v.Data)
	}
	return 8 * math.Abs(v.Data)
}

// valueBound bounds the rounding error of root: what each node is off is what its operands are off,
// times its derivatives with respect to them, and its own rounding. The products of two errors, which are
// 2⁻⁴⁰ times smaller, are left out.
func valueBound(root *gradus.Value) float64 {
	off := map[*gradus.Value]float64{}
	for _, v := range gradus.Topo(root) {
		off[v] = u * roundings(v)
		if v.Op() == nil {
			continue
		}
		for i, dx := range partials(v) {
			if dx != 0 { // or else 0·NaN is NaN
				off[v] += math.Abs(dx) * off[v.Parents()[i]]
			}
		}
	}
	return off[root]
}

// A scale says how large the rounding errors of a derivative may be: 64 units of 2⁻⁵³ times of, and 2
// units more for each operand.
type scale struct {
	text string
	of   func(x []float64) float64
}

var (
	unit   = scale{"1", func([]float64) float64 { return 1 }}
	share  = scale{"σ(x)", func(x []float64) float64 { return 1 / (1 + math.Exp(-x[0])) }}
	swish  = scale{"σ(x)·(1 + |x|)", func(x []float64) float64 { return share.of(x) * (1 + math.Abs(x[0])) }}
	arc    = scale{"1/(1 − x²)^1.5", func(x []float64) float64 { return math.Pow(1-x[0]*x[0], -1.5) }}
	normal = scale{"φ(x)·(2 + x²)²", func(x []float64) float64 { // since exp(−x²/2) loses what x²/2 does
		square := x[0] * x[0]
		return math.Exp(-square/2) * (2 + square) * (2 + square) / math.Sqrt(2*math.Pi)
	}}
	logits = scale{"1 + Σ|x|", func(x []float64) float64 {
		size := 1.0
		for _, v := range x {
			size += math.Abs(v)
		}
		return size
	}}
	power = scale{"z·((1 + |y|)/x + |ln x|)²", func(x []float64) float64 {
		return math.Pow(x[0], x[1]) * math.Pow((1+math.Abs(x[1]))/x[0]+math.Abs(math.Log(x[0])), 2)
	}}
)

// scales has the scales of first and second derivatives in which terms cancel. All others are rounded
// relative to themselves. That of tanh is 1, so its relative error grows as 1/(1 − z²).
var scales = map[string][2]scale{
	"^":                   {{}, power},
	"tanh":                {unit, unit},
	"σ":                   {share, share},
	"softplus":            {{}, share},
	"SiLU":                {swish, swish},
	"GELU":                {unit, normal},
	"arcsin":              {{}, arc},
	"arccos":              {{}, arc},
	"sigmoidcrossentropy": {unit, share},
	"logsumexp":           {{}, logits},
	"softmaxcrossentropy": {logits, logits},
}

// A worst is the derivative that is furthest off, of all that were tried.
type worst struct {
	scale      scale
	off, bound float64 // relative to the scale, in units of 2⁻⁵³
}

// tiny is what may be left where all of 120 digits cancel.
const tiny = 1e-90

// compare checks got against want, a derivative at x, and keeps what is furthest off.
func (w *worst) compare(got *gradus.Value, want num, x []float64) error {
	off, bound := math.Abs(newNum(got.Data).sub(want).float64()), valueBound(got)
	size := math.Abs(want.float64())
	if w.scale.of != nil {
		size = w.scale.of(x)
	}
	if size > tiny {
		w.off, w.bound = max(w.off, off/size/u), max(w.bound, bound/size/u)
	}
	switch {
	case !(off <= bound+tiny):
		return fmt.Errorf("is %v, want %v: off by %.2g, want at most %.2g",
			got.Data, want.f.Text('g', 20), off, bound)
	case !(bound <= float64(64+2*len(x))*u*size+tiny):
		return fmt.Errorf("may be off by %.2g, which is %.0f units of the scale", bound, bound/size/u)
	}
	return nil
}

// First and second derivatives are those of the closed forms in 120 digits, within the bound that the
// roundings of the expressions have. With -v, a table shows how far off they are.
func TestGradientAgainstClosedForms(t *testing.T) {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\n\t∂ off by\tat most\ttimes\t∂² off by\tat most\ttimes\t")
	for _, op := range gradus.Ops() {
		closed := closedForms[op.Name()]
		if closed == nil {
			t.Fatalf("op %q has no closed form", op.Name())
		}
		first, second := worst{scale: scales[op.Name()][0]}, worst{scale: scales[op.Name()][1]}
		forEachPoint(t, op, 60, func(x []float64) {
			exact, leaves := make([]num, len(x)), gradus.Values(x)
			for i := range x {
				exact[i] = newNum(x[i])
			}
			d, dd := closed(exact)
			for i, dz := range gradus.Gradient(op.Apply(leaves...), leaves...) {
				if err := first.compare(dz, d[i], x); err != nil {
					t.Errorf("%s: ∂/∂x%d at %v %v", op.Name(), i, x, err)
				}
				if i > 2 && i < len(x)-1 {
					continue // as the first ones
				}
				for j, ddz := range gradus.Gradient(dz, leaves...) {
					if err := second.compare(ddz, dd[i][j], x); err != nil {
						t.Errorf("%s: ∂²/∂x%d∂x%d at %v %v", op.Name(), i, j, x, err)
					}
				}
			}
		})
		fmt.Fprintf(table, "%s\t%.1f\t%.1f\t%s\t%.1f\t%.1f\t%s\t\n", op.Name(),
			first.off, first.bound, first.scale.text, second.off, second.bound, second.scale.text)
	}
	table.Flush()
	t.Logf("relative errors in units of 2⁻⁵³, where they are largest, and their bounds there:%s", &text)
}
