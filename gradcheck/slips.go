package gradcheck

import (
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/naming"
)

// A candidate is a slip that the structure of a graph allows, and may explain a wrong
// derivative.
type candidate struct {
	factor chain.Factor             // the local factor in which the slip is made
	what   string                   // what is done there
	kind   string                   // the same for this slip in all units of a layer
	wrong  map[chain.Factor]float64 // the factors that it changes, and their wrong numbers
	uses   []chain.Factor           // if paths are left out of a sum, and no factor is wrong: all by its value
	inner  bool                     // paths within the factor are left out of a sum
	rare   bool                     // it is tried only if no other slip explains the derivative
	alike  []candidate              // of a slip made in all units of a layer: the single slips
}

// candidates returns every slip that the structure of the graph allows. If the factors have more edges than
// most, it leaves out the last of them, and reports that as cut. Which slips there are, and in which order,
// depends on the structure alone: graphs that differ only in their numbers have the same slips at the same
// places.
func candidates(c *chain.Chain, most int) (all []candidate, cut bool) {
	factors := c.Factors()
	siblings := map[*gradus.Value][]chain.Factor{}
	for _, f := range factors {
		siblings[f.Of] = append(siblings[f.Of], f)
	}
	for k, f := range factors {
		if most <= 0 {
			factors, cut = factors[:k], true
			break
		}
		s := slipsIn{c, f, c.Edges(f), c.Weights(f), &all}
		most -= len(s.edges)
		s.add(-c.Local[f], "wrong sign")
		s.factorTwo()
		parts := 0
		for _, e := range s.edges {
			if s.atEdge(e) {
				parts++
			}
		}
		if parts > 1 {
			s.add(1, "this factor is missing, all of it")
		}
		s.innerPaths()
		s.otherwise(siblings[f.Of])
	}
	all = slices.Concat(all, inAllUnits(all), outerPaths(c), transposed(c, factors))
	slices.SortStableFunc(all, func(a, b candidate) int { return c.Compare(a.factor, b.factor) })
	return all, cut
}

// slipsIn collects the slips that can be made in one factor.
type slipsIn struct {
	*chain.Chain
	factor chain.Factor
	edges  []chain.Edge
	weight func(e chain.Edge) float64 // by how much the factor changes with an edge
	all    *[]candidate
}

// add adds a slip that gives the factor the number d. The parameter what is a format string as in
// package fmt. An argument that is a Value is printed as its expression.
func (s slipsIn) add(d float64, what string, args ...any) {
	kind := naming.Pattern(s.factor.Of.Name()) + "/" + naming.Pattern(s.factor.By.Name()) + " "
	*s.all = append(*s.all, candidate{
		factor: s.factor,
		what:   chain.Phrase(what, args, nil),
		kind:   kind + chain.Phrase(what, args, naming.Pattern),
		wrong:  map[chain.Factor]float64{s.factor: d},
	})
}

// with returns the number of the factor if edge e had the derivative d.
func (s slipsIn) with(e chain.Edge, d float64) float64 {
	change := d - s.Partial(e)
	if change == 0 {
		return s.Local[s.factor]
	}
	return s.Local[s.factor] + float64(s.weight(e)*change)
}

// atEdge adds the slips that can be made at one edge, and reports whether there are any.
func (s slipsIn) atEdge(e chain.Edge) bool {
	mistakes := s.Mistakes(e)
	for _, m := range mistakes {
		s.add(s.with(e, m.Derivative), m.What, m.Args...)
		s.last().rare = m.Rare
	}
	return slices.ContainsFunc(mistakes, func(m chain.Mistake) bool { return !m.Rare })
}

// last returns the slip that was added last.
func (s slipsIn) last() *candidate { return &(*s.all)[len(*s.all)-1] }

// otherwise adds the rare slips of taking something else for the factor: another derivative of the same
// value, or a sum in which the part that does not change is kept.
func (s slipsIn) otherwise(siblings []chain.Factor) {
	for _, f := range siblings {
		if f != s.factor && len(siblings) <= 8 { // not for each pair of weights in a layer
			s.add(s.Local[f], "%v where %v belongs", f.String(), s.factor.String())
			s.last().rare = true
		}
	}
	s.add(s.factor.Of.Data, "%v where its derivative belongs", s.factor.Of)
	s.last().rare = true
	for _, m := range s.Kept(s.factor) {
		s.add(m.Derivative, m.What, m.Args...)
		s.last().rare = true
	}
}

// factorTwo adds the slips of a 2 or a ½ that is left out or counted twice, with the reasons
// for which there is one in the factor. Without a reason they are rare.
func (s slipsIn) factorTwo() {
	because := ""
	why := chain.Twos(s.edges)
	if why != nil {
		because = ": " + strings.Join(why, ", ")
	}
	s.add(2*s.Local[s.factor], "twice too large%s", because)
	s.last().rare = why == nil
	s.add(s.Local[s.factor]/2, "half as large as it should be%s", because)
	s.last().rare = why == nil
}

// inAllUnits returns, for each slip that can be made alike in several units of a layer, the
// slip of making it in all of them.
func inAllUnits(single []candidate) (all []candidate) {
	place := map[string]int{}
	for _, s := range single {
		i, known := place[s.kind]
		if !known {
			i, place[s.kind] = len(all), len(all)
			wrong := map[chain.Factor]float64{}
			all = append(all, candidate{factor: s.factor, what: s.what, wrong: wrong, rare: s.rare})
		}
		if _, twice := all[i].wrong[s.factor]; !twice {
			all[i].wrong[s.factor] = s.wrong[s.factor]
			s.what += ", and likewise in the other units"
			all[i].alike = append(all[i].alike, s)
		}
	}
	return slices.DeleteFunc(all, func(s candidate) bool { return len(s.alike) < 2 })
}
