package data

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/nn"
)

// numbered returns a table with so many rows of each class, where the only input is the number of the row.
// One count makes a table without classes.
func numbered(counts ...int) *Table {
	t := &Table{Inputs: []string{"row"}, Target: "class"}
	for class, n := range counts {
		for range n {
			t.Lines = append(t.Lines, len(t.X)+2)
			t.X = append(t.X, []float64{float64(len(t.X))})
			if len(counts) == 1 {
				t.T = append(t.T, []float64{float64(len(t.T) % 7)})
			} else {
				t.T = append(t.T, nn.OneHot(len(counts), class))
			}
		}
		if len(counts) > 1 {
			t.Classes = append(t.Classes, string(rune('a'+class)))
		}
	}
	return t
}

// checkParts demands that each row of the whole is in one part, with its targets and its line.
func checkParts(t *testing.T, name string, whole *Table, parts ...*Table) {
	t.Helper()
	seen := make([]int, len(whole.X))
	for _, p := range parts {
		for i, row := range p.X {
			at := int(row[0])
			seen[at]++
			if !slices.Equal(p.T[i], whole.T[at]) || p.Lines[i] != whole.Lines[at] {
				t.Errorf("%s: row %d has the targets %v and the line %d", name, at, p.T[i], p.Lines[i])
			}
		}
	}
	for at, n := range seen {
		if n != 1 {
			t.Errorf("%s: row %d is in %d parts, want 1", name, at, n)
		}
	}
}

// sizes returns how many rows of each class a table has.
func sizes(t *Table) (n []int) {
	for _, members := range t.members() {
		n = append(n, len(members))
	}
	return n
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		counts []int
		shares []float64
		want   [][]int // of each class in each part, computed by hand
	}{
		{[]int{10}, []float64{0.2}, [][]int{{8}, {2}}},
		{[]int{50, 50, 50}, []float64{0.2}, [][]int{{40, 40, 40}, {10, 10, 10}}},
		{[]int{146, 68, 119}, []float64{0.2}, [][]int{{117, 54, 95}, {29, 14, 24}}}, // 29.2; 13.8; 23.6
		{[]int{5, 5, 5, 5}, []float64{0.1}, [][]int{{4, 4, 4, 4}, {1, 1, 1, 1}}},    // at least 1
		{[]int{2, 98}, []float64{0.2}, [][]int{{1, 79}, {1, 19}}},                   // at least 1; 19.6 − 0.5
		{[]int{2, 98}, []float64{0.9}, [][]int{{1, 9}, {1, 89}}},                    // at least 1; 88.2 + 0.5
		{[]int{20, 30}, []float64{0.2, 0.1}, [][]int{{14, 21}, {4, 6}, {2, 3}}},
		{[]int{10, 0, 10}, []float64{0.2}, [][]int{{8, 0, 8}, {2, 0, 2}}},
		{[]int{3, 3}, []float64{0.9, 0.05}, [][]int{{1, 1}, {1, 1}, {1, 1}}},
	} {
		name := fmt.Sprint(tt.counts, tt.shares)
		whole := numbered(tt.counts...)
		var parts []*Table
		var err error
		if len(tt.shares) == 1 {
			parts = make([]*Table, 2)
			parts[0], parts[1], err = whole.Split(3, tt.shares[0])
		} else {
			parts = make([]*Table, 3)
			parts[0], parts[1], parts[2], err = whole.SplitThree(3, tt.shares[0], tt.shares[1])
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkParts(t, name, whole, parts...)
		var got [][]int
		for _, p := range parts {
			got = append(got, sizes(p))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Whatever the classes are, each part has its share of each to within a row, and of all rows.
func TestSplitIsStratified(t *testing.T) {
	for n := 2; n < 40; n++ {
		for _, share := range []float64{0.05, 0.1, 0.25, 1. / 3, 0.5, 0.8} {
			whole := numbered(n, 3*n, 200-n, 7)
			_, test, err := whole.Split(uint64(n), share)
			if err != nil {
				t.Fatal(err)
			}
			all := 0
			for class, got := range sizes(test) {
				all += got
				if want := share * float64(sizes(whole)[class]); math.Abs(float64(got)-want) > 1+1e-9 {
					t.Errorf("share %v: class %d has %d rows, want %v", share, class, got, want)
				}
			}
			if want := share * float64(len(whole.X)); math.Abs(float64(all)-want) > 1.5 {
				t.Errorf("share %v: %d rows, want %v", share, all, want)
			}
		}
	}
}

// A seed determines the parts; another one gives others. Each row is in test in its share of the splits, and
// the rows are not in the order of the file.
func TestSplitIsRandom(t *testing.T) {
	whole, times := numbered(10, 30), make([]int, 40)
	const splits = 2000
	for seed := range uint64(splits) {
		_, test, err := whole.Split(seed, 0.2)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range test.X {
			times[int(row[0])]++
		}
	}
	for row, n := range times { // binomial, of standard deviation √(2000·0.2·0.8) = 17.9
		if math.Abs(float64(n)-0.2*splits) > 5*17.9 {
			t.Errorf("row %d is in test %d times of %d", row, n, splits)
		}
	}
	a, _, _ := whole.Split(1, 0.2)
	b, _, _ := whole.Split(1, 0.2)
	c, _, _ := whole.Split(2, 0.2)
	if !slices.Equal(a.Lines, b.Lines) || slices.Equal(a.Lines, c.Lines) || slices.IsSorted(a.Lines) {
		t.Errorf("seeds 1, 1 and 2 give %v, %v, %v", a.Lines, b.Lines, c.Lines)
	}
}

func TestFolds(t *testing.T) {
	for _, tt := range []struct {
		counts []int
		k      int
	}{{[]int{10}, 2}, {[]int{10}, 10}, {[]int{50, 50, 50}, 5}, {[]int{7, 23, 11}, 5}, {[]int{3, 3, 3, 3}, 3}} {
		name, whole := fmt.Sprint(tt.counts, tt.k), numbered(tt.counts...)
		folds, err := whole.Folds(1, tt.k)
		if err != nil || len(folds) != tt.k {
			t.Errorf("%s: %d folds, %v", name, len(folds), err)
			continue
		}
		var tests []*Table
		for _, f := range folds {
			checkParts(t, name, whole, f.Train, f.Test)
			tests = append(tests, f.Test)
			for class, n := range sizes(f.Test) {
				if few := tt.counts[class] / tt.k; n != few && n != few+1 {
					t.Errorf("%s: class %d has %d rows in a part", name, class, n)
				}
			}
			if few := len(whole.X) / tt.k; len(f.Test.X) != few && len(f.Test.X) != few+1 {
				t.Errorf("%s: a part has %d rows", name, len(f.Test.X))
			}
		}
		checkParts(t, name, whole, tests...)
	}
}

func TestDivideErrors(t *testing.T) {
	split := func(share float64) func(*Table) error {
		return func(t *Table) error { _, _, err := t.Split(1, share); return err }
	}
	three := func(t *Table) error { _, _, _, err := t.SplitThree(1, 0.5, 0.5); return err }
	folds := func(k int) func(*Table) error {
		return func(t *Table) error { _, err := t.Folds(1, k); return err }
	}
	scaled := numbered(9)
	if _, err := Standardise(scaled); err != nil {
		t.Fatal(err)
	}
	const share = ", want positive ones that leave something for training"
	for _, tt := range []struct {
		name   string
		table  *Table
		divide func(*Table) error
		want   string
	}{
		{"no share", numbered(9), split(0), "Split: the shares are [0]" + share},
		{"all", numbered(9), split(1), "Split: the shares are [1]" + share},
		{"no number", numbered(9), split(math.NaN()), "Split: the shares are [NaN]" + share},
		{"nothing left", numbered(9), three, "SplitThree: the shares are [0.5 0.5]" + share},
		{"nil", nil, split(0.5), "Split: the Table has no rows, want at least one"},
		{
			"one row", numbered(1), split(0.5),
			"Split: the Table has 1 row, want at least 2, one for each part",
		},
		{
			"a rare class", numbered(5, 1), split(0.5),
			"Split: the class b has 1 row, want at least 2, one for each part",
		},
		{"one fold", numbered(9), folds(1), "Folds: got 1, want at least 2"},
		{
			"too many folds", numbered(9, 4), folds(5),
			"Folds: the class b has 4 rows, want at least 5, one for each part",
		},
		{
			"a mean that knows all", scaled, split(0.5),
			"Split: the Table is standardised already, want Standardise after the split, so that what is tested " +
				"with is unknown to the mean",
		},
	} {
		if err := tt.divide(tt.table); err == nil || err.Error() != "data: "+tt.want {
			t.Errorf("%s: error\n%v, want\ndata: %s", tt.name, err, tt.want)
		}
	}
}

// A table made by hand is checked.
func TestCheck(t *testing.T) {
	x, names := m{{1, 2}, {3, 4}}, []string{"a", "b"}
	for _, tt := range []struct {
		name  string
		table Table
		want  string
	}{
		{"all is well", Table{X: x, T: m{{1}, {2}}, Inputs: names}, "<nil>"},
		{"no targets", Table{X: x, Inputs: names}, "<nil>"},
		{
			"too few targets",
			Table{X: x, T: m{{1}}, Inputs: names},
			"the Table has 2 rows of inputs, 1 rows of targets and 0 Lines, want the same number of " +
				"each, or none",
		},
		{
			"too few lines",
			Table{X: x, Lines: []int{1}, Inputs: names},
			"the Table has 2 rows of inputs, 0 rows of targets and 1 Lines, want the same number of " +
				"each, or none",
		},
		{
			"no names",
			Table{X: x},
			"the Table: X[0] has 2 inputs, want 0, as many as there are names in Inputs",
		},
		{
			"a short row",
			Table{X: m{{1, 2}, {3}}, Inputs: names},
			"the Table: X[1] has 1 input, want 2, as many as there are names in Inputs",
		},
		{
			"no number",
			Table{X: m{{1, 2}, {3, math.NaN()}}, Inputs: names},
			"the Table: X[1][1] (b) is NaN, want a finite number",
		},
		{
			"an infinite target",
			Table{X: x, T: m{{1}, {math.Inf(1)}}, Inputs: names},
			"the Table: T[1][0] is +Inf, want a finite number",
		},
		{
			"two targets",
			Table{X: x, T: m{{1, 1}, {2, 2}}, Inputs: names},
			"the Table: T[0] has 2 targets, want 1",
		},
		{
			"two classes at once",
			Table{X: x, T: m{{1, 0}, {1, 1}}, Inputs: names, Classes: names},
			"the Table: T[1] is [1 1], want one 1 and zeros",
		},
		{
			"no class",
			Table{X: x, T: m{{1, 0}, {0, 0}}, Inputs: names, Classes: names},
			"the Table: T[1] is [0 0], want one 1 and zeros",
		},
	} {
		if err := tt.table.check(); fmt.Sprint(err) != tt.want {
			t.Errorf("%s: error\n%v, want\n%s", tt.name, err, tt.want)
		}
	}
}
