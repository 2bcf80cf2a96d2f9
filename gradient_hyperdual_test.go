package gradus_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/gradus-go/gradus"
)

// A hyper is a number with its derivatives by two variables and their mixed derivative.
type hyper = hyperdual.Number

func plain(x float64) hyper     { return hyper{Real: x} }
func minus(x, y hyper) hyper    { return hyperdual.Sub(x, y) }
func quotient(x, y hyper) hyper { return hyperdual.Mul(x, hyperdual.Inv(y)) }
func hyperLogistic(x hyper) hyper {
	return hyperdual.Inv(hyperdual.Add(plain(1), hyperdual.Exp(hyperdual.Scale(-1, x))))
}

func hyperSoftplus(x hyper) hyper {
	return hyperdual.Log(hyperdual.Add(plain(1), hyperdual.Exp(x)))
}

func hyperSum(x []hyper) (z hyper) {
	for _, v := range x {
		z = hyperdual.Add(z, v)
	}
	return z
}

func hyperDot(x, y []hyper) (z hyper) {
	for i := range x {
		z = hyperdual.Add(z, hyperdual.Mul(x[i], y[i]))
	}
	return z
}

func hyperLogSumExp(x []hyper) (z hyper) {
	for _, v := range x {
		z = hyperdual.Add(z, hyperdual.Exp(v))
	}
	return hyperdual.Log(z)
}

// hyperOf1 is a function of one number.
func hyperOf1(f func(x hyper) hyper) func(x []hyper) hyper {
	return func(x []hyper) hyper { return f(x[0]) }
}

// either is a function that is one of two, as its first operand is positive or not.
func either(above, below func(x []hyper) hyper) func(x []hyper) hyper {
	return func(x []hyper) hyper {
		if x[0].Real > 0 {
			return above(x)
		}
		return below(x)
	}
}

func scaled(slope float64) func(x []hyper) hyper {
	return func(x []hyper) hyper { return hyperdual.Scale(slope, x[0]) }
}

func operand(i int) func(x []hyper) hyper { return func(x []hyper) hyper { return x[i] } }

func larger(sign float64) func(x []hyper) hyper {
	return func(x []hyper) hyper {
		if sign*(x[0].Real-x[1].Real) > 0 {
			return x[0]
		}
		return x[1]
	}
}

// hyperErf is erf, which package hyperdual does not have: by the chain rule, from erf′ = 2/√π·exp(−x²) and
// erf″ = −2x·erf′.
func hyperErf(x hyper) hyper {
	d := 2 / math.SqrtPi * math.Exp(-x.Real*x.Real)
	return hyper{
		Real: math.Erf(x.Real), E1mag: d * x.E1mag, E2mag: d * x.E2mag,
		E1E2mag: d*x.E1E2mag - 2*x.Real*d*x.E1mag*x.E2mag,
	}
}

func hyperGELU(x hyper) hyper {
	cumulative := hyperdual.Scale(0.5, hyperdual.Add(plain(1), hyperErf(hyperdual.Scale(1/math.Sqrt2, x))))
	return hyperdual.Mul(x, cumulative)
}

// hypers has every op.
var hypers = map[string]func(x []hyper) hyper{
	"+":      func(x []hyper) hyper { return hyperdual.Add(x[0], x[1]) },
	"−":      func(x []hyper) hyper { return minus(x[0], x[1]) },
	"·":      func(x []hyper) hyper { return hyperdual.Mul(x[0], x[1]) },
	"/":      func(x []hyper) hyper { return quotient(x[0], x[1]) },
	"^":      func(x []hyper) hyper { return hyperdual.Pow(x[0], x[1]) },
	"neg":    scaled(-1),
	"square": func(x []hyper) hyper { return hyperdual.Mul(x[0], x[0]) },
	"√":      hyperOf1(hyperdual.Sqrt),
	"exp":    hyperOf1(hyperdual.Exp),
	"ln":     hyperOf1(hyperdual.Log),
	"log1p":  hyperOf1(func(x hyper) hyper { return hyperdual.Log(hyperdual.Add(plain(1), x)) }),
	"expm1":  hyperOf1(func(x hyper) hyper { return minus(hyperdual.Exp(x), plain(1)) }),
	"sin":    hyperOf1(hyperdual.Sin),
	"cos":    hyperOf1(hyperdual.Cos),
	"tan":    hyperOf1(hyperdual.Tan),
	"arcsin": hyperOf1(hyperdual.Asin),
	"arccos": hyperOf1(hyperdual.Acos),
	"arctan": hyperOf1(hyperdual.Atan),
	"sinh":   hyperOf1(hyperdual.Sinh),
	"cosh":   hyperOf1(hyperdual.Cosh),
	"tanh":   hyperOf1(hyperdual.Tanh),
	"erf":    hyperOf1(hyperErf),
	"GELU":   hyperOf1(hyperGELU),

	"σ":        hyperOf1(hyperLogistic),
	"softplus": hyperOf1(hyperSoftplus),
	"SiLU":     hyperOf1(func(x hyper) hyper { return hyperdual.Mul(x, hyperLogistic(x)) }),
	"ELU":      either(scaled(1), hyperOf1(func(x hyper) hyper { return minus(hyperdual.Exp(x), plain(1)) })),
	"sigmoidcrossentropy": func(x []hyper) hyper {
		return minus(hyperSoftplus(x[0]), hyperdual.Mul(x[0], x[1]))
	},

	"abs":             hyperOf1(hyperdual.Abs),
	"ReLU":            either(scaled(1), scaled(0)),
	"LeakyReLU(0.01)": either(scaled(1), scaled(0.01)),
	"max":             larger(1),
	"min":             larger(-1),
	"where":           either(operand(1), operand(2)),
	"pick":            func(x []hyper) hyper { return x[1+int(math.Round(x[0].Real))] },
	"step":            func([]hyper) hyper { return hyper{} },
	"sign":            func([]hyper) hyper { return hyper{} },
	"shift":           func([]hyper) hyper { return hyper{} },

	"sum":       hyperSum,
	"mean":      func(x []hyper) hyper { return hyperdual.Scale(1/float64(len(x)), hyperSum(x)) },
	"dot":       func(x []hyper) hyper { return hyperDot(x[:len(x)/2], x[len(x)/2:]) },
	"logsumexp": hyperLogSumExp,
	"softmaxcrossentropy": func(x []hyper) hyper {
		y, t := x[:len(x)/2], x[len(x)/2:]
		return minus(hyperdual.Mul(hyperSum(t), hyperLogSumExp(y)), hyperDot(y, t))
	},
}

// First and second derivatives of the ops are those of gonum's hyperdual numbers: to 1e-12 of themselves,
// or of the scale to which they are rounded.
func TestGradientAgainstHyperdual(t *testing.T) {
	for _, op := range gradus.Ops() {
		f := hypers[op.Name()]
		if f == nil {
			t.Fatalf("op %q has no hyperdual function", op.Name())
		}
		compare := func(what string, got float64, want float64, scale scale, x []float64) {
			size := math.Abs(want)
			if scale.of != nil {
				size = max(size, scale.of(x))
			}
			if !(math.Abs(got-want) <= 1e-12*size) {
				t.Errorf("%s of %s at %v is %v, hyperdual has %v", what, op.Name(), x, got, want)
			}
		}
		forEachPoint(t, op, 60, func(x []float64) {
			leaves := gradus.Values(x)
			few := min(len(x), 3)
			for i, dz := range gradus.Gradient(op.Apply(leaves...), leaves[:few]...) {
				for j, ddz := range gradus.Gradient(dz, leaves[:few]...) {
					numbers := make([]hyper, len(x))
					for k := range x {
						numbers[k].Real = x[k]
					}
					numbers[i].E1mag, numbers[j].E2mag = 1, 1
					want := f(numbers)
					compare("a derivative", dz.Data, want.E1mag, scales[op.Name()][0], x)
					compare("a second derivative", ddz.Data, want.E1E2mag, scales[op.Name()][1], x)
				}
			}
		})
	}
}

// Where nothing cancels, the derivatives are those of hyperdual numbers to 1e-12 of themselves.
func TestGradientAgainstHyperdualWithoutCancellation(t *testing.T) {
	inverse := func(x *gradus.Value) *gradus.Value { return gradus.Const(1).Div(x) }
	power := func(x *gradus.Value) *gradus.Value { return x.Pow(2.5) }
	itself := func(x *gradus.Value) *gradus.Value { return x.Pow(x) }
	for name, tt := range map[string]struct {
		f      func(x *gradus.Value) *gradus.Value
		hyper  func(x []hyper) hyper
		points []float64
	}{
		"sin":      {(*gradus.Value).Sin, hypers["sin"], []float64{-3, 0.1, 2}},
		"cos":      {(*gradus.Value).Cos, hypers["cos"], []float64{-3, 0.1, 2}},
		"tan":      {(*gradus.Value).Tan, hypers["tan"], []float64{-1, 0.1, 1.2}},
		"arcsin":   {(*gradus.Value).Asin, hypers["arcsin"], []float64{-0.9, 0.1, 0.5}},
		"arccos":   {(*gradus.Value).Acos, hypers["arccos"], []float64{-0.9, 0.1, 0.5}},
		"arctan":   {(*gradus.Value).Atan, hypers["arctan"], []float64{-3, 0.1, 20}},
		"sinh":     {(*gradus.Value).Sinh, hypers["sinh"], []float64{-3, 0.1, 5}},
		"cosh":     {(*gradus.Value).Cosh, hypers["cosh"], []float64{-3, 0.1, 5}},
		"tanh":     {(*gradus.Value).Tanh, hypers["tanh"], []float64{-2, 0.1, 1}},
		"exp":      {(*gradus.Value).Exp, hypers["exp"], []float64{-20, 0.1, 20}},
		"ln":       {(*gradus.Value).Log, hypers["ln"], []float64{0.01, 1, 200}},
		"√":        {(*gradus.Value).Sqrt, hypers["√"], []float64{0.01, 1, 200}},
		"square":   {(*gradus.Value).Square, hypers["square"], []float64{-3, 0, 7}},
		"σ":        {(*gradus.Value).Sigmoid, hypers["σ"], []float64{-5, 0.1, 3}},
		"softplus": {(*gradus.Value).Softplus, hypers["softplus"], []float64{-5, 0.1, 3}},
		"SiLU":     {(*gradus.Value).SiLU, hypers["SiLU"], []float64{-5, 0.1, 3}},
		"1/x":      {inverse, hyperOf1(hyperdual.Inv), []float64{-3, 0.1, 200}},
		"x^2.5": {
			power, hyperOf1(func(x hyper) hyper { return hyperdual.PowReal(x, 2.5) }), []float64{0.01, 1, 200},
		},
		"x^x": {itself, hyperOf1(func(x hyper) hyper { return hyperdual.Pow(x, x) }), []float64{0.3, 1, 5}},
	} {
		for _, x := range tt.points {
			v := gradus.New(x)
			dy := gradus.Gradient(tt.f(v), v)[0]
			want := tt.hyper([]hyper{{Real: x, E1mag: 1, E2mag: 1}})
			for order, pair := range [][2]float64{
				{dy.Data, want.E1mag}, {gradus.Gradient(dy, v)[0].Data, want.E1E2mag},
			} {
				if !(math.Abs(pair[0]-pair[1]) <= 1e-12*math.Abs(pair[1])) {
					t.Errorf("derivative %d of %s at %v is %v, hyperdual has %v", order+1, name, x, pair[0], pair[1])
				}
			}
		}
	}
}
