package data

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn/internal/rows"
)

// A Scaler standardises numbers: from each it subtracts the mean of its column, and divides by the
// standard deviation.
//
//	z = (x − mean)/deviation    mean = Σxᵢ/n    deviation = √(Σ(xᵢ − mean)²/n)
//
// A column in which all numbers are equal has the deviation 1, so that they become 0.
//
// Mean and deviation are those of the rows that a network is trained with. Save them beside the network:
// later rows need the same ones.
type Scaler struct {
	Names           []string  // the name of each column
	Mean, Deviation []float64 // of each column
	Classes         []string  // the classes of the Table that was standardised, for predictions; nil if none
}

// Standardise computes the mean and the deviation of each input from the rows of train, and standardises
// the inputs of train and of the others with them. It gives the tables new X; the rows that they had remain
// what they were. A missing input becomes 0, the mean.
//
// It returns an error, and changes nothing, if a table has no rows, other inputs than train, or a number
// that is not finite, or was standardised already; or if no row of train has a value of an input.
func Standardise(train *Table, others ...*Table) (*Scaler, error) {
	s, err := standardise(inputSide, train, others)
	if err != nil {
		return nil, fmt.Errorf("data: Standardise: %w", err)
	}
	s.Classes = slices.Clone(train.Classes)
	return s, nil
}

// StandardiseTargets does with the targets T, which must be numbers, what [Standardise] does with the inputs.
// [Scaler.Invert] turns the outputs of a network that has learned them into the numbers of the file.
func StandardiseTargets(train *Table, others ...*Table) (*Scaler, error) {
	s, err := standardise(targetSide, train, others)
	if err != nil {
		return nil, fmt.Errorf("data: StandardiseTargets: %w", err)
	}
	return s, nil
}

// A side is what is standardised of a table: the name of the field, the names of the columns, and the rows.
type side func(t *Table) (field string, names []string, rows *[][]float64)

func inputSide(t *Table) (field string, names []string, rows *[][]float64) {
	return "X", t.Inputs, &t.X
}

func targetSide(t *Table) (field string, names []string, rows *[][]float64) {
	if t.T != nil && t.Classes == nil {
		names = []string{t.Target}
	}
	return "T", names, &t.T
}

func standardise(of side, train *Table, others []*Table) (*Scaler, error) {
	if err := train.check(); err != nil {
		return nil, err
	}
	_, names, x := of(train)
	s := &Scaler{Names: slices.Clone(names)}
	for j, name := range names {
		var column []float64
		for _, row := range *x {
			if !math.IsNaN(row[j]) { // it is not missing
				column = append(column, row[j])
			}
		}
		if len(column) == 0 {
			return nil, fmt.Errorf("%s has no value in any of the %d rows, want at least one", name, len(*x))
		}
		mean, deviation := moments(column)
		s.Mean, s.Deviation = append(s.Mean, mean), append(s.Deviation, deviation)
	}
	return s, s.standardise(of, append([]*Table{train}, others...))
}

// moments returns the mean and the standard deviation of numbers, and 1 if all are equal. To scale by a
// power of two keeps squares from overflowing. To add the mean of the errors makes the mean exact
// to about its last bit, however large it is beside the deviation.
func moments(x []float64) (mean, deviation float64) {
	smallest, largest := slices.Min(x), slices.Max(x)
	if smallest == largest {
		return largest, 1
	}
	_, e := math.Frexp(max(-smallest, largest))
	scale, n := math.Ldexp(1, -max(e, -1000)), float64(len(x))
	for range 2 {
		off := 0.0
		for _, x := range x {
			off += float64(x*scale) - mean
		}
		mean += off / n
	}
	squares := 0.0
	for _, x := range x {
		d := float64(x*scale) - mean
		squares += float64(d * d)
	}
	return mean / scale, math.Sqrt(squares/n) / scale
}

// ApplyTo standardises the inputs of tables, as [Standardise] did those of the training rows. It returns an
// error, and changes nothing, if the names of their inputs are not those of the Scaler, in this order, if
// one was standardised already, or as Apply does.
func (s *Scaler) ApplyTo(tables ...*Table) error {
	err := s.check()
	if err == nil {
		err = s.standardise(inputSide, tables)
	}
	if err != nil {
		return fmt.Errorf("data: ApplyTo: %w", err)
	}
	return nil
}

func (s *Scaler) standardise(of side, tables []*Table) (err error) {
	scaled := make([][][]float64, len(tables))
	for i, t := range tables {
		if err := t.check(); err != nil {
			return err
		}
		field, names, x := of(t)
		switch {
		case len(names) == 0:
			return errors.New("the Table has no numbers to standardise, want some")
		case !slices.Equal(names, s.Names):
			return fmt.Errorf("the Table has %s, want %s, as the Scaler has; CSV.Inputs can be the Names of a Scaler",
				list(names), list(s.Names))
		}
		if scaled[i], err = s.apply(field, *x, t.keepsMissing); err != nil {
			return err
		}
	}
	for i, t := range tables {
		_, _, x := of(t)
		*x = scaled[i]
	}
	return nil
}

// Apply returns the standardised rows. It returns an error that names the row if one does not have
// a number for each column, or a number that is not finite, before or after, or if the rows are
// standardised already, those of a Table or what Apply returned, by whichever Scaler. Rows into which such
// numbers were copied are taken for measured ones.
func (s *Scaler) Apply(x [][]float64) ([][]float64, error) {
	z, err := s.apply("x", x, false)
	if err != nil {
		return nil, fmt.Errorf("data: Apply: %w", err)
	}
	return z, nil
}

// Before returns a function that standardises rows as Apply does, and then predicts. A network that was
// trained with standardised inputs so gets the numbers as they were measured:
//
//	y, err := scale.Before(p.Predict)(x)
//
// It panics if predict is nil. The function returns the errors of Apply and of predict.
func (s *Scaler) Before(
	predict func(x [][]float64) (y [][]float64, err error),
) func(x [][]float64) (y [][]float64, err error) {
	if predict == nil {
		panic("data: Scaler.Before: predict is nil, want a function such as the Predict of a train.Predictor")
	}
	return func(x [][]float64) (y [][]float64, err error) {
		z, err := s.Apply(x)
		if err != nil {
			return nil, err
		}
		return predict(z)
	}
}

// apply standardises rows, in which NaN is a missing value if that is allowed.
func (s *Scaler) apply(name string, x [][]float64, isMissingAllowed bool) ([][]float64, error) {
	if standardised.has(x) {
		return nil, errors.New("the rows are standardised already, want numbers as they were measured")
	}
	z, err := s.each(name, x, func(j int, x float64) float64 {
		if isMissingAllowed && math.IsNaN(x) {
			return 0
		}
		return (x - s.Mean[j]) / s.Deviation[j]
	})
	standardised.add(z)
	return z, err
}

// Invert undoes [Scaler.Apply].
//
//	x = z·deviation + mean
//
// It returns the errors of Apply, but those of rows that are standardised already; it returns one if the rows
// are what Invert returned.
func (s *Scaler) Invert(z [][]float64) ([][]float64, error) {
	if inverted.has(z) {
		return nil, errors.New("data: Invert: the rows are what Invert returned, want standardised numbers")
	}
	x, err := s.each("z", z, func(j int, z float64) float64 { return float64(z*s.Deviation[j]) + s.Mean[j] })
	if err != nil {
		return nil, fmt.Errorf("data: Invert: %w", err)
	}
	inverted.add(x)
	return x, nil
}

// each returns rows of f of each number. The name is that of x.
func (s *Scaler) each(
	name string, x [][]float64, f func(column int, x float64) float64,
) ([][]float64, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := rows.Check(name, "numbers", x, len(s.Names)); err != nil {
		return nil, err
	}
	result := matrix(len(x), len(s.Names))
	for i, row := range x {
		for j, x := range row {
			if result[i][j] = f(j, x); !finite.All(result[i][j]) {
				return nil, fmt.Errorf("%s[%d][%d] (%s) is %v and would be %v, want finite numbers", name, i, j,
					s.Names[j], x, result[i][j])
			}
		}
	}
	return result, nil
}
