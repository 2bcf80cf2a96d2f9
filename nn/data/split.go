package data

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// Split divides the rows at random into two tables: a share of them, between 0 and 1, for test, and the
// others for train. The same seed divides the same table in the same way.
//
// Where there are classes, the split is stratified: of each class, test has the share, to within one
// row, and at least one row; so has train.
//
// Split returns an error if a class, or the table, has too few rows for that, or if the table was
// standardised: its mean would know the rows of test. The parts share the rows with the table.
func (t *Table) Split(seed uint64, share float64) (train, test *Table, err error) {
	parts, err := t.parts(seed, share)
	if err != nil {
		return nil, nil, fmt.Errorf("data: Split: %w", err)
	}
	return parts[0], parts[1], nil
}

// SplitThree divides the rows as [Table.Split] does, into three tables: validation has the first share of
// the rows, test has the second, and train the others.
func (t *Table) SplitThree(seed uint64, forValidation, forTest float64) (
	train, validation, test *Table, err error,
) {
	parts, err := t.parts(seed, forValidation, forTest)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("data: SplitThree: %w", err)
	}
	return parts[0], parts[1], parts[2], nil
}

// parts divides the rows: part k + 1 has the share k, and part 0 the rest. The part of a row that cannot
// be divided is carried over to the next class.
func (t *Table) parts(seed uint64, shares ...float64) ([]*Table, error) {
	rest := 1.0
	for _, share := range shares {
		rest -= share
		if !(share > 0 && share < 1 && rest > 1e-9) { // NaN is refused, and so are 0.7 and 0.3
			return nil, fmt.Errorf("the shares are %v, want positive ones that leave something for training", shares)
		}
	}
	if err := t.mayDivide(len(shares) + 1); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	rows, carried := make([][]int, len(shares)+1), make([]float64, len(shares))
	for _, members := range t.members() {
		shuffle(rng, members)
		n := float64(len(members))
		for k, share := range shares {
			if len(members) == 0 {
				break
			}
			want := float64(share*n) + carried[k]
			size := min(max(1, int(math.Round(want))), len(members)-(len(shares)-k))
			carried[k] = min(max(-0.5, want-float64(size)), 0.5)
			rows[k+1] = append(rows[k+1], members[:size]...)
			members = members[size:]
		}
		rows[0] = append(rows[0], members...)
	}
	parts := make([]*Table, len(rows))
	for k := range parts {
		shuffle(rng, rows[k])
		parts[k] = t.pick(rows[k])
	}
	return parts, nil
}

// A Fold is one of several ways to divide a table for cross-validation.
type Fold struct{ Train, Test *Table }

// Folds divides the rows at random into k parts of equal size, to within one row, and returns k folds:
// in each, another part is Test, and the others are Train. The same seed divides the same table in the
// same way. Where there are classes, each part has as many rows of a class as any other, to within one.
//
// Folds returns an error if k is less than 2, if a class, or the table, has fewer than k rows, or if the
// table was standardised. The parts share the rows with the table.
func (t *Table) Folds(seed uint64, k int) ([]Fold, error) {
	if k < 2 {
		return nil, fmt.Errorf("data: Folds: got %d, want at least 2", k)
	}
	if err := t.mayDivide(k); err != nil {
		return nil, fmt.Errorf("data: Folds: %w", err)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	test, next := make([][]int, k), 0
	for _, members := range t.members() {
		shuffle(rng, members)
		for _, row := range members {
			test[next] = append(test[next], row)
			next = (next + 1) % k
		}
	}
	folds := make([]Fold, k)
	for i := range folds {
		var train []int
		for j := range test {
			if j != i {
				train = append(train, test[j]...)
			}
		}
		shuffle(rng, test[i])
		shuffle(rng, train)
		folds[i] = Fold{t.pick(train), t.pick(test[i])}
	}
	return folds, nil
}

// mayDivide returns an error if the table cannot be divided into so many parts.
func (t *Table) mayDivide(parts int) error {
	if err := t.check(); err != nil {
		return err
	}
	if standardised.has(t.X) || standardised.has(t.T) {
		return errors.New("the Table is standardised already, want Standardise after the split, so that what is " +
			"tested with is unknown to the mean")
	}
	for class, members := range t.members() {
		who := "the Table"
		if t.Classes != nil {
			who = "the class " + t.Classes[class]
		}
		if n := len(members); n > 0 && n < parts {
			return fmt.Errorf("%s has %s, want at least %d, one for each part", who, count(n, "row"), parts)
		}
	}
	return nil
}

func shuffle(rng *rand.Rand, rows []int) {
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
}

// pick returns a table of some rows.
func (t *Table) pick(rows []int) *Table {
	part := *t
	part.X, part.T, part.Lines, part.Dropped = make([][]float64, len(rows)), nil, nil, 0
	for k, i := range rows {
		part.X[k] = t.X[i]
		if t.T != nil {
			part.T = append(part.T, t.T[i])
		}
		if t.Lines != nil {
			part.Lines = append(part.Lines, t.Lines[i])
		}
	}
	return &part
}
