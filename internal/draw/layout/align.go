package layout

const alignSweeps = 24 // the number of times that align goes over all columns

// align sets the height of every stop, by sweeps over all columns in which stops move towards
// their neighbours: in the first half of the sweeps towards those on the left and on the right
// in turn, and then towards those on both sides. Two places where the same edge passes attract
// each other more strongly than nodes do, so that edges are straight.
func (p *plan) align() {
	for _, column := range p.columns {
		p.pull(column, false, false)
	}
	for sweep := range alignSweeps {
		both := sweep >= alignSweeps/2
		for i, column := range p.columns {
			if sweep%2 == 0 {
				column = p.columns[len(p.columns)-1-i]
			}
			p.pull(column, both || sweep%2 != 0, both || sweep%2 == 0)
		}
	}
}

// distance returns the smallest distance allowed between the centres of two stops that are
// neighbours in a column.
func (p *plan) distance(a, b int) float64 {
	return rowGap + (p.stops[a].height+p.stops[b].height)/2
}

// isEdge reports whether a stop is a place where edges pass, and not a node.
func (p *plan) isEdge(s int) bool { return s >= p.nodes }

// pull moves the stops of a column as close as possible to the heights that they wish for, without
// changing their order and without falling below the smallest distances between them: it minimises
// the weighted sum of (height − wish)². Subtract from each height the smallest distance between the
// stop and the top stop of the column: then the only condition left is that heights do not decrease
// from stop to stop. That is isotonic regression, and pooling adjacent violators solves it.
//
// Source: R. E. Barlow and others, Statistical inference under order restrictions, 1972.
func (p *plan) pull(column []int, left, right bool) {
	type pool struct {
		y, weight float64
		n         int
	}
	var pools []pool
	fromTop := make([]float64, len(column))
	for i, s := range column {
		if i > 0 {
			fromTop[i] = fromTop[i-1] + p.distance(column[i-1], s)
		}
		y, weight := p.wish(s, left, right)
		last := pool{y - fromTop[i], weight, 1}
		for k := len(pools) - 1; k >= 0 && pools[k].y >= last.y; k-- {
			w := pools[k].weight + last.weight
			y := (float64(pools[k].y*pools[k].weight) + float64(last.y*last.weight)) / w
			last = pool{y, w, pools[k].n + last.n}
			pools = pools[:k]
		}
		pools = append(pools, last)
	}
	for _, pool := range pools {
		for _, s := range column[:pool.n] {
			p.stops[s].y = pool.y + fromTop[0]
			fromTop = fromTop[1:]
		}
		column = column[pool.n:]
	}
}

// wish returns the height at which a stop wishes to be, the weighted mean of its neighbours'
// heights, and the weight of this wish.
func (p *plan) wish(s int, left, right bool) (y, weight float64) {
	const faint = 1e-3 // a stop without neighbours wishes to stay, but gives way to all others
	y, weight = faint*p.stops[s].y, faint
	var neighbours []int
	if left {
		neighbours = append(neighbours, p.stops[s].left...)
	}
	if right {
		neighbours = append(neighbours, p.stops[s].right...)
	}
	for _, n := range neighbours {
		w := p.weight(s, n)
		y, weight = y+float64(w*p.stops[n].y), weight+w
	}
	return y / weight, weight
}

// weight returns how strongly two stops attract each other.
func (p *plan) weight(a, b int) float64 {
	if p.isEdge(a) && p.isEdge(b) {
		return 8
	}
	return 1
}
