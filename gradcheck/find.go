package gradcheck

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/derivative"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/significant"
)

// An effort is what a search for slips may cost. It is counted and not timed, so that what is found depends
// neither on the machine nor on what else it does.
type effort struct {
	edges   int // along which slips are looked for, in the graph of each point
	factors int // and claims that are gone through to try slips, in all points together
}

// With these a search takes about half a second.
const (
	mostEdges   = 10_000
	mostFactors = 2_000_000
)

// find returns the finding on claim i. The claims before it must have been found already. The
// first point holds the given numbers.
func find(points []*point, i int) Finding {
	p := points[0]
	f := Finding{
		Name: p.claims[i].name, Yours: p.yours[i], Right: p.right[i],
		Digits:    significant.Shared(p.yours[i], p.right[i]),
		Tolerance: p.claims[i].tolerance(p.right[i], p.size[i], true),
		Slopes:    p.slopes[i],
	}
	f.Kink = finite.All(f.Right) && f.Slopes != [2]float64{f.Right, f.Right}
	if atAll(points, i, func(p *point) bool { return p.ok[i] }) {
		f.OK, f.Convention = true, p.convention[i]
		return f
	}
	if cl := p.claims[i]; cl.number && p.near(i, p.right[i]) {
		f.Rounded = true
		return f
	}
	// If the formula is right at the given numbers alone, other claims must not rest on it.
	f.Coincidence, p.ok[i] = p.ok[i], false
	everyClaim := func(int) bool { return true }
	if atAll(points, i, func(p *point) bool { return p.follows(i, everyClaim) }) {
		f.follow(points, i)
		return f
	}
	f.Between = between(p, i)
	// From all claims; then from those that are right alone; and last from the others alone: in place of those
	// that are right, which may be rounded, stand the numbers of the graph. Rare slips come after all that.
	right := func(j int) bool { return p.ok[j] }
	wrong := func(j int) bool { return !p.ok[j] }
	for _, rare := range []bool{false, true} {
		for _, use := range []func(int) bool{everyClaim, right, wrong} {
			if f.Slips == nil {
				f.explain(points, i, use, rare)
			}
		}
	}
	if f.Slips != nil {
		return f
	}
	if f.Coincidence {
		f.Zeros = zeros(p, i)
	}
	if f.Zeros == nil {
		f.compare(points, i)
	}
	if f.Coincidence && f.Zeros == nil && f.Slips == nil {
		f.rest(p, i)
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

// explain sets the slips that explain claim i: those that make a difference and that give the
// student's derivative, if it is computed from the claims j for which use(j) holds. If some of them would
// explain a claim before, they are the only ones. When no effort is left, the slips are those that were
// found; it begins with factors near the root.
func (f *Finding) explain(points []*point, i int, use func(j int) bool, rare bool) {
	given := points[0]
	if given.candidates == nil {
		for _, p := range points {
			p.candidates, p.cut = candidates(p.Chain, p.left.edges)
		}
	}
	// A slip has the same place among the candidates of all points, with other numbers.
	type slipAt = func(p *point) *candidate
	explains := func(s slipAt) bool {
		return atAll(points, i, func(p *point) bool { return p.near(i, p.derive(i, use, s(p))) })
	}
	matters := func(s slipAt) bool {
		return !atAll(points, i, func(p *point) bool { return p.derive(i, use, s(p)) == p.derive(i, use, nil) })
	}
	above := given.Between(given.claims[i].factor(given.Chain), nil)
	confirmed := func(s candidate) bool { // that its factor is right
		return len(s.wrong) == 1 && s.uses == nil && !slices.Contains(f.Between, s.factor.String())
	}
	var kinds []string
	for k, s := range given.candidates {
		if given.left.factors -= len(given.claims); given.left.factors <= 0 {
			given.cut = true
			break
		}
		slip := func(p *point) *candidate { return &p.candidates[k] }
		if s.rare != rare || !given.allows(s, above) || confirmed(s) || !matters(slip) || !explains(slip) {
			continue
		}
		switch {
		case s.alike != nil:
			var here []candidate // the single slips that make a difference to this claim
			for j, single := range s.alike {
				if given.allows(single, above) && !confirmed(single) &&
					matters(func(p *point) *candidate { return &p.candidates[k].alike[j] }) {
					here = append(here, single)
				}
			}
			if len(here) == 0 || len(here) == 1 && s.kind == "" { // outside of matrices, it is a candidate by itself
				continue
			}
			s.factor, s.what, s.kind = here[0].factor, here[0].what, here[0].kind
		case s.uses != nil:
			if s.what = given.leftOut(i, s, above); s.what == "" {
				continue
			}
			fallthrough
		case s.inner:
			s.what += fmt.Sprintf("; the missing part is %.4g",
				given.derive(i, use, nil)-given.derive(i, use, &s))
		}
		if fit := (Slip{s.factor.String(), s.what}); !slices.Contains(f.Slips, fit) {
			f.Slips, kinds = append(f.Slips, fit), append(kinds, s.kind)
		}
	}
	f.repeats(given.made, kinds)
}

// repeats leaves of the slips only those that would explain a claim before, if there is one. Otherwise
// it notes the kinds of the slips, as made in this claim.
func (f *Finding) repeats(made map[string]string, kinds []string) {
	before := slices.IndexFunc(kinds, func(kind string) bool { return made[kind] != "" })
	slips := f.Slips
	for k, kind := range kinds {
		switch {
		case before < 0:
			made[kind] = f.Name
		case k == before:
			f.Slips, f.Follows = slips[k:k+1], []string{made[kind]}
		case k > before && made[kind] == f.Follows[0]:
			f.Slips = append(f.Slips, slips[k])
		}
	}
}

// allows reports whether the slip changes one of the factors, and no right claim about a local derivative
// shows that the student has not made it.
func (p *point) allows(s candidate, factors map[chain.Factor]bool) bool {
	for j, cl := range p.claims {
		if _, wrong := s.wrong[cl.factor(p.Chain)]; wrong && cl.local && p.ok[j] && s.uses == nil {
			return false
		}
	}
	for f := range s.wrong {
		if factors[f] {
			return true
		}
	}
	return false
}

// follow sets from which other wrong claims of the student's claim i follows. It leaves out claims that
// are not needed for that, those nearest to the root first, while effort is left. If none is needed,
// the claim is right.
func (f *Finding) follow(points []*point, i int) {
	given := points[0]
	needed := slices.Clone(given.ok)
	holds := func() bool {
		use := func(j int) bool { return needed[j] }
		return atAll(points, i, func(p *point) bool { return p.follows(i, use) })
	}
	if holds() {
		// It follows from right claims alone, which were rounded or are conventions.
		f.OK, f.Tolerance = true, max(f.Tolerance, math.Abs(f.Yours-f.Right))
		f.Convention = !given.follows(i, func(j int) bool { return given.ok[j] && !given.convention[j] })
		given.ok[i], given.convention[i] = true, f.Convention
		return
	}
	copy(needed, slices.Repeat([]bool{true}, i))
	var premises []string
	for j, cl := range given.claims[:i] {
		needed[j] = given.ok[j]
		if given.left.factors <= 0 || !holds() {
			needed[j] = true
		}
		if needed[j] && !given.ok[j] {
			f.Follows = append(f.Follows, cl.name)
			premise := fmt.Sprintf("%s were %.10g", cl.name, given.yours[j])
			if given.near(j, given.right[j]) {
				premise = cl.name + " were right for all numbers" // and not for the given ones alone
			}
			premises = append(premises, premise)
		}
	}
	f.hint = strings.Join(premises, " and ")
}

// compare sets the hint for claim i, which no usual slip explains: that it is the derivative of a value on
// the way, or a multiple or a fraction of the right number. When no effort is left, it says that the
// search was cut short.
func (f *Finding) compare(points []*point, i int) {
	cl, left := points[0].claims[i], points[0].left
	is := func(d func(p *point) float64) bool {
		left.factors -= len(points) * len(points[0].Factors())
		return cl.half <= 0.01*math.Abs(f.Yours) && left.factors > 0 &&
			atAll(points, i, func(p *point) bool { return p.near(i, d(p)) })
	}
	name := func(j int) string { return points[0].Named[j].Name() }
	below := points[0].Whole(points[0].Named[cl.of], nil, nil)
	for j := cl.of + 1; j < cl.by; j++ {
		d := func(p *point) float64 { return p.Whole(p.Named[j], nil, nil)[p.Named[cl.by]] }
		if _, under := below[points[0].Named[j]]; under && is(d) {
			have, missing := derivative.Of(name(j), name(cl.by), false), derivative.Of(name(cl.of), name(j), false)
			f.hint = fmt.Sprintf("it is %v: multiply by %v, and add all paths to %s", have, missing, name(cl.by))
			if above := points[0].above(cl, j); above != nil {
				f.Between = nil
				f.Slips = []Slip{{above[0].String(), fmt.Sprintf("%v is missing: this is %v", missing, have)}}
				return
			}
			break
		}
	}
	if !cl.number && (!cl.local || len(points[0].Between(cl.factor(points[0].Chain), nil)) == 1) {
		// A number is easily right by a coincidence with one of so many. Two that explain it are the same
		// function: of one factor, or in the same words, one is enough.
		for k, m := range points[0].WholeMistakes(cl.factor(points[0].Chain)) {
			d := func(p *point) float64 { return p.WholeMistakes(cl.factor(p.Chain))[k].Derivative() }
			s := Slip{m.Factor.String(), m.What}
			said := func(other Slip) bool { return other.Factor == s.Factor || other.What == s.What }
			if !slices.ContainsFunc(f.Slips, said) && is(d) {
				f.Slips = append(f.Slips, s)
			}
		}
	}
	for n := 2.0; n <= 10 && f.Slips == nil && f.hint == ""; n++ {
		if is(func(p *point) float64 { return n * p.right[i] }) {
			f.hint = fmt.Sprintf("it is %v times the right number", n)
		} else if is(func(p *point) float64 { return p.right[i] / n }) {
			f.hint = fmt.Sprintf("it is 1/%v of the right number", n)
		}
	}
	if f.hint == "" && points[0].cut {
		f.hint = "the search for a usual slip ended before all were tried"
	}
}

// above returns the factors from the value of a claim to the named value j, if all paths of the claim lead
// through this one.
func (p *point) above(cl claim, j int) (factors []chain.Factor) {
	top := p.Between(chain.Factor{Of: p.Named[cl.of], By: p.Named[j]}, nil)
	all := p.Between(cl.factor(p.Chain), nil)
	below := p.Between(chain.Factor{Of: p.Named[j], By: p.Named[cl.by]}, nil)
	for _, f := range p.Factors() {
		switch {
		case all[f] && !top[f] && !below[f]:
			return nil
		case top[f]:
			factors = append(factors, f)
		}
	}
	return factors
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
	above := p.Between(cl.factor(p.Chain), known)
	for _, f := range p.Factors() {
		if above[f] && !right[f] {
			names = append(names, f.String())
		}
	}
	return names
}
