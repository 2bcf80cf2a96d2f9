package gradcheck

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/finite"
)

// generic returns chains of the same graph with other numbers in its leaves, which tell slips
// apart that coincide at the given numbers. A constant keeps its number, and so does a leaf
// without a name, for which no formula of a student's can ask. There are three chains, or fewer
// if the graph is not finite around the given numbers.
func generic(root *gradus.Value) (chains []*chain.Chain) {
	const wanted, tries = 3, 40
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < tries && len(chains) < wanted; i++ {
		// Each try stays closer, for functions that are defined only there.
		reach := math.Pow(0.9, float64(i))
		nodes := chain.Rebuild(root, func(leaf *gradus.Value) float64 {
			if leaf.Name() == "" {
				return leaf.Data
			}
			away := (0.2 + 0.6*r.Float64()) * reach * (1 + math.Abs(leaf.Data))
			if r.IntN(2) == 0 {
				away = -away
			}
			return leaf.Data + away
		})
		if !slices.ContainsFunc(nodes, func(v *gradus.Value) bool { return !finite.All(v.Data) }) {
			chains = append(chains, chain.New(nodes[len(nodes)-1]))
		}
	}
	return chains
}
