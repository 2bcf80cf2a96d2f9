package layout

import (
	"cmp"
	"math"
	"slices"
)

// A Size is the size of the box of a node.
type Size struct{ Width, Height float64 }

// A Point is a place in the drawing. X grows to the right and Y downwards.
type Point struct{ X, Y float64 }

// A Graph is what Place places. Nodes are numbered from 0, and an edge leads from one node to
// another with a greater number, as from an operand to a result. Several edges may join the
// same two nodes.
type Graph struct {
	Sizes []Size   // of the nodes
	Edges [][2]int // the numbers of the nodes from which and to which each edge leads
}

// A Drawing is a placed graph. No two nodes overlap. No edge touches a node other than the two
// that it joins, unless the graph is so tangled that edges would need, on average, more than
// maxBends bends for each node and edge to go around them all.
type Drawing struct {
	Nodes []Point // the centre of each node
	// Edges has the points of each edge, from the right side of its first node to the left side
	// of its second. From a point with an even index to the next, an edge is horizontal and
	// passes a column. From there to the next point it crosses the gap between two columns.
	// There are no nodes in the gap, so that any curve may join these two points.
	Edges         [][]Point
	Width, Height float64 // of the box that holds the whole drawing, from (0, 0)
}

const (
	rowGap    = 14 // between the nodes and the passing edges of a column, in pixels
	columnGap = 32 // between two columns at least, in pixels
	maxBends  = 10 // for each node and edge, on average
)

// Place places a graph. Equal graphs get equal drawings, on every architecture: products are
// rounded before they are added, so that no compiler fuses the two operations.
//
// It panics if an edge does not lead to a node with a greater number.
func Place(g Graph) Drawing {
	if len(g.Sizes) == 0 {
		return Drawing{}
	}
	p := newPlan(g)
	p.reduceCrossings()
	p.align()
	p.straighten(g)
	return p.draw(g)
}

// draw turns columns and heights into coordinates.
func (p *plan) draw(g Graph) Drawing {
	d := Drawing{Nodes: make([]Point, p.nodes), Edges: make([][]Point, len(g.Edges))}
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, s := range p.stops {
		top, bottom = min(top, s.y-s.height/2), max(bottom, s.y+s.height/2)
	}
	d.Height = bottom - top
	gap := columnGap + min(2*columnGap, d.Height/20) // wider in a high drawing, whose edges are steep
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

// ports returns the height at which each edge arrives at its node. Edges that arrive at the
// same node are spread over its side, ordered by the heights from which they come, so that both
// edges of a·a can be seen.
func (p *plan) ports(g Graph) []float64 {
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
