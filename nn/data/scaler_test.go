package data

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The numbers are computed by hand: the squares of the distances from the mean 5 are 9, 1, 1, 1, 0, 0, 4, 16,
// whose mean is 4.
func TestStandardise(t *testing.T) {
	train := &Table{Inputs: []string{"a", "b"}, Classes: []string{"no", "yes"}}
	for _, x := range []float64{2, 4, 4, 4, 5, 5, 7, 9} {
		train.X, train.T = append(train.X, []float64{x, 3}), append(train.T, []float64{1, 0})
	}
	old := train.X[0]
	test := &Table{X: m{{5, 3}, {1, 4}}, Inputs: train.Inputs}
	s, err := Standardise(train, test)
	if err != nil {
		t.Fatal(err)
	}
	want := &Scaler{[]string{"a", "b"}, []float64{5, 3}, []float64{2, 1}, []string{"no", "yes"}}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("the Scaler (-want +got):\n%s", diff)
	}
	wantX := m{{-1.5, 0}, {-0.5, 0}, {-0.5, 0}, {-0.5, 0}, {0, 0}, {0, 0}, {1, 0}, {2, 0}}
	if diff := cmp.Diff(wantX, train.X); diff != "" {
		t.Errorf("train (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m{{0, 0}, {-2, 1}}, test.X); diff != "" {
		t.Errorf("test (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{2, 3}, old); diff != "" {
		t.Errorf("the row that was (-want +got):\n%s", diff)
	}
	back, err := s.Invert(test.X)
	if diff := cmp.Diff(m{{5, 3}, {1, 4}}, back); diff != "" || err != nil {
		t.Errorf("inverted: %v (-want +got):\n%s", err, diff)
	}
}

// A missing input becomes the mean of the training rows, whatever the test rows are.
func TestStandardiseMissing(t *testing.T) {
	c := CSV{Inputs: []string{"mass", "sex"}, Categorical: []string{"sex"}, KeepMissing: true}
	read := func(text string) *Table {
		table, err := c.Read(strings.NewReader("mass,sex\n" + text))
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	train := read("1,f\n,m\n3,\n5,f\n5,f\n")
	c.Inputs = train.Inputs // the test rows have no m
	test := read(",f\n103.5,\n")
	s, err := Standardise(train, test)
	if err != nil {
		t.Fatal(err)
	}
	near := cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) <= 1e-15*math.Abs(x) })
	sd := math.Sqrt(0.75 * 0.25)
	want := &Scaler{
		Names: []string{"mass", "sex=f", "sex=m"},
		Mean:  []float64{3.5, 0.75, 0.25}, Deviation: []float64{math.Sqrt(2.75), sd, sd},
	}
	if diff := cmp.Diff(want, s, near); diff != "" {
		t.Errorf("the Scaler (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m{{0, 0.25 / sd, -0.25 / sd}, {100 / math.Sqrt(2.75), 0, 0}}, test.X, near); diff != "" {
		t.Errorf("test (-want +got):\n%s", diff)
	}
}

// The exact moments of numbers that are awkward for plain sums.
func TestMoments(t *testing.T) {
	for _, tt := range []struct{ x, want []float64 }{
		{[]float64{7}, []float64{7, 1}},
		{[]float64{0.1, 0.1, 0.1}, []float64{0.1, 1}},
		{[]float64{-1, 1}, []float64{0, 1}},
		{[]float64{-math.MaxFloat64, math.MaxFloat64}, []float64{0, math.MaxFloat64}},
		{[]float64{1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4}, []float64{1e9 + 2.5, math.Sqrt(1.25)}},
		{[]float64{1e-300, 3e-300}, []float64{2e-300, 1e-300}},
	} {
		mean, deviation := moments(tt.x)
		for i, got := range []float64{mean, deviation} {
			if math.Abs(got-tt.want[i]) > 1e-15*math.Abs(tt.want[i]) {
				t.Errorf("%v: %v, want %v", tt.x, []float64{mean, deviation}, tt.want)
			}
		}
	}
}

// The mean of numbers that are large beside their deviation is that of exact arithmetic.
func TestMeanIsExact(t *testing.T) {
	rng, sum := rand.New(rand.NewPCG(1, 0)), new(big.Float).SetPrec(200)
	x := make([]float64, 10_000)
	for i := range x {
		x[i] = 1e6 + rng.Float64()
		sum.Add(sum, big.NewFloat(x[i]))
	}
	want, _ := sum.Quo(sum, big.NewFloat(float64(len(x)))).Float64()
	if got, _ := moments(x); math.Abs(got-want) > 1.2e-10 { // a unit in the last place
		t.Errorf("the mean is %v, want %v", got, want)
	}
}

func TestStandardiseTargets(t *testing.T) {
	train := &Table{X: m{{1}, {2}}, T: m{{10}, {30}}, Inputs: []string{"x"}, Target: "y"}
	test := &Table{X: m{{1}}, T: m{{50}}, Inputs: []string{"x"}, Target: "y"}
	s, err := StandardiseTargets(train, test)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&Scaler{[]string{"y"}, []float64{20}, []float64{10}, nil}, s); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]m{{{-1}, {1}}, {{3}}, {{1}}}, []m{train.T, test.T, test.X}); diff != "" {
		t.Errorf("targets and inputs (-want +got):\n%s", diff)
	}
}

func TestScalerErrors(t *testing.T) {
	a := func(x ...float64) *Table {
		table := &Table{Inputs: []string{"a"}, Target: "y"}
		for _, x := range x {
			table.X, table.T = append(table.X, []float64{x}), append(table.T, []float64{x})
		}
		return table
	}
	done, one := a(1, 2), &Scaler{Names: []string{"a"}, Mean: []float64{1}, Deviation: []float64{1e-300}}
	if _, err := Standardise(done); err != nil {
		t.Fatal(err)
	}
	empty := a(math.NaN(), math.NaN())
	empty.keepsMissing, empty.T = true, nil
	other := &Table{X: m{{1, 2}}, Inputs: []string{"a", "b"}}
	twice := &Table{X: m{{1, 2}}, Inputs: []string{"a", "a"}}
	standardise := func(tables ...*Table) error { _, err := Standardise(tables[0], tables[1:]...); return err }
	targets := func(table *Table) error { _, err := StandardiseTargets(table); return err }
	apply := func(s *Scaler, x m) error { _, err := s.Apply(x); return err }
	scaled := a(1, 2)
	if err := targets(scaled); err != nil {
		t.Fatal(err)
	}
	before := func(x m) error {
		_, err := one.Before(func(x [][]float64) ([][]float64, error) { return x, nil })(x)
		return err
	}
	const already = "the rows are standardised already, want numbers as they were measured"
	const noRows = "the Table has no rows, want at least one"
	const unlike = "want a, as the Scaler has; CSV.Inputs can be the Names of a Scaler"
	const none = "the Scaler has no columns, want one that Standardise or LoadScaler returned"
	for _, tt := range []struct {
		name string
		err  error
		want string
	}{
		{"nil", standardise(nil), "Standardise: " + noRows},
		{"a second nil", standardise(a(1, 2), nil), "Standardise: " + noRows},
		{
			"done already", standardise(done),
			"Standardise: " + already,
		},
		{"other inputs", standardise(a(1, 2), other), "Standardise: the Table has a, b, " + unlike},
		{
			"two of a name", standardise(twice),
			`Standardise: the Scaler has two columns or classes "a", want different names`,
		},
		{
			"no value", standardise(empty),
			"Standardise: a has no value in any of the 2 rows, want at least one",
		},
		{
			"no number", standardise(a(math.NaN())),
			"Standardise: the Table: X[0][0] (a) is NaN, want a finite number",
		},
		{
			"no targets", targets(other),
			"StandardiseTargets: the Table has no numbers to standardise, want some",
		},
		{
			"classes", targets(&Table{X: m{{1}}, T: m{{1, 0}}, Inputs: []string{"a"}, Classes: []string{"b", "c"}}),
			"StandardiseTargets: the Table has no numbers to standardise, want some",
		},
		{"nil Scaler", apply(nil, nil), "Apply: " + none},
		{"zero Scaler", (&Scaler{}).ApplyTo(a(1)), "ApplyTo: " + none},
		{"a wide row", apply(one, m{{1}, {1, 2}}), "Apply: x[1] has 2 numbers, want 1"},
		{
			"NaN", apply(one, m{{1}, {math.NaN()}}),
			"Apply: x[1][0] (a) is NaN and would be NaN, want finite numbers",
		},
		{
			"too far away", apply(one, m{{1e300}}),
			"Apply: x[0][0] (a) is 1e+300 and would be +Inf, want finite numbers",
		},
		{"other names", one.ApplyTo(other), "ApplyTo: the Table has a, b, " + unlike},
		{
			"done before", one.ApplyTo(done),
			"ApplyTo: " + already,
		},
		{"rows done before", apply(one, done.X[1:]), "Apply: " + already},
		{"targets done before", apply(one, scaled.T), "Apply: " + already},
		{"before Predict", before(done.X), "Apply: " + already},
		{
			"a Table of rows done before", one.ApplyTo(&Table{X: m{done.X[1]}, Inputs: []string{"a"}}),
			"ApplyTo: " + already,
		},
	} {
		if tt.err == nil || tt.err.Error() != "data: "+tt.want {
			t.Errorf("%s: error\n%v, want\ndata: %s", tt.name, tt.err, tt.want)
		}
	}
	good := a(1, 2)
	if err := standardise(good, other); err == nil || good.X[0][0] != 1 || standardised.has(good.X) {
		t.Errorf("after an error, the table is %v", good)
	}
}

// What Invert returns are numbers as they were measured, and so are copies with other numbers.
func TestStandardisedAgain(t *testing.T) {
	table := &Table{X: m{{1, 2}, {3, 5}}, Inputs: []string{"a", "b"}}
	s, err := Standardise(table)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Clone(table.X)
	measured, err := s.Invert(table.X)
	if err != nil {
		t.Fatal(err)
	}
	table.X = measured
	if err := s.ApplyTo(table); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, table.X); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What Apply returned is not standardised again, whichever of its rows come first, and neither is what Invert
// returned inverted again.
func TestTwice(t *testing.T) {
	s := &Scaler{Names: []string{"a", "b"}, Mean: []float64{1, 2}, Deviation: []float64{3, 4}}
	const rows = 2000 // of 16 bytes, so that they lie in several pages
	z, err := s.Apply(matrix(rows, 2))
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Invert(z)
	if err != nil {
		t.Fatal(err)
	}
	predict := s.Before(s.Before(func(x [][]float64) ([][]float64, error) { return x, nil }))
	const already = "data: Apply: the rows are standardised already, want numbers as they were measured"
	for _, from := range []int{0, 1, rows / 2, rows - 1} {
		if _, err := s.Apply(z[from:]); fmt.Sprint(err) != already {
			t.Errorf("Apply of Apply, from row %d on: error %v, want %s", from, err, already)
		}
		if _, err := predict(x[from:]); fmt.Sprint(err) != already {
			t.Errorf("Before(Before), from row %d on: error %v, want %s", from, err, already)
		}
		if _, err := s.Apply(x[from:]); err != nil {
			t.Errorf("Apply of Invert, from row %d on: %v", from, err)
		}
		const want = "data: Invert: the rows are what Invert returned, want standardised numbers"
		if _, err := s.Invert(x[from:]); fmt.Sprint(err) != want {
			t.Errorf("Invert of Invert, from row %d on: error %v, want %s", from, err, want)
		}
	}
}

// Several goroutines may standardise at once, each its own rows, as those of a server do.
func TestApplyAtOnce(t *testing.T) {
	s := &Scaler{Names: []string{"a"}, Mean: []float64{1}, Deviation: []float64{3}}
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 1000 {
				z, err := s.Apply(m{{7}})
				if err != nil || z[0][0] != 2 {
					t.Errorf("Apply: %v, %v, want 2", z, err)
				}
				if _, err := s.Apply(z); err == nil {
					t.Error("Apply of Apply has no error")
				}
				if x, err := s.Invert(z); err != nil || x[0][0] != 7 {
					t.Errorf("Invert: %v, %v, want 7", x, err)
				}
			}
		}()
	}
	all.Wait()
}

// BenchmarkApply standardises the rows of a table, and rows one by one, as a program does that predicts.
func BenchmarkApply(b *testing.B) {
	s := &Scaler{Names: []string{"a", "b"}, Mean: []float64{1, 2}, Deviation: []float64{3, 4}}
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprint(n, " rows"), func(b *testing.B) {
			x := matrix(n, 2)
			for b.Loop() {
				if _, err := s.Apply(x); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Rows that nobody has any more are forgotten.
func TestForgetRows(t *testing.T) {
	var all memories
	kept := matrix(10, 100)
	all.add(kept)
	for range 300 {
		x := matrix(10, 100)
		if all.add(x); !all.has(x[9:]) {
			t.Fatal("the rows are not remembered")
		}
		runtime.GC()
	}
	n := 0
	for _, in := range all.pages {
		n += len(in)
	}
	if n > 150 {
		t.Errorf("%d pages of rows are remembered, want about 100", n)
	}
	if !all.has(kept) {
		t.Error("rows that somebody has are forgotten")
	}
}

// What is saved is loaded, to the bit, and the file is this one.
func TestScalerFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "scaler.json")
	s := &Scaler{
		Names: []string{"bill, <mm>", "island=Biscoe"}, Mean: []float64{0.1, math.Copysign(0, -1)},
		Deviation: []float64{5e-324, math.MaxFloat64}, Classes: []string{"Adélie", "Gentoo"},
	}
	for _, s := range []*Scaler{s, {Names: []string{"a"}, Mean: []float64{1}, Deviation: []float64{2}}} {
		if err := s.Save(file); err != nil {
			t.Fatal(err)
		}
		got, err := LoadScaler(file)
		if diff := cmp.Diff(s, got); diff != "" || err != nil {
			t.Errorf("error %v (-want +got):\n%s", err, diff)
		}
	}
	const want = `{
 "format": "gradus scaler 1",
 "names": [
  "a"
 ],
 "mean": [
  1
 ],
 "deviation": [
  2
 ],
 "classes": []
}`
	if text, err := os.ReadFile(file); string(text) != want || err != nil {
		t.Errorf("the file is %s, %v, want %s", text, err, want)
	}
}

func TestLoadScalerErrors(t *testing.T) {
	const head = `{"format":"gradus scaler 1","names":`
	for _, tt := range []struct{ text, want string }{
		{``, "the file is cut off: the file ends there"},
		{`{"format":"gradus mlp"`, `format is "gradus mlp", want "gradus scaler 1"`},
		{
			head + `["a","b"],"mean":[1,2],"deviation":[1,2],"classes":[`,
			"classes is cut off: the file ends there",
		},
		{
			head + `["a","b"],"mean":[1,NaN`,
			"mean[1] cannot be read: invalid character 'N' looking for beginning of value",
		},
		{head + `["a","b"],"mean":[1,null`, "mean[1] is null, want a finite number"},
		{head + `["a","b"],"deviation":[1`, `the file has the key "deviation", want "mean"`},
		{
			head + `["a"],"mean":[1],"deviation":[1],"classes":[]}{`,
			"there is more after the object, want the end",
		},
		{
			head + `["a"],"mean":[1],"deviation":[1,2],"classes":[]}`,
			"the Scaler has 1 Names, 1 Means and 2 Deviations, want the same number of each",
		},
		{
			head + `["a"],"mean":[1],"deviation":[0],"classes":[]}`,
			"the column a has the mean 1 and the deviation 0, want finite numbers, and more than 0 " +
				"for the deviation",
		},
		{
			head + `["a","a"],"mean":[1,2],"deviation":[1,2],"classes":[]}`,
			`the Scaler has two columns or classes "a", want different names`,
		},
		{
			head + `["a"],"mean":[1],"deviation":[1],"classes":["b","b"]}`,
			`the Scaler has two columns or classes "b", want different names`,
		},
		{
			head + `["a "],"mean":[1],"deviation":[1],"classes":[]}`,
			`the Scaler: the name is "a ", want one that does not begin or end with a space`,
		},
		{
			head + `[],"mean":[],"deviation":[],"classes":[]}`,
			"the Scaler has no columns, want one that Standardise or LoadScaler returned",
		},
	} {
		if s, err := readScaler(strings.NewReader(tt.text)); fmt.Sprint(err) != tt.want || s != nil {
			t.Errorf("%s: %v, %v, want %s", tt.text, s, err, tt.want)
		}
	}
	bad := &Scaler{Names: []string{"a"}, Mean: []float64{math.NaN()}, Deviation: []float64{1}}
	file := filepath.Join(t.TempDir(), "scaler.json")
	if err := bad.Save(file); err == nil {
		t.Error("a mean of NaN was saved")
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("after an error there is the file %s, %v", file, err)
	}
}
