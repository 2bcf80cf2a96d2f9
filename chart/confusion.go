package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/gradus-go/gradus/internal/percent"
)

// Confusion returns a table of how often a classifier takes samples of one class for those of
// another: matrix[i][j] is the number of samples of class i that it takes for class j. The names are
// those of the classes; nil stands for 0, 1, 2 and so on. The title says how many are right.
//
//	chart.Confusion(matrix, []string{"cat", "dog"}).Save("confusion.png")
//
// A cell is the darker, the larger its share of the true class is. The shade grows with the square
// root of the share, so that single mistakes can be seen. Up to six classes, cells also have their
// share in percent, which is rounded down, so that only all of them are 100 %.
func Confusion(matrix [][]int, names []string) Chart {
	if names == nil {
		for i := range matrix {
			names = append(names, strconv.Itoa(i))
		}
	}
	c := Chart{
		X:     Axis{Label: "predicted class", Names: slices.Clone(names)},
		Y:     Axis{Label: "true class", Names: slices.Clone(names)},
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
	c.Title = "Confusion matrix: " + rightOf(right, all)
	return c
}

// count returns the cell for n samples of a class that has sum.
func count(n, sum int, withShare bool) Cell {
	if n <= 0 {
		return Cell{}
	}
	share := float64(n) / float64(sum)
	cell := Cell{Text: strconv.Itoa(n), Shade: math.Sqrt(share)}
	if withShare {
		cell.Text += "\n" + percent.Down(share, 1)
	}
	return cell
}

// rightOf says which part of all samples is right, as in "97.50 % of 1,200 samples right".
func rightOf(right, all int) string {
	return percent.Down(float64(right)/float64(max(1, all)), 2) + " of " + samples(all) + " right"
}

// samples writes a number of samples, as in "1,200 samples".
func samples(n int) string {
	if n == 1 {
		return "1 sample"
	}
	return grouped(n) + " samples"
}

// grouped writes a number with commas between the thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
