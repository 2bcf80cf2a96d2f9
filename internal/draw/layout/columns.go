package layout

import (
	"fmt"
	"slices"
)

// A plan is a graph that is being placed.
type plan struct {
	nodes   int     // the number of nodes
	stops   []stop  // first the nodes, then the places where edges pass a column
	columns [][]int // the stops of each column, from top to bottom
	lines   [][]int // the places where the edges of each node pass, from left to right
	paths   [][]int // the stops of each edge, from left to right
}

// A stop is a node, or a place where the edges that leave one node pass a column together.
type stop struct {
	column, at  int     // the column, and the place in it from the top
	left, right []int   // the stops in the two columns beside it to which edges lead
	height, y   float64 // the height of its box, and where its centre is
}

// newPlan puts each node into the column before the first one in which its value is used, and
// orders the columns so that no edges of a tree cross.
func newPlan(g Graph) *plan {
	p := &plan{nodes: len(g.Sizes)}
	last := 0
	for v, far := range distances(g) {
		p.stops = append(p.stops, stop{column: far, height: g.Sizes[v].Height})
		last = max(last, far)
	}
	p.columns = make([][]int, last+1)
	for v := range p.stops {
		p.stops[v].column = last - p.stops[v].column
	}
	p.lead(g)
	entered := make([]bool, len(p.stops))
	enter := func(s int) {
		if c := p.stops[s].column; !entered[s] {
			entered[s], p.stops[s].at = true, len(p.columns[c])
			p.columns[c] = append(p.columns[c], s)
		}
	}
	for v := range p.nodes {
		if p.stops[v].column == last {
			enter(v)
		}
	}
	for c := last; c > 0; c-- {
		for _, s := range p.columns[c] {
			for _, l := range p.stops[s].left {
				enter(l)
			}
		}
	}
	return p
}

// distances returns, for each node, the number of edges on the longest path from it to a node
// that no other node uses.
func distances(g Graph) []int {
	uses := make([][]int, len(g.Sizes))
	for i, e := range g.Edges {
		if e[0] >= e[1] {
			panic(fmt.Sprintf("layout: edge %d leads from node %d to node %d, "+
				"want it to lead to a greater number", i, e[0], e[1]))
		}
		uses[e[0]] = append(uses[e[0]], e[1])
	}
	distance := make([]int, len(g.Sizes))
	for v := range slices.Backward(uses) {
		for _, u := range uses[v] {
			distance[v] = max(distance[v], distance[u]+1)
		}
	}
	return distance
}

// lead makes a stop in each column that the edges of a node pass, and joins the stops. Once
// there are as many of these stops as maxBends allows, it leads edges straight that would need
// more.
func (p *plan) lead(g Graph) {
	bends := maxBends * (len(g.Sizes) + len(g.Edges))
	p.lines = make([][]int, len(g.Sizes))
	joined := map[[2]int]bool{}
	for _, e := range g.Edges {
		from, to := e[0], e[1]
		first, n := p.stops[from].column+1, p.stops[to].column-p.stops[from].column-1
		if n > len(p.lines[from])+bends {
			p.paths = append(p.paths, []int{from, to}) // straight
			continue
		}
		for ; len(p.lines[from]) < n; bends-- {
			p.stops = append(p.stops, stop{column: first + len(p.lines[from])})
			p.lines[from] = append(p.lines[from], len(p.stops)-1)
		}
		path := slices.Concat([]int{from}, p.lines[from][:n], []int{to})
		p.paths = append(p.paths, path)
		for i, s := range path[1:] {
			if l := path[i]; !joined[[2]int{l, s}] {
				joined[[2]int{l, s}] = true
				p.stops[l].right = append(p.stops[l].right, s)
				p.stops[s].left = append(p.stops[s].left, l)
			}
		}
	}
}
