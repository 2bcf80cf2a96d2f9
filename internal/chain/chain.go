package chain

import (
	"cmp"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/derivative"
)

// A Chain holds the named values of a graph and the local derivatives that the chain rule
// multiplies. A value without a name is part of the local derivatives that go through it.
type Chain struct {
	// Named holds the root and every value under it that has a name, each result before its
	// operands. A constant with a name is one of them.
	Named []*gradus.Value
	// Local holds the local derivatives.
	Local map[Factor]float64

	higher map[string]*Chain // of derivatives, by what is differentiated in them
	both   *gradus.Value     // see newHigher; nil for the chain of a graph that was not differentiated
	values *Chain            // of the graph that was differentiated, likewise

	place   map[*gradus.Value]int      // of every node under the root, results before operands
	ignored map[Factor]bool            // the factors on all of whose paths an operand is ignored
	factors map[*gradus.Value][]Factor // the factors ∂v/∂… of each named value v
	all     []Factor                   // of all named values
	sizes   map[Factor]float64         // LocalSize of each factor, computed when first asked for
	kinks   *bool                      // whether there is a kink, likewise

	whole, size map[*gradus.Value]float64 // Whole and Size of the root, likewise

	mistakes map[Factor][]WholeMistake                  // WholeMistakes, likewise
	partials map[*gradus.Value][]float64                // Partials of each node that is not a leaf
	uses     map[*gradus.Value]map[*gradus.Value][]Edge // the edges to each value of a region, likewise

	regions map[*gradus.Value][]*gradus.Value           // of each named value, likewise
	above   map[*gradus.Value]map[*gradus.Value]float64 // the derivatives within its region, likewise
}

// A Factor is the local derivative ∂Of/∂By between two named values: the sum over all paths
// from Of down to By on which no third value has a name.
type Factor struct{ Of, By *gradus.Value }

// String returns the factor as ∂y/∂a, or ∂(dL/dw)/∂a for a value named dL/dw.
func (f Factor) String() string { return derivative.Of(f.Of.Name(), f.By.Name(), true).String() }

// New returns the chain of the graph under root.
func New(root *gradus.Value) *Chain {
	c := &Chain{
		higher: map[string]*Chain{}, mistakes: map[Factor][]WholeMistake{},
		Local: map[Factor]float64{}, place: map[*gradus.Value]int{},
		factors: map[*gradus.Value][]Factor{}, ignored: map[Factor]bool{},
		regions: map[*gradus.Value][]*gradus.Value{}, above: map[*gradus.Value]map[*gradus.Value]float64{},
		partials: map[*gradus.Value][]float64{}, uses: map[*gradus.Value]map[*gradus.Value][]Edge{},
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
		c.above[of] = d
		var matters map[*gradus.Value]bool
		for _, by := range region[1:] {
			if by.Name() != "" {
				f := Factor{of, by}
				c.Local[f] = d[by]
				c.factors[of] = append(c.factors[of], f)
				if d[by] == 0 {
					if matters == nil {
						matters = reached(of, region)
					}
					c.ignored[f] = !matters[by]
				}
			}
		}
		c.all = append(c.all, c.factors[of]...)
	}
	return c
}

// Region returns a named value, what it was computed from without a name, and the named values
// where this search stops: each result before its operands. It also stops at a value without a name whose
// derivatives are 0 by definition, such as the shift of a softmax.
func (c *Chain) Region(of *gradus.Value) []*gradus.Value {
	if region, ok := c.regions[of]; ok {
		return region
	}
	seen := map[*gradus.Value]bool{of: true}
	region := []*gradus.Value{of}
	for i := 0; i < len(region); i++ {
		if v := region[i]; v == of || v.Name() == "" && !builtin.Of(v.Op()).IsConstant() {
			for _, p := range v.Parents() {
				if !seen[p] {
					seen[p] = true
					region = append(region, p)
				}
			}
		}
	}
	slices.SortFunc(region, func(v, w *gradus.Value) int { return c.place[v] - c.place[w] })
	c.regions[of] = region
	return region
}

// Factors returns all local derivatives of the chain, those of a result before those of its
// operands.
func (c *Chain) Factors() []Factor { return c.all }

// Compare is negative, 0 or positive if f is before, at or after the place of g in Factors.
func (c *Chain) Compare(f, g Factor) int {
	return cmp.Or(cmp.Compare(c.place[f.Of], c.place[g.Of]), cmp.Compare(c.place[f.By], c.place[g.By]))
}

// Between returns the factors on the paths from f.Of down to f.By. It leaves out those above a value
// for which known holds.
func (c *Chain) Between(f Factor, known map[*gradus.Value]bool) map[Factor]bool {
	below := c.Whole(f.Of, nil, nil)
	factors, reached := map[Factor]bool{}, map[*gradus.Value]bool{f.By: true}
	for _, g := range slices.Backward(c.Factors()) {
		if _, under := below[g.Of]; under && reached[g.By] {
			factors[g], reached[g.Of] = true, reached[g.Of] || !known[g.Of]
		}
	}
	return factors
}

// Under returns those of some named values that a named value is computed from, in their order. It looks no
// further than the last of them.
func (c *Chain) Under(of *gradus.Value, values []*gradus.Value) (under []*gradus.Value) {
	last := 0
	for _, v := range values {
		last = max(last, c.place[v])
	}
	reached := map[*gradus.Value]bool{of: true}
	for next := []*gradus.Value{of}; len(next) > 0; {
		v := next[len(next)-1]
		next = next[:len(next)-1]
		for _, f := range c.factors[v] {
			if !reached[f.By] && c.place[f.By] <= last {
				reached[f.By] = true
				next = append(next, f.By)
			}
		}
	}
	for _, v := range values {
		if reached[v] && v != of {
			under = append(under, v)
		}
	}
	return under
}

// Uses returns the factors by each named value, in the order of Factors.
func (c *Chain) Uses() map[*gradus.Value][]Factor {
	uses := map[*gradus.Value][]Factor{}
	for _, f := range c.Factors() {
		uses[f.By] = append(uses[f.By], f)
	}
	return uses
}

// Has reports whether f is a local derivative of the chain.
func (c *Chain) Has(f Factor) bool {
	_, ok := c.Local[f]
	return ok
}

// Whole returns the derivatives of a named value with respect to all named values that it
// was computed from, by the chain rule. A factor that local holds takes the place of the
// graph's, and so does a derivative ∂of/∂v that given holds for v.
func (c *Chain) Whole(of *gradus.Value, local map[Factor]float64, given map[*gradus.Value]float64,
) map[*gradus.Value]float64 {
	if of != c.Named[0] || len(local)+len(given) > 0 {
		return c.wholeOf(of, local, given)
	}
	if c.whole == nil {
		c.whole = c.wholeOf(of, nil, nil)
	}
	return c.whole
}

func (c *Chain) wholeOf(of *gradus.Value, local map[Factor]float64, given map[*gradus.Value]float64,
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
			if d == 0 && c.ignored[f] { // not even 0·∞: Backward hands nothing on
				total[f.By] += 0
			} else {
				total[f.By] += float64(a * d)
			}
		}
	}
	return total
}

// Size returns Σ Π|∂|, the sum over all paths from Of down to By of the product of the
// absolute local derivatives on the path. The rounding error of the derivative ∂Of/∂By is
// in proportion to it.
func (c *Chain) Size(f Factor) float64 {
	c.LocalSize(f)
	if f.Of != c.Named[0] {
		return c.Whole(f.Of, c.sizes, nil)[f.By]
	}
	if c.size == nil {
		c.size = c.Whole(f.Of, c.sizes, nil)
	}
	return c.size[f.By]
}

// LocalSize returns Σ Π|∂| for a local derivative: the sum over the paths on which no third
// value has a name.
func (c *Chain) LocalSize(f Factor) float64 {
	if c.sizes == nil {
		c.sizes = map[Factor]float64{}
		for _, of := range c.Named {
			abs := func(_ Edge, d float64) float64 { return math.Abs(d) }
			d := c.locals(of, c.Region(of), abs)
			for _, f := range c.factors[of] {
				c.sizes[f] = d[f.By]
			}
		}
	}
	return c.sizes[f]
}
