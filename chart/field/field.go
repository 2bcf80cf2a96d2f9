package field

import (
	"fmt"
	"image/color"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/picture"
)

// A Field is one or several functions of two variables, given by their values on a grid.
//
// Several functions belong to the series of a chart, and the background has a tint of the colour of
// that series whose function is the largest, with lines between the tints. One function alone is
// compared with 0: where it is positive, the background has the tint of the first series, elsewhere
// that of the second. With Cuts the background is the darker, the larger the function is.
//
// Between the points of the grid the functions are interpolated: the diagonals divide each rectangle
// of the grid into four triangles, on each of which what is compared is linear, and where the diagonals
// cross it is the mean of the four corners.
type Field struct {
	Name string        // of the line between the tints, in the legend
	X, Y []float64     // the coordinates of the grid, ascending
	Z    [][][]float64 // Z[k][i][j] is the value of function k at X[i], Y[j]
	Cuts []float64     // ascending, of one function: the numbers at which the background becomes darker
}

// Sample returns the field of f on the grid of all pairs of an x and a y. It calls f in the order of
// x, and for each x in the order of y.
func Sample(name string, x, y []float64, f func(x, y float64) float64) *Field {
	s := &Field{Name: name, X: x, Y: y}
	s.Z = [][][]float64{s.each(func(i, j int) float64 { return f(x[i], y[j]) })}
	return s
}

// each returns the values of a function of the places of the grid.
func (f Field) each(z func(i, j int) float64) [][]float64 {
	all := make([][]float64, len(f.X))
	for i := range all {
		for j := range f.Y {
			all[i] = append(all[i], z(i, j))
		}
	}
	return all
}

// Check returns an error that says what is wrong with the size of the grid, the values on it or the cuts.
func (f Field) Check() error {
	if len(f.X) < 2 || len(f.Y) < 2 {
		return fmt.Errorf("%d x and %d y, want two or more of each", len(f.X), len(f.Y))
	}
	if len(f.Z) == 0 || len(f.Z) > 1 && f.Cuts != nil || !slices.IsSorted(f.Cuts) || !finite.All(f.Cuts...) {
		return fmt.Errorf("%d functions and the cuts %v, want one function or more, and ascending, finite cuts if "+
			"there is one", len(f.Z), f.Cuts)
	}
	for k := range f.Z {
		if err := f.checkValues(k); err != nil {
			return err
		}
	}
	return nil
}

// checkValues returns an error that says which values do not fit the grid or are not finite.
func (f Field) checkValues(k int) error {
	if len(f.Z[k]) != len(f.X) {
		return fmt.Errorf("%d rows of Z[%d], want one for each x, %d", len(f.Z[k]), k, len(f.X))
	}
	for i, row := range f.Z[k] {
		if len(row) != len(f.Y) {
			return fmt.Errorf("row %d of Z[%d] has %d values, want one for each y, %d", i, k, len(row), len(f.Y))
		}
		for j, z := range row {
			if !finite.All(z) {
				return fmt.Errorf("value Z[%d][%d][%d] is %v, want a finite number", k, i, j, z)
			}
		}
	}
	return nil
}

// Tint returns the background for a series of a chart, counted from 0. Tints also differ in how light they
// are.
func Tint(series int) color.RGBA {
	n := len(picture.Palette)
	k, shares := max(0, series), []float64{0.3, 0.15}
	return picture.Tint(picture.Palette[k%n], shares[k%2]+0.2*float64(k/n%3))
}

// Shades returns the backgrounds below the first of the cuts, from it to the second, and so on.
func (f Field) Shades() (all []color.RGBA) {
	for i := range len(f.Cuts) + 1 {
		all = append(all, picture.Tint(picture.Dark, 0.04+float64(0.8*float64(i)/float64(max(1, len(f.Cuts))))))
	}
	return all
}

// Shade returns the background where the function is z.
func (f Field) Shade(z float64) color.RGBA {
	i := 0
	for i < len(f.Cuts) && z > f.Cuts[i] {
		i++
	}
	return f.Shades()[i]
}
