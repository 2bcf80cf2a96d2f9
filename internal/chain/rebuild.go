package chain

import "github.com/gradus-go/gradus"

// Rebuild computes the graph under root again and returns the new nodes in the order of
// [gradus.Topo], so the root is the last. They have the names of the old ones. A constant keeps
// its number; any other new leaf holds what number returns for the old leaf.
func Rebuild(root *gradus.Value, number func(leaf *gradus.Value) float64) []*gradus.Value {
	order := gradus.Topo(root)
	copies := make(map[*gradus.Value]*gradus.Value, len(order))
	nodes := make([]*gradus.Value, len(order))
	for i, v := range order {
		switch {
		case v.Op() != nil:
			x := make([]*gradus.Value, len(v.Parents()))
			for k, p := range v.Parents() {
				x[k] = copies[p]
			}
			nodes[i] = v.Op().Apply(x...)
		case v.IsConst():
			nodes[i] = gradus.Const(v.Data)
		default:
			nodes[i] = gradus.New(number(v))
		}
		if v.Name() != "" {
			nodes[i].As(v.Name())
		}
		copies[v] = nodes[i]
	}
	return nodes
}
