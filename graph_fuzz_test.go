package gradus_test

import (
	"testing"

	"github.com/gradus-go/gradus"
)

// FuzzTopo checks the order of random graphs by its definition.
func FuzzTopo(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		p := newProgram(data)
		nodes := p.run(gradus.Values(p.leaves), nil)
		roots := []*gradus.Value{nodes[len(nodes)-1], nodes[len(nodes)/2]}
		order := gradus.Topo(roots...)
		place := map[*gradus.Value]int{}
		for i, v := range order {
			if first, twice := place[v]; twice {
				t.Errorf("node %d is node %d again", i, first)
			}
			place[v] = i
			for _, p := range v.Parents() {
				if _, before := place[p]; !before {
					t.Errorf("node %d (%v) comes before its parent (%v)", i, v, p)
				}
			}
		}
		reachable := map[*gradus.Value]bool{}
		var visit func(v *gradus.Value)
		visit = func(v *gradus.Value) {
			if reachable[v] {
				return
			}
			reachable[v] = true
			if _, ok := place[v]; !ok {
				t.Errorf("%v is missing", v)
			}
			for _, p := range v.Parents() {
				visit(p)
			}
		}
		for _, r := range roots {
			visit(r)
		}
		if len(order) != len(reachable) {
			t.Errorf("%d nodes in order, want the %d that the roots depend on", len(order), len(reachable))
		}
	})
}
