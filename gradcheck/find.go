package gradcheck

import (
	"math"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/significant"
)

// find returns the finding on claim i. The claims before it must have been found already. The
// first point holds the given numbers.
func find(points []*point, i int, deadline time.Time) Finding {
	p := points[0]
	f := Finding{
		Name: p.claims[i].name, Yours: p.yours[i], Right: p.right[i],
		Digits:    significant.Shared(p.yours[i], p.right[i]),
		Tolerance: p.claims[i].strictly().tolerance(p.right[i], p.size[i]),
	}
	if atAll(points, i, func(p *point) bool { return p.ok[i] }) {
		f.OK = true
		return f
	}
	if cl := p.claims[i]; cl.number && p.near(i, p.right[i]) {
		f.Rounded = true
		return f
	}
	// If the formula is right at the given numbers alone, other claims must not rest on it.
	f.Coincidence, p.ok[i] = p.ok[i], false
	everyClaim := func(int) bool { return true }
	if atAll(points, i, func(p *point) bool { return p.nearRounded(i, p.derive(i, everyClaim, nil)) }) {
		if f.Follows = follows(points, i); f.Follows == nil {
			// It follows from right claims alone, which were rounded.
			f.OK, f.Tolerance, p.ok[i] = true, max(f.Tolerance, math.Abs(f.Yours-f.Right)), true
		}
		return f
	}
	f.Between = between(p, i)
	f.Slips = explain(points, i, everyClaim, deadline)
	if f.Slips == nil {
		f.Slips = explain(points, i, func(j int) bool { return p.ok[j] }, deadline)
	}
	if f.Coincidence && f.Slips == nil {
		// The formula may rest on what the given numbers mean, such as targets that sum to 1.
		f.OK, p.ok[i] = true, true
	}
	return f
}

// atAll reports whether a statement about claim i holds at the given point and at all others at
// which the claim has a number.
func atAll(points []*point, i int, holds func(p *point) bool) bool {
	for n, p := range points {
		if (n == 0 || !math.IsNaN(p.yours[i])) && !holds(p) {
			return false
		}
	}
	return true
}

// explain returns the slips that explain claim i: those that make a difference and that give
// the student's derivative, if it is computed from the claims j for which use(j) holds. At the
// deadline it returns those that it has found; it begins with factors near the root.
func explain(points []*point, i int, use func(j int) bool, deadline time.Time) (fit []Slip) {
	if points[0].candidates == nil {
		n, never, share := math.MaxInt, deadline.Add(time.Hour), time.Until(deadline)/time.Duration(2*len(points))
		points[0].candidates = candidates(points[0].Chain, &n, time.Now().Add(share))
		for _, p := range points[1:] {
			p.candidates = candidates(p.Chain, &n, never)
		}
	}
	// A slip has the same place among the candidates of all points, with other numbers.
	type slipAt = func(p *point) *candidate
	explains := func(s slipAt) bool {
		return atAll(points, i, func(p *point) bool { return p.near(i, p.derive(i, use, s(p))) })
	}
	matters := func(s slipAt) bool {
		return !atAll(points, i, func(p *point) bool {
			return p.derive(i, use, s(p)) == p.derive(i, use, nil)
		})
	}
	above := points[0].factorsAbove(i, nil)
	for k, s := range points[0].candidates {
		if time.Now().After(deadline) {
			break
		}
		slip := func(p *point) *candidate { return &p.candidates[k] }
		if !s.changesOneOf(above) || points[0].contradicts(s) || !matters(slip) || !explains(slip) {
			continue
		}
		if s.alike == nil {
			fit = append(fit, Slip{s.factor.String(), s.what})
			continue
		}
		var here []candidate // the single slips that make a difference to this claim
		for j, single := range s.alike {
			if single.changesOneOf(above) && matters(func(p *point) *candidate { return &p.candidates[k].alike[j] }) {
				here = append(here, single)
			}
		}
		if len(here) > 1 { // a slip in one unit alone is a candidate by itself
			fit = append(fit, Slip{here[0].factor.String(), here[0].what + ", and likewise in the other units"})
		}
	}
	return fit
}

// changesOneOf reports whether the slip changes one of the factors.
func (s candidate) changesOneOf(factors map[chain.Factor]bool) bool {
	for f := range s.wrong {
		if factors[f] {
			return true
		}
	}
	return false
}

// contradicts reports whether a right claim about a local derivative shows that the student has
// not made the slip.
func (p *point) contradicts(s candidate) bool {
	if s.path {
		return false
	}
	for j, cl := range p.claims {
		if _, wrong := s.wrong[cl.factor(p.Chain)]; wrong && cl.local && p.ok[j] {
			return true
		}
	}
	return false
}

// follows returns the names of the wrong claims from which claim i follows. It leaves out claims
// that are not needed for that, those nearest to the root first.
func follows(points []*point, i int) (names []string) {
	given := points[0]
	needed := make([]bool, len(given.claims))
	for j := range needed {
		needed[j] = true
	}
	for j := range given.claims {
		needed[j] = given.ok[j]
		for _, p := range points {
			x := p.derive(i, func(k int) bool { return needed[k] }, nil)
			if !math.IsNaN(p.yours[i]) && !p.nearRounded(i, x) {
				needed[j] = true
			}
		}
		if needed[j] && !given.ok[j] {
			names = append(names, given.claims[j].name)
		}
	}
	return names
}

// between returns the factors on the paths from the value of claim i up to the root, or to the
// first value with a right claim, without the factors for which there is a right claim.
func between(p *point, i int) (names []string) {
	cl := p.claims[i]
	if cl.local {
		return []string{cl.factor(p.Chain).String()}
	}
	known := map[*gradus.Value]bool{p.Named[cl.of]: true}
	right := map[chain.Factor]bool{}
	for j, other := range p.claims {
		switch {
		case !p.ok[j]:
		case other.local:
			right[other.factor(p.Chain)] = true
		case other.of == cl.of:
			known[p.Named[other.by]] = true
		}
	}
	above := p.factorsAbove(i, known)
	for _, f := range p.Factors() {
		if above[f] && !right[f] {
			names = append(names, f.String())
		}
	}
	return names
}
