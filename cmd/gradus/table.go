package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/decimal"
)

// A table holds the rows of a CSV file, one after the other, and the names of its columns.
type table struct {
	file  string // as errors call it
	line  int    // that of the names
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
	file = called(file)
	t.file = file
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // with which some programs begin a file
	r := csv.NewReader(bytes.NewReader(text))
	r.TrimLeadingSpace, r.Comment = true, '#'
	r.FieldsPerRecord = -1 // add counts them
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && len(t.rows) > 0:
			return t, nil
		case errors.Is(err, io.EOF):
			return t, fmt.Errorf("%s: want a row with names, and rows with numbers", file)
		case err != nil:
			err = fmt.Errorf("%w; want quotes around a whole cell, or none", err)
		case len(record) == 1 && len(t.names) > 1 && strings.TrimSpace(record[0]) == "": // a line of spaces
		case t.names == nil:
			err = t.name(record, r)
		default:
			err = t.add(record, r)
		}
		if err != nil {
			return t, fmt.Errorf("%s: %w", file, err)
		}
	}
}

// name takes the names of the columns from the row that r has read. They must be names in formulas, too.
func (t *table) name(record []string, r *csv.Reader) error {
	line, _ := r.FieldPos(0)
	t.line = line
	for i, name := range record {
		name = strings.TrimSpace(name)
		if _, err := strconv.ParseFloat(name, 64); err == nil {
			return fmt.Errorf("line %d: the first row has the number %s; want names of columns there", line, name)
		}
		if first := slices.Index(t.names, name); first >= 0 {
			return fmt.Errorf("line %d: columns %d and %d are both called %s; want a name for each", line, first+1,
				i+1, name)
		}
		g, err := formula.Read(name + " = 1")
		if err != nil || !slices.Equal(g.Names(), []string{name}) {
			return fmt.Errorf("line %d: column %d is called %q; want a name that formulas can have, such as x, "+
				"and commas between the columns", line, i+1, name)
		}
		t.names = append(t.names, name)
	}
	return nil
}

// add adds the row that r has read.
func (t *table) add(record []string, r *csv.Reader) error {
	if line, _ := r.FieldPos(0); len(record) != len(t.names) {
		return fmt.Errorf("line %d: the number of cells is %d; want %d, as many as there are names", line,
			len(record), len(t.names))
	}
	for j, field := range record {
		x, err := decimal.Parse(strings.TrimSpace(field))
		if err != nil {
			line, _ := r.FieldPos(j)
			return fmt.Errorf("line %d: %s is %q: %w; want a number such as 0.5, and commas between the columns",
				line, t.names[j], field, err)
		}
		t.rows = append(t.rows, x)
	}
	return nil
}

// first returns the numbers of the first row as a text with definitions, in the line of the names.
func (t table) first() formula.File {
	text := strings.Repeat("\n", max(0, t.line-1))
	for i, name := range t.names {
		text += "input " + name + " = " + unscaled(t.rows[i]) + "; "
	}
	return formula.File{Name: t.file, Text: text}
}

// unscaled returns all digits of a number, and no exponent: 2e-08 may be a product if there is a name e.
func unscaled(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
