package steps

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// The two graphs have the numbers that micrograd has, rounded to four digits in its README.
// Source: https://github.com/karpathy/micrograd
func TestPeers(t *testing.T) {
	for _, tt := range []struct {
		text   string
		result float64
		grads  map[string]float64
	}{
		{sanity, -20, map[string]float64{"x": 46}},
		{more, 24.7041, map[string]float64{"a": 138.8338, "b": 645.5773}},
	} {
		g, err := formula.Read(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		root := g.Results[0]
		root.Backward()
		near := func(v *gradus.Value, got, want float64) {
			if math.Abs(got-want) > 0.5e-4 {
				t.Errorf("%s: got %v, want %v", v.Name(), got, want)
			}
		}
		near(root, root.Data, tt.result)
		for name, want := range tt.grads {
			near(g.Value(name), g.Value(name).Grad, want)
		}
	}
}
