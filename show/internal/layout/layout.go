// Package layout places the nodes of a directed acyclic graph in columns, from left to
// right, and leads its edges around them.
//
// It is the layered layout: nodes are given to columns so that every edge leads to the
// right, each column is ordered so that few edges cross, and then moved up and down so that
// edges are short. All edges that leave one node run together until they have to part, so
// that a value used a hundred times is one line with branches.
//
// Source: K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of
// hierarchical system structures, IEEE Trans. SMC 11(2), 1981.
package layout

import (
	"cmp"
	"math"
	"slices"
)

// A Size is that of a node's box.
type Size struct{ Width, Height float64 }

// A Point is a place on the page: X grows to the right and Y downwards.
type Point struct{ X, Y float64 }

// A Graph is what Place places. An edge leads from one node to another of a greater number,
// as from an operand to a result; several edges may join the same two nodes.
type Graph struct {
	Sizes []Size
	Edges [][2]int
}

// A Drawing is a placed graph. No two nodes overlap, and no edge touches a node other than
// its own two, unless the graph is so tangled that it would take more than maxBends bends
// to each node and edge to go around them all.
type Drawing struct {
	Nodes []Point // the centre of each node
	// Edges has the points of each edge, from the right side of its first node to the left side
	// of its second. From an even point to the next an edge is horizontal and passes a column;
	// from there to the next even point it crosses the gap between two columns, which is free
	// of nodes, so that any curve between the two will do.
	Edges         [][]Point
	Width, Height float64 // the box that holds all, from (0, 0)
}

const (
	rowGap    = 14 // between what is in a column, nodes and passing edges
	columnGap = 36 // between two columns, at least
	maxBends  = 10
)

// Place places a graph. Equal graphs get equal drawings.
//
// No product is fused with a sum, so that drawings are equal on every architecture.
//
// It panics if an edge does not lead to a node of a greater number.
func Place(g Graph) Drawing {
	if len(g.Sizes) == 0 {
		return Drawing{}
	}
	p := newPage(g)
	p.reduceCrossings()
	p.align()
	return p.draw(g)
}

// draw turns columns and heights into coordinates.
func (p *page) draw(g Graph) Drawing {
	d := Drawing{Nodes: make([]Point, p.nodes), Edges: make([][]Point, len(g.Edges))}
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, s := range p.stops {
		top, bottom = min(top, s.y-s.height/2), max(bottom, s.y+s.height/2)
	}
	d.Height = bottom - top
	gap := columnGap + min(2*columnGap, d.Height/20) // the higher, the steeper are edges
	left, right := make([]float64, len(p.columns)), make([]float64, len(p.columns))
	for v, size := range g.Sizes {
		c := p.stops[v].column
		right[c] = max(right[c], size.Width)
	}
	for c := range left {
		if c > 0 {
			left[c] = right[c-1] + gap
		}
		right[c] += left[c]
		d.Width = right[c]
	}
	for i := range p.stops {
		p.stops[i].y -= top
	}
	for v := range d.Nodes {
		c := p.stops[v].column
		d.Nodes[v] = Point{(left[c] + right[c]) / 2, p.stops[v].y}
	}
	ports := p.ports(g)
	for e, path := range p.paths {
		from, to := g.Edges[e][0], g.Edges[e][1]
		points := []Point{{d.Nodes[from].X + g.Sizes[from].Width/2, d.Nodes[from].Y}}
		for _, s := range path[:len(path)-1] {
			c, y := p.stops[s].column, p.stops[s].y
			points = append(points, Point{left[c], y}, Point{right[c], y})
		}
		points = slices.Delete(points, 1, 2) // the left side of the first column
		points = append(points, Point{left[p.stops[to].column], ports[e]})
		d.Edges[e] = append(points, Point{d.Nodes[to].X - g.Sizes[to].Width/2, ports[e]})
	}
	return d
}

// ports returns the height at which each edge arrives. The edges that arrive at one node
// are spread over its side, in the order in which they come, so that the two of a·a show.
func (p *page) ports(g Graph) []float64 {
	arriving := make([][]int, p.nodes)
	for e, edge := range g.Edges {
		arriving[edge[1]] = append(arriving[edge[1]], e)
	}
	before := func(e int) float64 { return p.stops[p.paths[e][len(p.paths[e])-2]].y }
	ports := make([]float64, len(g.Edges))
	for v, edges := range arriving {
		slices.SortStableFunc(edges, func(e, f int) int { return cmp.Compare(before(e), before(f)) })
		n := float64(len(edges))
		step := min(14, 0.6*g.Sizes[v].Height/n)
		for i, e := range edges {
			ports[e] = p.stops[v].y + float64((float64(i)-(n-1)/2)*step)
		}
	}
	return ports
}
