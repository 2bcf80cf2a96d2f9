package formula

import (
	"fmt"
	"testing"

	"github.com/gradus-go/gradus"
)

// Equal formulas have the same hash, and of others nearly all have another one.
func TestHash(t *testing.T) {
	named := func(name string) Expr { return Of(gradus.New(1).As(name)) }
	x, y, z := named("x"), named("y"), named("z")
	sin := func(e Expr) Expr { return apply(gradus.New(0).Sin().Op(), []Expr{e}) }
	a, b := div(Mul(x, sin(y)), Mul(y, z)), div(Mul(sin(y), x), Mul(z, y))
	if !a.equals(b) || a.hash() != b.hash() {
		t.Error("two orders of the same factors have different hashes")
	}
	different := []Expr{
		x, Mul(Num(2), x), raise(x, 2), raise(x, 3), sin(x), negate(x), Mul(x, y), div(x, y), div(y, x), Add(x, y),
		Mul(sin(x), y), Mul(x, sin(y)), Add(sin(x), y), Add(x, sin(y)), Add(x, Mul(y, z)), Mul(x, Add(y, z)),
	}
	for i := range 1000 {
		different = append(different, Mul(x, named(fmt.Sprint("w", i))))
	}
	known := map[uint64]Expr{}
	for _, e := range different {
		if other, ok := known[e.hash()]; ok {
			t.Errorf("%s and %s have the same hash", Text.Write(e, InSum), Text.Write(other, InSum))
		}
		known[e.hash()] = e
	}
}
