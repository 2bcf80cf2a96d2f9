package model

import "math"

// crossEntropy returns −ln softmax(t)ₖ and replaces t by the derivatives of that, divided by n.
func crossEntropy(t []float64, k int, n float64) float64 {
	softmax(t)
	loss := -math.Log(t[k])
	t[k]--
	for i := range t {
		t[i] /= n
	}
	return loss
}

// softmax replaces t by its softmax.
func softmax(t []float64) {
	largest, sum := t[0], 0.0
	for _, v := range t {
		if v > largest {
			largest = v
		}
	}
	for i, v := range t {
		e := math.Exp(v - largest)
		t[i] = e
		sum += e
	}
	f := 1 / sum
	for i := range t {
		t[i] *= f
	}
}

// relu replaces each number of a that is negative by 0.
func relu(a []float64) {
	for i, v := range a {
		a[i] = max(v, 0)
	}
}

// reluBack clears the derivatives d of those a that are 0.
func reluBack(d, a []float64) {
	d = d[:len(a)]
	for i, v := range a {
		if v <= 0 {
			d[i] = 0
		}
	}
}

// sum adds up d, whose length is a multiple of 4, in four sums that do not wait for one another.
func sum(d []float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(d) >= 4; d = d[4:] {
		s0 += d[0]
		s1 += d[1]
		s2 += d[2]
		s3 += d[3]
	}
	return (s0 + s1) + (s2 + s3)
}

// sums adds up vectors of len(g) numbers, which are stored one after the other in d.
func sums(g, d []float64) {
	clear(g)
	for ; len(d) > 0; d = d[len(g):] {
		for i, v := range d[:len(g)] {
			g[i] += v
		}
	}
}
