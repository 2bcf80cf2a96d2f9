package chain

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
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
		c := New(rebuild(root, func(x float64) float64 {
			away := (0.2 + 0.6*r.Float64()) * reach * (1 + math.Abs(x))
			if r.IntN(2) == 0 {
				away = -away
			}
			return x + away
		}))
		if c.finite() {
			points = append(points, c)
		}
	}
	return points
}

// finite reports whether every number of the graph is finite.
func (c *Chain) finite() bool {
	for v := range c.place {
		if math.IsNaN(v.Data - v.Data) {
			return false
		}
	}
	return true
}

// rebuild computes a graph again with other numbers in the leaves that have a name.
func rebuild(root *gradus.Value, leaf func(x float64) float64) *gradus.Value {
	copies := map[*gradus.Value]*gradus.Value{}
	for _, v := range gradus.Topo(root) {
		switch {
		case v.Op() != nil:
			x := make([]*gradus.Value, len(v.Parents()))
			for i, p := range v.Parents() {
				x[i] = copies[p]
			}
			copies[v] = v.Op().Apply(x...)
		case v.Name() != "":
			copies[v] = gradus.New(leaf(v.Data))
		default:
			copies[v] = gradus.New(v.Data)
		}
		if v.Name() != "" {
			copies[v].As(v.Name())
		}
	}
	return copies[root]
}
