package main

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus/nn/train"
)

// newMoons returns points on two half circles, with normal noise added to both coordinates. The
// angles θ are equally spaced from 0 to π. First come the points of the outer moon, with the target
// −1, then those of the inner moon, with the target +1. If the number of points is odd, the inner
// moon has one more.
//
//	outer moon: (cos θ, sin θ)    inner moon: (1 − cos θ, ½ − sin θ)
//
// There must be at least 4 points.
func newMoons(rng *rand.Rand, points int, noise float64) (d train.Data) {
	add := func(x, y, target float64) {
		x += float64(noise * rng.NormFloat64())
		y += float64(noise * rng.NormFloat64())
		d.X, d.T = append(d.X, []float64{x, y}), append(d.T, []float64{target})
	}
	outer := points / 2
	for _, theta := range spread(0, math.Pi, outer) {
		add(math.Cos(theta), math.Sin(theta), -1)
	}
	for _, theta := range spread(0, math.Pi, points-outer) {
		add(1-math.Cos(theta), 0.5-math.Sin(theta), 1)
	}
	return d
}

// spread returns n equally spaced numbers from lo to hi.
func spread(lo, hi float64, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = lo + float64((hi-lo)*(float64(i)/float64(n-1)))
	}
	return x
}
