package compile_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// Equal constants of operations that are one instruction are one constant.
func TestConstants(t *testing.T) {
	x := graphs.Values(3)
	each := func(f func(x, c *gradus.Value) *gradus.Value, c ...float64) (all []*gradus.Value) {
		for i, x := range x {
			all = append(all, f(x, gradus.Const(c[i])))
		}
		return all
	}
	sub := func(x, c *gradus.Value) *gradus.Value { return x.Sub(c) }
	affine := func(x, c *gradus.Value) *gradus.Value { return x.Mul(c).Add(2) }
	weights := graphs.Values(3)
	var layer []*gradus.Value
	for _, w := range weights {
		layer = append(layer, w.Mul(x[0]).Add(1))
	}
	negative := math.Copysign(0, -1)
	for _, tt := range []struct {
		name    string
		without replay.Pass
		terms   []*gradus.Value
		want    string
	}{
		{"equal", 0, each(sub, 2, 2, 2), "t[0:3] = x[0:3] − c[0]"},
		{"equal, if switched off", replay.Constants, each(sub, 2, 2, 2), "t[0:3] = x[0:3] − c[0:3]"},
		{"not all equal", 0, each(sub, 2, 3, 2), "t[0:3] = x[0:3] − c[0:3]"},
		{"zeros of different signs", 0, each(sub, 0, negative, 0), "t[0:3] = x[0:3] − c[0:3]"},
		{"NaN", 0, each(sub, math.NaN(), math.NaN(), math.NaN()), "t[0:3] = x[0:3] − c[0]"},
		{"factors and addends", 0, each(affine, 3, 3, 3), "t[0:3] = c[1] · x[0:3] + c[0]"},
		{"of these, one kind", 0, each(affine, 3, 4, 3), "t[0:3] = c[1:4] · x[0:3] + c[0]"},
		{"factors that are the addends, too", 0, each(affine, 2, 2, 2), "t[0:3] = c[0] · x[0:3] + c[0]"},
		{"addends of a matrix", 0, layer, "t[0:3] = w[0:3]·x[0] + c[0]"},
		{
			"one at a time may be the factors of a scan", 0,
			[]*gradus.Value{x[0].Sin().Mul(2).Mul(2).Mul(2)},
			"t[0] = sin(x[0])\nt[1:4] = t[0:3] · c[0:3]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := replay.Recorder{Inputs: x, Params: weights, Without: tt.without}
			checkTerms(t, r, tt.terms, tt.want)
		})
	}
}

// checkTerms compares the listing of the terms, without the function of them all that makes them terms of one
// output.
func checkTerms(t *testing.T, r replay.Recorder, terms []*gradus.Value, want string) {
	t.Helper()
	lines := strings.Split(linesOf(t, r, gradus.Mean(terms...)), "\n")
	if diff := cmp.Diff(want, strings.Join(lines[:len(lines)-2], "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
