package rows

import "fmt"

// Check returns an error that names the first row that does not have width numbers. The numbers
// are what the rows consist of: "inputs".
func Check(numbers string, rows [][]float64, width int) error {
	for i, row := range rows {
		if len(row) != width {
			return fmt.Errorf("row %d has %d %s, want %d", i, len(row), numbers, width)
		}
	}
	return nil
}

// CheckSamples returns an error unless there are as many rows of inputs x as of targets t, at
// least one, each row of x has the given number of inputs, and each row of t has as many targets
// as the first.
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
