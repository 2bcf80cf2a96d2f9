package confusion

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The classes are cats, dogs and a third one, which occurs in no picture but is predicted for one.
var (
	truth     = []int{0, 0, 0, 0, 1, 1, 1, 1, 1, 1}
	predicted = []int{0, 0, 0, 1, 1, 0, 0, 2, 1, 1}
)

func TestMatrix(t *testing.T) {
	m := New(3, truth, predicted)
	want := Matrix{{3, 1, 0}, {2, 3, 1}, {0, 0, 0}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i, want := range [][2]float64{{3. / 5, 3. / 4}, {3. / 4, 3. / 6}, {0, math.NaN()}} {
		got := [2]float64{m.precision(i), m.recall(i)}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("precision and recall of %d (-want +got):\n%s", i, diff)
		}
	}
	if p := New(2, []int{0}, []int{0}).precision(1); !math.IsNaN(p) {
		t.Errorf("a class that nothing was taken for has the precision %v", p)
	}
}

func TestString(t *testing.T) {
	const want = `class 0 1 2  precision   recall
    0 3 1 ·     60.0 %   75.0 %
    1 2 3 1     75.0 %   50.0 %
    2 · · ·      0.0 %        –
`
	if diff := cmp.Diff(want, New(3, truth, predicted).String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The columns are as wide as the numbers, and columns that do not fit are left out.
func TestStringIsNotTooWide(t *testing.T) {
	for _, test := range []struct {
		classes, count int
		isWide         bool
	}{
		{10, 1, false},
		{10, 1000, false},
		{10, 9999, false},
		{10, 10_000, true},
		{18, 1, false},
		{19, 1, true},
		{62, 7, true},
		{256, 1, true},
	} {
		m := New(test.classes, nil, nil)
		for i := range m {
			m[i][i] = test.count
		}
		m[0][2], m[1][0], m[1][2] = 1, 1, test.count
		text := m.String()
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(line); n > 81 {
				t.Errorf("%d classes of %d: %d columns: %s", test.classes, test.count, n, line)
			}
		}
		if got := strings.Contains(text, "mistaken"); got != test.isWide {
			t.Errorf("%d classes of %d: without counts %t, want %t:\n%s",
				test.classes, test.count, got, test.isWide, text)
		}
	}
	m := New(40, []int{0, 0, 1, 1, 1, 39}, []int{39, 39, 0, 0, 2, 39})
	const want = "class  precision   recall  most often mistaken for\n" +
		"    0      0.0 %    0.0 %  39 (2)\n    1          –    0.0 %  0 (2)\n    2      0.0 %        –\n"
	if text := m.String(); !strings.HasPrefix(text, want) ||
		!strings.HasSuffix(text, "\n   39     33.3 %  100.0 %\n") {
		t.Errorf("got %s\nwant it to begin with\n%s", text, want)
	}
}

// The table begins with this text if there are this many classes and one sample, which is right.
func TestStringBegins(t *testing.T) {
	for classes, want := range map[int]string{
		10: "class 0 1 2 3 4 5 6 7 8 9  precision",
		11: "class  0  1  2  3  4  5  6  7  8  9 10  precision",
		40: "class  precision   recall  most often mistaken for\n    0    100.0 %  100.0 %\n",
	} {
		if got := New(classes, []int{0}, []int{0}).String(); !strings.HasPrefix(got, want) {
			t.Errorf("got %s\nwant it to begin with %s", got, want)
		}
	}
}

func TestChart(t *testing.T) {
	c := New(3, truth, predicted).Chart("T")
	if c.Title != "T" || c.Cells[1][2].Text != "1\n16.7 %" {
		t.Errorf("got %+v, want the title T, and 1 of 6 in row 1, column 2", c)
	}
	if err := c.Save(t.TempDir() + "/confusion.png"); err != nil {
		t.Error(err)
	}
}
