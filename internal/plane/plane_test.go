package plane

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Without noise, the points of each class are where the formula of the shape says.
func TestShapes(t *testing.T) {
	for _, test := range []struct {
		name  string
		shape Shape
		rule  func(p Point) bool
	}{
		{"moons", Moons, func(p Point) bool {
			if p.Positive {
				return math.Abs(math.Hypot(p.X-1, p.Y-0.5)-1) < 1e-15 && p.Y <= 0.5
			}
			return math.Abs(math.Hypot(p.X, p.Y)-1) < 1e-15 && p.Y >= 0
		}},
		{"circles", Circles, func(p Point) bool {
			return math.Abs(math.Hypot(p.X, p.Y)-map[bool]float64{false: 1, true: 0.5}[p.Positive]) < 1e-15
		}},
		{"spirals", Spirals, func(p Point) bool {
			r := math.Hypot(p.X, p.Y)
			theta := 2.5 * math.Pi * (r - 0.1) / 0.9
			if p.Positive {
				theta += math.Pi
			}
			return math.Hypot(p.X-r*math.Cos(theta), p.Y-r*math.Sin(theta)) < 1e-14
		}},
		{"xor", XOR, func(p Point) bool {
			x, y := math.Abs(p.X), math.Abs(p.Y)
			return (p.X*p.Y < 0) == p.Positive && min(x, y) >= 0.1 && max(x, y) <= 0.9
		}},
		{"line", Line, func(p Point) bool {
			above := p.Y - p.X/2
			return (above > 0) == p.Positive && math.Abs(above) >= 0.1-1e-15 && math.Abs(above) <= 0.8+1e-15
		}},
	} {
		for _, n := range []int{4, 5, 200, 201} {
			rng := rand.New(rand.NewPCG(1, 1))
			points := test.shape(rng, n, 0)
			positive := 0
			for i, p := range points {
				if !test.rule(p) {
					t.Errorf("%s: point %d of %d is %v", test.name, i, n, p)
				}
				if p.Positive {
					positive++
				} else if positive > 0 {
					t.Errorf("%s: point %d of %d is negative, after a positive one", test.name, i, n)
				}
			}
			if len(points) != n || positive != n-n/2 {
				t.Errorf("%s: %d points, %d positive, want %d, %d", test.name, len(points), positive, n, n-n/2)
			}
			after := rand.New(rand.NewPCG(1, 1))
			for range 2 * n {
				after.NormFloat64()
			}
			if got, want := rng.NormFloat64(), after.NormFloat64(); got != want {
				t.Errorf("%s: %d points have not drawn two normal numbers each", test.name, n)
			}
		}
	}
}

// Each of 16 parts of the square gets its share of 160 points, to within 3.
func TestSpread(t *testing.T) {
	counts := [16]int{}
	for n := range 160 {
		x, y := spread(n)
		counts[int(4*x)+4*int(4*y)]++
	}
	for i, n := range counts {
		if n < 7 || n > 13 {
			t.Errorf("part %d has %d points, want 7 to 13", i, n)
		}
	}
}
