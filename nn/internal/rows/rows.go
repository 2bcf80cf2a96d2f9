package rows

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// Check returns an error that names the first row that does not have width numbers. The name is how the
// caller calls the rows, X, so that the error names X[3]; the numbers are what they consist of: "inputs".
func Check(name, numbers string, rows [][]float64, width int) error {
	for i, row := range rows {
		if len(row) != width {
			if len(row) == 1 {
				numbers = strings.TrimSuffix(numbers, "s")
			}
			return fmt.Errorf("%s[%d] has %d %s, want %d", name, i, len(row), numbers, width)
		}
	}
	return nil
}

// CheckFinite returns an error that names the first number that is NaN or infinite, as X[3][0].
func CheckFinite(name string, rows [][]float64) error {
	for i, row := range rows {
		for j, x := range row {
			if !finite.All(x) {
				return fmt.Errorf("%s[%d][%d] is %v, want a finite number", name, i, j, x)
			}
		}
	}
	return nil
}

// CheckSamples returns an error unless x and t have the same number of rows, at least one, each
// row of x has the given number of inputs, and all rows of t have the same length. The names are those of x
// and t.
func CheckSamples(xName, tName string, x, t [][]float64, inputs int) error {
	if len(x) != len(t) || len(x) == 0 {
		return fmt.Errorf("got %d rows of inputs and %d rows of targets, want the same number of "+
			"both, at least 1", len(x), len(t))
	}
	if err := Check(xName, "inputs", x, inputs); err != nil {
		return err
	}
	return Check(tName, "targets", t, len(t[0]))
}
