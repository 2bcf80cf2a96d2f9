package rows

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// Check returns an error that names the first row that does not have width numbers. The numbers
// are what the rows consist of: "inputs".
func Check(numbers string, rows [][]float64, width int) error {
	for i, row := range rows {
		if len(row) != width {
			if len(row) == 1 {
				numbers = strings.TrimSuffix(numbers, "s")
			}
			return fmt.Errorf("row %d has %d %s, want %d", i, len(row), numbers, width)
		}
	}
	return nil
}

// CheckFinite returns an error that names the first number that is NaN or infinite. A number is what
// the rows consist of: "input".
func CheckFinite(number string, rows [][]float64) error {
	for i, row := range rows {
		for j, x := range row {
			if !finite.All(x) {
				return fmt.Errorf("%s %d of row %d is %v, want a finite number", number, j+1, i, x)
			}
		}
	}
	return nil
}

// CheckSamples returns an error unless x and t have the same number of rows, at least one, each
// row of x has the given number of inputs, and all rows of t have the same length.
func CheckSamples(x, t [][]float64, inputs int) error {
	if len(x) != len(t) || len(x) == 0 {
		return fmt.Errorf("got %d rows of inputs and %d rows of targets, want the same number of "+
			"both, at least 1", len(x), len(t))
	}
	if err := Check("inputs", x, inputs); err != nil {
		return err
	}
	return Check("targets", t, len(t[0]))
}
