package data

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A CSV says what the columns of a CSV file are. A column that it does not mention is an input that is
// a number.
//
// The first line of the file has the names of the columns. Spaces around a cell do not count, nor do empty
// lines and a byte order mark. Columns are given by their names.
type CSV struct {
	// Target is the column to be learned. If its first cell is a number, all must be; the table then has
	// one target. Otherwise its cells are names of classes, and the table has a target for each class.
	// For classes that are numbers, such as digits, list the Target in Categorical as well.
	// Without a Target the table has no targets: its rows are to be predicted, and Inputs are required.
	Target string

	// Categorical are the columns whose cells are names, also if they look like numbers. There is an input
	// for each name, which is 1 where the cell is that name and 0 elsewhere. Two names in a column, or in the
	// Target, that are the same number, such as 1 and 1.0, or the same but for capital letters or spaces, such
	// as Yes and yes, are an error, unless Inputs or Classes has both: versions 1.1 and 1.10 may be two, and so
	// may the genes A and a, while most files have one class in two spellings.
	Categorical []string

	// Ignore are columns to leave out, such as a number that only identifies the row.
	Ignore []string

	// Inputs are the inputs to have, in this order, if not all. "island" is the column, and
	// "island=Biscoe" is the input of one name in the column; another name than those given is then an
	// error. So the Names of a [Scaler] make a later file give the same inputs.
	Inputs []string

	// Classes are the names in the Target, in the order of the targets, if another order than the sorted
	// one is wanted, or if the file may not have them all. Another name is then an error.
	Classes []string

	// Missing is what a cell says where there is no value, such as NA, or -999, which among numbers -999.0
	// says as well. An empty cell always says so. A missing value is an error, unless one of the next two is
	// true. Without Missing, the usual words for it are not taken for names, however their letters are
	// written: NA, N/A, NaN, null, nil, none, a question mark or a point, and #N/A and the other errors of
	// spreadsheets.
	Missing string

	// DropMissing leaves out the rows where a value is missing, in a column that is used.
	DropMissing bool

	// KeepMissing gives inputs that are missing as NaN, which [Standardise] replaces by the mean of the
	// training rows. A missing target remains an error.
	KeepMissing bool

	Comma rune // what separates cells; 0 for a comma
}

// ReadCSV reads a CSV file as a [Table].
//
// A numeric cell is a decimal number with a point, finite, and perhaps with an exponent. The inputs are in
// the order of the columns, and those of a column with names, like the classes, in the order of the
// names: numbers by size, then others by their bytes.
//
// ReadCSV returns an error, with the line and the column, if a cell is not what its column should have. It
// also returns one if the file cannot be read, is not CSV in UTF-8, has no header or no rows; if a column
// has no name, one that another column has, or one with "=", and is not ignored; if there is no column of
// a name in the CSV; if a column has more than 1,000 different names, or one in two spellings, such as 1 and
// 1.0, or Yes and yes; or if all targets are one class, and Classes does not say that there are others.
func ReadCSV(file string, c CSV) (*Table, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("data: ReadCSV: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	t, err := c.read(f)
	if err != nil {
		return nil, fmt.Errorf("data: ReadCSV: %s: %w", file, err)
	}
	return t, nil
}

// Read reads CSV as [ReadCSV] does.
func (c CSV) Read(r io.Reader) (*Table, error) {
	if r == nil {
		return nil, errors.New("data: Read: the Reader is nil, want one")
	}
	t, err := c.read(r)
	if err != nil {
		return nil, fmt.Errorf("data: Read: %w", err)
	}
	return t, nil
}

func (c CSV) read(r io.Reader) (*Table, error) {
	c.Missing = strings.TrimSpace(c.Missing)
	if c.DropMissing && c.KeepMissing {
		return nil, errors.New("DropMissing and KeepMissing are both true, want at most one")
	}
	if strings.ContainsRune("\"\r\n\ufffd", c.Comma) || !utf8.ValidRune(c.Comma) {
		return nil, fmt.Errorf("the Comma is %q, want what can separate cells, such as ';' or '\\t'", c.Comma)
	}
	records := c.records(r)
	header, err := records.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty, want a line with the names of the columns, and rows below it")
	}
	if err != nil {
		return nil, unread(err)
	}
	line, _ := records.FieldPos(0)
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		if err := checkName(header[i]); err != nil && header[i] != "" {
			return nil, fmt.Errorf("line %d, column %d: %w", line, i+1, err)
		}
	}
	columns, err := c.columns(line, header)
	if err != nil {
		return nil, err
	}
	t := &Table{Target: c.Target, keepsMissing: c.KeepMissing}
	for {
		cells, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unread(err)
		}
		if err := c.row(t, records, columns, cells, len(header)); err != nil {
			return nil, err
		}
	}
	switch {
	case len(t.Lines) == 0 && t.Dropped > 0:
		return nil, fmt.Errorf("each of the %d rows has a missing value: DropMissing leaves none", t.Dropped)
	case len(t.Lines) == 0:
		return nil, errors.New("there are no rows below the names of the columns, want at least one")
	}
	return t, c.fill(t, columns)
}

// records returns a reader of the lines.
func (c CSV) records(r io.Reader) *csv.Reader {
	text := bufio.NewReader(r)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" { // an error comes again at the next read
		_, _ = text.Discard(3)
	}
	records := csv.NewReader(text)
	records.FieldsPerRecord = -1 // row counts them
	records.ReuseRecord = true
	if c.Comma != 0 {
		records.Comma = c.Comma
	}
	records.TrimLeadingSpace = !unicode.IsSpace(records.Comma)
	return records
}

// unread returns the error of a line that is no CSV, with what would be.
func unread(err error) error {
	if errors.As(err, new(*csv.ParseError)) {
		return fmt.Errorf(`%w; want quotes around a whole cell, or none, and "" for one in it`, err)
	}
	return err
}

// row adds a row to the columns.
func (c CSV) row(t *Table, records *csv.Reader, columns []*column, cells []string, width int) error {
	line, _ := records.FieldPos(0)
	if len(cells) != width {
		return fmt.Errorf("line %d has %s, want %d, as many as the header has", line,
			count(len(cells), "cell"), width)
	}
	for i, cell := range cells {
		cells[i] = strings.TrimSpace(cell)
	}
	missing := func(col *column) bool { return col.isMissing(cells[col.index]) }
	if c.DropMissing && slices.ContainsFunc(columns, missing) {
		t.Dropped++
		return nil
	}
	var first error
	var same []string // the other columns with names where numbers should be
	for _, col := range columns {
		line, _ := records.FieldPos(col.index)
		var err error
		if missing(col) {
			err = col.addMissing(cells[col.index], c.KeepMissing)
		} else {
			err = col.add(line, cells[col.index])
		}
		switch {
		case err == nil:
		case first == nil:
			first = fmt.Errorf("line %d, column %s: %w", line, col.name, err)
		case errors.Is(err, errNoNumber):
			same = append(same, col.name)
		}
	}
	if first != nil && len(same) > 0 && errors.Is(first, errNoNumber) {
		return fmt.Errorf("%w; the same holds for %s", first, strings.Join(same, ", "))
	}
	t.Lines = append(t.Lines, line)
	return first
}

// count returns "1 cell", "2 cells".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}
