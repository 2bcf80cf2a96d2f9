package scan

import (
	"errors"
	"image"
	"image/draw"
	"slices"
)

// Ink says how much ink there is on each pixel of a picture, row by row, from 0, the background, to 1,
// solid ink. It is cropped: there is ink in the first and in the last row and column.
type Ink struct {
	Width, Height int
	Pix           []float64
}

// newInk finds the ink in a picture, whatever its two colours are. Pixels whose brightness differs
// from the border of the picture are ink, unless the difference is below a threshold, which is
// computed for each picture: then it is noise, or uneven paper. Pixels above the threshold keep
// their shade, so that the edges of a stroke stay gray.
func newInk(picture image.Image) (Ink, error) {
	g, err := levels(picture)
	if err != nil {
		return Ink{}, err
	}
	ink := Ink{Width: g.Rect.Dx(), Height: g.Rect.Dy()}
	difference := contrast(g)
	count := make([]int, slices.Max(difference)+1)
	for _, d := range difference {
		count[d]++
	}
	threshold := otsu(count)
	solid := float64(quantile95(count, threshold))
	ink.Pix = make([]float64, len(difference))
	for i, d := range difference {
		if d > threshold {
			ink.Pix[i] = min(1, float64(d)/solid)
		}
	}
	ink.removeSpecks()
	return ink.crop(), nil
}

// levels returns the brightness of a picture. Transparent parts are seen on white paper, or on black
// paper if nothing could be seen on white.
func levels(picture image.Image) (*image.Gray16, error) {
	g := image.NewGray16(picture.Bounds().Sub(picture.Bounds().Min))
	for _, paper := range []image.Image{image.White, image.Black} {
		draw.Draw(g, g.Rect, paper, image.Point{}, draw.Src)
		draw.Draw(g, g.Rect, picture, picture.Bounds().Min, draw.Over)
		for i := range g.Pix {
			if g.Pix[i] != g.Pix[i%2] { // a pixel has two bytes
				return g, nil
			}
		}
	}
	return nil, errors.New("all pixels are equally bright, want a digit on a background")
}

// contrast returns by how much each pixel is darker than the background if the ink is darker than
// the paper, and by how much it is lighter otherwise. A pixel that differs in the other direction
// gets 0. The unit is half a level, so that the numbers are from 0 to 131,070.
//
// The background is the median of the pixels at the border of the picture, because a digit may
// cover parts of the border. The sums of the squared differences decide whether the ink is darker:
// a few strokes then weigh more than paper that is a little uneven.
func contrast(g *image.Gray16) []int32 {
	width, height := g.Rect.Dx(), g.Rect.Dy()
	border := make([]int32, 0, min(2*(width+height), width*height))
	difference := make([]int32, 0, width*height)
	var darker, lighter float64
	for y := range height {
		for x := range width {
			level := int32(g.Gray16At(x, y).Y)
			difference = append(difference, level)
			if x == 0 || y == 0 || x == width-1 || y == height-1 {
				border = append(border, level)
			}
		}
	}
	slices.Sort(border)
	n := len(border)
	background := border[(n-1)/2] + border[n/2] // twice the median
	for i, level := range difference {
		difference[i] = 2*level - background
		square := float64(difference[i]) * float64(difference[i])
		if difference[i] < 0 {
			darker += square
		} else {
			lighter += square
		}
	}
	for i, d := range difference {
		if darker >= lighter {
			d = -d
		}
		difference[i] = max(0, d)
	}
	return difference
}

// otsu returns the threshold that separates numbers best into two classes, those up to the threshold
// and those above it. Each number v occurs count[v] times. The best threshold is the one for which
// the variance between the classes is largest, which is proportional to
//
//	n₀n₁(μ₀ − μ₁)²
//
// where the classes have n₀ and n₁ numbers with the means μ₀ and μ₁.
//
// Source: N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on
// Systems, Man, and Cybernetics 9(1), 1979.
func otsu(count []int) (threshold int32) {
	var n, sum, n0, sum0, largest float64
	for v, c := range count {
		n += float64(c)
		sum += float64(v * c)
	}
	for v, c := range count[:len(count)-1] {
		n0 += float64(c)
		sum0 += float64(v * c)
		if n0 == 0 {
			continue
		}
		n1 := n - n0
		between := sum0/n0 - (sum-sum0)/n1
		if variance := n0 * n1 * between * between; variance > largest {
			largest, threshold = variance, int32(v)
		}
	}
	return threshold
}

// quantile95 returns the number that 95 % of the numbers above a threshold do not exceed. It stands for
// solid ink, which a few pixels of noise may exceed.
func quantile95(count []int, threshold int32) int {
	n := 0
	for _, c := range count[threshold+1:] {
		n += c
	}
	v := len(count) - 1
	for above := count[v]; 100*above <= 5*n; above += count[v] {
		v--
	}
	return v
}

// removeSpecks removes every connected part of the ink that has less than 1/20 of the ink of the part
// with most ink. Pixels that touch at a corner are connected, too.
func (k *Ink) removeSpecks() {
	part := make([]int32, len(k.Pix)) // the number of the part, from 1; 0 is none
	sums := []float64{0}
	var stack []int32
	visit := func(i int) {
		if k.Pix[i] > 0 && part[i] == 0 {
			part[i] = int32(len(sums) - 1)
			sums[len(sums)-1] += k.Pix[i]
			stack = append(stack, int32(i))
		}
	}
	for i := range k.Pix {
		if k.Pix[i] == 0 || part[i] != 0 {
			continue
		}
		sums = append(sums, 0)
		for visit(i); len(stack) > 0; {
			last := int(stack[len(stack)-1])
			stack = stack[:len(stack)-1]
			x, y := last%k.Width, last/k.Width
			for v := max(0, y-1); v <= min(k.Height-1, y+1); v++ {
				for u := max(0, x-1); u <= min(k.Width-1, x+1); u++ {
					visit(v*k.Width + u)
				}
			}
		}
	}
	most := slices.Max(sums)
	for i, p := range part {
		if 20*sums[p] < most {
			k.Pix[i] = 0
		}
	}
}

// crop returns the smallest rectangle that contains all ink. It takes the memory of k, in which the rows of
// the rectangle move towards the beginning.
func (k *Ink) crop() Ink {
	var box image.Rectangle
	for i, p := range k.Pix {
		if p > 0 {
			x, y := i%k.Width, i/k.Width
			box = box.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	cropped := Ink{box.Dx(), box.Dy(), k.Pix[:0]}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := k.Pix[y*k.Width:][:k.Width]
		cropped.Pix = append(cropped.Pix, row[box.Min.X:box.Max.X]...)
	}
	return cropped
}
