package data

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Names are sorted as numbers where both are, and numbers stand before other names, 0 too.
func TestSorted(t *testing.T) {
	c := column{codes: map[string]int{}}
	for i, name := range strings.Split("b 10 a 9 0 -3 1.0 1 +x 0x2", " ") {
		c.codes[name] = i
	}
	want := strings.Split("-3 0 1 1.0 9 10 +x 0x2 a b", " ")
	for range 10 { // since the order of a map differs
		if diff := cmp.Diff(want, c.sorted()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// What programs write for a missing value is no name of a class, nor is it among numbers; other texts are.
func TestSaysMissing(t *testing.T) {
	for _, word := range strings.Fields("NA n/a NaN -nan NULL nil None <NA> ? . " +
		"#N/A #NA #NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM!") {
		_, err := CSV{Target: "y"}.Read(strings.NewReader("x,y\n1,a\n2," + word + "\n3,b\n"))
		want := fmt.Sprintf("data: Read: line 3, column y: %q may say that the value is missing: set Missing to "+
			"it, or if it is a name, to another text", word)
		if fmt.Sprint(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
		_, err = CSV{Target: "y"}.Read(strings.NewReader("x,y\n1,1\n" + word + ",2\n"))
		want = fmt.Sprintf("data: Read: line 3, column x: %q is not a finite number; if it says that the value is "+
			"missing, set Missing to %[1]q", word)
		if fmt.Sprint(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	for _, name := range strings.Fields("- + .. N/B nano #1 nonesuch") {
		table, err := CSV{Target: "y"}.Read(strings.NewReader("x,y\n1,a\n2," + name + "\n"))
		if err != nil || len(table.Classes) != 2 {
			t.Errorf("%s: error %v, want a class of that name", name, err)
		}
	}
}

// Spaces around a name of the header, and before quotes, do not count.
func TestReadSpaces(t *testing.T) {
	const text = "x , y \n1, \"a, b\"\n2 ,c\n"
	got, err := CSV{Target: "y", Categorical: []string{"y"}}.Read(strings.NewReader(text))
	want := &Table{
		X: m{{1}, {2}}, T: m{{1, 0}, {0, 1}}, Inputs: []string{"x"}, Target: "y", Classes: []string{"a, b", "c"},
		Lines: []int{2, 3},
	}
	if diff := cmp.Diff(want, got, exported); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

// A table that keeps missing numbers may have NaN, and nothing else that is not finite. The targets that were
// standardised may not be divided. A nil table has no labels.
func TestTableIsChecked(t *testing.T) {
	read := func(text string) *Table {
		table, err := CSV{Target: "y", KeepMissing: true}.Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	infinite, scaled := read("x,y\n1,2\n,3\n"), read("x,y\n1,2\n,3\n")
	infinite.X[0][0] = math.Inf(1)
	if _, err := StandardiseTargets(scaled); err != nil {
		t.Fatal(err)
	}
	for want, table := range map[string]*Table{
		"data: Split: the Table: X[0][0] (x) is +Inf, want a finite number": infinite,
		"data: Split: the Table is standardised already, want Standardise after the split, so that what is " +
			"tested with is unknown to the mean": scaled,
		"data: Split: the Table has no rows, want at least one": {},
	} {
		if _, _, err := table.Split(1, 0.5); fmt.Sprint(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if labels := (*Table)(nil).Labels(); labels != nil {
		t.Errorf("a nil Table has the labels %v, want nil", labels)
	}
}

// The names of classes that are left out are made anew, and not in the memory of the caller.
func TestNewConfusionKeepsNames(t *testing.T) {
	names := []string{"mine", "too"}
	c, err := NewConfusion(m{{1, 0}}, m{{1, 0}}, names[:0]...)
	if err != nil || c.Classes[0] != "0" || names[0] != "mine" {
		t.Errorf("error %v, classes %v, the caller's %v, want its own", err, c.Classes, names)
	}
}

// Classes are those of a Target. A hint for another separator is given where a file has it.
func TestReadHeaderErrors(t *testing.T) {
	for _, tt := range []struct {
		csv        CSV
		text, want string
	}{
		{
			CSV{Inputs: []string{"x"}, Classes: []string{"a", "b"}},
			"x,y\n1,a\n",
			"data: Read: there is no Target, want",
		},
		{CSV{Target: "y"}, ";x\n1\n", `names: ;x; if ';' separates the cells, set Comma`},
		{CSV{Target: "y"}, "x;y\n1;2\n", `names: x;y; if ';' separates the cells, set Comma`},
		{CSV{Target: "z"}, "x;y,u\n1,2\n", `line 1 names: x;y, u`},
	} {
		_, err := tt.csv.Read(strings.NewReader(tt.text))
		if s := fmt.Sprint(err); !strings.HasPrefix(s, tt.want) && !strings.HasSuffix(s, tt.want) {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
}
