package chain

import (
	"cmp"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// An Edge leads from a node to one of its operands. The node a·a has two edges to a.
type Edge struct {
	Node    *gradus.Value
	Operand int // the place of the operand among the node's parents, from 0
}

// Parent returns the operand to which the edge leads.
func (e Edge) Parent() *gradus.Value { return e.Node.Parents()[e.Operand] }

// Partner returns the operand that the operand of an edge is multiplied by in a product or a dot product.
func (e Edge) Partner() *gradus.Value {
	p := e.Node.Parents()
	return p[(e.Operand+len(p)/2)%len(p)]
}

// Partials returns the numbers ∂v/∂parent for each parent of v, or nil if v is a leaf.
func Partials(v *gradus.Value) []float64 {
	if v.Op() == nil {
		return nil
	}
	x := make([]float64, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = p.Data
	}
	dx := make([]float64, len(x))
	v.Op().Partials(dx, x, v.Data)
	return dx
}

// Contribution returns what Backward hands on from v to operand i: the gradient of v times the
// local derivative d, or 0 if the op of v ignores the operand, even if the gradient is infinite.
func Contribution(v *gradus.Value, i int, d, gradient float64) float64 {
	if d == 0 && ignores(v, i) {
		return 0
	}
	return float64(gradient * d)
}

// Gradient returns the derivatives of root with respect to all values that it was computed from, and
// Σ Π|∂| of each, as [Chain.Size].
func Gradient(root *gradus.Value) (gradient, size map[*gradus.Value]float64) {
	gradient, size = map[*gradus.Value]float64{root: 1}, map[*gradus.Value]float64{root: 1}
	for _, v := range slices.Backward(gradus.Topo(root)) {
		for k, d := range Partials(v) {
			p := v.Parents()[k]
			gradient[p] += Contribution(v, k, d, gradient[v])
			size[p] += math.Abs(Contribution(v, k, d, size[v]))
		}
	}
	return gradient, size
}

// ignores reports whether the op of v ignores operand i.
func ignores(v *gradus.Value, i int) bool {
	if !builtin.Of(v.Op()).Selects() {
		return false
	}
	x := make([]float64, len(v.Parents()))
	for k, p := range v.Parents() {
		x[k] = p.Data
	}
	return v.Op().Ignores(i, x...)
}

// reached returns the values to which a path from of leads, within a region, on which no op ignores
// an operand.
func reached(of *gradus.Value, region []*gradus.Value) map[*gradus.Value]bool {
	matters := map[*gradus.Value]bool{of: true}
	for _, v := range region {
		if !matters[v] || v != of && v.Name() != "" {
			continue
		}
		for i, p := range v.Parents() {
			matters[p] = matters[p] || !ignores(v, i)
		}
	}
	return matters
}

// Partial returns the derivative along an edge.
func (c *Chain) Partial(e Edge) float64 { return c.partialsOf(e.Node)[e.Operand] }

// partialsOf returns Partials of v, which it computes once.
func (c *Chain) partialsOf(v *gradus.Value) []float64 {
	d, ok := c.partials[v]
	if !ok {
		d = Partials(v)
		c.partials[v] = d
	}
	return d
}

// usesIn returns the edges within the region of a named value, by the operand to which they lead. It
// leaves out those of functions whose derivative is 0 by definition, such as the shift of a softmax.
func (c *Chain) usesIn(of *gradus.Value) map[*gradus.Value][]Edge {
	if uses, ok := c.uses[of]; ok {
		return uses
	}
	uses := map[*gradus.Value][]Edge{}
	for _, v := range c.Region(of) {
		if kind := builtin.Of(v.Op()); v != of && v.Name() != "" || kind.IsConstant() {
			continue
		}
		for i, p := range v.Parents() {
			uses[p] = append(uses[p], Edge{v, i})
		}
	}
	c.uses[of] = uses
	return uses
}

// Edges returns the edges that lie on the paths of a factor, each result before its operands. It takes
// time in proportion to these edges, however large the region is.
func (c *Chain) Edges(f Factor) (edges []Edge) {
	uses := c.usesIn(f.Of)
	seen := map[*gradus.Value]bool{f.By: true}
	for next := []*gradus.Value{f.By}; len(next) > 0; next = next[1:] {
		for _, e := range uses[next[0]] {
			edges = append(edges, e)
			if !seen[e.Node] {
				seen[e.Node] = true
				next = append(next, e.Node)
			}
		}
	}
	slices.SortFunc(edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(c.place[a.Node], c.place[b.Node]), cmp.Compare(a.Operand, b.Operand))
	})
	return edges
}

// Weights returns a function that says by how much a factor changes with the derivative of an edge
// on its paths: by the product of the derivatives above the edge, times that of those below it. A
// factor is a sum of products, and so it is linear in each edge.
func (c *Chain) Weights(f Factor) func(e Edge) float64 {
	above := c.above[f.Of]
	below := map[*gradus.Value]float64{f.By: 1}
	for _, e := range slices.Backward(c.Edges(f)) {
		if b := below[e.Parent()]; b != 0 {
			below[e.Node] += float64(c.Partial(e) * b)
		}
	}
	return func(e Edge) float64 { return float64(above[e.Node] * below[e.Parent()]) }
}

// locals returns the derivatives of a named value with respect to all values in its region.
// If alter is not nil, it may change the derivative of each edge.
func (c *Chain) locals(of *gradus.Value, region []*gradus.Value, alter func(e Edge, d float64) float64,
) map[*gradus.Value]float64 {
	adjoint := map[*gradus.Value]float64{of: 1}
	for _, v := range region {
		if v != of && v.Name() != "" {
			continue
		}
		for i, d := range c.partialsOf(v) {
			e := Edge{v, i}
			if alter != nil {
				d = alter(e, d)
			}
			adjoint[e.Parent()] += Contribution(v, i, d, adjoint[v])
		}
	}
	return adjoint
}
