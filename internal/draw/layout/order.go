package layout

import (
	"cmp"
	"slices"
)

const (
	maxSweeps = 24 // the number of times that reduceCrossings goes over all columns, at most
	patience  = 6  // it stops after as many sweeps without a better order
)

// reduceCrossings orders the stops of each column: by their neighbours on the left and on the
// right in turn, and by exchanging two stops next to each other where this leaves fewer
// crossings. Of all orders that it finds it keeps the best.
func (p *plan) reduceCrossings() {
	best, fewest := p.order(), p.crossings()
	for sweep, since := 0, 0; sweep < maxSweeps && since < patience && fewest > 0; sweep++ {
		since++
		for i := range p.columns {
			if sweep%2 == 0 {
				p.sort(p.columns[i], true)
			} else {
				p.sort(p.columns[len(p.columns)-1-i], false)
			}
		}
		p.exchange()
		if n := p.crossings(); n < fewest {
			best, fewest, since = p.order(), n, 0
		}
	}
	p.columns = best
	for _, column := range best {
		p.number(column)
	}
}

// number sets the place of each stop of a column.
func (p *plan) number(column []int) {
	for at, s := range column {
		p.stops[s].at = at
	}
}

// order returns a copy of the columns.
func (p *plan) order() [][]int {
	columns := slices.Clone(p.columns)
	for i, column := range columns {
		columns[i] = slices.Clone(column)
	}
	return columns
}

// sort orders a column by the mean place of each stop's neighbours on one side. A stop without
// neighbours there counts with its own place.
func (p *plan) sort(column []int, left bool) {
	mean := make(map[int]float64, len(column))
	for _, s := range column {
		neighbours := p.stops[s].right
		if left {
			neighbours = p.stops[s].left
		}
		if len(neighbours) == 0 {
			mean[s] = float64(p.stops[s].at)
		}
		for _, n := range neighbours {
			mean[s] += float64(p.stops[n].at) / float64(len(neighbours))
		}
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
	p.number(column)
}

// exchange exchanges stops that are next to each other in a column, as long as this leaves fewer
// crossings.
func (p *plan) exchange() {
	better := true
	for round := 0; better && round < patience; round++ {
		better = false
		for _, column := range p.columns {
			p.sortNeighbours(column)
			for i := 1; i < len(column); i++ {
				a, b := &p.stops[column[i-1]], &p.stops[column[i]]
				now := p.crossed(a.left, b.left) + p.crossed(a.right, b.right)
				if now > p.crossed(b.left, a.left)+p.crossed(b.right, a.right) {
					column[i-1], column[i] = column[i], column[i-1]
					a.at, b.at, better = i, i-1, true
				}
			}
		}
	}
}

// sortNeighbours sorts the neighbours of each stop in a column by their places.
func (p *plan) sortNeighbours(column []int) {
	byPlace := func(a, b int) int { return cmp.Compare(p.stops[a].at, p.stops[b].at) }
	for _, s := range column {
		slices.SortFunc(p.stops[s].left, byPlace)
		slices.SortFunc(p.stops[s].right, byPlace)
	}
}

// crossed returns the number of crossings between the edges of two stops in a column, by their
// neighbours on one side: a holds those of the upper stop, b those of the lower stop. Both are
// sorted by their places.
func (p *plan) crossed(a, b []int) (n int) {
	above := 0 // the number of neighbours in b that lie above the current one in a
	for _, s := range a {
		for above < len(b) && p.stops[b[above]].at < p.stops[s].at {
			above++
		}
		n += above
	}
	return n
}

// crossings returns the number of all crossings. Two edges between the same two columns cross if
// their right ends are in the opposite order of their left ends.
func (p *plan) crossings() (n int) {
	for _, column := range p.columns {
		p.sortNeighbours(column)
		var ends []int // the places of the right ends of all edges so far, sorted
		for _, s := range column {
			for _, r := range p.stops[s].right {
				end := p.stops[r].at
				above, _ := slices.BinarySearch(ends, end+1)
				n += len(ends) - above
				ends = slices.Insert(ends, above, end)
			}
		}
	}
	return n
}
