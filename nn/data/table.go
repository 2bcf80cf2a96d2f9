package data

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/rows"
)

// A Table holds samples. Row i of X has the inputs of sample i, and row i of T its targets.
type Table struct {
	X, T    [][]float64
	Inputs  []string // the name of each input: that of its column, or "island=Biscoe" for a name in it
	Target  string   // the column of the targets; empty if there are none, and T is nil
	Classes []string // the class of each target, which is 1 or 0; nil if the target is a number
	Lines   []int    // the line of the file on which each row begins, counted from 1
	Dropped int      // how many rows of the file were left out because a value was missing

	keepsMissing bool // X may have NaN where a value is missing
}

// fill makes the rows of the table of columns.
func (c CSV) fill(t *Table, columns []*column) error {
	inputs, err := c.inputs(columns)
	if err != nil {
		return err
	}
	t.X = matrix(len(t.Lines), len(inputs))
	for j, in := range inputs {
		t.Inputs = append(t.Inputs, in.name)
		for i, x := range in.column.values {
			switch {
			case in.column.kind == numbers || math.IsNaN(x):
				t.X[i][j] = x
			case int(x) == in.code:
				t.X[i][j] = 1
			}
		}
	}
	for _, col := range columns {
		if col.isTarget {
			return c.fillTargets(t, col)
		}
	}
	return nil
}

// An input is a column, or one name in it.
type input struct {
	name   string
	column *column
	code   int // of the name
}

// inputs returns the inputs in their order.
func (c CSV) inputs(columns []*column) (inputs []input, err error) {
	seen := map[string]bool{}
	add := func(name string, col *column, code int) {
		if seen[name] {
			err = fmt.Errorf("the CSV has the input %q twice, want it once", name)
		}
		seen[name] = true
		inputs = append(inputs, input{name, col, code})
	}
	addAll := func(col *column) {
		if col.kind == numbers {
			add(col.name, col, 0)
		}
		for _, name := range col.sorted() {
			add(col.name+"="+name, col, col.codes[name])
		}
	}
	for _, in := range c.Inputs {
		name, single, isSingle := strings.Cut(in, "=")
		col := columns[slices.IndexFunc(columns, func(c *column) bool { return c.name == name })]
		switch {
		case col.isTarget:
			return nil, fmt.Errorf("the column %s is the Target and among the Inputs, want it in one of them", name)
		case isSingle:
			add(in, col, col.codes[single])
		default:
			addAll(col)
		}
	}
	if len(c.Inputs) == 0 {
		for _, col := range columns {
			if !col.isTarget {
				addAll(col)
			}
		}
	}
	if len(inputs) == 0 {
		err = errors.New("there is no column for an input, want at least one beside the Target")
	}
	return inputs, err
}

func (c CSV) fillTargets(t *Table, col *column) error {
	if col.kind == numbers {
		t.T = matrix(len(t.Lines), 1)
		for i, x := range col.values {
			t.T[i][0] = x
		}
		return nil
	}
	t.Classes = slices.Clone(c.Classes)
	if len(t.Classes) == 0 {
		t.Classes = col.sorted()
	}
	if len(t.Classes) < 2 {
		return fmt.Errorf("column %s: there is one class, %s, want at least two; Classes says which there are",
			col.name, t.Classes[0])
	}
	place := make([]int, len(t.Classes)) // of the class with a code
	for i, name := range t.Classes {
		place[col.codes[name]] = i
	}
	for _, code := range col.values {
		t.T = append(t.T, nn.OneHot(len(t.Classes), place[int(code)]))
	}
	return nil
}

// matrix returns rows of zeros, which lie one after the other.
func matrix(rows, columns int) [][]float64 {
	m, all := make([][]float64, rows), make([]float64, rows*columns)
	for i := range m {
		m[i] = all[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}

// check returns an error if the parts of the table do not fit together, or have a number that is not
// finite. A number may be missing if the table keeps those.
func (t *Table) check() error {
	if t == nil || len(t.X) == 0 {
		return errors.New("the Table has no rows, want at least one")
	}
	if n := len(t.X); t.T != nil && len(t.T) != n || t.Lines != nil && len(t.Lines) != n {
		return fmt.Errorf("the Table has %d rows of inputs, %d rows of targets and %d Lines, want the same number "+
			"of each, or none", n, len(t.T), len(t.Lines))
	}
	if err := rows.Check("X", "inputs", t.X, len(t.Inputs)); err != nil {
		return fmt.Errorf("the Table: %w, as many as there are names in Inputs", err)
	}
	if err := rows.Check("T", "targets", t.T, max(1, len(t.Classes))); err != nil {
		return fmt.Errorf("the Table: %w", err)
	}
	for i, row := range t.X {
		for j, x := range row {
			if isMissing := t.keepsMissing && math.IsNaN(x); !isMissing && !finite.All(x) {
				return fmt.Errorf("the Table: X[%d][%d] (%s) is %v, want a finite number", i, j, t.Inputs[j], x)
			}
		}
	}
	for i, row := range t.T {
		if _, ok := hot(row); t.Classes != nil && !ok {
			return fmt.Errorf("the Table: T[%d] is %v, want one 1 and zeros", i, row)
		}
	}
	if err := rows.CheckFinite("T", t.T); err != nil {
		return fmt.Errorf("the Table: %w", err)
	}
	return nil
}

// Labels returns the class of each row: the number of the target that is 1, counted from 0. It returns nil if
// the targets are not classes.
func (t *Table) Labels() []int {
	if t == nil || t.Classes == nil {
		return nil
	}
	labels := make([]int, len(t.T))
	for i, row := range t.T {
		labels[i] = slices.Index(row, 1)
	}
	return labels
}

// String returns what the table has, in a few lines: how many rows, the inputs, and how many rows there
// are of each class.
func (t *Table) String() string {
	if err := t.check(); err != nil {
		return err.Error() + "\n"
	}
	s := count(len(t.X), "row")
	if t.Dropped > 0 {
		s += fmt.Sprintf(", and %d left out", t.Dropped)
	}
	inputs := count(len(t.Inputs), "input") + ": " + strings.Join(t.Inputs, ", ")
	s += "\n" + wrap.Prose("", "  ", inputs) + "\n"
	if t.Classes != nil {
		var classes []string
		for class, members := range t.members() {
			classes = append(classes, fmt.Sprintf("%s (%d)", t.Classes[class], len(members)))
		}
		s += wrap.Prose("", "  ", t.Target+": "+strings.Join(classes, ", ")) + "\n"
	} else if t.T != nil {
		s += t.Target + ": a number\n"
	}
	return s
}

// members returns the rows of each class. Without classes, it returns all rows as one.
func (t *Table) members() [][]int {
	members := make([][]int, max(1, len(t.Classes)))
	for i := range t.X {
		class := 0
		if t.Classes != nil {
			class, _ = hot(t.T[i])
		}
		members[class] = append(members[class], i)
	}
	return members
}
