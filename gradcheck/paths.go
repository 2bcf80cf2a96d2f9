package gradcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/naming"
)

// innerPaths adds the slips of following only one path through a value that is used several
// times within the factor.
func (s slipsIn) innerPaths() {
	uses, sum := map[*gradus.Value]int{}, map[*gradus.Value]float64{}
	part := func(e chain.Edge) float64 { return s.weight(e) * s.Partial(e) }
	for _, e := range s.edges {
		uses[e.Parent()]++
		sum[e.Parent()] += part(e)
	}
	for _, e := range s.edges {
		x, n, d := e.Parent(), uses[e.Parent()], s.Local[s.factor]-sum[e.Parent()]+part(e)
		if n < 2 {
			continue
		}
		s.add(d, "%v is used %d times, and only its use in %v is counted", x, n, e.Node)
		s.last().inner = true
		s.add(s.Local[s.factor]-2*part(e), "wrong sign of the part with %v", e.Node)
		s.last().rare = true
	}
}

// outerPaths returns the slips of leaving out paths to a value from which several named values
// are computed: one path left out, or all but one.
func outerPaths(c *chain.Chain) (all []candidate) {
	uses := c.Uses()
	for _, by := range c.Named {
		n := len(uses[by])
		for i, f := range uses[by] {
			if n > 1 {
				all = append(all, without(uses[by], f))
			}
			if n > 2 {
				all = append(all, without(uses[by], slices.Delete(slices.Clone(uses[by]), i, i+1)...))
			}
		}
	}
	return all
}

// without returns the slip of leaving factors out of the sum over all uses of a value.
func without(uses []chain.Factor, factors ...chain.Factor) candidate {
	wrong := map[chain.Factor]float64{}
	for _, f := range factors {
		wrong[f] = 0
	}
	kind := "paths to " + naming.Pattern(uses[0].By.Name())
	return candidate{factor: factors[0], kind: kind, wrong: wrong, uses: uses}
}

// leftOut returns a clause that says what paths the slip s leaves out of claim i, given the factors
// above it. It returns "" if they are all its paths, or none.
func (p *point) leftOut(i int, s candidate, above map[chain.Factor]bool) string {
	of := p.Named[p.claims[i].of]
	var kept, missing []string
	for _, f := range s.uses {
		if !above[f] {
			continue
		}
		if _, out := s.wrong[f]; out {
			missing = append(missing, p.Path(of, f))
		} else {
			kept = append(kept, p.Path(of, f))
		}
	}
	all := fmt.Sprintf("all %d paths to %s must be added", len(kept)+len(missing), s.factor.By.Name())
	all = strings.Replace(all, "all 2", "both", 1)
	switch {
	case len(kept) == 0 || len(missing) == 0:
		return ""
	case len(missing) == 1:
		return "the path " + missing[0] + " is missing: " + all
	}
	return "only the path " + kept[0] + " is counted: " + all
}
