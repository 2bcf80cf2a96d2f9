package chain

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/naming"
)

// A Mistake is one that is usual in the derivative along an edge.
type Mistake struct {
	Derivative float64 // the wrong one
	What       string  // what was done, as a format of package fmt
	Args       []any   // Values among them stand for their expressions
	Rare       bool    // others are more likely
}

// Mistakes returns the mistakes that are usual in the derivative along an edge. How many there are,
// and which, depends on the structure of the graph alone.
func (c *Chain) Mistakes(e Edge) []Mistake {
	var m mistakes
	op, operands := e.Node.Op(), e.Node.Parents()
	switch kind := builtin.Of(op); {
	case kind == builtin.Mul || kind == builtin.Dot:
		m.ofProduct(e, c.alike)
	case kind == builtin.Add || kind == builtin.Sub:
		m.ofSum(e, c.Partial(e))
	case kind == builtin.Div && e.Operand == 0:
		m.missing(1, "1/%v", operands[1])
		m.rare(operands[1].Data, "times %[1]v where 1/%[1]v belongs", operands[1])
		for _, inner := range operands[1].Parents() {
			m.rare(1/inner.Data, "%v where %v belongs", inner, operands[1])
		}
	case kind == builtin.Div:
		a, b := operands[0], operands[1]
		m.rare(-a.Data*b.Data*b.Data, "%[1]v² where 1/%[1]v² belongs, in the derivative of a quotient", b)
		m.rare(-a.Data/b.Data, "%[1]v where %[1]v² belongs, in the derivative of a quotient", b)
		m.rare(1/b.Data, "1/%v is the derivative by the other operand", b)
		m.rare(-1/float64(b.Data*b.Data), "the factor %v is missing", a)
		m.integrated(e, a.Data*math.Log(b.Data))
	case kind == builtin.Square:
		m.missing(2, "%v", operands[0])
		m.rare(2*e.Node.Data, "the exponent 2 is not lowered by 1")
		m.rare(e.Node.Data, "%v where its derivative belongs", e.Node)
		m.integrated(e, e.Node.Data*operands[0].Data/3)
	case kind == builtin.Mean:
		m.missing(1, "1/%d", len(operands))
	case kind == builtin.Pow && e.Operand == 0:
		x, n := operands[0], operands[1]
		m.missing(c.Partial(e)/n.Data, "%v", n)
		m.rare(float64(c.Partial(e)*x.Data), "the exponent %v is not lowered by 1", n)
		m.rare(float64(c.Partial(e)*x.Data)*x.Data, "the exponent %v is raised by 1, and not lowered", n)
		m.rare(c.Partial(e)/x.Data, "the exponent %v is lowered by 2, and not by 1", n)
		m.rare(float64(c.Partial(e)*(n.Data-1))/n.Data, "the lowered exponent where the factor %v belongs", n)
		m.rare(e.Node.Data, "%v where its derivative belongs", e.Node)
		if n.Data == -1 {
			m.integrated(e, math.Log(x.Data))
		} else {
			m.integrated(e, e.Node.Data*x.Data/(n.Data+1))
		}
	case op.Arity() == 1 && kind != builtin.Neg:
		m.ofFunction(e)
		m.ofFormula(e, c.alike)
	}
	return m
}

// Kept returns what becomes of a factor if a part of a sum is kept that does not change: of each sum on its
// paths, the part that is on none of them.
func (c *Chain) Kept(f Factor) []Mistake {
	var m mistakes
	edges := c.Edges(f)
	for i, e := range edges {
		kind, other := builtin.Of(e.Node.Op()), Edge{e.Node, 1 - e.Operand}
		beside := edges[max(0, i-1):min(i+2, len(edges))] // where the other edge of a node is, if it is one of them
		if (kind == builtin.Add || kind == builtin.Sub) && !slices.Contains(beside, other) {
			kept := other.Parent()
			m.rare(c.Local[f]+float64(c.above[f.Of][e.Node]*c.Partial(other))*kept.Data,
				"%v is kept, but the derivative of what does not change is 0", kept)
		}
	}
	return m
}

// at returns the derivative of a function of one number, given its operand and its result.
func at(op *gradus.Op, x, z float64) float64 {
	d := []float64{0}
	op.Partials(d, []float64{x}, z)
	return d[0]
}

// ofFormula adds that another value is in the formula of a derivative: in place of the result, in a formula
// such as a(1 − a), or in place of the operand, in one such as 1/x.
func (m *mistakes) ofFormula(e Edge, alike func(v *gradus.Value) []*gradus.Value) {
	op, x, z := e.Node.Op(), e.Parent(), e.Node
	switch builtin.Of(op) {
	case builtin.Sigmoid, builtin.Tanh, builtin.Exp, builtin.Sqrt:
		for _, other := range alike(z) {
			m.rare(at(op, other.Data, other.Data), "%v where %v belongs, in the formula of %s′", other, z, op.Name())
			if builtin.Of(op) == builtin.Sigmoid {
				m.rare(other.Data*(1-z.Data), "%[1]v(1 − %[2]v) where %[2]v(1 − %[2]v) belongs", other, z)
				m.rare(z.Data*(1-other.Data), "%[2]v(1 − %[1]v) where %[2]v(1 − %[2]v) belongs", other, z)
			}
		}
	default:
		for _, other := range alike(x) {
			m.rare(at(op, other.Data, op.Eval(other.Data)), "%[1]s′(%[2]v) where %[1]s′(%[3]v) belongs", op.Name(),
				other, x)
		}
	}
}

// alike returns the values for which one that has a name may be mistaken.
func (c *Chain) alike(v *gradus.Value) (all []*gradus.Value) {
	for _, other := range c.Named {
		if other != v && v.Name() != "" && len(c.Named) <= most && naming.Alike(other.Name(), v.Name()) {
			all = append(all, other)
		}
	}
	return all
}

// Twos returns why there is a 2 or a ½ in a factor with these edges.
func Twos(edges []Edge) (why []string) {
	for _, e := range edges {
		reason := ""
		switch kind := builtin.Of(e.Node.Op()); {
		case kind == builtin.Square:
			reason = "the derivative of a square has a 2"
		case kind == builtin.Mul && isTwo(e.Partner()):
			reason = fmt.Sprintf("there is a constant %g", e.Partner().Data)
		}
		if reason != "" && !slices.Contains(why, reason) {
			why = append(why, reason)
		}
	}
	return why
}

// isTwo reports whether v is a 2 or a ½ without a name.
func isTwo(v *gradus.Value) bool {
	return v.Op() == nil && v.Name() == "" && (v.Data == 2 || v.Data == 0.5)
}

type mistakes []Mistake

func (m *mistakes) usual(d float64, what string, args ...any) {
	*m = append(*m, Mistake{Derivative: d, What: what, Args: args})
}

func (m *mistakes) rare(d float64, what string, args ...any) {
	*m = append(*m, Mistake{Derivative: d, What: what, Args: args, Rare: true})
}

func (m *mistakes) missing(d float64, what string, args ...any) {
	m.usual(d, "the factor "+what+" is missing", args...)
}

// integrated adds that d is there, which is the antiderivative of the node, or −d.
func (m *mistakes) integrated(e Edge, d float64) {
	m.rare(d, "the antiderivative of %v where its derivative belongs", e.Node)
	m.rare(-d, "the antiderivative of %v where its derivative belongs, and the wrong sign", e.Node)
}

// ofProduct adds the mistakes in the derivative of a product by one of its factors, which is the
// other one.
func (m *mistakes) ofProduct(e Edge, alike func(v *gradus.Value) []*gradus.Value) {
	x, other := e.Parent(), e.Partner()
	parts := []*gradus.Value{other}
	for i := 0; i < len(parts) && i < most; i++ { // a product of many has as many at each of its factors
		v := parts[i]
		for _, other := range alike(v) {
			m.rare(e.Partner().Data/v.Data*other.Data, "%v where %v belongs", other, v)
		}
		if v.Name() == "" && builtin.Of(v.Op()) == builtin.Mul {
			parts = append(parts, v.Parents()...)
		} else if i > 0 && !isTwo(v) {
			m.missing(other.Data/v.Data, "%v", v)
			m.rare(other.Data/v.Data/v.Data, "1/%[1]v where %[1]v belongs", v)
		}
	}
	if !isTwo(other) {
		m.missing(1, "%v", other)
	}
	if inner := other.Parents(); len(inner) == 1 && builtin.Of(other.Op()) != builtin.Neg {
		m.usual(inner[0].Data, "%v where %v belongs", inner[0], other)
		if other.Name() != "" {
			op := other.Op()
			m.rare(op.Eval(other.Data), "%[1]s(%[2]v) where %[2]v belongs, which is %[1]s(%[3]v) already",
				op.Name(), other, inner[0])
		}
	}
	m.rare(x.Data, "%v where %v belongs", x, other)
	if len(other.Parents()) == 1 {
		m.rare(Partials(other)[0], "%s′(%v) where %v belongs", other.Op().Name(), other.Parents()[0], other)
	}
	m.rare(float64(other.Data*other.Data), "%[1]v² where %[1]v belongs", other)
	m.rare(1/other.Data, "1/%[1]v where %[1]v belongs", other)
	if kind := builtin.Of(e.Node.Op()); kind == builtin.Mul {
		m.rare(e.Node.Data, "%v where its derivative belongs", e.Node)
	}
}

// ofSum adds the mistakes in the derivative of a sum or a difference by one of its parts, which is 1 or −1
// as d says.
func (m *mistakes) ofSum(e Edge, d float64) {
	for _, v := range e.Node.Parents() {
		if v.Name() != "" {
			m.rare(float64(d*v.Data), "%v where 1 belongs, the derivative of a sum by its part", v)
		}
	}
}

// ofFunction adds the mistakes in the derivative of a function of one number, such as σ.
func (m *mistakes) ofFunction(e Edge) {
	op, x, z := e.Node.Op(), e.Parent(), e.Node
	name := op.Name()
	m.usual(1, "%s′ is missing", name)
	m.usual(at(op, z.Data, op.Eval(z.Data)), "%s′(%v) where %s′(%v) belongs", name, z, name, x)
	m.usual(at(op, x.Data, x.Data), "%v where %v belongs, in the formula of %s′", x, z, name)
	m.rare(z.Data, "%v where %s′(%v) belongs", z, name, x)
	for _, inner := range x.Parents() {
		if inner.Op() != nil || inner.Name() != "" {
			m.rare(at(op, inner.Data, op.Eval(inner.Data)), "%s′(%v) where %s′(%v) belongs", name, inner, name, x)
		}
	}
	for _, other := range gradus.Ops() {
		if kind := builtin.Of(other); other != op && (kind == builtin.Sigmoid || kind == builtin.Tanh) {
			m.rare(at(other, x.Data, z.Data), "the formula of %s′ where that of %s′ belongs", other.Name(), name)
			m.rare(at(other, x.Data, other.Eval(x.Data)), "%s′ where %s′ belongs", other.Name(), name)
		}
	}
	switch builtin.Of(op) {
	case builtin.Sigmoid:
		m.rare(1-z.Data, "the factor %v is missing, in the formula of σ′", z)
		m.rare(z.Data*(1+z.Data), "1 + %[1]v where 1 − %[1]v belongs, in the formula of σ′", z)
	case builtin.Tanh:
		m.rare(1-z.Data, "%[1]v where %[1]v² belongs, in the formula of tanh′", z)
		m.rare(1+z.Data*z.Data, "1 + %[1]v² where 1 − %[1]v² belongs, in the formula of tanh′", z)
		m.rare((1-z.Data)*(1-z.Data), "(1 − %[1]v)² where 1 − %[1]v² belongs, in the formula of tanh′", z)
	case builtin.Log:
		m.rare(x.Data, "%[1]v where 1/%[1]v belongs", x)
		m.integrated(e, float64(x.Data*z.Data)-x.Data)
	case builtin.Softplus:
		m.rare(math.Exp(x.Data), "the factor 1/(1 + exp(%v)) is missing, the derivative of ln", x)
		m.rare(1-at(op, x.Data, z.Data), "the factor exp(%[1]v) is missing, the derivative of 1 + exp(%[1]v)", x)
	case builtin.Sqrt:
		m.rare(1/z.Data, "the factor ½ is missing")
		m.rare(z.Data/2, "%[1]v where 1/%[1]v belongs", z)
		m.integrated(e, 2*x.Data*z.Data/3)
	}
}
