package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// A table holds the rows of a CSV file, one after the other, and the names of its columns.
type table struct {
	names []string
	rows  []float64
}

// readTable reads a CSV file, or standard input if its name is "-". Without a name the table is empty.
func readTable(file string, stdin io.Reader) (t table, err error) {
	if file == "" {
		return t, nil
	}
	text, err := readFile(file, stdin)
	if os.IsNotExist(err) {
		err = fmt.Errorf("-data: there is no file %s", file)
	}
	if err != nil {
		return t, err
	}
	if file == "-" {
		file = "standard input"
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.TrimLeadingSpace, r.Comment = true, '#'
	records, err := r.ReadAll()
	switch {
	case err != nil:
		return t, fmt.Errorf("%s: %w", file, err)
	case len(records) < 2:
		return t, fmt.Errorf("%s: want a row with names, and rows with numbers", file)
	}
	t.names = records[0]
	for _, name := range t.names {
		if _, err := strconv.ParseFloat(name, 64); err == nil {
			return t, fmt.Errorf("%s: the first row has the number %s; want names of columns there", file, name)
		}
	}
	for i, record := range records[1:] {
		for j, field := range record {
			x, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
			if err != nil || !finite.All(x) {
				return t, fmt.Errorf("%s: row %d below the names: %s is %q, want a number with a point, "+
					"and commas between the columns", file, i+1, t.names[j], field)
			}
			t.rows = append(t.rows, x)
		}
	}
	return t, nil
}

// first returns the numbers of the first row as a text with definitions.
func (t table) first() (text string) {
	for i, name := range t.names {
		text += fmt.Sprintf("input %s = %v\n", strings.TrimSpace(name), t.rows[i])
	}
	return text
}
