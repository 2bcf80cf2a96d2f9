package data

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns returns the columns of the header that are used, the Target among them. The header is on this line.
func (c CSV) columns(line int, header []string) (used []*column, err error) {
	fixed := map[string][]string{} // of the columns in Inputs, the names that are given
	asked := slices.Concat(c.Categorical, c.Ignore)
	for _, in := range c.Inputs {
		column, name, isName := strings.Cut(in, "=")
		asked, fixed[column] = append(asked, column), slices.Clone(fixed[column])
		if isName {
			fixed[column] = append(fixed[column], name)
		}
	}
	switch {
	case c.Target != "":
		asked, fixed[c.Target] = append(asked, c.Target), c.Classes
	case len(c.Classes) > 0 || len(c.Inputs) == 0:
		return nil, errors.New("there is no Target, want the column to learn; or, for rows to be predicted, " +
			"want no Classes, and Inputs, such as the Names of a Scaler")
	}
	for _, name := range c.Ignore {
		if _, isAsked := fixed[name]; isAsked {
			role := "among the Inputs and those"
			if name == c.Target {
				role = "the Target and among those"
			}
			return nil, fmt.Errorf("the column %s is %s to Ignore, want it in one of them", name, role)
		}
	}
	for _, name := range asked {
		if !slices.Contains(header, name) {
			return nil, noColumn(name, line, header)
		}
	}
	for i, name := range header {
		names, isAsked := fixed[name]
		if !isAsked && (len(c.Inputs) > 0 || slices.Contains(c.Ignore, name)) {
			continue
		}
		if err := checkColumn(header, i); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		col, err := c.column(name, names)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", name, err)
		}
		col.index = i
		used = append(used, col)
	}
	return used, nil
}

// column returns a column that is used, with the only names that it may have, if those are given.
func (c CSV) column(name string, only []string) (*column, error) {
	col := &column{
		name: name, isTarget: name == c.Target, word: c.Missing, none: math.NaN(), fixed: only,
		codes: map[string]int{}, spelled: map[string]origin{},
	}
	if x, isNumber := number(c.Missing); isNumber {
		col.none = x
	}
	switch {
	case slices.Contains(c.Categorical, name) || len(only) > 0:
		col.kind = names
	case col.isTarget:
		col.kind = undecided
	}
	for code, name := range only {
		if err := checkName(name); err != nil {
			return nil, err
		}
		if _, isTwice := col.codes[name]; isTwice {
			return nil, fmt.Errorf("the CSV has the name %q twice, want it once", name)
		}
		col.codes[name] = code
	}
	return col, nil
}

// checkColumn returns an error if column i cannot be used because of its name.
func checkColumn(header []string, i int) error {
	name := header[i]
	if name == "" {
		return fmt.Errorf("column %d has no name, want one; Ignore: []string{%q} leaves it out", i+1, "")
	}
	if strings.Contains(name, "=") {
		return fmt.Errorf("the name of column %d is %q, want one without =, which stands between a "+
			"column and a name in it", i+1, name)
	}
	if first := slices.Index(header, name); first < i {
		return fmt.Errorf("columns %d and %d are both named %q, want different names", first+1, i+1, name)
	}
	return nil
}

// checkName returns an error if a name is empty, would be changed by a file, or cannot be printed.
func checkName(name string) error {
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return fmt.Errorf("the name is %.40q, want one that does not begin or end with a space", name)
	case !utf8.ValidString(name):
		return fmt.Errorf("%.40q is not UTF-8, want text in UTF-8", name)
	case strings.ContainsFunc(name, unicode.IsControl) || strings.Contains(name, "\ufeff"):
		return fmt.Errorf("%.40q has a control character, want a name that can be printed", name)
	}
	return nil
}

// noColumn returns the error that the header does not have a column.
func noColumn(name string, line int, header []string) error {
	hint := ""
	if i := strings.IndexAny(header[0], ";\t|"); i >= 0 && len(header) == 1 {
		hint = fmt.Sprintf("; if %q separates the cells, set Comma", header[0][i])
	}
	return fmt.Errorf("there is no column %q, want one that line %d names: %s%s", name, line, list(header), hint)
}
