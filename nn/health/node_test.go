package health

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// What is known of a node does not depend on the order of its operands.
func TestNodes(t *testing.T) {
	a, b, c, d := gradus.New(2).As("a"), gradus.New(3).As("b"), gradus.New(4).As("c"), gradus.New(6).As("d")
	x, mask, two := gradus.New(5), gradus.New(1), gradus.Const(2)
	place := map[*gradus.Value]int{a: 0, b: 1, c: 2, d: 3, mask: -1}
	za, zb := x.Mul(a), b.Mul(x)
	h := za.Tanh()
	zc := h.Mul(c)
	for _, tt := range []struct {
		name    string
		v, from *gradus.Value // the node, and the one of which alone it is a function, if any
		want    node
	}{
		{"a weighted input", za, za, node{param: 0, part: 0, rank: 1}},
		{"its activation", h, za, node{param: 0, part: 0, rank: 1}},
		{"with a constant", h.Add(two), za, node{param: 0, part: 0, rank: 1}},
		{"and the other way round", two.Add(h), za, node{param: 0, part: 0, rank: 1}},
		{"the next layer", zc, zc, node{param: 2, part: 1, rank: 2}},
		{"a way around it", za.Add(zc), nil, node{param: 2, part: 1, rank: 2}},
		{"and the other way round", zc.Add(za), nil, node{param: 2, part: 1, rank: 2}},
		{"a sum of two in a layer", za.Add(zb), nil, node{param: 1, part: 0, rank: 1}},
		{"and the other way round", zb.Add(za), nil, node{param: 1, part: 0, rank: 1}},
		{"the way around an earlier layer", zb.Mul(c).Mul(d).Add(zc), nil, node{param: 3, part: 1, rank: 3}},
		{"a product of parameters", a.Mul(c), nil, node{fixed: true, param: 0, part: 0, rank: 1}},
		{"a function of one", c.Exp(), c, node{fixed: true, param: 2, part: 1, rank: 1}},
		{"data", x.Exp(), x, node{param: -1, part: -1}},
		{"a mask", x.Mul(mask), nil, node{param: -1, part: -1}},
		{"constants", two.Exp(), nil, node{fixed: true, source: -1, param: -1, part: -1}},
	} {
		order := gradus.Topo(tt.v)
		nodes := newGraph(order, vector{tt.v}, place, []int{0, 0, 1, 1}).nodes
		got := nodes[len(nodes)-1]
		if got.op, got.parents = "", nil; tt.want.source == 0 {
			tt.want.source = len(nodes) - 1
			if tt.from != nil {
				tt.want.source = slices.Index(order, tt.from)
			}
		}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(node{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
