package formula

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// maxDepth is how deep operations may be nested in a formula of values without a name. Deeper ones
// are abbreviated. It also bounds the time that is spent on a long chain, or on a node that is
// used again and again.
const maxDepth = 8

// of returns how v is computed from values that have a name. A value with a name is this
// name, and a leaf without a name is its number.
func of(v *gradus.Value) Expr { return ofTo(maxDepth, v) }

func ofTo(depth int, v *gradus.Value) Expr {
	switch {
	case v.Name() != "":
		return Expr{kind: symbol, name: v.Name(), of: v}
	case v.Op() == nil:
		return Num(v.Data)
	case depth == 0:
		return Expr{kind: symbol, name: "…", of: v}
	}
	return expandTo(depth, v)
}

// Expand returns how a result is computed from values that have a name, whether the result
// itself has one or not.
func Expand(v *gradus.Value) Expr { return expandTo(maxDepth, v) }

func expandTo(depth int, v *gradus.Value) Expr {
	x := make([]Expr, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = ofTo(depth-1, p)
	}
	return apply(v.Op(), x)
}

// apply returns op(x): for arithmetic by the rules of this package, for all other ops, those
// of a caller among them, as a call.
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
	return Expr{kind: call, op: op, args: x}
}

// Partials returns the formula of ∂v/∂parent for each parent of v.
func Partials(v *gradus.Value) []Expr {
	// Op.Formula builds a graph. It is given stand-ins for v and its parents, so that nothing
	// is added to the graph of v or to its tape.
	known := map[*gradus.Value]Expr{}
	standIn := func(p *gradus.Value) *gradus.Value {
		s := gradus.New(p.Data)
		if p.IsConst() {
			s = gradus.Const(p.Data)
		}
		known[s] = of(p)
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

// resolve returns the formula of a graph over stand-ins, of which the formulas are known.
func resolve(v *gradus.Value, known map[*gradus.Value]Expr) Expr {
	if e, ok := known[v]; ok {
		return e
	}
	switch {
	case v.Op() == nil:
		return Num(v.Data)
	case builtin.Of(v.Op()) == builtin.Where: // at these numbers, the formula is that of one branch
		if v.Parents()[0].Data > 0 {
			return resolve(v.Parents()[1], known)
		}
		return resolve(v.Parents()[2], known)
	}
	x := make([]Expr, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = resolve(p, known)
	}
	return apply(v.Op(), x)
}

// maxName is the number of characters that Name returns at most.
const maxName = 30

// Name returns the name of a value. If it has none, Name returns the formula by which it is
// computed, or the number of a leaf. A long name is shortened.
func Name(v *gradus.Value) string { return Shorten(Text.Write(of(v), InSum), maxName) }

// Shorten returns s if it has at most the given number of characters, or else its beginning
// and "…", which are as many characters together.
func Shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}
