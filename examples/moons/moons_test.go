package main

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMoons(t *testing.T) {
	for _, test := range []struct{ points, outer int }{{4, 2}, {5, 2}, {100, 50}, {101, 50}} {
		d := newMoons(rand.New(rand.NewPCG(1, 1)), test.points, 0)
		if len(d.X) != test.points || len(d.T) != test.points {
			t.Fatalf("%d rows of points and %d of targets, want %d", len(d.X), len(d.T), test.points)
		}
		for i, x := range d.X {
			moon, target, n := i, -1.0, test.outer
			centre := []float64{0, 0}
			if i >= test.outer {
				moon, target, n = i-test.outer, 1, test.points-test.outer
				centre = []float64{1, 0.5}
			}
			if d.T[i][0] != target || len(d.T[i]) != 1 || len(x) != 2 {
				t.Errorf("point %d: %v with target %v, want target %v", i, x, d.T[i], target)
			}
			// The inner moon is the outer one, turned by half a turn and moved.
			dx, dy := target*(centre[0]-x[0]), target*(centre[1]-x[1])
			if r := math.Hypot(dx, dy); math.Abs(r-1) > 1e-15 {
				t.Errorf("point %d of %d is %v from the centre, want 1", i, test.points, r)
			}
			theta, want := math.Atan2(dy, dx), math.Pi*float64(moon)/float64(n-1)
			if math.Abs(theta-want) > 1e-15 {
				t.Errorf("point %d of %d is at the angle %v, want %v", i, test.points, theta, want)
			}
		}
	}
}

// The noise is normal, with the standard deviation that is asked for, and independent of
// everything: of 20,000 numbers the mean and the moments are known to within 4 standard errors.
func TestNoise(t *testing.T) {
	const deviation = 0.25
	clean := newMoons(rand.New(rand.NewPCG(5, 1)), 10_000, 0)
	noisy := newMoons(rand.New(rand.NewPCG(5, 1)), 10_000, deviation)
	var sum, squares, beyond, products float64
	for i := range clean.X {
		e, f := (noisy.X[i][0]-clean.X[i][0])/deviation, (noisy.X[i][1]-clean.X[i][1])/deviation
		products += e * f
		for _, e := range []float64{e, f} {
			sum += e
			squares += e * e
			if math.Abs(e) > 1.96 {
				beyond++
			}
		}
	}
	for name, test := range map[string][3]float64{ // got, want, standard error
		"mean":                    {sum / 20_000, 0, 1 / math.Sqrt(20_000)},
		"variance":                {squares / 20_000, 1, math.Sqrt(2.0 / 20_000)},
		"share beyond 1.96":       {beyond / 20_000, 0.05, math.Sqrt(0.05 * 0.95 / 20_000)},
		"covariance of x1 and x2": {products / 10_000, 0, 1 / math.Sqrt(10_000)},
	} {
		if math.Abs(test[0]-test[1]) > 4*test[2] {
			t.Errorf("%s is %v, want %v to within %v", name, test[0], test[1], 4*test[2])
		}
	}
}
