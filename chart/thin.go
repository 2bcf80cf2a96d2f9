package chart

import "gonum.org/v1/plot/plotter"

// thinned returns the points of a line without those that nobody can see: of some thousands it keeps the
// lowest and the highest of each two-thousandth, which is half as wide as a pixel, and the ends.
func thinned(points plotter.XYs) plotter.XYs {
	each := len(points) / 2000
	if each <= 4 {
		return points
	}
	kept := plotter.XYs{points[0]}
	for from := 0; from < len(points); from += each {
		lowest, highest := from, from
		for i := from; i < min(from+each, len(points)); i++ {
			if points[i].Y < points[lowest].Y {
				lowest = i
			} else if points[i].Y > points[highest].Y {
				highest = i
			}
		}
		kept = append(kept, points[min(lowest, highest)], points[max(lowest, highest)])
	}
	return append(kept, points[len(points)-1])
}
