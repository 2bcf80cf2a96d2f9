package layout

import (
	"cmp"
	"math"
	"slices"
)

const straightSweeps = 8 // the number of times that straighten goes over all lines, at most

// straighten makes lines straight that align has left almost so. It keeps the order of each column and
// the smallest distances. A bend counts however small it is: each edge that leaves a node draws the line
// as far as it follows it, and so the picture of a node that is used all along a chain would grow with
// the square of the chain.
func (p *plan) straighten(g Graph) {
	p.level(g)
	for moved, sweep := true, 0; moved && sweep < straightSweeps; sweep++ {
		moved = false
		for v, line := range p.lines {
			for len(line) > 0 {
				n, y := p.straight(v, line)
				for _, s := range line[:n] {
					moved = moved || p.stops[s].y != y
					p.stops[s].y = y
				}
				line = line[n:]
			}
		}
	}
}

// level moves each column as a whole, so that the sum of the heights by which edges climb between two
// columns is as small as it can be: of many lines side by side most are level. What align minimises, the
// sum of the squares, lets a chain with a line beside it climb from column to column, since each of its
// nodes is drawn a little towards the line.
func (p *plan) level(g Graph) {
	climbs := make([][]climb, len(p.columns)) // from the column before
	join := func(l, s int, y, weight float64) {
		if c := p.stops[s].column; p.stops[l].column == c-1 {
			climbs[c] = append(climbs[c], climb{p.stops[l].y - y, weight})
		}
	}
	for v, line := range p.lines {
		for i, s := range line {
			l := v
			if i > 0 {
				l = line[i-1]
			}
			join(l, s, p.stops[s].y, p.weight(l, s))
		}
	}
	for e, y := range p.ports(g) {
		path := p.paths[e]
		l, v := path[len(path)-2], path[len(path)-1]
		join(l, v, y, p.weight(l, v))
	}
	shift := 0.0
	for c, column := range p.columns {
		shift += median(climbs[c], 0)
		for _, s := range column {
			p.stops[s].y += shift
		}
	}
}

// A climb is the height by which a stop would have to move to be level with a neighbour.
type climb struct{ height, weight float64 }

// median returns the weighted median of climbs or, if all heights between two of them are medians, that
// which is nearest to a given one.
func median(climbs []climb, to float64) float64 {
	slices.SortFunc(climbs, func(a, b climb) int { return cmp.Compare(a.height, b.height) })
	balance := 0.0 // the weight of the climbs from here on, minus that of those before
	for _, c := range climbs {
		balance += c.weight
	}
	low, high := math.Inf(-1), math.Inf(1) // the first and the last median
	for _, c := range climbs {
		if balance >= 0 {
			high = c.height
		}
		if balance > 0 {
			low = c.height
		}
		balance -= 2 * c.weight
	}
	return max(low, min(to, high))
}

// straight returns how many stops of a line of node v, from the first one on, have room at one height,
// and that height: of the node, if it is possible, and otherwise the nearest to where the stops are.
func (p *plan) straight(v int, line []int) (n int, y float64) {
	low, high, sum := math.Inf(-1), math.Inf(1), 0.0
	for n < len(line) {
		top, bottom := p.room(line[n])
		top, bottom = max(top, low), min(bottom, high)
		if top > bottom {
			break
		}
		low, high = top, bottom
		sum += p.stops[line[n]].y
		n++
	}
	y = sum / float64(n)
	if h := p.stops[v].y; line[0] == p.lines[v][0] && low <= h && h <= high {
		y = h
	}
	return n, max(low, min(y, high))
}

// room returns the heights between which a stop can move while the others of its column stay.
func (p *plan) room(s int) (top, bottom float64) {
	column, at := p.columns[p.stops[s].column], p.stops[s].at
	top, bottom = math.Inf(-1), math.Inf(1)
	if at > 0 {
		above := column[at-1]
		top = p.stops[above].y + p.distance(above, s)
	}
	if at+1 < len(column) {
		below := column[at+1]
		bottom = p.stops[below].y - p.distance(s, below)
	}
	return min(top, p.stops[s].y), max(bottom, p.stops[s].y)
}
