package plain

import "math"

// A Product is the product of 1,000 variables P, with its gradient G. The derivative with respect to
// a variable is the product of all variables before it times that of all variables after it. Two
// running products give them all, one forward and one backward, but each multiplication of a
// running product waits for the one before it. So the variables are divided into parts with a
// running product each, and the processor computes these at the same time.
type Product struct {
	P, G, before [Variables]float64
	Out          float64
}

// The number of parts, and of the variables in each.
const (
	parts = 8
	part  = Variables / parts
)

// Step computes the product, forward and backward.
func (n *Product) Step() {
	f0, f1, f2, f3, f4, f5, f6, f7 := 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0
	for i := range part {
		x, b := n.P[i:][:7*part+1:7*part+1], n.before[i:][:7*part+1:7*part+1]
		b[0], b[part], b[2*part], b[3*part] = f0, f1, f2, f3
		b[4*part], b[5*part], b[6*part], b[7*part] = f4, f5, f6, f7
		f0, f1, f2, f3 = f0*x[0], f1*x[part], f2*x[2*part], f3*x[3*part]
		f4, f5, f6, f7 = f4*x[4*part], f5*x[5*part], f6*x[6*part], f7*x[7*part]
	}
	// So far, f of a part is the product of its variables. From here on, it is the product of all
	// other variables: the parts before it (l) times those after it (r).
	l1, l2, l3 := f0, f0*f1, f0*f1*f2
	l4 := l3 * f3
	l5, l6 := l4*f4, l4*f4*f5
	l7 := l6 * f6
	n.Out = l7 * f7
	r6, r5 := f7, f7*f6
	r4, r3 := r5*f5, r5*f5*f4
	r2, r1 := r3*f3, r3*f3*f2
	f0, f1, f2, f3, f4, f5, f6, f7 = r1*f1, l1*r1, l2*r2, l3*r3, l4*r4, l5*r5, l6*r6, l7
	for i := part - 1; i >= 0; i-- {
		x, b := n.P[i:][:7*part+1:7*part+1], n.before[i:][:7*part+1:7*part+1]
		g := n.G[i:][: 7*part+1 : 7*part+1]
		g[0], g[part], g[2*part], g[3*part] = f0*b[0], f1*b[part], f2*b[2*part], f3*b[3*part]
		g[4*part], g[5*part] = f4*b[4*part], f5*b[5*part]
		g[6*part], g[7*part] = f6*b[6*part], f7*b[7*part]
		f0, f1, f2, f3 = f0*x[0], f1*x[part], f2*x[2*part], f3*x[3*part]
		f4, f5, f6, f7 = f4*x[4*part], f5*x[5*part], f6*x[6*part], f7*x[7*part]
	}
}

// A Logistic is the loss of logistic regression, Σ softplus(−s·(w·x + b)) over the samples, with
// its gradient G.
//
// Each part of the computation has a loop of its own, which is 1.4 times as fast as one loop for
// all: calls of package math push accumulators out of the registers, and overlap best with one
// another.
type Logistic struct {
	*Regression
	P, G [Features + 1]float64
	Z, e [Samples]float64
	Out  float64

	// OneLog takes one logarithm of Π(1 + e) in place of one for each factor. If all samples are
	// classified so well that every factor rounds to 1, the result is 0, which is wrong. So this
	// variant is shown beside the yardstick and is not the yardstick itself.
	OneLog bool
}

// Step computes the loss, forward and backward.
func (n *Logistic) Step() {
	w0, w1, w2, w3, w4 := n.P[0], n.P[1], n.P[2], n.P[3], n.P[4]
	w5, w6, w7, w8, w9, b := n.P[5], n.P[6], n.P[7], n.P[8], n.P[9], n.P[10]
	for k := range n.Z {
		x := &n.X[k]
		z := b + w0*x[0]
		z += w1 * x[1]
		z += w2 * x[2]
		z += w3 * x[3]
		z += w4 * x[4]
		z += w5 * x[5]
		z += w6 * x[6]
		z += w7 * x[7]
		z += w8 * x[8]
		z += w9 * x[9]
		n.Z[k] = z
	}
	n.Out = n.Losses()
	n.gradient()
}

// Losses replaces each sum z in Z by the derivative of the loss with respect to z, and returns the
// loss. The exponentials are at most 1, so nothing overflows.
func (n *Logistic) Losses() (sum float64) {
	for k, s := range n.S {
		n.Z[k] *= s
		n.e[k] = math.Exp(math.Copysign(n.Z[k], -1))
	}
	for k, s := range n.S {
		e, m := n.e[k], n.Z[k]
		d := s / (1 + e)
		if m >= 0 {
			d *= e
		}
		n.Z[k] = -d
		sum += max(-m, 0)
	}
	if n.OneLog {
		product := 1.0 // at most 2 to the number of samples
		for _, e := range n.e {
			product *= 1 + e
		}
		return sum + math.Log(product)
	}
	for _, e := range n.e {
		sum += math.Log1p(e)
	}
	return sum
}

// gradient computes G from the derivatives in Z. It takes half of the features at a time, because
// sums and factors of all of them need more registers than there are.
func (n *Logistic) gradient() {
	var g0, g1, g2, g3, g4, b float64
	for k, d := range n.Z {
		x := &n.X[k]
		g0 += d * x[0]
		g1 += d * x[1]
		g2 += d * x[2]
		g3 += d * x[3]
		g4 += d * x[4]
		b += d
	}
	n.G[0], n.G[1], n.G[2], n.G[3], n.G[4], n.G[10] = g0, g1, g2, g3, g4, b
	g0, g1, g2, g3, g4 = 0, 0, 0, 0, 0
	for k, d := range n.Z {
		x := &n.X[k]
		g0 += d * x[5]
		g1 += d * x[6]
		g2 += d * x[7]
		g3 += d * x[8]
		g4 += d * x[9]
	}
	n.G[5], n.G[6], n.G[7], n.G[8], n.G[9] = g0, g1, g2, g3, g4
}
