package gradcheck

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/significant"
)

// A point is a chain with some numbers in its leaves, and what the student's derivatives
// are there.
type point struct {
	*chain.Chain
	claims       []claim
	yours, right []float64 // yours is NaN for a number at a point other than the given one
	size         []float64 // Σ Π|∂| of the right derivative
	ok           []bool
	slips        []chain.Slip // once they are needed
}

// newPoint evaluates the claims. Numbers are claims about the given point alone.
func newPoint(c *chain.Chain, claims []claim, given bool) *point {
	p := &point{Chain: c, claims: claims}
	for i, cl := range claims {
		x := math.NaN()
		if given || !cl.number {
			x, _ = cl.at(c) // its error was found when it was parsed
		}
		right, size := cl.right(c)
		p.yours = append(p.yours, x)
		p.right = append(p.right, right)
		p.size = append(p.size, size)
		p.ok = append(p.ok, p.near(i, right))
	}
	return p
}

// near reports whether x is claim i's number here, up to rounding. No number is as good as
// another.
func (p *point) near(i int, x float64) bool {
	yours := p.yours[i]
	tolerance := p.claims[i].tolerance(yours, x, max(p.size[i], math.Abs(x)))
	return yours == x || math.IsNaN(yours) && math.IsNaN(x) || math.Abs(yours-x) <= tolerance
}

// continues is near for a number that goes on from others of the student's: it may be off by
// what they are rounded to, though by no more than numbers of two digits are.
func (p *point) continues(i int, x float64) bool {
	rounded := 0.0
	for j, cl := range p.claims {
		if j != i && cl.number && p.claims[i].number {
			rounded = max(rounded, halfUnit(p.yours[j])/math.Abs(p.yours[j]))
		}
	}
	return p.near(i, x) || math.Abs(p.yours[i]-x) <= 2*min(rounded, 0.05)*math.Abs(x)
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

// find says what there is to say about claim i, after those before it. The first point is
// the given one.
func find(points []*point, i int) Finding {
	p := points[0]
	f := Finding{
		Name: p.claims[i].name, Yours: p.yours[i], Right: p.right[i],
		Digits:    significant.Shared(p.yours[i], p.right[i]),
		Tolerance: p.claims[i].tolerance(p.yours[i], p.right[i], p.size[i]),
	}
	if everywhere(points, i, func(p *point) bool { return p.ok[i] }) {
		f.OK = true
		return f
	}
	// A formula that is right here alone is no ground to build on.
	f.Coincidence, p.ok[i] = p.ok[i], false
	all := func(int) bool { return true }
	if everywhere(points, i, func(p *point) bool { return p.continues(i, p.derive(i, all, nil)) }) {
		if f.Follows = follows(points, i); f.Follows == nil { // from right ones, each rounded
			f.OK, f.Tolerance, p.ok[i] = true, max(f.Tolerance, math.Abs(f.Yours-f.Right)), true
		}
		return f
	}
	f.Between = p.between(i)
	f.Slips = slips(points, i, all)
	if f.Slips == nil {
		f.Slips = slips(points, i, func(j int) bool { return p.ok[j] })
	}
	if f.Coincidence && f.Slips == nil {
		// It may rest on something that holds for the given numbers by their meaning, as
		// that targets add up to 1.
		f.OK, p.ok[i] = true, true
	}
	return f
}

// everywhere reports whether a hypothesis about claim i holds at all points where the claim
// can be tried.
func everywhere(points []*point, i int, holds func(p *point) bool) bool {
	for n, p := range points {
		if (n == 0 || !math.IsNaN(p.yours[i])) && !holds(p) {
			return false
		}
	}
	return true
}

// slips returns the slips that explain claim i: that make a difference, and give what the
// student has, going on from the claims that use picks.
func slips(points []*point, i int, use func(j int) bool) (fit []Slip) {
	for _, p := range points {
		if p.slips == nil {
			p.slips = p.Slips()
		}
	}
	explains := func(s func(p *point) *chain.Slip) bool {
		fits := func(p *point) bool { return p.near(i, p.derive(i, use, s(p))) }
		return everywhere(points, i, fits)
	}
	// idle reports whether a slip makes no difference.
	idle := func(s func(p *point) *chain.Slip) bool {
		same := func(p *point) bool { return p.derive(i, use, s(p)) == p.derive(i, use, nil) }
		return everywhere(points, i, same)
	}
	ways := points[0].ways(i, nil)
	for k, s := range points[0].slips {
		onTheWay := false
		for f := range s.Wrong {
			onTheWay = onTheWay || ways[f]
		}
		if !onTheWay {
			continue
		}
		slip := func(p *point) *chain.Slip { return &p.slips[k] }
		if points[0].shownRight(s) || idle(slip) || !explains(slip) {
			continue
		}
		var busy []chain.Slip // the single ones that matter here
		for j, single := range s.Alike {
			if !idle(func(p *point) *chain.Slip { return &p.slips[k].Alike[j] }) {
				busy = append(busy, single)
			}
		}
		switch {
		case s.Alike != nil && len(busy) < 2: // it is listed by itself
		case s.Alike != nil:
			fit = append(fit, Slip{busy[0].Factor.String(), busy[0].What + ", and likewise in the other units"})
		default:
			fit = append(fit, Slip{s.Factor.String(), s.What})
		}
	}
	return fit
}

// ways returns the factors on the ways from claim i up to the value whose derivative it is,
// or to where one of the stops is.
func (p *point) ways(i int, stops map[*gradus.Value]bool) map[chain.Factor]bool {
	ways := map[chain.Factor]bool{}
	above := map[*gradus.Value]bool{p.Named[p.claims[i].by]: true}
	for _, f := range slices.Backward(p.Factors()) {
		if above[f.By] {
			ways[f], above[f.Of] = true, above[f.Of] || !stops[f.Of]
		}
	}
	return ways
}

// shownRight reports whether the student has a factor right that the slip would spoil.
func (p *point) shownRight(s chain.Slip) bool {
	if s.Path {
		return false
	}
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
			if !math.IsNaN(p.yours[i]) && !p.continues(i, x) {
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
	ways := p.ways(i, right)
	for _, f := range p.Factors() {
		if ways[f] && !sure[f] {
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
	case f.OK && f.Coincidence:
		b.WriteString("right for these numbers; with others the formula does not hold")
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
