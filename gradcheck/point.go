package gradcheck

import (
	"maps"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// A point is a graph with certain numbers in its leaves, and the claims evaluated there. Claim
// i is the derivative that is claimed at place i of the slices.
type point struct {
	*chain.Chain
	claims     []claim
	yours      []float64 // NaN if the claim is a number and this is not the given point
	right      []float64
	size       []float64    // Σ Π|∂| of right
	slopes     [][2]float64 // on the left and on the right at a kink, else twice right
	ok         []bool
	convention []bool            // it is ok, but at a kink and not the graph's derivative
	candidates []candidate       // nil until it is needed
	left       *effort           // what the search may still cost, in all points together
	cut        bool              // this was too little for all candidates
	made       map[string]string // the name of the first claim in which a slip of some kind was found
}

// newPoint evaluates the claims. Those that are numbers hold only at the given point.
func newPoint(c *chain.Chain, claims []claim, given bool, left *effort) *point {
	p := &point{Chain: c, claims: claims, left: left, made: map[string]string{}}
	for _, cl := range claims {
		x := math.NaN()
		if given || !cl.number {
			x, _ = cl.at(c) // parse has returned its error
		}
		right, size, slopes := c.Derivative(cl.factor(c), cl.local)
		p.yours = append(p.yours, x)
		p.right = append(p.right, right)
		p.size = append(p.size, size)
		p.slopes = append(p.slopes, slopes)
		is := func(d float64) bool {
			return equals(x, d, cl.tolerance(d, max(size, math.Abs(d)), true))
		}
		between := max(min(x, max(slopes[0], slopes[1])), min(slopes[0], slopes[1]))
		convention := !is(right) && !math.IsNaN(x) && is(between)
		p.ok = append(p.ok, is(right) || convention)
		p.convention = append(p.convention, convention)
	}
	return p
}

// near reports whether claim i equals x here, up to its tolerance. NaN equals NaN. A float64 counts as
// a number that was rounded to its decimals.
func (p *point) near(i int, x float64) bool {
	return equals(p.yours[i], x, p.claims[i].tolerance(x, max(p.size[i], math.Abs(x)), false))
}

// follows reports whether claim i is near what the student would compute from the claims j for which
// use(j) holds. A number may also be off by twice the largest relative rounding of a text among these that
// is about two values on the way to it, and one that was computed by twice that of the most exact right
// text, but by no more than a tenth.
func (p *point) follows(i int, use func(j int) bool) bool {
	x, cl := p.derive(i, use, nil), p.claims[i]
	off := math.Abs(p.yours[i] - x)
	if p.near(i, x) || !cl.number || !(off <= 0.1*math.Abs(x)) { // no text excuses more
		return p.near(i, x)
	}
	passed := map[*gradus.Value]bool{}
	for f := range p.Between(cl.factor(p.Chain), nil) {
		passed[f.Of], passed[f.By] = !cl.local, !cl.local
	}
	largest, smallest := 0.0, math.Inf(1)
	for j, other := range p.claims {
		switch r := other.half / math.Abs(p.yours[j]); {
		case !other.written || other.half == 0 || !use(j):
		case j < i && passed[p.Named[other.of]] && passed[p.Named[other.by]]:
			largest = max(largest, r)
		case p.ok[j] && !cl.written:
			smallest = min(smallest, r)
		}
	}
	x = 2 * math.Abs(x)
	return off <= largest*x || !math.IsInf(smallest, 1) && off <= smallest*x
}

// derive returns what claim i would be if the student had computed it from the other claims j
// for which use(j) holds and, where these say nothing, from the graph's local derivatives. If s
// is not nil, the student makes this slip, too.
func (p *point) derive(i int, use func(j int) bool, s *candidate) float64 {
	p.left.factors -= len(p.Factors()) + len(p.claims)
	cl := p.claims[i]
	local := map[chain.Factor]float64{}
	given := map[*gradus.Value]float64{}
	for j, other := range p.claims {
		switch {
		case j == i || math.IsNaN(p.yours[j]) || !use(j):
		case other.local:
			local[other.factor(p.Chain)] = p.yours[j]
		case other.of == cl.of && other.by < cl.by:
			given[p.Named[other.by]] = p.yours[j]
		}
	}
	if s != nil {
		maps.Copy(local, s.wrong)
	}
	f := cl.factor(p.Chain)
	if cl.local {
		if d, ok := local[f]; ok {
			return d
		}
		return p.Local[f]
	}
	return p.Whole(f.Of, local, given)[f.By]
}
