package data

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/finite"
)

// write returns a table as CSV, with a column for each run of inputs that are names in one, and the target
// last. It returns which columns have names.
func write(t *testing.T, table *Table) (text []byte, categorical []string) {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var header []string
	for _, in := range table.Inputs {
		column, _, isName := strings.Cut(in, "=")
		if !slices.Contains(header, column) {
			if header = append(header, column); isName {
				categorical = append(categorical, column)
			}
		}
	}
	if table.Target != "" {
		header = append(header, table.Target)
	}
	if table.Classes != nil {
		categorical = append(categorical, table.Target)
	}
	if err := w.Write(header); err != nil {
		t.Fatal(err)
	}
	for i, row := range table.X {
		cells := map[string]string{}
		for j, in := range table.Inputs {
			column, name, isName := strings.Cut(in, "=")
			if !isName {
				cells[column] = strconv.FormatFloat(row[j], 'g', -1, 64)
			} else if row[j] == 1 {
				cells[column] = name
			}
		}
		if table.Classes != nil {
			class, _ := hot(table.T[i])
			cells[table.Target] = table.Classes[class]
		} else if table.Target != "" {
			cells[table.Target] = strconv.FormatFloat(table.T[i][0], 'g', -1, 64)
		}
		record := make([]string, len(header))
		for j, name := range header {
			record[j] = cells[name]
		}
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes(), categorical
}

// No text makes Read panic. What it accepts is rectangular and finite, and what is written of it is read as
// the same.
func FuzzRead(f *testing.F) {
	f.Add(penguins, "species", "island", "NA", ",", true)
	f.Add("\ufeffx,y\r\n1,2\r\n", "y", "", "", ",", false)
	f.Add("x;y;c\n1;2;a\n3;-4e5;\"b\nc\"\n", "y", "c", "-", ";", false)
	f.Add("a\tb\n1\tz\n2\tq\n", "b", "", "", "\t", true)
	f.Add("a,b\n1,z\n2,q\n", "", "b", "", ",", false)
	f.Fuzz(func(t *testing.T, text, target, categorical, missing, comma string, drop bool) {
		c := CSV{Target: target, Missing: missing, DropMissing: drop}
		if header, _, _ := strings.Cut(text, "\n"); target == "" {
			c.Inputs = strings.Split(header, ",")
		}
		if categorical != "" {
			c.Categorical = []string{categorical}
		}
		for _, r := range comma {
			c.Comma = r
			break
		}
		table, err := c.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		if err := table.check(); err != nil {
			t.Fatalf("what was read is wrong: %v", err)
		}
		for _, row := range slices.Concat(table.X, table.T) {
			if !finite.All(row...) {
				t.Fatalf("%v is not finite", row)
			}
		}
		written, names := write(t, table)
		for _, c := range []CSV{
			{Target: table.Target, Missing: missing, Classes: table.Classes, Inputs: table.Inputs},
			{Target: table.Target, Missing: missing, Categorical: names},
		} {
			if c.Target == "" && c.Inputs == nil {
				continue
			}
			got, err := c.Read(bytes.NewReader(written))
			if err != nil {
				t.Fatalf("what was written is not read: %v\n%s", err, written)
			}
			got.Lines, got.Dropped = table.Lines, table.Dropped
			if diff := cmp.Diff(table, got, exported); diff != "" {
				t.Fatalf("what was written is read as (-want +got):\n%s\n%s", diff, written)
			}
		}
	})
}

// No text makes LoadScaler panic, and what loads is saved and loaded as the same.
func FuzzReadScaler(f *testing.F) {
	f.Add(`{"format":"gradus scaler 1","names":["a"],"mean":[1],"deviation":[2],"classes":["b","c"]}`)
	f.Add(`{"format":"gradus scaler 1","names":["a","é"],"mean":[1,-0],"deviation":[2,5e-324],"classes":[]}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := readScaler(strings.NewReader(text))
		if err != nil {
			return
		}
		saved, err := s.text()
		if err != nil {
			t.Fatalf("what was loaded is not saved: %v", err)
		}
		again, err := readScaler(bytes.NewReader(saved))
		if err != nil {
			t.Fatalf("what was saved is not loaded: %v\n%s", err, saved)
		}
		if diff := cmp.Diff(s, again); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
