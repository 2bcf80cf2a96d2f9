package health

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
)

// A graph is what is known of the graph that Forward builds, which has the same form for every
// sample. Its nodes are in topological order.
type graph struct {
	nodes   []node
	outputs []int
	points  []point
	inputs  [][]int // of each part, the nodes of other parts from which it computes its own
}

// A node is a Value of the graph.
type node struct {
	op      string
	parents []int
	source  int  // the node of which alone it is a function; itself if there are several; −1 if there is none
	fixed   bool // whether it is computed from parameters and constants alone
	param   int  // the latest parameter on which it depends; −1 if it depends on none
	part    int  // the part of that parameter, or −1
	rank    int  // how many times parameters come in on the way to it, unless it is fixed
}

// A point is where a layer may be measured: the operand z of an activation and its results a, which
// are functions of z alone and the only nodes that other ones are computed from. z·σ(z) is one
// activation, and not a σ whose slope is 0 where z is large, since z has another way around it. If phi
// is the identity, z is a node that leaves the part that computes it, and a is z.
type point struct {
	z   int
	a   []int
	phi *phi
}

// newGraph returns what is known of a graph. param is the place of each parameter, and of is its part.
func newGraph(order, outputs []*gradus.Value, param map[*gradus.Value]int, of []int) *graph {
	g := &graph{inputs: make([][]int, slices.Max(of)+1)}
	place := make(map[*gradus.Value]int, len(order))
	for i, v := range order {
		place[v] = i
		n := node{source: i, param: -1, part: -1, fixed: v.IsConst()}
		if k, trained := param[v]; v.Op() != nil {
			n = g.computed(v, place)
		} else if trained && k >= 0 {
			n.fixed, n.param = true, k
		} else if n.fixed {
			n.source = -1
		}
		if n.param >= 0 {
			n.part = of[n.param]
		}
		g.nodes = append(g.nodes, n)
	}
	for _, y := range outputs {
		g.outputs = append(g.outputs, place[y])
	}
	g.findPoints(order)
	return g
}

// computed returns what is known of a Value that was computed. What is known of its operands is in g.
func (g *graph) computed(v *gradus.Value, place map[*gradus.Value]int) node {
	n := node{op: v.Op().Name(), source: -1, fixed: true, param: -1, part: -1}
	came := -1 // the first parameter that comes in here
	for _, p := range v.Parents() {
		k := place[p]
		u := &g.nodes[k]
		n.parents = append(n.parents, k)
		n.fixed = n.fixed && u.fixed
		if n.source < 0 {
			n.source = u.source
		} else if u.source >= 0 && u.source != n.source {
			n.source = len(g.nodes)
		}
		switch {
		case u.param < 0:
		case u.fixed && came < 0:
			came = u.param
		case !u.fixed && (u.rank > n.rank || u.rank == n.rank && u.param > n.param):
			n.rank, n.param = u.rank, u.param
		}
	}
	if came >= 0 {
		n.param, n.rank = came, n.rank+1
	}
	return n
}

// isSum reports whether node i is a function of several nodes, not all of which are parameters.
func (g *graph) isSum(i int) bool {
	n := &g.nodes[i]
	return n.source == i && n.part >= 0 && !n.fixed
}

// findPoints sets points and inputs.
func (g *graph) findPoints(order []*gradus.Value) {
	used := make([]bool, len(order))     // by a function of other nodes, too
	leaves := make([]bool, len(order))   // the part that has computed it, as it is or as a function of it alone
	members := make([][]int, len(order)) // the functions of a node alone
	for _, y := range g.outputs {
		used[y], leaves[y] = true, true
	}
	for i, n := range slices.Backward(g.nodes) {
		if n.source >= 0 && n.source != i && n.part >= 0 {
			members[n.source] = slices.Insert(members[n.source], 0, i)
		}
		for _, k := range n.parents {
			p := &g.nodes[k]
			alone := p.source == n.source
			used[k] = used[k] || !alone
			leaves[k] = leaves[k] || p.part != n.part || alone && leaves[i]
			if g.isSum(i) && p.part != n.part && !p.fixed {
				g.inputs[n.part] = append(g.inputs[n.part], k)
			}
		}
	}
	for p, in := range g.inputs {
		slices.Sort(in)
		g.inputs[p] = slices.Compact(in)
	}
	for z, all := range members {
		a := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !used[i] })
		if len(all) > 0 && !used[z] {
			if phi := g.phi(order, z, all, a); phi.isActivation() {
				g.points = append(g.points, point{z, a, phi})
				continue
			}
		}
		if g.isSum(z) && leaves[z] {
			g.points = append(g.points, point{z, []int{z}, identity})
		}
	}
}

// phi returns the function of z that the nodes in all compute, of which those in a are the results. It
// reads it from their ops. Its slope is the steepest of those of all results.
func (g *graph) phi(order []*gradus.Value, z int, all, a []int) *phi {
	name, symbol := "", "φ"
	for _, i := range all {
		if op := g.nodes[i].op; !strings.Contains(name, op) {
			name += op
		}
	}
	if len(all) == 1 {
		symbol = name
	}
	return newPhi(name, symbol, func(at float64) (steepest float64) {
		x := gradus.New(at)
		values := map[int]*gradus.Value{z: x}
		for _, i := range all {
			var operands []*gradus.Value
			for _, k := range g.nodes[i].parents {
				operands = append(operands, cmp.Or(values[k], gradus.Const(order[k].Data)))
			}
			values[i] = order[i].Op().Apply(operands...)
		}
		for _, i := range a {
			x.ZeroGrad()
			values[i].Backward()
			steepest = max(steepest, math.Abs(x.Grad))
		}
		return steepest
	})
}
