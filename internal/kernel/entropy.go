package kernel

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/elementary"
)

// EntropyKeeps returns how many numbers CrossEntropy keeps of a row of n: the exponentials, divided by the
// largest, the largest number itself, the sum of the other exponentials, and the logarithm of the sum of all.
func EntropyKeeps(n int) int { return n + 3 }

// CrossEntropy computes Σ t·(ln Σ exp(y) − y) of each row, as the op SoftmaxCrossEntropy does, and keeps what
// CrossEntropyGrad needs. The rows have n > 0 numbers. Those of y and t begin ldy and ldt apart, and may
// overlap.
//
// It panics if y, t or kept is shorter than the rows.
func CrossEntropy(z, kept, y []float64, ldy int, t []float64, ldt, n int) {
	size := EntropyKeeps(n)
	mustHoldRows(y, ldy, len(z), n)
	mustHoldRows(t, ldt, len(z), n)
	mustHoldRows(kept, size, len(z), size)
	kept = kept[:len(z)*size]
	subtractLargest(kept, size, z, y, ldy, n)
	Exp(kept, kept) // what is behind each row has no meaning yet
	for r, m := range z {
		e, y, t := kept[r*size:][:size], y[r*ldy:][:n], t[r*ldt:][:n]
		if e[n] = m; m-m != 0 {
			var s elementary.Shares
			s.Of(y)
			z[r] = s.CrossEntropy(s.Log(), y, t)
			continue
		}
		rest := others(e[:n])
		l, sum := math.Log1p(rest), 0.0
		for i, v := range y { // 0·∞ is 0
			if t[i] != 0 || l != l {
				sum += float64(t[i] * (l - (v - m)))
			}
		}
		e[n+1], e[n+2], z[r] = rest, l, sum
	}
}

// CrossEntropyGrad hands the gradients gz of the results of a CrossEntropy on, the last row first:
//
//	gy += gz·(softmax(y)·Σ t − t)    gt += gz·(ln Σ exp(y) − y)
//
// It panics if gy, gt, y, t or kept is shorter than the rows.
func CrossEntropyGrad(gy []float64, ldy int, gt []float64, ldt int, gz, kept, y, t []float64, n int) {
	size := EntropyKeeps(n)
	for _, x := range [][]float64{gy, y} {
		mustHoldRows(x, ldy, len(gz), n)
	}
	for _, x := range [][]float64{gt, t} {
		mustHoldRows(x, ldt, len(gz), n)
	}
	mustHoldRows(kept, size, len(gz), size)
	for r, g := range slices.Backward(gz) {
		e, y, t := kept[r*size:][:size], y[r*ldy:][:n], t[r*ldt:][:n]
		gy, gt := gy[r*ldy:][:n], gt[r*ldt:][:n]
		if m := e[n]; m-m != 0 {
			var s elementary.Shares
			s.Of(y)
			s.CrossEntropySlopes(s.Log(), y, t, func(i int, dy, dt float64) {
				gy[i] += float64(g * dy)
				gt[i] += float64(g * dt)
			})
			continue
		}
		entropyGrad(gy, gt, g, e, y, t)
	}
}

// entropyGrad is CrossEntropyGrad for a row whose largest number is finite. The derivative by that number is
// written in a way that does not cancel if its t is 1.
func entropyGrad(gy, gt []float64, g float64, e, y, t []float64) {
	n := len(y)
	m, rest, l, at := e[n], e[n+1], e[n+2], largestAt(e[:n])
	sum := 0.0 // Σ t without that of the largest
	for i, v := range t {
		if i != at {
			sum += v
		}
	}
	share := (sum + t[at]) / (1 + rest)
	for i, v := range y {
		dy := float64(e[i]*share) - t[i]
		if i == at {
			dy = sum - float64(share*rest)
		}
		gy[i] += float64(g * dy)
		gt[i] += float64(g * (l - (v - m)))
	}
}

// largestAt returns where a row of exponentials, each divided by the largest, has that one.
func largestAt(e []float64) int { return max(slices.Index(e, 1), 0) }

// others returns the sum of such exponentials without the largest, which may be tiny.
func others(e []float64) float64 {
	at := largestAt(e)
	if len(e) > small { // the load of a vector would wait for the number that was just stored in it
		return Sum(e[:at]) + Sum(e[at+1:])
	}
	e[at] = 0
	sum := Sum(e)
	e[at] = 1
	return sum
}
