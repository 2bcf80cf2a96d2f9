package finite_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus/internal/finite"
)

func TestAll(t *testing.T) {
	for _, tt := range []struct {
		x    []float64
		want bool
	}{
		{nil, true},
		{[]float64{0, math.Copysign(0, -1), 1, -math.MaxFloat64, math.SmallestNonzeroFloat64}, true},
		{[]float64{math.NaN()}, false},
		{[]float64{1, math.Inf(1)}, false},
		{[]float64{math.Inf(-1), 1}, false},
	} {
		if got := finite.All(tt.x...); got != tt.want {
			t.Errorf("All(%v) = %t, want %t", tt.x, got, tt.want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for want, x := range map[string]float64{
		"math.NaN()": math.NaN(), "math.Inf(1)": math.Inf(1), "math.Inf(-1)": math.Inf(-1),
		"math.Copysign(0, -1)": math.Copysign(0, -1), "0": 0, "-2": -2, "0.1": 0.1, "1e+21": 1e21, "5e-324": 5e-324,
	} {
		if got := finite.Literal(x); got != want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
}
