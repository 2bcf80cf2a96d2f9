package show_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/show"
)

// Where an op ignores an operand and the gradient is infinite, the derivation, the steps and the
// checker say what Backward does, with a name between the two ops and without.
func TestIgnored(t *testing.T) {
	for name, f := range map[string]func(x *gradus.Value) *gradus.Value{
		"√ReLU":          func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() },
		"√r, r = ReLU":   func(x *gradus.Value) *gradus.Value { return x.ReLU().As("r").Sqrt() },
		"√max":           func(x *gradus.Value) *gradus.Value { return x.Max(0).As("m").Sqrt() },
		"√(x⁰−1)":        func(x *gradus.Value) *gradus.Value { return x.Pow(0).As("p").Sub(1).Sqrt() },
		"√(2r), r named": func(x *gradus.Value) *gradus.Value { return x.ReLU().As("r").Mul(2).As("d").Sqrt() },
	} {
		x := gradus.New(-1).As("x")
		L := f(x).As("L")
		L.Backward()
		if x.Grad != 0 {
			t.Fatalf("%s: Backward has %v, want 0", name, x.Grad)
		}
		sum := 0.0
		for _, s := range show.Steps(L) {
			if s.Parent() == x {
				sum = s.Sum
			}
		}
		if sum != 0 {
			t.Errorf("%s: the steps end at %v, want 0", name, sum)
		}
		for claim, right := range map[float64]bool{0: true, 1: false} {
			findings, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{"dL/dx": claim})
			if err != nil {
				t.Fatal(err)
			}
			if findings[0].Right != 0 || findings[0].OK != right {
				t.Errorf("%s: the claim %v: %v", name, claim, findings[0])
			}
		}
		d, err := show.Derive(L, x)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastNumber(d.String()); got != "0" {
			t.Errorf("%s: the derivation ends with %s, want 0:\n%v", name, got, d)
		}
	}
}

// lastNumber returns what stands behind the last equals sign.
func lastNumber(s string) string {
	return strings.TrimSpace(s[strings.LastIndex(s, "= ")+2:])
}
