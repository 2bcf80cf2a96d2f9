package data

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/nn/internal/rows"
)

// A Confusion counts samples: Counts[i][j] is the number of samples of class i that were taken for
// class j, where the classes are numbered from 0.
type Confusion struct {
	Classes []string
	Counts  [][]int
}

// NewConfusion counts the outputs y of a network for samples with the targets t, as [Table] has them: a
// row has a number for each class. A sample is taken for the class with the largest output, the first one
// if several are equal. Give the names of the classes to have them printed; without them they are
// numbers.
//
// It returns an error if y and t are empty or differ in size, if there are fewer than two classes, if an
// output is not finite, or if a row of t is not one 1 and zeros. For a network with one output for
// two classes, use [CountConfusion].
func NewConfusion(y, t [][]float64, classes ...string) (*Confusion, error) {
	c, err := confusion(y, t, classes)
	if err != nil {
		return nil, fmt.Errorf("data: NewConfusion: %w", err)
	}
	return c, nil
}

func confusion(y, t [][]float64, classes []string) (*Confusion, error) {
	if err := checkPair(y, t); err != nil {
		return nil, err
	}
	n := len(t[0])
	if len(classes) == 0 {
		classes = nil // and not the memory of the caller
		for i := range n {
			classes = append(classes, strconv.Itoa(i))
		}
	}
	if n < 2 || len(classes) != n {
		return nil, fmt.Errorf("each row has %s and there are %d classes, want one output for "+
			"each class, at least 2; CSV.Categorical makes classes of a Target of numbers, and CountConfusion counts "+
			"for a network with one output", count(n, "output"), len(classes))
	}
	truth, predicted := make([]int, len(t)), make([]int, len(t))
	for i, row := range t {
		class, ok := hot(row)
		if !ok {
			return nil, fmt.Errorf("t[%d] is %v, want one 1 and zeros", i, row)
		}
		truth[i], predicted[i] = class, floats.MaxIdx(y[i])
	}
	return CountConfusion(truth, predicted, classes...)
}

// CountConfusion counts samples of these true classes that were taken for these predicted ones. Both
// are numbers from 0 to one less than there are names of classes.
//
//	predicted[i] = 1    // if the only output of a network is positive, a logit, and otherwise 0
//
// It returns an error if truth and predicted are empty or differ in length, or have another number.
func CountConfusion(truth, predicted []int, classes ...string) (*Confusion, error) {
	if len(truth) != len(predicted) || len(truth) == 0 {
		return nil, fmt.Errorf("data: CountConfusion: got %d true and %d predicted classes, want the same "+
			"number of both, at least 1", len(truth), len(predicted))
	}
	n := len(classes)
	c := &Confusion{Classes: slices.Clone(classes), Counts: make([][]int, n)}
	for i := range c.Counts {
		c.Counts[i] = make([]int, n)
	}
	for i, class := range truth {
		if k := predicted[i]; min(class, k) < 0 || max(class, k) >= n {
			return nil, fmt.Errorf("data: CountConfusion: truth[%d] is %d and predicted[%[1]d] is %[3]d, want two of "+
				"the %[4]d classes that have names, counted from 0", i, class, k, n)
		}
		c.Counts[class][predicted[i]]++
	}
	return c, nil
}

// hot returns the place of the 1 in a row, and whether the others are zeros.
func hot(row []float64) (place int, ok bool) {
	place = -1
	for i, x := range row {
		switch {
		case x == 1 && place < 0:
			place = i
		case x != 0:
			return 0, false
		}
	}
	return max(0, place), place >= 0
}

// checkPair returns an error unless outputs and targets have the same size and outputs are finite.
func checkPair(y, t [][]float64) error {
	if len(y) != len(t) || len(y) == 0 {
		return fmt.Errorf("got %d rows of outputs and %d rows of targets, want the same number of both, at least 1",
			len(y), len(t))
	}
	if len(t[0]) == 0 {
		return errors.New("the rows have no targets, want at least one")
	}
	if err := rows.Check("t", "targets", t, len(t[0])); err != nil {
		return err
	}
	if err := rows.Check("y", "outputs", y, len(t[0])); err != nil {
		return fmt.Errorf("%w, as many as targets", err)
	}
	return rows.CheckFinite("y", y)
}

// Accuracy returns the share of samples whose class is the one with the largest output. It is
// [Confusion.Accuracy] of [NewConfusion], and returns an error as that does.
func Accuracy(y, t [][]float64) (float64, error) {
	c, err := confusion(y, t, nil)
	if err != nil {
		return 0, fmt.Errorf("data: Accuracy: %w", err)
	}
	return c.Accuracy(), nil
}

// Accuracy returns the share of samples that were taken for their own class. It is NaN if there are none.
func (c *Confusion) Accuracy() float64 {
	right, all := 0, 0
	for i := range c.size() {
		right, all = right+c.Counts[i][i], all+sum(c.Counts[i])
	}
	return float64(right) / float64(all)
}

// Precision returns which share of the samples that were taken for a class belong to it. It is NaN if
// none were. It panics if there is no such class.
func (c *Confusion) Precision(class int) float64 {
	c.mustHave("Precision", class)
	taken := 0
	for _, row := range c.Counts {
		taken += row[class]
	}
	return float64(c.Counts[class][class]) / float64(taken)
}

// Recall returns which share of the samples of a class were taken for it. It is NaN if there are none. It
// panics if there is no such class.
func (c *Confusion) Recall(class int) float64 {
	c.mustHave("Recall", class)
	return float64(c.Counts[class][class]) / float64(sum(c.Counts[class]))
}

func (c *Confusion) mustHave(method string, class int) {
	if n := c.size(); class < 0 || class >= n {
		panic(fmt.Sprintf("data: %s: got class %d of %d, counted from 0: there is none", method, class, n))
	}
}

// size returns the number of classes, and 0 if the Counts are not as many rows and columns as there are
// Classes.
func (c *Confusion) size() int {
	if c == nil || len(c.Counts) != len(c.Classes) {
		return 0
	}
	for _, row := range c.Counts {
		if len(row) != len(c.Classes) {
			return 0
		}
	}
	return len(c.Classes)
}

func sum(x []int) (s int) {
	for _, n := range x {
		s += n
	}
	return s
}

// R2 returns the coefficient of determination R² of the outputs y for the targets t: which part of the
// variance of the targets the outputs explain. It is 1 if all outputs are their targets, 0 if each is the
// mean of the targets, and negative if they are worse than that. Of several outputs it is the mean of R².
//
//	R² = 1 − Σ(tᵢ − yᵢ)²/Σ(tᵢ − t̄)²
//
// It returns an error if y and t are empty or differ in size, if a number is not finite, if y is what
// [Scaler.Invert] returned and t the targets of a Table that are standardised, or if the targets of an output
// are all equal, as those of a single row are: the formula divides by 0 then.
func R2(y, t [][]float64) (float64, error) {
	err := checkPair(y, t)
	switch {
	case err == nil && inverted.has(y) && standardised.has(t):
		err = errors.New("y is what Invert returned, and t is standardised, want both as they were measured, or " +
			"both standardised")
	case err == nil:
		err = rows.CheckFinite("t", t)
	}
	if err != nil {
		return 0, fmt.Errorf("data: R2: %w", err)
	}
	total := 0.0
	for j := range t[0] {
		column := make([]float64, len(t))
		for i := range t {
			column[i] = t[i][j]
		}
		mean, deviation := moments(column)
		if floats.Min(column) == floats.Max(column) {
			return 0, fmt.Errorf("data: R2: t[i][%d] is %v for every i, want different ones: there is no variance "+
				"to explain", j, column[0])
		}
		unexplained, all := 0.0, 0.0
		for i, x := range column {
			e, d := (x-y[i][j])/deviation, (x-mean)/deviation
			unexplained += float64(e * e)
			all += float64(d * d)
		}
		total += 1 - unexplained/all
	}
	r2 := total / float64(len(t[0]))
	if math.IsNaN(r2) || math.IsInf(r2, 0) {
		return 0, fmt.Errorf("data: R2: it is %v, want outputs nearer to the targets", r2)
	}
	return r2, nil
}
