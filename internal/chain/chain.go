// Package chain looks at a graph as a student does who applies the chain rule: at the values
// that have a name, and at the local derivatives between them. It knows the usual slips in
// multiplying these, too.
package chain

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus"
)

// A Chain is a graph as a student sees it: named values, and between them the local
// derivatives that the chain rule multiplies. What has no name is folded into these.
type Chain struct {
	// Named has the root and all values under it that have a name, results before operands.
	Named []*gradus.Value
	// Local has the local derivatives.
	Local map[Factor]float64

	place   map[*gradus.Value]int      // of every node under the root, results before operands
	factors map[*gradus.Value][]Factor // those of a value, by what is named first
	sizes   map[Factor]float64         // LocalSize of each factor, once it is needed
}

// A Factor is a local derivative ∂Of/∂By between two named values: by every way from the
// one to the other on which no third name stands.
type Factor struct{ Of, By *gradus.Value }

// String returns the factor as ∂y/∂a.
func (f Factor) String() string { return "∂" + f.Of.Name() + "/∂" + f.By.Name() }

// New returns the chain of the graph under root.
func New(root *gradus.Value) *Chain {
	c := &Chain{
		Local: map[Factor]float64{}, place: map[*gradus.Value]int{},
		factors: map[*gradus.Value][]Factor{},
	}
	topo := gradus.Topo(root)
	for i := len(topo) - 1; i >= 0; i-- {
		c.place[topo[i]] = len(topo) - 1 - i
		if topo[i].Name() != "" || topo[i] == root {
			c.Named = append(c.Named, topo[i])
		}
	}
	for _, of := range c.Named {
		region := c.Region(of)
		d := c.locals(of, region, nil)
		for _, by := range region[1:] {
			if by.Name() != "" {
				f := Factor{of, by}
				c.Local[f] = d[by]
				c.factors[of] = append(c.factors[of], f)
			}
		}
	}
	return c
}

// Region returns what a named value is computed from, down to the next names: itself, what
// has no name, and these, results before operands.
func (c *Chain) Region(of *gradus.Value) []*gradus.Value {
	seen := map[*gradus.Value]bool{of: true}
	region := []*gradus.Value{of}
	for i := 0; i < len(region); i++ {
		if v := region[i]; v == of || v.Name() == "" {
			for _, p := range v.Parents() {
				if !seen[p] {
					seen[p] = true
					region = append(region, p)
				}
			}
		}
	}
	slices.SortFunc(region, func(v, w *gradus.Value) int { return c.place[v] - c.place[w] })
	return region
}

// An edge is an operand slot of a node.
type edge struct {
	v *gradus.Value
	i int
}

// parent is the operand in the slot.
func (e edge) parent() *gradus.Value { return e.v.Parents()[e.i] }

// locals returns the derivatives of a named value with respect to all in its region. If
// alter is not nil, it may change the derivative of an edge.
func (c *Chain) locals(of *gradus.Value, region []*gradus.Value, alter func(e edge, d float64) float64,
) map[*gradus.Value]float64 {
	adjoint := map[*gradus.Value]float64{of: 1}
	for _, v := range region {
		if v != of && v.Name() != "" {
			continue
		}
		for i, d := range Partials(v) {
			e := edge{v, i}
			if alter != nil {
				d = alter(e, d)
			}
			adjoint[e.parent()] += float64(adjoint[v] * d)
		}
	}
	return adjoint
}

// altered returns a factor as it would be if its edges had other derivatives.
func (c *Chain) altered(f Factor, alter func(e edge, d float64) float64) float64 {
	return c.locals(f.Of, c.Region(f.Of), alter)[f.By]
}

// edges returns the edges of a factor, those on the ways from the one named value to the
// other, results before operands.
func (c *Chain) edges(f Factor) (edges []edge) {
	region := c.Region(f.Of)
	leads := map[*gradus.Value]bool{f.By: true} // to f.By, by way of unnamed values
	for i := len(region) - 1; i >= 0; i-- {
		if v := region[i]; v == f.Of || v.Name() == "" {
			leads[v] = slices.ContainsFunc(v.Parents(), func(p *gradus.Value) bool { return leads[p] })
		}
	}
	for _, v := range region {
		if v != f.Of && v.Name() != "" {
			continue
		}
		for i, p := range v.Parents() {
			if leads[p] {
				edges = append(edges, edge{v, i})
			}
		}
	}
	return edges
}

// builtin has the ops of package gradus by name, since a user's op may have any name.
var builtin = func() map[*gradus.Op]string {
	names := map[*gradus.Op]string{}
	for _, op := range gradus.Ops() {
		names[op] = op.Name()
	}
	return names
}()

// Builtin returns the name of an op that package gradus defines, or "" for any other.
func Builtin(op *gradus.Op) string { return builtin[op] }

// Partials returns the numbers ∂v/∂parent for each parent of v.
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

// Whole returns the derivatives of a named value with respect to all named values that it
// was computed from, by the chain rule. A derivative in given, and a factor in local, count
// in place of what the graph says.
func (c *Chain) Whole(of *gradus.Value, local map[Factor]float64, given map[*gradus.Value]float64,
) map[*gradus.Value]float64 {
	total := map[*gradus.Value]float64{of: 1}
	for _, v := range c.Named {
		if g, ok := given[v]; ok && v != of {
			total[v] = g
		}
		a, reached := total[v]
		if !reached {
			continue
		}
		for _, f := range c.factors[v] {
			d, ok := local[f]
			if !ok {
				d = c.Local[f]
			}
			total[f.By] += float64(a * d)
		}
	}
	return total
}

// Size returns Σ Π|∂| over all ways from the one value to the other, in proportion to which
// their derivative is rounded.
func (c *Chain) Size(f Factor) float64 {
	c.LocalSize(f)
	return c.Whole(f.Of, c.sizes, nil)[f.By]
}

// LocalSize is Size for a local derivative: over all ways on which no name stands.
func (c *Chain) LocalSize(f Factor) float64 {
	if c.sizes == nil {
		c.sizes = map[Factor]float64{}
		for _, of := range c.Named {
			abs := func(_ edge, d float64) float64 { return math.Abs(d) }
			d := c.locals(of, c.Region(of), abs)
			for _, f := range c.factors[of] {
				c.sizes[f] = d[f.By]
			}
		}
	}
	return c.sizes[f]
}

// Factors returns the local derivatives of the chain, results before operands.
func (c *Chain) Factors() (all []Factor) {
	for _, of := range c.Named {
		all = append(all, c.factors[of]...)
	}
	return all
}

// Has reports whether there is such a local derivative.
func (c *Chain) Has(f Factor) bool {
	_, ok := c.Local[f]
	return ok
}
