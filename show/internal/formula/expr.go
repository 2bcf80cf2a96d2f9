// Package formula writes the formulas that a graph computes as one would write them on paper.
package formula

import (
	"math"
	"slices"
	"strconv"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// An Expr is a formula in its simplest form: a number, a symbol, or a function of others.
//
// The rules by which it is simplified are those that one follows on paper without thinking:
// constants are folded, factors of 1 and terms of 0 dropped, signs and constants pulled out
// of products, sums and products flattened, equal factors made a power, equal terms a
// multiple. So ½·2(y − t)·1 becomes y − t.
type Expr struct {
	kind  kind
	value float64 // of a number, of what is cut short; the constant factor, the exponent
	name  string  // of a symbol or a function
	args  []Expr  // terms, factors, the base of a power, operands
	under []Expr  // factors below the line
}

type kind int

const (
	number  kind = iota
	symbol       // a name
	sum          // of args
	product      // value·Π args / Π under
	power        // args[0] to the value
	call         // name(args), or args[0]^args[1] if the name is ^
)

// Num returns a number.
func Num(x float64) Expr { return Expr{kind: number, value: x} }

// Sym returns a symbol.
func Sym(name string) Expr { return Expr{kind: symbol, name: name} }

// IsNumber reports whether e is the number x.
func (e Expr) IsNumber(x float64) bool { return e.kind == number && e.value == x }

// key identifies an expression: equal keys, equal expressions.
func (e Expr) key() string { return keys.Write(e, InSum) }

// Add returns the sum of terms.
func Add(terms ...Expr) Expr {
	constant := 0.0
	var keys []string
	var parts []Expr
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
			if i := slices.Index(keys, rest.key()); i >= 0 {
				have, _ := parts[i].split()
				parts[i] = Mul(Num(have+c), rest)
				continue
			}
			keys, parts = append(keys, rest.key()), append(parts, t)
		}
	}
	collect(terms)
	parts = slices.DeleteFunc(parts, func(e Expr) bool { return e.IsNumber(0) })
	if constant != 0 || len(parts) == 0 {
		// 1 − a, but y − 0.5: a constant goes first where that spares a leading sign
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

// split returns the constant factor of e and the rest.
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

func (e Expr) negative() bool {
	return (e.kind == number || e.kind == product) && e.value < 0
}

// Mul returns the product of factors.
func Mul(factors ...Expr) Expr { return quotient(factors, nil) }

func negate(e Expr) Expr { return Mul(Num(-1), e) }

func div(x, y Expr) Expr { return quotient([]Expr{x}, []Expr{y}) }

// quotient returns the product of the factors above the line over that of those under it.
func quotient(above, under []Expr) Expr {
	f := factors{constant: 1, exponents: map[string]float64{}}
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
	for _, base := range f.bases {
		switch n := f.exponents[base.key()]; {
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

// factors are those of a product: a constant, and bases, each once, with their exponents.
type factors struct {
	constant  float64
	bases     []Expr
	exponents map[string]float64 // by key of the base
}

// collect takes in e to the power n, which is 1 or −1 or the exponent of e's base.
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
		f.count(e.args[0], n*e.value)
	default:
		f.count(e, n)
	}
}

func (f *factors) count(base Expr, n float64) {
	key := base.key()
	if _, known := f.exponents[key]; !known {
		f.bases = append(f.bases, base)
	}
	f.exponents[key] += n
}

// negated returns a sum with the sign of every term turned: −(a − b) is b − a.
func (e Expr) negated() Expr {
	terms := make([]Expr, len(e.args))
	for i, t := range e.args {
		terms[i] = negate(t)
	}
	slices.SortStableFunc(terms, func(a, b Expr) int {
		switch {
		case a.negative() == b.negative():
			return 0
		case b.negative():
			return -1
		}
		return 1
	})
	return Add(terms...)
}

// raise returns the base to a constant power.
func raise(base Expr, n float64) Expr {
	switch {
	case n == 0:
		return Num(1)
	case n == 1:
		return base
	case base.kind == number:
		return Num(math.Pow(base.value, n))
	case base.kind == power:
		return raise(base.args[0], base.value*n)
	}
	return Expr{kind: power, value: n, args: []Expr{base}}
}

// maxDepth is how deep a formula goes into what has no name: deeper than anyone reads, and
// a bound on what a long chain, or a node used again and again, would be written out to.
const maxDepth = 8

// Of returns how v is computed, down to what has a name.
func Of(v *gradus.Value) Expr { return formulaTo(maxDepth, v) }

func formulaTo(depth int, v *gradus.Value) Expr {
	switch {
	case v.Name() != "":
		return Sym(v.Name())
	case v.Op() == nil:
		return Num(v.Data)
	case depth == 0:
		return Expr{kind: symbol, name: "…", value: v.Data} // no two of them cancel by their name
	}
	return expandTo(depth, v)
}

// Expand is Of for a result itself, whether it has a name or not.
func Expand(v *gradus.Value) Expr { return expandTo(maxDepth, v) }

func expandTo(depth int, v *gradus.Value) Expr {
	x := make([]Expr, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = formulaTo(depth-1, p)
	}
	return apply(v.Op(), x)
}

// apply returns op(x).
func apply(op *gradus.Op, x []Expr) Expr {
	switch builtin.Of(op) {
	case builtin.Add, builtin.Sum:
		return Add(x...)
	case builtin.Sub:
		return Add(x[0], negate(x[1]))
	case builtin.Neg:
		return negate(x[0])
	case builtin.Mul:
		return Mul(x...)
	case builtin.Div:
		return div(x[0], x[1])
	case builtin.Square:
		return raise(x[0], 2)
	case builtin.Pow:
		if x[1].kind == number {
			return raise(x[0], x[1].value)
		}
	case builtin.Mean:
		return div(Add(x...), Num(float64(len(x))))
	case builtin.Dot:
		terms := make([]Expr, len(x)/2)
		for i := range terms {
			terms[i] = Mul(x[i], x[len(terms)+i])
		}
		return Add(terms...)
	}
	return Expr{kind: call, name: op.Name(), args: x}
}

// Partials returns the formulas of ∂v/∂parent for each parent of v.
func Partials(v *gradus.Value) []Expr {
	// Formula builds a graph. It gets stand-ins, so that nothing is added to the graph of v,
	// nor to its tape.
	known := map[*gradus.Value]Expr{}
	standIn := func(of *gradus.Value) *gradus.Value {
		s := gradus.New(of.Data)
		known[s] = Of(of)
		return s
	}
	x := make([]*gradus.Value, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = standIn(p)
	}
	_, dx := v.Op().Formula(standIn(v), x...)
	all := make([]Expr, len(dx))
	for i, d := range dx {
		all[i] = resolve(d, known)
	}
	return all
}

// resolve turns a graph over stand-ins into an expression.
func resolve(v *gradus.Value, known map[*gradus.Value]Expr) Expr {
	if e, ok := known[v]; ok {
		return e
	}
	if v.Op() == nil {
		return Num(v.Data)
	}
	x := make([]Expr, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = resolve(p, known)
	}
	return apply(v.Op(), x)
}

// Short writes a number as one does on paper, with four significant digits.
func Short(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

// Name returns the name of a value, or, if it has none, the formula that it is computed by,
// cut short if it is long, or its number.
func Name(v *gradus.Value) string {
	s := Text.Write(Of(v), InSum)
	if r := []rune(s); len(r) > 30 {
		s = string(r[:29]) + "…"
	}
	return s
}
