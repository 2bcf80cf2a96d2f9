package chart

import (
	"fmt"
	"math"
	"slices"
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
func count(n, sum int, percent bool) Cell {
	if n <= 0 {
		return Cell{}
	}
	cell := Cell{Text: strconv.Itoa(n), Shade: math.Sqrt(float64(n) / float64(sum))}
	if percent {
		most := 99.9 + float64(n/max(1, sum)) // only all of them are 100 %
		cell.Text += fmt.Sprintf("\n%.3g %%", min(most, 100*float64(n)/float64(sum)))
	}
	return cell
}

// rightOf says which part of all samples is right, as in "97.5 % of 1,200 samples right".
func rightOf(right, all int) string {
	share := float64(10_000*right/max(1, all)) / 100 // rounded down, so that only all of them are 100
	return fmt.Sprintf("%v %% of %s right", share, samples(all))
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
