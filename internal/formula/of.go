package formula

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/chain"
)

const (
	// maxDepth is how deep functions may be nested in a formula of values without a name. Deeper ones are
	// abbreviated. A sum in a sum and a product in a product lose their parentheses, and do not count.
	maxDepth = 8
	// maxSize is how many operands a formula has about at most. What goes beyond is abbreviated. This
	// bounds the time that is spent on a node that is used again and again.
	maxSize = 60
	// An operation of more than maxOperands numbers, such as a long sum, is written with the first
	// shownOperands of them.
	maxOperands, shownOperands = 20, 3
)

const abbreviation = "…"

// Abbreviated returns a formula that stands for v and says nothing of how it is computed: "…".
func Abbreviated(v *gradus.Value) Expr { return Expr{kind: gap, name: abbreviation, of: v} }

// IsLong reports whether a formula has more than about sixty operands, or is abbreviated.
func (e Expr) IsLong() bool {
	left := maxSize
	return !e.fits(&left)
}

// fits reports whether no more than left operands are in the formula, and takes them from left.
func (e Expr) fits(left *int) bool {
	if *left--; *left < 0 || e.kind == gap && e.name == abbreviation {
		return false
	}
	isTooLong := func(p Expr) bool { return !p.fits(left) }
	return !slices.ContainsFunc(e.args, isTooLong) && !slices.ContainsFunc(e.under, isTooLong)
}

// Symbols calls yield for each value whose name is in the formula, as often as it is there.
func (e Expr) Symbols(yield func(v *gradus.Value)) {
	if e.kind == symbol {
		yield(e.of)
	}
	for _, p := range slices.Concat(e.args, e.under) {
		p.Symbols(yield)
	}
}

// An expansion is a formula that is being made, which may have so many more operands.
type expansion struct{ left int }

// Of returns how v is computed from values that have a name. A value with a name is this
// name, and a leaf without a name is its number.
func Of(v *gradus.Value) Expr { return (&expansion{maxSize}).of(maxDepth, v) }

func (x *expansion) of(depth int, v *gradus.Value) Expr {
	switch x.left--; {
	case v.Name() != "":
		return Expr{kind: symbol, name: v.Name(), of: v}
	case v.Op() == nil:
		return Num(v.Data)
	case builtin.Of(v.Op()) == builtin.Where:
		return x.of(depth, branch(v))
	case depth == 0 || len(Shown(v)) > x.left:
		return Abbreviated(v)
	}
	return x.expand(depth, v)
}

// branch returns the operand that a Where takes at these numbers. A formula is that of this branch alone.
func branch(v *gradus.Value) *gradus.Value {
	if v.Parents()[0].Data > 0 {
		return v.Parents()[1]
	}
	return v.Parents()[2]
}

// Expand returns how a result is computed from values that have a name, whether the result
// itself has one or not. One that is a number on paper, such as x − x, is not simplified.
func Expand(v *gradus.Value) Expr {
	return computed(v, (&expansion{maxSize + maxOperands}).expand(maxDepth, v))
}

// computed returns the formula e of a result, or, if that is a number, the operation.
func computed(v *gradus.Value, e Expr) Expr {
	if e.kind != number || len(v.Parents()) > maxOperands {
		return e
	}
	operands := make([]Expr, len(v.Parents()))
	for i, p := range v.Parents() {
		operands[i] = Of(p)
	}
	if !slices.ContainsFunc(operands, func(e Expr) bool { return e.kind != number }) {
		return e
	}
	switch builtin.Of(v.Op()) {
	case builtin.Add, builtin.Sum:
		return Expr{kind: sum, args: operands}
	case builtin.Sub:
		return Expr{kind: sum, args: []Expr{operands[0], negate(operands[1])}}
	case builtin.Mul:
		return Expr{kind: product, value: 1, args: operands}
	case builtin.Div:
		return Expr{kind: product, value: 1, args: operands[:1], under: operands[1:]}
	}
	return e
}

func (x *expansion) expand(depth int, v *gradus.Value) Expr {
	kind := builtin.Of(v.Op())
	if !kind.IsFlat() {
		depth--
	}
	parents := Shown(v)
	operands := make([]Expr, len(parents))
	for i, p := range parents {
		operands[i] = x.of(depth, p)
	}
	e := apply(v.Op(), operands)
	left := len(v.Parents()) - len(parents)
	if left == 0 {
		return e
	}
	rest := func(count int, what string) Expr {
		return Expr{kind: gap, name: fmt.Sprintf("… (%d more%s)", count, what), of: v}
	}
	switch kind {
	case builtin.Sum:
		return Add(e, rest(left, " terms"))
	case builtin.Dot:
		return Add(e, rest(left/2, " terms"))
	case builtin.Mean:
		return div(Add(append(operands, rest(left, " terms"))...), Num(float64(len(v.Parents()))))
	}
	return Expr{kind: call, op: v.Op(), args: append(operands, rest(left, ""))}
}

// Shown returns the operands with which the formula of v is written: all, or the first few of many.
// They are those of the first products in a dot product.
func Shown(v *gradus.Value) []*gradus.Value {
	parents := v.Parents()
	n := len(parents)
	switch {
	case n <= maxOperands:
		return parents
	case builtin.Of(v.Op()) == builtin.Dot:
		return slices.Concat(parents[:shownOperands], parents[n/2:n/2+shownOperands])
	}
	return parents[:shownOperands]
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
	case builtin.Log:
		if x[0].IsNumber(1) {
			return Num(0)
		}
	case builtin.Sign, builtin.Step, builtin.Abs:
		if x[0].kind == number {
			return Num(op.Eval(x[0].value))
		}
	}
	return Expr{kind: call, op: op, args: x}
}

// Partials returns the formula of ∂v/∂parent for each parent of v.
func Partials(v *gradus.Value) []Expr { return partials(v, maxSize) }

// ShortPartials is Partials for a table: it abbreviates operands of more than a few operands.
func ShortPartials(v *gradus.Value) []Expr { return partials(v, 12) }

func partials(v *gradus.Value, size int) []Expr {
	all := make([]Expr, len(v.Parents()))
	if builtin.Of(v.Op()) == builtin.Where { // of the branch alone
		for i, d := range chain.Partials(v) {
			all[i] = Num(d)
		}
		return all
	}
	// Op.Formula builds a graph. It is given stand-ins for v and its parents, so that nothing
	// is added to the graph of v or to its tape.
	known := standIns{size: size, of: map[*gradus.Value]*gradus.Value{}, done: map[*gradus.Value]Expr{}}
	standIn := func(p *gradus.Value) *gradus.Value {
		s := gradus.New(p.Data)
		if p.IsConst() {
			s = gradus.Const(p.Data)
		}
		known.of[s] = p
		return s
	}
	x := make([]*gradus.Value, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = standIn(p)
	}
	_, dx := v.Op().Formula(standIn(v), x...)
	for i, d := range dx {
		all[i] = known.resolve(d)
	}
	return all
}

// standIns has the values for which others stand in, and so many operands may be in the formulas of them.
type standIns struct {
	of   map[*gradus.Value]*gradus.Value
	size int
	done map[*gradus.Value]Expr // the formulas of the graph that are known, since partials share parts of it
}

// resolve returns the formula of a graph over stand-ins.
func (known standIns) resolve(v *gradus.Value) Expr {
	e, isKnown := known.done[v]
	if !isKnown {
		e = known.expand(v)
		known.done[v] = e
	}
	return e
}

// expand is resolve for what is not known yet.
func (known standIns) expand(v *gradus.Value) Expr {
	if p := known.of[v]; p != nil {
		return (&expansion{known.size}).of(maxDepth, p)
	}
	switch {
	case v.Op() == nil:
		return Num(v.Data)
	case builtin.Of(v.Op()) == builtin.Where:
		return known.resolve(branch(v))
	case builtin.Of(v.Op()) == builtin.Shift: // it cancels, whatever it is
		return Num(0)
	}
	operands := v.Parents()
	if builtin.Of(v.Op()) == builtin.Add {
		operands = terms(v)
	}
	x := make([]Expr, len(operands))
	for i, p := range operands {
		if x[i] = known.resolve(p); x[i].IsNaN() {
			return x[i] // as in 1/(x − NaN), which ln has at x < 0
		}
	}
	return apply(v.Op(), x)
}

// terms returns x, y and z of (x + y) + z, so that a long chain of additions is added up at once.
func terms(v *gradus.Value) (all []*gradus.Value) {
	for ; builtin.Of(v.Op()) == builtin.Add; v = v.Parents()[0] {
		all = append(all, v.Parents()[1])
	}
	all = append(all, v)
	slices.Reverse(all)
	return all
}

// MaxName is the number of characters that Name returns at most.
const MaxName = 30

// Name returns [Notation.Name] in text, with names in full.
func Name(v *gradus.Value) string { return Text.Name(v) }

// Name returns the name of a value. If it has none, Name returns the formula by which it is
// computed, or the number of a leaf. What is long is shortened.
func (n Notation) Name(v *gradus.Value) string {
	if v.Name() != "" {
		return ShortenName(n.name(v.Name()), MaxName)
	}
	e := computed(v, (&expansion{MaxName / 2}).of(maxDepth, v)) // an operand takes two characters or more
	return Shorten(n.Write(e, InSum), MaxName)
}

// ShortenName is Shorten with "…" in the middle, since long names often differ at their ends.
func ShortenName(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	head := most / 2
	return string(r[:head]) + "…" + string(r[len(r)-(most-1-head):])
}

// Shorten returns s if it has at most the given number of characters, or else its beginning
// and "…", which are as many characters together.
func Shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}
