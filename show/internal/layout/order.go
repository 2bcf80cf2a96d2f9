package layout

import (
	"cmp"
	"slices"
)

const (
	maxSweeps = 24 // over all columns
	patience  = 6  // sweeps without a better order after which to stop
)

// reduceCrossings orders the stops of each column: in turns by their neighbours to the left
// and to the right, and by exchanging two next to each other where that helps. It keeps the
// best order that it saw.
func (p *page) reduceCrossings() {
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

func (p *page) number(column []int) {
	for at, s := range column {
		p.stops[s].at = at
	}
}

func (p *page) order() [][]int {
	columns := slices.Clone(p.columns)
	for i, column := range columns {
		columns[i] = slices.Clone(column)
	}
	return columns
}

// sort orders a column by the mean place of the neighbours on one side, or by its own place
// where there are none.
func (p *page) sort(column []int, left bool) {
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

// exchange exchanges stops next to each other in a column while that leaves fewer crossings.
func (p *page) exchange() {
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

func (p *page) sortNeighbours(column []int) {
	byPlace := func(a, b int) int { return cmp.Compare(p.stops[a].at, p.stops[b].at) }
	for _, s := range column {
		slices.SortFunc(p.stops[s].left, byPlace)
		slices.SortFunc(p.stops[s].right, byPlace)
	}
}

// crossed counts the crossings between the edges to a, of the upper of two stops, and to b,
// of the lower. Both are sorted by place.
func (p *page) crossed(a, b []int) (n int) {
	below := 0 // how many of b lie above the current one of a
	for _, s := range a {
		for below < len(b) && p.stops[b[below]].at < p.stops[s].at {
			below++
		}
		n += below
	}
	return n
}

// crossings counts all crossings: the pairs of edges between two columns whose ends are in
// opposite order.
func (p *page) crossings() (n int) {
	for _, column := range p.columns {
		p.sortNeighbours(column)
		var ends []int // the places where the edges so far end, sorted
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
