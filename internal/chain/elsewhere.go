package chain

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/naming"
)

// Elsewhere returns chains of the same graph with other numbers in its leaves, which tell
// slips apart that coincide at the given numbers. A constant keeps its number, and so does a leaf
// without a name, for which no formula of a student's can ask. Leaves that look like the probabilities of
// a distribution, such as targets t1, t2 and t3 that are not negative and sum to 1, get other
// probabilities. There are three chains, or fewer if the graph is not finite around the given numbers.
// Numbers are left out at which a σ or tanh is flat that is not so at the given ones: there its derivative,
// computed from the result, is but rounding.
func (c *Chain) Elsewhere() []*Chain { return c.ElsewhereWith(nil) }

// ElsewhereWith returns what Elsewhere does, with fixed numbers in some leaves. Leaves that are given as
// probabilities are taken for such whatever their names are.
func (c *Chain) ElsewhereWith(
	fixed map[*gradus.Value]float64, probabilities ...*gradus.Value,
) (chains []*Chain) {
	const wanted, tries = 3, 40
	root, newChain := c.root()
	r := rand.New(rand.NewPCG(1, 2))
	leaves, groups := moving(root)
	if areProbabilities(probabilities) {
		groups = append(groups, probabilities)
	}
	for i := 0; i < tries && len(chains) < wanted; i++ {
		// Each try stays closer, for functions that are defined only there.
		reach := math.Pow(0.9, float64(i))
		numbers := map[*gradus.Value]float64{}
		for _, leaf := range leaves {
			away := (0.2 + 0.6*r.Float64()) * reach * (1 + math.Abs(leaf.Data))
			if r.IntN(2) == 0 {
				away = -away
			}
			numbers[leaf] = leaf.Data + away
		}
		for _, group := range groups {
			sum := 0.0
			for _, leaf := range group {
				sum += math.Abs(numbers[leaf])
			}
			for _, leaf := range group {
				numbers[leaf] = math.Abs(numbers[leaf]) / sum
			}
		}
		maps.Copy(numbers, fixed)
		nodes := Rebuild(root, func(leaf *gradus.Value) float64 {
			if number, moves := numbers[leaf]; moves {
				return number
			}
			return leaf.Data
		})
		if isUseful(gradus.Topo(root), nodes) {
			chains = append(chains, newChain(nodes[len(nodes)-1]))
		}
	}
	return chains
}

// isUseful reports whether nodes with other numbers than given ones are finite, and no flatter.
func isUseful(given, nodes []*gradus.Value) bool {
	for i, v := range nodes {
		if !finite.All(v.Data) || isFlat(v) && !isFlat(given[i]) {
			return false
		}
	}
	return true
}

// isFlat reports whether v is a σ or tanh whose slope is so small that little of its digits is left.
func isFlat(v *gradus.Value) bool {
	kind := builtin.Of(v.Op())
	return (kind == builtin.Sigmoid || kind == builtin.Tanh) && math.Abs(Partials(v)[0]) < 1e-7
}

// Moving returns the leaves that Elsewhere moves.
func (c *Chain) Moving() []*gradus.Value {
	root, _ := c.root()
	leaves, _ := moving(root)
	return leaves
}

// Zeros returns the leaves that Elsewhere moves away from 0, but for probabilities.
func (c *Chain) Zeros() (zeros []*gradus.Value) {
	root, _ := c.root()
	leaves, probabilities := moving(root)
	for _, v := range leaves {
		if v.Data == 0 && !slices.Contains(slices.Concat(probabilities...), v) {
			zeros = append(zeros, v)
		}
	}
	return zeros
}

// root returns the root of all that the chain is about, and the function that makes a chain of it.
func (c *Chain) root() (root *gradus.Value, newChain func(root *gradus.Value) *Chain) {
	if c.both != nil {
		return c.both, newHigher
	}
	return c.Named[0], New
}

// moving returns the leaves that Elsewhere moves, and those of them that look like probabilities together.
func moving(root *gradus.Value) (leaves []*gradus.Value, probabilities [][]*gradus.Value) {
	var patterns []string
	alike := map[string][]*gradus.Value{}
	for _, v := range gradus.Topo(root) {
		if v.Op() == nil && v.Name() != "" && !v.IsConst() {
			pattern := naming.Pattern(v.Name())
			if alike[pattern] == nil {
				patterns = append(patterns, pattern)
			}
			leaves, alike[pattern] = append(leaves, v), append(alike[pattern], v)
		}
	}
	for _, pattern := range patterns {
		if areProbabilities(alike[pattern]) {
			probabilities = append(probabilities, alike[pattern])
		}
	}
	return leaves, probabilities
}

// areProbabilities reports whether the numbers of several leaves are not negative and sum to 1.
func areProbabilities(leaves []*gradus.Value) bool {
	sum := 0.0
	for _, leaf := range leaves {
		if !(leaf.Data >= 0) {
			return false
		}
		sum += leaf.Data
	}
	return len(leaves) > 1 && math.Abs(sum-1) < 1e-9
}
