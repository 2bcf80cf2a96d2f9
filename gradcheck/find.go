package gradcheck

import (
	"fmt"
	"math"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/digits"
)

// A point is a chain with some numbers in its leaves, and what the student's derivatives
// are there.
type point struct {
	*chain.Chain
	claims []claim
	yours  []float64 // NaN for a number at a point other than the given one
	ok     []bool
	slips  []chain.Slip // once they are needed
}

// newPoint evaluates the claims. Numbers are claims about the given point alone.
func newPoint(c *chain.Chain, claims []claim, given bool) *point {
	p := &point{Chain: c, claims: claims}
	for _, cl := range claims {
		x := math.NaN()
		if given || !cl.number {
			x, _ = cl.at(c) // its error was found when it was parsed
		}
		right, size := cl.right(c)
		p.yours = append(p.yours, x)
		p.ok = append(p.ok, math.Abs(x-right) <= cl.tolerance(x, size))
	}
	return p
}

// near reports whether x is claim i's number here, up to rounding.
func (p *point) near(i int, x float64) bool {
	_, size := p.claims[i].right(p.Chain)
	return math.Abs(p.yours[i]-x) <= p.claims[i].tolerance(p.yours[i], max(size, math.Abs(x)))
}

// derive returns what claim i would be if the student had gone on from the claims that use
// picks, and had made the slip s, if there is one.
func (p *point) derive(i int, use func(j int) bool, s *chain.Slip) float64 {
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
		for f, d := range s.Wrong {
			local[f] = d
		}
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

// find says what there is to say about claim i. The first point is the given one.
func find(points []*point, i int) Finding {
	p := points[0]
	cl := p.claims[i]
	right, size := cl.right(p.Chain)
	f := Finding{
		Name: cl.name, Yours: p.yours[i], Right: right, Digits: digits.Shared(p.yours[i], right),
		Tolerance: cl.tolerance(p.yours[i], size),
	}
	// everywhere reports whether a hypothesis holds at all points where the claim can be tried
	everywhere := func(holds func(p *point) bool) bool {
		for _, p := range points {
			if !math.IsNaN(p.yours[i]) && !holds(p) {
				return false
			}
		}
		return !math.IsNaN(p.yours[i])
	}
	f.OK = everywhere(func(p *point) bool { return p.ok[i] })
	if f.OK {
		return f
	}
	f.Coincidence = p.ok[i]
	all := func(int) bool { return true }
	if everywhere(func(p *point) bool { return p.near(i, p.derive(i, all, nil)) }) {
		f.Follows = follows(points, i)
	}
	if f.Follows != nil {
		return f
	}
	f.Between = p.between(i)
	for _, p := range points {
		if p.slips == nil {
			p.slips = p.Slips()
		}
	}
	onlyRight := func(j int) bool { return p.ok[j] }
	for _, use := range []func(int) bool{all, onlyRight} {
		for k, s := range p.slips {
			fits := func(p *point) bool { return p.near(i, p.derive(i, use, &p.slips[k])) }
			if !p.shownRight(s) && everywhere(fits) {
				f.Slips = append(f.Slips, Slip{s.Factor.String(), s.What})
			}
		}
		if f.Slips != nil {
			break
		}
	}
	return f
}

// shownRight reports whether the student has a factor right that the slip would spoil.
func (p *point) shownRight(s chain.Slip) bool {
	for j, cl := range p.claims {
		if _, spoiled := s.Wrong[cl.factor(p.Chain)]; spoiled && cl.local && p.ok[j] {
			return true
		}
	}
	return false
}

// follows returns the names of as few wrong claims as claim i follows from, those closest
// to it.
func follows(points []*point, i int) (names []string) {
	p := points[0]
	needed := make([]bool, len(p.claims))
	for j := range needed {
		needed[j] = true
	}
	for j := range p.claims {
		needed[j] = p.ok[j]
		for _, p := range points {
			x := p.derive(i, func(k int) bool { return needed[k] }, nil)
			if !math.IsNaN(p.yours[i]) && !p.near(i, x) {
				needed[j] = true
			}
		}
		if needed[j] && !p.ok[j] {
			names = append(names, p.claims[j].name)
		}
	}
	return names
}

// between returns the factors on the ways from claim i up to the root, or to where the
// student is right.
func (p *point) between(i int) (names []string) {
	cl := p.claims[i]
	if cl.local {
		return []string{cl.factor(p.Chain).String()}
	}
	right := map[*gradus.Value]bool{p.Named[cl.of]: true}
	sure := map[chain.Factor]bool{}
	for j, other := range p.claims {
		switch {
		case !p.ok[j]:
		case other.local:
			sure[other.factor(p.Chain)] = true
		case other.of == cl.of:
			right[p.Named[other.by]] = true
		}
	}
	doubtful := map[*gradus.Value]bool{p.Named[cl.by]: true}
	factors := p.Factors()
	for k := len(factors) - 1; k >= 0; k-- {
		if f := factors[k]; doubtful[f.By] && !right[f.Of] {
			doubtful[f.Of] = true
		}
	}
	for _, f := range factors {
		if doubtful[f.By] && (doubtful[f.Of] || right[f.Of]) && !sure[f] {
			names = append(names, f.String())
		}
	}
	return names
}

// String returns the finding: a line that says what is wrong, one that says where, and one
// for each slip that would explain it.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s = %.10g is ", f.Name, f.Yours)
	switch {
	case f.OK:
		b.WriteString("right")
	case f.Coincidence:
		b.WriteString("right by coincidence: with other numbers the formula is wrong")
	default:
		fmt.Fprintf(&b, "wrong, it is %.10g", f.Right)
	}
	fmt.Fprintf(&b, " (%d digits shared, tolerance %.1g)", f.Digits, f.Tolerance)
	switch {
	case f.OK:
	case f.Follows != nil:
		fmt.Fprintf(&b, "\n  it follows from your %s", strings.Join(f.Follows, ", "))
	case f.Slips == nil:
		fmt.Fprintf(&b, "\n  look at %s: no usual slip explains it", strings.Join(f.Between, ", "))
	default:
		fmt.Fprintf(&b, "\n  first wrong factor: %s; what would explain it:", f.FirstWrong())
	}
	for _, s := range f.Slips {
		fmt.Fprintf(&b, "\n    %v", s)
	}
	return b.String()
}
