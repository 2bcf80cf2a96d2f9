package chart

import "gonum.org/v1/plot/plotter"

// columns is into how many columns a line is divided, which is twice as many as there are pixels.
const columns = 2000

// thinned returns the points of a line without those that nobody can see. If there are many, and x
// grows, it keeps of each column the first, the last, the lowest and the highest point.
func thinned(points plotter.XYs) plotter.XYs {
	n := len(points)
	if n <= 4*columns {
		return points
	}
	width := (points[n-1].X - points[0].X) / columns
	column := func(i int) int { return int((points[i].X - points[0].X) / width) }
	var kept plotter.XYs
	for first := 0; first < n; {
		lowest, highest, last := first, first, first
		for i := first; i < n && column(i) == column(first); i++ {
			if i > 0 && points[i].X < points[i-1].X {
				return points
			}
			if points[i].Y < points[lowest].Y {
				lowest = i
			}
			if points[i].Y > points[highest].Y {
				highest = i
			}
			last = i
		}
		before := -1
		for _, i := range []int{first, min(lowest, highest), max(lowest, highest), last} {
			if i > before {
				kept, before = append(kept, points[i]), i
			}
		}
		first = last + 1
	}
	return kept
}
