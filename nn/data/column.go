package data

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/decimal"
)

// A column holds the cells of a column that is used.
type column struct {
	name     string
	index    int // in the header
	kind     kind
	isTarget bool
	word     string            // what a missing value looks like, besides an empty cell; "" if nothing else
	none     float64           // the word as a number; NaN if it is none
	values   []float64         // the numbers, or for names their codes; NaN where there is none
	codes    map[string]int    // of the names
	spelled  map[string]origin // of the names, by what all their spellings have in common, the first one
	fixed    []string          // the only names allowed, if there are any
	first    string            // the first cell,
	line     int               // and where it is
}

// An origin is a name and the line on which it was first.
type origin struct {
	name string
	line int
}

// A kind is what the cells of a column are.
type kind int

const (
	numbers   kind = iota
	names          // which were announced as such
	undecided      // what the first cell is
	classes        // names, as the first cell is one
)

// mostNames is the largest number of different names in a column. Without a bound, a column with another
// name in each row would need memory for the square of the number of rows.
const mostNames = 1000

// add adds a cell.
func (c *column) add(line int, cell string) error {
	x, isNumber := number(cell)
	if c.kind == undecided {
		c.kind, c.first, c.line = classes, cell, line
		if isNumber {
			c.kind = numbers
		}
	}
	switch {
	case c.kind == classes && isNumber:
		return fmt.Errorf("%q is a number and %q on line %d is not, want all numbers, or all names; names that "+
			"look like numbers need Categorical", cell, c.first, c.line)
	case c.kind == numbers && !isNumber:
		return c.noNumber(cell)
	case c.kind == numbers:
		c.values = append(c.values, x)
		return nil
	}
	return c.addName(line, cell)
}

// addName adds a cell with a name.
func (c *column) addName(line int, cell string) error {
	code, known := c.codes[cell]
	if !known {
		if err := c.checkNew(cell); err != nil {
			return err
		}
		code = len(c.codes)
		cell = strings.Clone(cell) // which is a part of the whole line
		c.codes[cell], c.spelled[common(cell)] = code, origin{cell, line}
	}
	c.values = append(c.values, float64(code))
	return nil
}

// checkNew returns an error if a cell cannot be one more name.
func (c *column) checkNew(cell string) error {
	const other = "but for capital letters or spaces"
	_, isNumber := number(cell)
	first, isTwice := c.spelled[common(cell)]
	switch err := checkName(cell); {
	case err != nil:
		return err
	case c.word == "" && saysMissing(cell):
		return fmt.Errorf("%q may say that the value is missing: set Missing to it, or if it is a name, to "+
			"another text", cell)
	case len(c.fixed) > 0:
		return fmt.Errorf("%.40q is not one of %s", cell, list(c.fixed))
	case len(c.codes) == mostNames:
		return fmt.Errorf("%.40q is one more than %d different names, want fewer; Ignore leaves a column out",
			cell, mostNames)
	case isTwice && isNumber:
		return fmt.Errorf("%.40q is the same number as %.40q on line %d, want it written in one way; if these "+
			"are two names, want both in %s", cell, first.name, first.line, c.namesGiven())
	case isTwice:
		return fmt.Errorf("%.40q is %.40q on line %d %s, want it written in one way; if these are two names, "+
			"want both in %s", cell, first.name, first.line, other, c.namesGiven())
	case !isNumber && common(cell) == common(c.word):
		return fmt.Errorf("%.40q is %.40q, which says that the value is missing, %s, want it written in one way; "+
			"if it is a name, want it in %s", cell, c.word, other, c.namesGiven())
	}
	return nil
}

// common returns what all spellings of a name have in common: its number if it looks like one, and else its
// letters, small, with one space between words.
func common(name string) string {
	if x, isNumber := number(name); isNumber {
		return strconv.FormatFloat(x+0, 'g', -1, 64) // −0 + 0 is 0
	}
	return strings.Join(strings.Fields(strings.ToLower(name)), " ")
}

// namesGiven says which field of a CSV gives the names of the column.
func (c *column) namesGiven() string {
	if c.isTarget {
		return "Classes"
	}
	return "Inputs"
}

// isMissing reports whether a cell says that there is no value. Among numbers -999.0 says so if -999 does.
func (c *column) isMissing(cell string) bool {
	if cell == "" || cell == c.word {
		return true
	}
	if math.IsNaN(c.none) || c.kind == names || c.kind == classes {
		return false
	}
	x, isNumber := number(cell)
	return isNumber && x == c.none
}

// addMissing adds a cell that says that there is no value.
func (c *column) addMissing(cell string, keep bool) error {
	switch what := "the cell is empty"; {
	case keep && !c.isTarget:
		c.values = append(c.values, math.NaN())
		return nil
	case cell != "":
		what = fmt.Sprintf("%q says that the value is missing", cell)
		fallthrough
	case !keep:
		return fmt.Errorf("%s; DropMissing leaves such rows out; KeepMissing has Standardise put the mean there",
			what)
	default:
		return fmt.Errorf("%s, want a target in every row", what)
	}
}

var errNoNumber = errors.New("not a finite number")

// noNumber returns the error of a cell that should be a number, with the most likely way out.
func (c *column) noNumber(cell string) error {
	err := fmt.Errorf("%.40q is %w", cell, errNoNumber)
	if _, ok := number(strings.ReplaceAll(cell, ",", "")); ok {
		return fmt.Errorf("%w, want %s", err, withoutCommas(cell))
	}
	if saysMissing(cell) {
		return fmt.Errorf("%w; if it says that the value is missing, set Missing to %q", err, cell)
	}
	if c.isTarget {
		return fmt.Errorf("%w, and %q on line %d is one, want all numbers, or all names", err, c.first, c.line)
	}
	return fmt.Errorf("%w; a column of names needs Categorical, and Ignore leaves a column out", err)
}

// withoutCommas says what is wanted in place of a number that has commas: 3,14 is 3.14, but 1,234 may be a
// thousand.
func withoutCommas(cell string) string {
	const point = "a decimal point in place of the comma"
	_, behind, _ := strings.Cut(cell, ",")
	switch {
	case strings.Contains(behind, ","):
		return "no commas between thousands"
	case len(behind) == len("234"):
		return point + ", or nothing in its place if it separates thousands"
	case strings.Contains(behind, "."):
		return "no comma between thousands"
	}
	return point
}

// saysMissing reports whether a cell is a usual word for a missing value, or an error of a spreadsheet.
func saysMissing(cell string) bool {
	return slices.Contains([]string{
		"na", "n/a", "nan", "-nan", "null", "nil", "none", "<na>", "?", ".",
		"#na", "#n/a", "#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!",
	}, strings.ToLower(cell))
}

// number returns the decimal number that a cell is, if it is a finite one.
func number(cell string) (x float64, ok bool) {
	x, err := decimal.Parse(cell)
	return x, err == nil
}

// sorted returns the names in the column: numbers by size, then others by their bytes.
func (c *column) sorted() []string {
	return slices.SortedFunc(maps.Keys(c.codes), func(a, b string) int {
		x, isNumber := number(a)
		y, areBoth := number(b)
		switch {
		case isNumber && areBoth && x != y:
			return cmp.Compare(x, y)
		case isNumber && !areBoth:
			return -1
		case areBoth && !isNumber:
			return 1
		}
		return cmp.Compare(a, b)
	})
}

// list returns names for a message, and only the first of many.
func list(names []string) string {
	const most = 20
	if len(names) > most {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
