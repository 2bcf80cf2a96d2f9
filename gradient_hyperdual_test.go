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

// hypers has every op but erf and GELU: package hyperdual has no erf.
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
			if name := op.Name(); name != "erf" && name != "GELU" {
				t.Errorf("op %q has no hyperdual function", name)
			}
			continue
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
