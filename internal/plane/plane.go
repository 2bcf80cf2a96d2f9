package plane

import (
	"math"
	"math/rand/v2"
)

// A Point has two coordinates, and belongs to the positive class or to the other one.
type Point struct {
	X, Y     float64
	Positive bool
}

// A Shape makes points, with normal noise of a standard deviation added to both coordinates. It draws two
// normal numbers for each point from rng, in their order, and nothing else. First come the points of the
// negative class: half of them, rounded down. There must be at least 4 points.
type Shape func(rng *rand.Rand, points int, noise float64) []Point

// Moons are two half circles. The angles θ are equally spaced from 0 to π.
//
//	outer moon: (cos θ, sin θ)    inner moon, positive: (1 − cos θ, ½ − sin θ)
//
// Source: make_moons, scikit-learn 1.4.
func Moons(rng *rand.Rand, points int, noise float64) []Point {
	return both(rng, points, noise, func(share float64, positive bool) (x, y float64) {
		theta := math.Pi * share
		if positive {
			return 1 - math.Cos(theta), 0.5 - math.Sin(theta)
		}
		return math.Cos(theta), math.Sin(theta)
	})
}

// Circles are a circle of radius 1 and, positive, one of radius ½ within it. A turn ends where it began,
// so that the first and the last point are one.
func Circles(rng *rand.Rand, points int, noise float64) []Point {
	return both(rng, points, noise, func(share float64, positive bool) (x, y float64) {
		theta, r := 2*math.Pi*share, 1.0
		if positive {
			r = 0.5
		}
		return r * math.Cos(theta), r * math.Sin(theta)
	})
}

// Spirals are two arms that wind around the origin one and a quarter times. One is the other, turned by
// half a turn.
//
//	r·(cos θ, sin θ),  r = 0.1 + 0.9·share,  θ = 2.5π·share
func Spirals(rng *rand.Rand, points int, noise float64) []Point {
	return both(rng, points, noise, func(share float64, positive bool) (x, y float64) {
		r := 0.1 + float64(0.9*share)
		if positive {
			r = -r
		}
		theta := 2.5 * math.Pi * share
		return r * math.Cos(theta), r * math.Sin(theta)
	})
}

// XOR has four squares about (±½, ±½). The positive class are those where just one coordinate is
// positive. The places in a square are those of spread.
func XOR(rng *rand.Rand, points int, noise float64) []Point {
	counts := map[bool]int{}
	return both(rng, points, noise, func(_ float64, positive bool) (x, y float64) {
		n := counts[positive]
		counts[positive]++
		x, y = spread(n / 2)
		x, y = 0.1+float64(0.8*x), 0.1+float64(0.8*y)
		if n%2 == 1 {
			x, y = -x, -y
		}
		if positive {
			x = -x
		}
		return x, y
	})
}

// Line has points on both sides of the line y = ½x. The positive class lies above. The places are those of
// spread in a parallelogram whose short sides are vertical; there is a gap of 0.2 along the line.
func Line(rng *rand.Rand, points int, noise float64) []Point {
	counts := map[bool]int{}
	return both(rng, points, noise, func(_ float64, positive bool) (x, y float64) {
		x, y = spread(counts[positive])
		counts[positive]++
		x, y = float64(2*x)-1, 0.1+float64(0.7*y)
		if !positive {
			y = -y
		}
		return x, y + float64(x/2)
	})
}

// both makes points of both classes. For each, at returns where it is without noise, given which share of
// the way from the first to the last point of its class it has come.
func both(
	rng *rand.Rand, points int, noise float64, at func(share float64, positive bool) (x, y float64),
) []Point {
	all := make([]Point, 0, points)
	negative := points / 2
	for _, class := range []struct {
		n        int
		positive bool
	}{{negative, false}, {points - negative, true}} {
		for i := range class.n {
			x, y := at(float64(i)/float64(class.n-1), class.positive)
			x += float64(noise * rng.NormFloat64())
			y += float64(noise * rng.NormFloat64())
			all = append(all, Point{x, y, class.positive})
		}
	}
	return all
}

// spread returns the place of point n in the unit square, counted from 0. The points that are there fill
// the square evenly, however many they are.
//
// Source: M. Roberts, The unreasonable effectiveness of quasirandom sequences, 2018: the multiples of 1/g
// and 1/g², modulo 1, where g³ = g + 1.
func spread(n int) (x, y float64) {
	const g = 1.32471795724474602596
	frac := func(x float64) float64 { return x - math.Floor(x) }
	return frac(0.5 + float64(n+1)/g), frac(0.5 + float64(n+1)/(g*g))
}
