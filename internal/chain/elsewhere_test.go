package chain_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// Targets that are probabilities get other probabilities; other leaves move on their own.
func TestElsewhereKeepsProbabilities(t *testing.T) {
	for _, tt := range []struct {
		name  string
		leaf  string // followed by a number
		x     []float64
		keeps bool
	}{
		{"one-hot", "t", []float64{0, 1, 0}, true},
		{"soft", "t", []float64{0.2, 0.7, 0.1}, true},
		{"another sum", "t", []float64{0.2, 0.7, 0.2}, false},
		{"negative", "t", []float64{1.2, 0.3, -0.5}, false},
		{"one alone", "t", []float64{1}, false},
	} {
		var leaves []*gradus.Value
		for i, x := range tt.x {
			leaves = append(leaves, gradus.New(x).As(tt.leaf+string(rune('1'+i))))
		}
		chains := chain.New(gradus.Sum(leaves...).As("sum")).Elsewhere()
		if len(chains) != 3 {
			t.Fatalf("%s: %d chains, want 3", tt.name, len(chains))
		}
		for _, c := range chains {
			for _, v := range c.Named[1:] {
				if i := v.Name()[len(tt.leaf)] - '1'; math.Abs(v.Data-tt.x[i]) < 1e-3 || tt.keeps && v.Data < 0 {
					t.Errorf("%s: %v was %v", tt.name, v, tt.x[i])
				}
			}
			if sum := c.Named[0].Data; (math.Abs(sum-1) < 1e-12) != tt.keeps {
				t.Errorf("%s: the sum is %v, want it to be 1: %t", tt.name, sum, tt.keeps)
			}
		}
	}
}

// A function that is not flat at the given numbers is not so elsewhere; if it is, it may be.
func TestElsewhereIsNotFlat(t *testing.T) {
	for _, tt := range []struct {
		name    string
		b       float64
		slopeIs func(slope float64) bool
	}{
		{"steep", 19.5, func(slope float64) bool { return slope >= 1e-7 }},
		{"flat", 60, func(slope float64) bool { return slope < 1e-7 }},
	} {
		z := gradus.New(20).As("w").Neg().Add(gradus.New(tt.b).As("b")).As("z")
		chains := chain.New(z.Tanh().As("a")).Elsewhere()
		if len(chains) == 0 {
			t.Errorf("%s: there are no other numbers", tt.name)
		}
		for _, c := range chains {
			if a := c.Named[0].Data; !tt.slopeIs(1 - a*a) {
				t.Errorf("%s: the slope is %v", tt.name, 1-a*a)
			}
		}
	}
}
