package chart

import (
	"fmt"
	"math"
	"strconv"
)

// Confusion returns a table of how often a classifier takes samples of one class for those of
// another: matrix[i][j] is the number of samples of class i that it takes for class j. The names are
// those of the classes; nil stands for 0, 1, 2 and so on. The title says how many are right.
//
//	chart.Confusion(matrix, []string{"cat", "dog"}).Save("confusion.png")
//
// A cell is the darker, the larger its share of the true class is. The shade grows with the square
// root of the share, so that single mistakes can be seen. Up to six classes, cells also have their
// share in percent.
func Confusion(matrix [][]int, names []string) Chart {
	if names == nil {
		for i := range matrix {
			names = append(names, strconv.Itoa(i))
		}
	}
	c := Chart{
		X:     Axis{Label: "predicted class", Names: names},
		Y:     Axis{Label: "true class", Names: names},
		Cells: make([][]Cell, len(matrix)),
	}
	if len(matrix) == 0 || len(names) != len(matrix) {
		c.Err = fmt.Errorf("a confusion matrix with %d rows and %d names, want one or more rows, and a "+
			"name for each", len(matrix), len(names))
	}
	right, all := 0, 0
	for i, row := range matrix {
		sum := 0
		for j, n := range row {
			if n < 0 && c.Err == nil {
				c.Err = fmt.Errorf("a confusion matrix with %d in row %d, column %d, want 0 or more", n, i, j)
			}
			if sum += n; i == j {
				right += n
			}
		}
		all += sum
		for _, n := range row {
			c.Cells[i] = append(c.Cells[i], count(n, sum, len(matrix) <= 6))
		}
	}
	c.Title = "Confusion matrix of " + rightOf(right, all)
	return c
}

// count returns the cell for n samples of a class that has sum.
func count(n, sum int, percent bool) Cell {
	if n <= 0 {
		return Cell{}
	}
	cell := Cell{Text: strconv.Itoa(n), Shade: math.Sqrt(float64(n) / float64(sum))}
	if percent {
		cell.Text += fmt.Sprintf("\n%.3g %%", 100*float64(n)/float64(sum))
	}
	return cell
}

// rightOf says which part of all samples is right.
func rightOf(right, all int) string {
	samples := fmt.Sprintf("%d samples", all)
	if all == 1 {
		samples = "1 sample"
	}
	if all == 0 {
		return samples
	}
	share := 100 * float64(right) / float64(all)
	if right < all {
		share = min(share, 99.99) // which %.4g does not round to 100
	}
	return fmt.Sprintf("%s: %.4g %% right", samples, share)
}
