package data

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/nn"
)

// The classes are cats, dogs and a third one, which occurs in no picture but is predicted for one.
var (
	truth     = []int{0, 0, 0, 0, 1, 1, 1, 1, 1, 1}
	predicted = []int{0, 0, 0, 1, 1, 0, 0, 2, 1, 1}
	animals   = []string{"cat", "dog", "hamster"}
)

func counted(t *testing.T, truth, predicted []int, classes ...string) *Confusion {
	t.Helper()
	c, err := CountConfusion(truth, predicted, classes...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCountConfusion(t *testing.T) {
	c := counted(t, truth, predicted, animals...)
	want := &Confusion{animals, [][]int{{3, 1, 0}, {2, 3, 1}, {0, 0, 0}}}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := c.Accuracy(); got != 6./10 {
		t.Errorf("accuracy %v, want 6/10", got)
	}
	for i, want := range [][2]float64{{3. / 5, 3. / 4}, {3. / 4, 3. / 6}, {0, math.NaN()}} {
		got := [2]float64{c.Precision(i), c.Recall(i)}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("precision and recall of %d (-want +got):\n%s", i, diff)
		}
	}
	if p := counted(t, []int{0}, []int{0}, "a", "b").Precision(1); !math.IsNaN(p) {
		t.Errorf("a class that nothing was taken for has the precision %v", p)
	}
}

// The same samples, as outputs and targets. Of equal outputs the first counts.
func TestNewConfusion(t *testing.T) {
	y, targets := m{}, m{}
	for i, class := range truth {
		row := []float64{-3, -3, -3}
		row[predicted[i]] = -2
		y, targets = append(y, row), append(targets, nn.OneHot(3, class))
	}
	y[0] = []float64{7, 7, 7}
	for _, names := range [][]string{nil, animals} {
		c, err := NewConfusion(y, targets, names...)
		if err != nil {
			t.Fatal(err)
		}
		if names == nil {
			names = []string{"0", "1", "2"}
		}
		if diff := cmp.Diff(counted(t, truth, predicted, names...), c); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if got, err := Accuracy(y, targets); got != 0.6 || err != nil {
		t.Errorf("accuracy %v, %v, want 0.6", got, err)
	}
}

func TestConfusionErrors(t *testing.T) {
	confusion := func(y, t m, names ...string) error { _, err := NewConfusion(y, t, names...); return err }
	accuracy := func(y, t m) error { _, err := Accuracy(y, t); return err }
	of := func(truth, predicted []int, names ...string) error {
		_, err := CountConfusion(truth, predicted, names...)
		return err
	}
	const names = ", want one output for each class, at least 2; CSV.Categorical makes classes of a Target of " +
		"numbers, and CountConfusion counts for a network with one output"
	const class = ", want two of the 2 classes that have names, counted from 0"
	for _, tt := range []struct {
		name string
		err  error
		want string
	}{
		{
			"nothing", confusion(nil, nil),
			"NewConfusion: got 0 rows of outputs and 0 rows of targets, want the same number of " +
				"both, at least 1",
		},
		{
			"rows too few", confusion(m{{1, 0}}, m{{1, 0}, {0, 1}}),
			"NewConfusion: got 1 rows of outputs and 2 rows of targets, want the same number of " +
				"both, at least 1",
		},
		{
			"no targets", confusion(m{{1, 0}}, m{{}}),
			"NewConfusion: the rows have no targets, want at least one",
		},
		{
			"a short row", confusion(m{{1, 0}, {1}}, m{{1, 0}, {1, 0}}),
			"NewConfusion: y[1] has 1 output, want 2, as many as targets",
		},
		{
			"a short target", confusion(m{{1, 0}, {1, 0}}, m{{1, 0}, {1}}),
			"NewConfusion: t[1] has 1 target, want 2",
		},
		{
			"NaN", confusion(m{{1, math.NaN()}}, m{{1, 0}}),
			"NewConfusion: y[0][1] is NaN, want a finite number",
		},
		{
			"one output", confusion(m{{1}}, m{{1}}),
			"NewConfusion: each row has 1 output and there are 1 classes" + names,
		},
		{
			"names too few", confusion(m{{1, 0}}, m{{1, 0}}, "a"),
			"NewConfusion: each row has 2 outputs and there are 1 classes" + names,
		},
		{
			"not one class", confusion(m{{1, 0}}, m{{0.5, 0.5}}),
			"NewConfusion: t[0] is [0.5 0.5], want one 1 and zeros",
		},
		{
			"one output of Accuracy", accuracy(m{{1}}, m{{1}}),
			"Accuracy: each row has 1 output and there are 1 classes" + names,
		},
		{"no rows of Accuracy", accuracy(m{{1}}, m{{}}), "Accuracy: the rows have no targets, want at least one"},
		{
			"no samples", of(nil, nil),
			"CountConfusion: got 0 true and 0 predicted classes, want the same number of both, at " +
				"least 1",
		},
		{
			"a sample too few", of([]int{0}, []int{0, 0}, "a"),
			"CountConfusion: got 1 true and 2 predicted classes, want the same number of both, at " +
				"least 1",
		},
		{
			"no such true class", of([]int{0, 2}, []int{0, 0}, "a", "b"),
			"CountConfusion: truth[1] is 2 and predicted[1] is 0" + class,
		},
		{
			"no such predicted class", of([]int{0, 0}, []int{2, 0}, "a", "b"),
			"CountConfusion: truth[0] is 0 and predicted[0] is 2" + class,
		},
		{
			"a negative class", of([]int{0, 0}, []int{0, -1}, "a", "b"),
			"CountConfusion: truth[1] is 0 and predicted[1] is -1" + class,
		},
	} {
		if tt.err == nil || tt.err.Error() != "data: "+tt.want {
			t.Errorf("%s: error\n%v, want\ndata: %s", tt.name, tt.err, tt.want)
		}
	}
}

func TestConfusionString(t *testing.T) {
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{[]string{"0", "1", "2"}, `class 0 1 2  precision   recall
    0 3 1 ·     60.0 %   75.0 %
    1 2 3 1     75.0 %   50.0 %
    2 · · ·      0.0 %        –
`},
		{animals, `  class     cat     dog hamster  precision   recall
    cat       3       1       ·     60.0 %   75.0 %
    dog       2       3       1     75.0 %   50.0 %
hamster       ·       ·       ·      0.0 %        –
`},
		{
			[]string{"cat", "dog", "Cricetus cricetus, wild"},
			`               class  precision   recall  most often mistaken for
                 cat     60.0 %   75.0 %  dog (1)
                 dog     75.0 %   50.0 %  cat (2)
Cricetus cricetus, …      0.0 %        –
`,
		},
	} {
		if diff := cmp.Diff(tt.want, counted(t, truth, predicted, tt.names...).String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	const one = "class a  precision   recall\n    a 1    100.0 %  100.0 %\n"
	if diff := cmp.Diff(one, counted(t, []int{0}, []int{0}, "a").String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// squareOf returns a Confusion of so many classes, with numbers for names and this count on the diagonal.
func squareOf(classes, count int) *Confusion {
	c := &Confusion{Counts: make([][]int, classes)}
	for i := range c.Counts {
		c.Classes = append(c.Classes, strconv.Itoa(i))
		c.Counts[i] = make([]int, classes)
		c.Counts[i][i] = count
	}
	return c
}

// The columns are as wide as the numbers, and columns that do not fit are left out.
func TestConfusionStringIsNotTooWide(t *testing.T) {
	for _, test := range []struct {
		classes, count int
		isWide         bool
	}{
		{10, 1, false},
		{10, 1000, false},
		{10, 9999, false},
		{10, 10_000, true},
		{11, 1000, false}, // 80 columns
		{14, 100, true},   // 81
		{18, 1, false},
		{19, 1, true},
		{62, 7, true},
		{256, 1, true},
	} {
		c := squareOf(test.classes, test.count)
		c.Counts[0][2], c.Counts[1][0], c.Counts[1][2] = 1, 1, test.count
		text := c.String()
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
	c := counted(t, []int{0, 0, 1, 1, 1, 39}, []int{39, 39, 0, 0, 2, 39}, squareOf(40, 0).Classes...)
	const want = "class  precision   recall  most often mistaken for\n" +
		"    0      0.0 %    0.0 %  39 (2)\n    1          –    0.0 %  0 (2)\n    2      0.0 %        –\n"
	if text := c.String(); !strings.HasPrefix(text, want) ||
		!strings.HasSuffix(text, "\n   39     33.3 %  100.0 %\n") {
		t.Errorf("got %s\nwant it to begin with\n%s", text, want)
	}
}

// The table begins with this text if there are this many classes and one sample, which is right.
func TestConfusionStringBegins(t *testing.T) {
	for classes, want := range map[int]string{
		10: "class 0 1 2 3 4 5 6 7 8 9  precision",
		11: "class  0  1  2  3  4  5  6  7  8  9 10  precision",
		40: "class  precision   recall  most often mistaken for\n    0    100.0 %  100.0 %\n",
	} {
		got := counted(t, []int{0}, []int{0}, squareOf(classes, 0).Classes...).String()
		if !strings.HasPrefix(got, want) {
			t.Errorf("got %s\nwant it to begin with %s", got, want)
		}
	}
}

// The numbers are computed by hand.
// Outputs as they were measured do not fit targets that were standardised: R² would be far below 0.
func TestR2OfInverted(t *testing.T) {
	training := &Table{X: m{{1}, {2}, {3}}, T: m{{10}, {30}, {50}}, Inputs: []string{"x"}, Target: "y"}
	measured := training.T
	scale, err := StandardiseTargets(training)
	if err != nil {
		t.Fatal(err)
	}
	y, err := scale.Invert(training.T)
	if err != nil {
		t.Fatal(err)
	}
	const want = "data: R2: y is what Invert returned, and t is standardised, want both as they were " +
		"measured, or both standardised"
	if _, err := R2(y, training.T); fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
	for _, pair := range [][2]m{{y, measured}, {training.T, training.T}} {
		if r2, err := R2(pair[0], pair[1]); r2 != 1 || err != nil {
			t.Errorf("R² = %v, error %v, want 1", r2, err)
		}
	}
}

func TestR2(t *testing.T) {
	for _, tt := range []struct {
		name string
		y, t m
		want float64
	}{
		{"all right", m{{1}, {2}, {3}}, m{{1}, {2}, {3}}, 1},
		{"the mean", m{{2}, {2}, {2}}, m{{1}, {2}, {3}}, 0},
		{"backwards", m{{3}, {2}, {1}}, m{{1}, {2}, {3}}, 1 - 8./2},
		{"half of the way", m{{1.5}, {2}, {2.5}}, m{{1}, {2}, {3}}, 1 - 0.5/2},
		{"two outputs", m{{1, 3}, {2, 2}, {3, 1}}, m{{1, 1}, {2, 2}, {3, 3}}, (1 + 1 - 8./2) / 2},
		{"uneven", m{{2.5}, {0}, {2}, {8}}, m{{3}, {-0.5}, {2}, {7}}, 1 - 1.5/29.1875}, // mean 2.875
		{"large numbers", m{{1e200}, {3e200}}, m{{1e200}, {2e200}}, 1 - 1./0.5},
	} {
		got, err := R2(tt.y, tt.t)
		if err != nil || math.Abs(got-tt.want) > 1e-15*max(1, math.Abs(tt.want)) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	for _, tt := range []struct {
		name string
		y, t m
		want string
	}{
		{
			"constant targets",
			m{{1, 5}, {2, 5}},
			m{{1, 5}, {2, 5}},
			"t[i][1] is 5 for every i, want different ones: there is no variance to explain",
		},
		{
			"one row",
			m{{1}},
			m{{2}},
			"t[i][0] is 2 for every i, want different ones: there is no variance to explain",
		},
		{
			"no rows", nil, nil,
			"got 0 rows of outputs and 0 rows of targets, want the same number of both, at least 1",
		},
		{"NaN", m{{1}, {math.NaN()}}, m{{1}, {2}}, "y[1][0] is NaN, want a finite number"},
		{
			"an infinite target",
			m{{1}, {2}},
			m{{1}, {math.Inf(-1)}},
			"t[1][0] is -Inf, want a finite number",
		},
		{"far away", m{{1e300}, {2}}, m{{1}, {2}}, "it is -Inf, want outputs nearer to the targets"},
	} {
		if got, err := R2(tt.y, tt.t); fmt.Sprint(err) != "data: R2: "+tt.want || got != 0 {
			t.Errorf("%s: %v, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}

// Of sixty long names that begin alike, each is one that a reader can tell from the others.
func TestConfusionOfLongNames(t *testing.T) {
	var names []string
	var classes []int
	for i := range 60 {
		names, classes = append(names, fmt.Sprintf("a breed of dogs with the number %d", i)), append(classes, i)
	}
	c, err := CountConfusion(classes, append(classes[1:], 0), names...)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(c.String()), "\n")[1:] {
		name := strings.TrimSpace(string([]rune(line)[:20]))
		if rows[name] || len([]rune(line)) > 80 || strings.Count(line, name) != 1 {
			t.Errorf("the line is %s, want another name and at most 80 columns", line)
		}
		rows[name] = true
	}
	if !rows["a breed of…number 17"] || len(rows) != 60 {
		t.Errorf("the rows are %v", rows)
	}
}
