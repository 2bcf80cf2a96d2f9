package chain

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// Generic returns chains of the same graph with other numbers in the leaves that have
// a name, so that no two slips coincide by chance. There are fewer of them, or none, if the
// graph is not finite around its point.
func Generic(root *gradus.Value) (points []*Chain) {
	const wanted, tries = 3, 40
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < tries && len(points) < wanted; i++ {
		// Closer and closer, for functions that are defined only there.
		reach := math.Pow(0.9, float64(i))
		nodes := Rebuild(root, func(leaf *gradus.Value) float64 {
			if leaf.Name() == "" {
				return leaf.Data // no formula of a student's can ask for it
			}
			away := (0.2 + 0.6*r.Float64()) * reach * (1 + math.Abs(leaf.Data))
			if r.IntN(2) == 0 {
				away = -away
			}
			return leaf.Data + away
		})
		c := New(nodes[len(nodes)-1])
		if c.finite() {
			points = append(points, c)
		}
	}
	return points
}

// finite reports whether every number of the graph is finite.
func (c *Chain) finite() bool {
	for v := range c.place {
		if !finite.All(v.Data) {
			return false
		}
	}
	return true
}
