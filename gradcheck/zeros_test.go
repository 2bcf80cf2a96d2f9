package gradcheck_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// A formula that leaves out what is 0 is right for the given numbers, and wrong: targets and biases often are
// 0. One that is right also where they are 1 may rest on what 0 and 1 mean.
func TestRestsOnZeros(t *testing.T) {
	leaf := func(x float64, name string) *gradus.Value { return gradus.New(x).As(name) }
	tutorial := func(target, bias float64) *gradus.Value {
		a := leaf(0.3, "x").Mul(leaf(0.5, "w")).Sigmoid().As("a")
		y := leaf(-1, "v").Mul(a).Add(leaf(bias, "b")).As("y")
		return y.Sub(leaf(target, "t")).Square().Mul(0.5).As("L")
	}
	binary := func() *gradus.Value { // t² is t⁵, if t is 0 or 1
		p, target := leaf(0.3, "p"), leaf(0, "t")
		return p.Sub(1).Square().Mul(target.Square()).As("L")
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
		{"with a power that makes no difference", binary(), "dL/dp", "2(p − 1)·t^5", ""},
	} {
		f, err := gradcheck.CheckDerivation(tt.root, gradcheck.Derivation{tt.key: tt.entry})
		if err != nil {
			t.Fatal(err)
		}
		if !f[0].OK || f[0].Zeros == nil && tt.rests != "" {
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
