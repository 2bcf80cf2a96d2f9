package formula

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/finite"
)

// An Expr is a formula in its simplest form: a number, a symbol, or a function of other
// formulas.
//
// It is simplified by the rules that a person applies on paper without thinking: numbers are
// multiplied and added, factors of 1 and terms of 0 are dropped, signs and numbers are moved
// to the front of a product, a sum within a sum and a product within a product lose their
// parentheses, equal factors become a power, and equal terms a multiple. So ½·2(y − t)·1
// becomes y − t.
type Expr struct {
	kind kind
	// value is the number, the number in front of a product, or the exponent of a power.
	value float64
	name  string        // of a symbol, or the words of a gap
	of    *gradus.Value // what a symbol stands for, or where a gap is
	op    *gradus.Op    // the function that a call calls
	args  []Expr        // terms, factors, the base of a power, operands of a call
	under []Expr        // the factors below the line of a quotient
}

type kind int

const (
	number  kind = iota
	symbol       // a name
	gap          // what is left out: "…", or "… (37 more terms)"
	sum          // of args
	product      // value·Π args / Π under
	power        // args[0] to the value
	call         // op(args)
)

// Num returns a number.
func Num(x float64) Expr { return Expr{kind: number, value: x} }

// IsNumber reports whether e is the number x.
func (e Expr) IsNumber(x float64) bool { return e.kind == number && e.value == x }

// OrNumber returns e, or the number x that was computed for it, if x is not finite and e does not say so: on
// paper 0·ln(−1) is 0, and so is 0·∞, and x/x is 1 where x is 0.
func (e Expr) OrNumber(x float64) Expr {
	if finite.All(x) {
		return e
	}
	if y, ok := e.at(); ok && y != x && !(math.IsNaN(x) && math.IsNaN(y)) {
		return Num(x)
	}
	return e
}

// at returns the number of e at the numbers that the graph holds. It reports false if something is left out.
func (e Expr) at() (x float64, ok bool) {
	args := make([]float64, len(e.args))
	for i, a := range e.args {
		if args[i], ok = a.at(); !ok {
			return 0, false
		}
	}
	switch e.kind {
	case number:
		return e.value, true
	case symbol:
		return e.of.Data, true
	case gap:
		return 0, false
	case sum:
		for _, a := range args {
			x += a
		}
		return x, true
	case power:
		return math.Pow(args[0], e.value), true
	case call:
		return e.op.Eval(args...), true
	}
	x = e.value
	for _, a := range args {
		x *= a
	}
	for _, u := range e.under {
		y, ok := u.at()
		if !ok {
			return 0, false
		}
		x /= y
	}
	return x, true
}

// IsNaN reports whether e is NaN, as a derivative is where a function has none.
func (e Expr) IsNaN() bool { return e.kind == number && math.IsNaN(e.value) }

// equals reports whether two formulas are the same, in whatever order their factors are. Two values of
// the same name are not equal, and neither are two ops of the same name.
func (e Expr) equals(f Expr) bool {
	// Bits tell 0 and −0 apart, and NaN equals NaN.
	if e.kind != f.kind || math.Float64bits(e.value) != math.Float64bits(f.value) || e.of != f.of ||
		e.op != f.op || len(e.args) != len(f.args) || len(e.under) != len(f.under) {
		return false
	}
	if e.kind == product {
		return among(e.args, f.args) && among(e.under, f.under)
	}
	return slices.EqualFunc(e.args, f.args, Expr.equals)
}

// among reports whether all factors are among the others. No two factors of a product are equal.
func among(factors, others []Expr) bool {
	for _, e := range factors {
		if !slices.ContainsFunc(others, e.equals) {
			return false
		}
	}
	return true
}

// Add returns the sum of terms.
func Add(terms ...Expr) Expr {
	constant := 0.0
	var parts []Expr     // the terms, with the numbers in front of them
	var counts []float64 // these numbers
	var rests index      // the terms without them
	var collect func(terms []Expr)
	collect = func(terms []Expr) {
		for _, t := range terms {
			switch t.kind {
			case sum:
				collect(t.args)
				continue
			case number:
				constant += t.value
				continue
			}
			c, rest := t.split()
			if i, isNew := rests.place(rest); isNew {
				parts, counts = append(parts, t), append(counts, c)
			} else {
				counts[i] += c
				parts[i] = Mul(Num(counts[i]), rests.all[i])
			}
		}
	}
	collect(terms)
	parts = slices.DeleteFunc(parts, func(e Expr) bool { return e.IsNumber(0) })
	if constant != 0 || len(parts) == 0 {
		// The number goes to the end, as in y − 0.5, unless the sum would then begin with a
		// sign: 1 − a, and not −a + 1.
		if len(parts) > 0 && (constant < 0 || !parts[0].negative()) {
			parts = append(parts, Num(constant))
		} else {
			parts = append([]Expr{Num(constant)}, parts...)
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return Expr{kind: sum, args: parts}
}

// split returns the number in front of e, which is 1 if there is none, and the rest.
func (e Expr) split() (float64, Expr) {
	if e.kind != product {
		return 1, e
	}
	rest := e
	rest.value = 1
	if len(e.args) == 1 && e.under == nil {
		rest = e.args[0]
	}
	return e.value, rest
}

// negative reports whether e is written with a sign in front.
func (e Expr) negative() bool {
	return (e.kind == number || e.kind == product) && e.value < 0
}

// Mul returns the product of factors.
func Mul(factors ...Expr) Expr { return quotient(factors, nil) }

func negate(e Expr) Expr { return Mul(Num(-1), e) }

func div(x, y Expr) Expr { return quotient([]Expr{x}, []Expr{y}) }

// quotient returns the product of the factors above the line over that of those under it.
func quotient(above, under []Expr) Expr {
	f := factors{constant: 1}
	for _, e := range above {
		f.collect(e, 1)
	}
	for _, e := range under {
		f.collect(e, -1)
	}
	if f.constant == 0 {
		return Num(0)
	}
	p := Expr{kind: product, value: f.constant}
	for i, base := range f.bases.all {
		switch n := f.exponents[i]; {
		case n > 0:
			p.args = append(p.args, raise(base, n))
		case n < 0:
			p.under = append(p.under, raise(base, -n))
		}
	}
	switch {
	case p.args == nil && p.under == nil:
		return Num(p.value)
	case p.value == 1 && p.under == nil && len(p.args) == 1:
		return p.args[0]
	case p.value == -1 && p.under == nil && len(p.args) == 1 && p.args[0].kind == sum:
		return p.args[0].negated()
	}
	return p
}

// factors holds the factors of a product: a number, and each base once, with its exponent.
type factors struct {
	constant  float64
	bases     index
	exponents []float64 // of the bases
}

// collect multiplies the factors by e to the power n. Above the line n is 1, below it −1.
func (f *factors) collect(e Expr, n float64) {
	switch e.kind {
	case number:
		f.constant *= math.Pow(e.value, n)
	case product:
		f.collect(Num(e.value), n)
		for _, a := range e.args {
			f.collect(a, n)
		}
		for _, u := range e.under {
			f.collect(u, -n)
		}
	case power:
		switch base := e.args[0]; {
		case isInteger(e.value):
			f.count(base, n*e.value)
		case e.value < 0:
			f.count(raise(base, -e.value), -n)
		default:
			f.count(e, n)
		}
	default:
		f.count(e, n)
	}
}

// count multiplies the factors by a base to the power n.
func (f *factors) count(base Expr, n float64) {
	i, isNew := f.bases.place(base)
	if isNew {
		f.exponents = append(f.exponents, 0)
	}
	f.exponents[i] += n
}

// negated returns a sum with the opposite sign of each term, positive terms first: −(a − b)
// becomes b − a.
func (e Expr) negated() Expr {
	var positive, negative []Expr
	for _, t := range e.args {
		if t = negate(t); t.negative() {
			negative = append(negative, t)
		} else {
			positive = append(positive, t)
		}
	}
	return Add(append(positive, negative...)...)
}

// raise returns the base to the power n.
func raise(base Expr, n float64) Expr {
	switch {
	case n == 0:
		return Num(1)
	case n == 1, n > 0 && builtin.Of(base.op) == builtin.Step: // which is 0 or 1
		return base
	case base.kind == number:
		return Num(math.Pow(base.value, n))
	case base.kind == power && isInteger(base.value) && isInteger(n):
		return raise(base.args[0], base.value*n)
	}
	return Expr{kind: power, value: n, args: []Expr{base}}
}

// isInteger tells the exponents that may be added and multiplied. With others a formula would change
// where the base is negative: (x²)^½ is |x| and not x, and √x·√x is not x but undefined.
func isInteger(x float64) bool { return x == math.Trunc(x) }
