package layout

const alignments = 24 // sweeps over all columns

// align sets the height of every stop. Each is drawn towards its neighbours, first to those
// on one side in turns, at last to those on both, and edges that pass a column more
// strongly than nodes, so that they are straight.
func (p *page) align() {
	for _, column := range p.columns {
		p.pull(column, false, false)
	}
	for sweep := range alignments {
		both := sweep >= alignments/2
		for i, column := range p.columns {
			if sweep%2 == 0 {
				column = p.columns[len(p.columns)-1-i]
			}
			p.pull(column, both || sweep%2 != 0, both || sweep%2 == 0)
		}
	}
}

// distance returns how far apart the centres of two stops next to each other must be.
func (p *page) distance(a, b int) float64 {
	return rowGap + (p.stops[a].height+p.stops[b].height)/2
}

// isEdge reports whether a stop is a place where edges pass.
func (p *page) isEdge(s int) bool { return s >= p.nodes }

// pull moves the stops of a column as near to the mean of their neighbours as the distances
// allow: it minimises the weighted sum of squares. In terms of y less the distances from
// the top of the column that is isotonic regression, solved by pooling adjacent violators.
//
// Source: R. E. Barlow and others, Statistical inference under order restrictions, 1972.
func (p *page) pull(column []int, left, right bool) {
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

// wish returns where a stop would like to be, and how strongly.
func (p *page) wish(s int, left, right bool) (y, weight float64) {
	const faint = 1e-3 // a stop without neighbours stays, but gives way to all others
	y, weight = faint*p.stops[s].y, faint
	var neighbours []int
	if left {
		neighbours = append(neighbours, p.stops[s].left...)
	}
	if right {
		neighbours = append(neighbours, p.stops[s].right...)
	}
	for _, n := range neighbours {
		w := 1.0
		if p.isEdge(s) && p.isEdge(n) {
			w = 8
		}
		y, weight = y+float64(w*p.stops[n].y), weight+w
	}
	return y / weight, weight
}
