package gradus_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
)

// A series holds the first coefficients of a power series, c₀ + c₁·h + c₂·h² and so on.
type series []num

const orders = 5

func constant(c num) series {
	s := make(series, orders)
	for i := range s {
		s[i] = newNum(0)
	}
	s[0] = c
	return s
}

func (a series) plus(b series) series {
	s := make(series, orders)
	for i := range s {
		s[i] = a[i].add(b[i])
	}
	return s
}

func (a series) times(b series) series {
	s := constant(newNum(0))
	for i := range s {
		for j := range s[:orders-i] {
			s[i+j] = s[i+j].add(a[i].mul(b[j]))
		}
	}
	return s
}

// over returns a/b: the coefficients q with Σⱼ qⱼ·bₖ₋ⱼ = aₖ.
func (a series) over(b series) series {
	q := make(series, orders)
	for k := range q {
		rest := a[k]
		for j := range k {
			rest = rest.sub(q[j].mul(b[k-j]))
		}
		q[k] = rest.div(b[0])
	}
	return q
}

// fixed returns the series of a number.
func fixed(c float64) series { return constant(newNum(c)) }

// solve returns the Taylor series about x of the functions z with the values z0 there, whose derivatives
// are slopes(x, z). Coefficient k + 1 of a function is coefficient k of its derivative, over k + 1; so each
// round finds one more of them.
func solve(x float64, z0 []num, slopes func(x series, z []series) []series) []series {
	at := fixed(x)
	at[1] = newNum(1)
	z := make([]series, len(z0))
	for i := range z {
		z[i] = constant(z0[i])
	}
	for k := range orders - 1 {
		for i, dz := range slopes(at, z) {
			z[i][k+1] = dz[k].div(newNum(float64(k + 1)))
		}
	}
	return z
}

// A taylor defines a function by differential equations: z[0] is the function, and the others help.
// It follows that its higher derivatives are found without a formula for them.
type taylor struct {
	start  func(x num) []num
	slopes func(x series, z []series) []series
}

// unused is the value of a function whose derivatives do not depend on it.
func unused(num) []num { return []num{newNum(0)} }

// bell is exp(−c·x²), whose derivative is −2c·x times it.
func bell(x num, c float64) num { return x.square().times(-c).exp() }

var taylors = map[string]taylor{
	"exp": {func(x num) []num { return []num{x.exp()} }, func(_ series, z []series) []series { return z }},
	"expm1": {
		func(x num) []num { return []num{x.exp().plus(-1)} },
		func(_ series, z []series) []series { return []series{z[0].plus(fixed(1))} },
	},
	"ln":    {unused, func(x series, _ []series) []series { return []series{fixed(1).over(x)} }},
	"log1p": {unused, func(x series, _ []series) []series { return []series{fixed(1).over(x.plus(fixed(1)))} }},
	"sin": {
		func(x num) []num { return []num{x.sin(), x.cos()} },
		func(_ series, z []series) []series { return []series{z[1], z[0].times(fixed(-1))} },
	},
	"cos": {
		func(x num) []num { return []num{x.cos(), x.sin()} },
		func(_ series, z []series) []series { return []series{z[1].times(fixed(-1)), z[0]} },
	},
	"tan": {
		func(x num) []num { return []num{x.sin().div(x.cos())} },
		func(_ series, z []series) []series { return []series{z[0].times(z[0]).plus(fixed(1))} },
	},
	"arcsin": {rootStart, func(x series, z []series) []series { return []series{z[1], rootSlope(x, z[1])} }},
	"arccos": {rootStart, func(x series, z []series) []series {
		return []series{z[1].times(fixed(-1)), rootSlope(x, z[1])}
	}},
	"arctan": {unused, func(x series, _ []series) []series {
		return []series{fixed(1).over(x.times(x).plus(fixed(1)))}
	}},
	"sinh": {
		func(x num) []num { return []num{sinh(x), cosh(x)} },
		func(_ series, z []series) []series { return []series{z[1], z[0]} },
	},
	"cosh": {
		func(x num) []num { return []num{cosh(x), sinh(x)} },
		func(_ series, z []series) []series { return []series{z[1], z[0]} },
	},
	"tanh": {
		func(x num) []num { return []num{sinh(x).div(cosh(x))} },
		func(_ series, z []series) []series { return []series{fixed(1).plus(z[0].times(z[0]).times(fixed(-1)))} },
	},
	"erf": { // z[1] is 2/√π·exp(−x²)
		func(x num) []num { return []num{newNum(0), bell(x, 1).times(2).div(pi().sqrt())} },
		func(x series, z []series) []series { return []series{z[1], x.times(z[1]).times(fixed(-2))} },
	},
	"σ": {
		func(x num) []num { return []num{logistic(x)} },
		func(_ series, z []series) []series { return []series{logisticSlope(z[0])} },
	},
	"softplus": { // z[1] is σ
		func(x num) []num { return []num{newNum(0), logistic(x)} },
		func(_ series, z []series) []series { return []series{z[1], logisticSlope(z[1])} },
	},
	"SiLU": { // z[1] is σ
		func(x num) []num { return []num{newNum(0), logistic(x)} },
		func(x series, z []series) []series {
			return []series{z[1].plus(x.times(logisticSlope(z[1]))), logisticSlope(z[1])}
		},
	},
	"GELU": { // z[1] is Φ, z[2] is φ
		func(x num) []num {
			return []num{newNum(0), x.div(newNum(2).sqrt()).erf().plus(1).times(0.5), density(x)}
		},
		func(x series, z []series) []series {
			return []series{z[1].plus(x.times(z[2])), z[2], x.times(z[2]).times(fixed(-1))}
		},
	},
	"square": {unused, func(x series, _ []series) []series { return []series{x.plus(x)} }},
	"√": {
		func(x num) []num { return []num{x.sqrt()} },
		func(_ series, z []series) []series { return []series{fixed(0.5).over(z[0])} },
	},
}

// rootStart returns a number that is not used and w = (1 − x²)^(−1/2), whose derivative rootSlope is x·w³,
// or x·w/(1 − x²).
func rootStart(x num) []num {
	return []num{newNum(0), newNum(1).sub(x.square()).sqrt().inverse()}
}

func rootSlope(x, w series) series {
	return x.times(w).over(fixed(1).plus(x.times(x).times(fixed(-1))))
}

// logisticSlope is σ(1 − σ).
func logisticSlope(z series) series { return z.plus(z.times(z).times(fixed(-1))) }

// The first four derivatives of the elementary functions are those of their Taylor series, in 120 digits,
// within the bound that the roundings of the expressions have.
func TestGradientAgainstTaylor(t *testing.T) {
	factorial := []float64{1, 1, 2, 6, 24}
	for _, op := range gradus.Ops() {
		f, ok := taylors[op.Name()]
		if !ok {
			continue
		}
		var furthest, largest [orders]float64
		forEachPoint(t, op, 60, func(x []float64) {
			want := solve(x[0], f.start(newNum(x[0])), f.slopes)[0]
			v := gradus.New(x[0])
			y := op.Apply(v)
			for k := 1; k < orders; k++ {
				y = gradus.Gradient(y, v)[0]
				off := math.Abs(newNum(y.Data).sub(want[k].times(factorial[k])).float64())
				bound := valueBound(y)
				if !(off <= bound+tiny) {
					t.Errorf("derivative %d of %s at %v is %v, want %v: off by %.2g, want at most %.2g",
						k, op.Name(), x[0], y.Data, want[k].times(factorial[k]).float64(), off, bound)
				}
				furthest[k], largest[k] = max(furthest[k], off), max(largest[k], bound)
			}
		})
		t.Logf("%9s: derivatives 1 to 4 are off by at most %.1g, want at most %.1g",
			op.Name(), furthest[1:], largest[1:])
	}
}
