package main

import (
	"math/rand/v2"

	"github.com/gradus-go/gradus/internal/plane"
	"github.com/gradus-go/gradus/nn/train"
)

// newMoons returns the points of [plane.Moons]: first those of the outer moon, with the target −1, then
// those of the inner moon, with the target +1. If the number of points is odd, the inner moon has one
// more. There must be at least 4 points.
func newMoons(rng *rand.Rand, points int, noise float64) (d train.Data) {
	for _, p := range plane.Moons(rng, points, noise) {
		target := -1.0
		if p.Positive {
			target = 1
		}
		d.X, d.T = append(d.X, []float64{p.X, p.Y}), append(d.T, []float64{target})
	}
	return d
}
