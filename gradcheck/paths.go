package gradcheck

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// innerPaths adds the slips of following only one path through a value that is used several
// times within the factor.
func (s slipsIn) innerPaths() {
	uses := map[*gradus.Value][]chain.Edge{}
	var order []*gradus.Value
	for _, e := range s.edges {
		p := e.Parent()
		if uses[p] == nil {
			order = append(order, p)
		}
		uses[p] = append(uses[p], e)
	}
	for _, p := range order {
		if len(uses[p]) < 2 {
			continue
		}
		sum, parts := 0.0, make([]float64, len(uses[p]))
		for i, e := range uses[p] {
			parts[i] = s.weight(e) * s.Partial(e)
			sum += parts[i]
		}
		for i := range parts {
			d := s.Local[s.factor] - (sum - parts[i])
			s.add(d, "%v is used %d times, and only use %d is counted", p, len(uses[p]), i+1)
		}
	}
}

// outerPaths returns the slips of leaving out paths to a value from which several named values
// are computed: one path left out, or all but one.
func outerPaths(c *chain.Chain) (all []candidate) {
	uses := map[*gradus.Value][]chain.Factor{}
	for _, f := range c.Factors() {
		uses[f.By] = append(uses[f.By], f)
	}
	for _, by := range c.Named {
		n := len(uses[by])
		if n < 2 {
			continue
		}
		for i, f := range uses[by] {
			missing := fmt.Sprintf("this path, one of %d to %s, is missing from the sum", n, by.Name())
			all = append(all, leftOut(missing, f))
			if n > 2 {
				what := fmt.Sprintf("of the %d paths to %s only that by %v is summed", n, by.Name(), f)
				all = append(all, leftOut(what, slices.Delete(slices.Clone(uses[by]), i, i+1)...))
			}
		}
	}
	return all
}

// leftOut returns the slip of leaving factors out of a sum.
func leftOut(what string, factors ...chain.Factor) candidate {
	wrong := map[chain.Factor]float64{}
	for _, f := range factors {
		wrong[f] = 0
	}
	return candidate{factor: factors[0], what: what, wrong: wrong, path: true}
}
