package gradcheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// A formula that leaves out what is 0 is right for the given numbers, and wrong: targets and biases often are
// 0.
func TestRestsOnZeros(t *testing.T) {
	leaf := func(x float64, name string) *gradus.Value { return gradus.New(x).As(name) }
	tutorial := func(target, bias float64) *gradus.Value {
		a := leaf(0.3, "x").Mul(leaf(0.5, "w")).Sigmoid().As("a")
		y := leaf(-1, "v").Mul(a).Add(leaf(bias, "b")).As("y")
		return y.Sub(leaf(target, "t")).Square().Mul(0.5).As("L")
	}
	for _, tt := range []struct {
		name       string
		root       *gradus.Value
		key, entry string
		rests      string // on what; empty if the formula is not wrong
	}{
		{"all of it", tutorial(0, 0), "dL/dy", "y − t", ""},
		{"without a target of 0", tutorial(0, 0), "dL/dy", "y", "t = 0"},
		{"without a target of 0, in a product", tutorial(0, 0), "dL/dw", "y·v·a(1 − a)·x", "t = 0"},
		{"without a bias of 0", tutorial(0.7, 0), "dL/dy", "v·a − t", "b = 0"},
		{"without both", tutorial(0, 0), "dL/dv", "v·a·a", "b = 0 and t = 0"},
	} {
		f, err := gradcheck.CheckDerivation(tt.root, gradcheck.Derivation{tt.key: tt.entry})
		if err != nil {
			t.Fatal(err)
		}
		if f[0].OK != (tt.rests == "") || f[0].Coincidence == f[0].OK {
			t.Errorf("%s: %v, want it right where %s", tt.name, f, tt.rests)
		}
		if err := f.Err(); (err == nil) != (tt.rests == "") {
			t.Errorf("%s: error %v, want one if it rests on something: %s", tt.name, err, tt.rests)
		}
		if want := "right for the given numbers, but only where " + tt.rests + " ("; tt.rests != "" &&
			!strings.Contains(f.String(), want) {
			t.Errorf("%s: %v, want %s", tt.name, f, want)
		}
	}
}

// A formula that is right for the given numbers alone is wrong, and the finding has others to see it with.
func TestRightHereAlone(t *testing.T) {
	for _, tt := range []struct{ graph, key, entry, says string }{
		{"y = x³; x = 2", "dy/dx", "6x", "with x = 3 it is 18, and should be 27; look at ∂y/∂x"},
		{"y = x²; x = 2", "dy/dx", "x + 2", "with x = 3 it is 5, and should be 6"},
		{"y = x²; x = 2", "dy/dx", "4x − 4", "with x = 3 it is 8, and should be 6"},
		{"y = x²; x = 2", "dy/dx", "x² + x − 2", "with x = 3 it is 10, and should be 6"},
		{"y = ln(x); x = 0.05", "dy/dx", "400x", "with x = 1.1 it is 440, and should be 0.9091"},
		// Where t is 0 or 1, t² is t⁵.
		{"L = (p − 1)²·t²; p = 0.3; t = 0", "dL/dp", "2(p − 1)·t⁵", "with t = -1 it is 1.4, and should be -1.4"},
		{"L = (p − 1)²·t²; p = 0.3; t = 1", "dL/dp", "2(p − 1)·t⁵", "with t = 2 it is -44.8, and should be -5.6"},
		// Sums of 1 excuse nothing in what the derivative is taken by.
		{"y = a² + b; a = 0.4; b = 0.6", "dy/da", "2(1 − b)", "with a = 1.4 it is 0.8, and should be 2.8"},
		{"y = a·a·b; a = 0.4; b = 0.6", "dy/da", "2a(1 − a)", "with a = 1.4 it is -1.12, and should be 1.68"},
		// Nor is a sum of 1 all that this needs.
		{"y = a·x + b·x; a = 0.4; b = 0.6; x = 2", "dy/dx", "2.5a", "with a = 1.4 it is 3.5, and should be 2"},
	} {
		g, err := formula.Read(tt.graph)
		if err != nil {
			t.Fatal(err)
		}
		f, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{tt.key: tt.entry})
		if err != nil {
			t.Fatal(err)
		}
		if f[0].OK || !f[0].Coincidence || f.Err() == nil || !strings.Contains(f.String(), tt.says) {
			t.Errorf("%s = %s: got\n%v\nwant it wrong: %s", tt.key, tt.entry, f, tt.says)
		}
	}
}

// Whatever the given numbers are, a right formula is wrong with a term that is 0 only there.
func TestRightHereAloneAnywhere(t *testing.T) {
	for _, numbers := range [][]any{
		{0.4, 0.6, 2}, {1, 0, 0}, {0, 1, 1}, {0.5, 0.5, 0.5}, {-3, 4, 1}, {100, 1e-3, -1},
	} {
		text := fmt.Sprintf("L = (w·x − t)²; w = %v; x = %v; t = %v", numbers...)
		g, err := formula.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range []string{"w", "x", "t"} {
			entry := fmt.Sprintf("2(w·x − t)·x + 3·(%s − (%v))", name, numbers[i])
			f, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{"dL/dw": entry})
			if err != nil {
				t.Fatal(err)
			}
			if f[0].OK || !f[0].Coincidence {
				t.Errorf("%s, dL/dw = %s: got\n%v\nwant it wrong", text, entry, f)
			}
		}
	}
}
