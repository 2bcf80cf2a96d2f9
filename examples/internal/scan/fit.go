package scan

import (
	"math"
	"slices"
)

// Fit returns an image of the digit that is framed as f says: Height·Width pixels, row by row, from 0
// to 1. The digit is scaled by the same factor in both directions, so that its side has the size
// that f says, or less if the digit would not fit into the image. Then the brightness of its ink is
// changed to that of f, because a digit that was written with a thin pen becomes too faint when it
// is made smaller.
func (f Frame) Fit(ink Ink) []float64 {
	s := newShape(ink.Pix, ink.Width)
	scale := min(f.Size/f.Side.of(s),
		float64(f.Height)/float64(ink.Height), float64(f.Width)/float64(ink.Width))
	pix := ink.resample(
		windows(f.Width, ink.Width, scale, f.X.At, s.x(f.X.Middle)),
		windows(f.Height, ink.Height, scale, f.Y.At, s.y(f.Y.Middle)),
	)
	if slices.Max(pix) == 0 {
		return pix // all ink lies outside the image, as the digits of f are at its border
	}
	factor := f.Brightness / newShape(pix, f.Width).brightness
	for i, p := range pix {
		pix[i] = min(1, factor*p)
	}
	return pix
}

// A window says what a column of the image shows: the mean of columns of the ink with these weights,
// beginning with the first. Columns outside the ink have no ink, so that the weights need not add up
// to 1. Rows have windows, too.
type window struct {
	first   int
	weights []float64
}

// windows returns the windows of this number of columns of an image, if the ink is scaled and its
// position inkAt comes to the position at of the image.
//
// If the ink is enlarged, the cubic kernel interpolates between its pixels. If it is made smaller,
// the kernel is made wider, so that all pixels count equally.
func windows(columns, inkColumns int, scale, at, inkAt float64) []window {
	result := make([]window, columns)
	width := max(1, 1/scale)
	for i := range result {
		centre := inkAt + (float64(i)+0.5-at)/scale
		first, last := int(math.Floor(centre-2*width)), int(math.Ceil(centre+2*width))
		w := &result[i]
		w.first = max(0, first)
		sum := 0.0
		for j := first; j <= last; j++ {
			weight := cubic((float64(j) + 0.5 - centre) / width)
			sum += weight
			if 0 <= j && j < inkColumns {
				w.weights = append(w.weights, weight)
			}
		}
		for j := range w.weights {
			w.weights[j] /= sum
		}
	}
	return result
}

// cubic is the kernel of a smooth curve through given points. At each point the slope of the curve is
// that of the line through the two neighbouring points:
//
//	1 − 5/2 t² + 3/2 |t|³         |t| ≤ 1
//	2 − 4|t| + 5/2 t² − 1/2 |t|³  1 < |t| ≤ 2
//
// Source: E. Catmull, R. Rom, A class of local interpolating splines, Computer Aided Geometric
// Design, Academic Press, 1974.
func cubic(t float64) float64 {
	switch t = math.Abs(t); {
	case t <= 1:
		return 1 - float64((2.5-float64(1.5*t))*t*t)
	case t <= 2:
		return 2 - float64((4-float64((2.5-float64(0.5*t))*t))*t)
	}
	return 0
}

// resample returns the image that the windows show, row by row. It limits the pixels to 0 and 1, which
// the kernel exceeds a little at sharp edges.
func (k Ink) resample(columns, rows []window) []float64 {
	narrow := make([]float64, 0, k.Height*len(columns)) // the image before its height is changed
	for y := range k.Height {
		row := k.Pix[y*k.Width:]
		for _, w := range columns {
			sum := 0.0
			for j, weight := range w.weights {
				sum += float64(weight * row[w.first+j])
			}
			narrow = append(narrow, sum)
		}
	}
	var pix []float64
	for _, w := range rows {
		for x := range columns {
			sum := 0.0
			for j, weight := range w.weights {
				sum += float64(weight * narrow[(w.first+j)*len(columns)+x])
			}
			pix = append(pix, max(0, min(1, sum)))
		}
	}
	return pix
}
