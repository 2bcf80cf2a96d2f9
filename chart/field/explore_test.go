package field

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The grid reaches beyond the samples by 8 % of their range, and has the outputs of the model.
func TestExplore(t *testing.T) {
	model := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0], x[0] * x[1]})
		}
		return y, nil
	}
	samples := [][]float64{{0, 3}, {100, 3}, {25, 3}}
	f, y, err := Explore(model, samples)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]float64{{0, 0}, {100, 300}, {25, 75}}, y); diff != "" {
		t.Errorf("at the samples (-want +got):\n%s", diff)
	}
	got := []float64{f.X[0], f.X[80], f.X[160], f.Y[0], f.Y[90]}
	if want := []float64{-8, 50, 108, 0, 6}; !slices.Equal(got, want) { // 3 ± 3: all samples have one x2
		t.Errorf("the grid is at %v, want %v", got, want)
	}
	if len(f.X) != 161 || len(f.Y) != 91 || len(f.Z) != 2 {
		t.Errorf("%d by %d points and %d functions, want 161, 91, 2", len(f.X), len(f.Y), len(f.Z))
	}
	for i, x := range f.X {
		for j, y := range f.Y {
			if f.Z[0][i][j] != x || f.Z[1][i][j] != x*y {
				t.Fatalf("at (%v, %v): %v and %v", x, y, f.Z[0][i][j], f.Z[1][i][j])
			}
		}
	}
	if err := f.Check(); err != nil {
		t.Error(err)
	}
}

func TestExploreErrors(t *testing.T) {
	gives := func(row func(i int) []float64) Predict {
		return func(x [][]float64) (y [][]float64, err error) {
			for i := range x {
				y = append(y, row(i))
			}
			return y, nil
		}
	}
	for _, test := range []struct {
		name    string
		model   Predict
		samples [][]float64
		want    string
	}{
		{"no model", nil, [][]float64{{1, 2}}, "no model or 1 samples, want a model and one sample or more"},
		{"no samples", gives(nil), nil, "no model or 0 samples, want a model and one sample or more"},
		{"one input", gives(nil), [][]float64{{1}}, "sample 0 is [1], want two finite numbers"},
		{"NaN", gives(nil), [][]float64{{1, math.NaN()}}, "sample 0 is [1 NaN], want two finite numbers"},
		{
			"an error", func([][]float64) ([][]float64, error) { return nil, errors.New("no weights") },
			[][]float64{{1, 2}},
			"the model: no weights",
		},
		{
			"rows missing", func(x [][]float64) ([][]float64, error) { return x[1:], nil },
			[][]float64{{1, 2}},
			"the model returned 14651 rows of outputs for 14652 rows of x, want as many",
		},
		{
			"no outputs", gives(func(int) []float64 { return nil }),
			[][]float64{{1, 2}},
			"at [1 2] the model returned 0 outputs, want one or more, and as many as at [1 2], 0",
		},
		{
			"differing outputs", gives(func(i int) []float64 { return make([]float64, 1+i%2) }),
			[][]float64{{1, 2}, {3, 4}},
			"at [3 4] the model returned 2 outputs, want one or more, and as many as at [1 2], 1",
		},
		{
			"infinite outputs", gives(func(i int) []float64 { return []float64{1 / float64(1-i)} }),
			[][]float64{{1, 2}, {3, 4}},
			"at [3 4] the model returned [+Inf], want finite numbers",
		},
	} {
		f, y, err := Explore(test.model, test.samples)
		if f != nil || y != nil || err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

// Each function is the largest somewhere, and its layer covers that, but not what is under a later one.
func TestLayers(t *testing.T) {
	grid := []float64{0, 1, 2, 3, 4, 5}
	f := &Field{X: grid, Y: grid}
	for k := range 3 {
		f.Z = append(f.Z, f.each(func(i, _ int) float64 { return -math.Abs(grid[i] - float64(2*k)) }))
	}
	ground, upper := f.layers()
	if ground != Tint(0) || len(upper) != 2 || upper[0].tint != Tint(1) || upper[1].tint != Tint(2) {
		t.Fatalf("%v and %d layers, want tints 0, 1, 2", ground, len(upper))
	}
	for i := range grid {
		want := min(2, (i+1)/2) // of 1 and 3, where two functions are equal, the one before
		if i%2 == 1 && i < 5 {
			want = i / 2
		}
		got := 0
		for k, l := range upper {
			if l.z[i][3] > 0 {
				got = k + 1
			}
		}
		if got != want {
			t.Errorf("at %d the upper layer is %d, want %d", i, got, want)
		}
		if want == 2 && upper[0].z[i][3] <= 0 {
			t.Errorf("at %d layer 1 is not below layer 2, which leaves a gap beside it", i)
		}
	}
}

func TestShades(t *testing.T) {
	f := &Field{Cuts: []float64{-1, 0, 1}}
	shades := f.Shades()
	for i := range shades[1:] {
		if shades[i+1].R >= shades[i].R {
			t.Errorf("shade %d, %v, is not darker than %v", i+1, shades[i+1], shades[i])
		}
	}
	for i, z := range []float64{-2, -0.5, 0.5, 2} {
		if got := f.Shade(z); got != shades[i] {
			t.Errorf("the shade of %v is %v, want %v", z, got, shades[i])
		}
	}
	if got := f.Shade(0); got != shades[1] {
		t.Errorf("the shade of a cut is %v, want that below it", got)
	}
}

func TestCheck(t *testing.T) {
	two := []float64{1, 2}
	z := [][]float64{{1, 2}, {3, 4}}
	for _, test := range []struct {
		field Field
		want  string
	}{
		{Field{X: two, Y: two, Z: [][][]float64{z}}, ""},
		{Field{X: two, Y: two, Z: [][][]float64{z}, Cuts: two}, ""},
		{Field{X: two, Y: two, Z: [][][]float64{z, z}}, ""},
		{Field{}, "0 x and 0 y, want two or more of each"},
		{Field{X: two, Y: two}, "0 functions and the cuts [], want one function or more, and ascending, finite " +
			"cuts if there is one"},
		{Field{X: two, Y: two, Z: [][][]float64{z, z}, Cuts: two}, "2 functions and the cuts [1 2], want one " +
			"function or more, and ascending, finite cuts if there is one"},
		{Field{X: two, Y: two, Z: [][][]float64{z, {two}}}, "1 rows of Z[1], want one for each x, 2"},
	} {
		got := ""
		if err := test.field.Check(); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
