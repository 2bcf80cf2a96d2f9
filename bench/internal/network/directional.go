package network

import (
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// A Directional computes the Hessian of the loss times a vector v, for one sample of a network with σ in
// every layer. It goes forward and backward as backpropagation does, and computes of each number also the
// derivative in the direction v, which is written with a prime. For a = σ(z), z = W·x + b and δ = ∂L/∂z,
// where V and c are the parts of v that belong to W and b:
//
//	z′ = V·x + c + W·x′    a′ = a(1 − a)·z′    (∂L/∂W)′ = δ′·xᵀ + δ·x′ᵀ
//
// Source: B. Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6(1), 1994.
type Directional struct {
	*Layered
	V []float64 // the vector, in the order of Network.P

	prime *Layered  // V and c; z′ and then a′, δ′; (∂L/∂W)′ and (∂L/∂b)′
	below []float64 // room for Vᵀ·δ
}

// NewDirectional returns a Directional with a random vector, the same in every call.
func NewDirectional(n *Network) *Directional {
	r, v := rand.New(rand.NewPCG(3, 4)), *n
	v.P = make([]float64, len(n.P))
	for i := range v.P {
		v.P[i] = 2*r.Float64() - 1
	}
	return &Directional{
		Layered: NewLayered(n, Plain), V: v.P,
		prime: NewLayered(&v, Plain), below: make([]float64, slices.Max(n.Widths)),
	}
}

// Step computes the derivative of the loss in the direction v, and its gradient, the Hessian times v.
func (d *Directional) Step() {
	x, t := d.Sample(0)
	a := x
	var aPrime []float64
	for k, l := range d.Layers {
		p := d.prime.Layers[k]
		plain.Affine(l.a, l.W, a, l.B)
		Sigmoid.Apply(l.a, 1)
		plain.Affine(p.a, p.W, a, p.B)
		if k > 0 {
			plain.Affine(p.a, l.W, aPrime, p.a)
		}
		Sigmoid.Chain(p.a, l.a, 1)
		a, aPrime = l.a, p.a
	}
	last := len(d.Layers) - 1
	l, p := d.Layers[last], d.prime.Layers[last]
	d.Seed(l.GB, a, t)
	d.Out = floats.Dot(l.GB, aPrime)
	floats.ScaleTo(p.GB, 2*d.Loss, aPrime)
	for k := last; k > 0; k-- {
		d.layer(k, d.Layers[k-1].a, d.prime.Layers[k-1].a)
	}
	d.layer(0, x, nil)
}

// layer goes backward through layer k, whose operands are x and x′. x′ is nil if it is 0.
func (d *Directional) layer(k int, x, xPrime []float64) {
	l, p := d.Layers[k], d.prime.Layers[k]
	for j, a := range l.a { // from ∂L/∂a and (∂L/∂a)′ to δ and δ′
		slope := a * (1 - a)
		p.GB[j] = p.GB[j]*slope + l.GB[j]*(1-2*a)*p.a[j]
		l.GB[j] *= slope
	}
	plain.Outer(p.GW, p.GB, x)
	if k == 0 {
		return
	}
	for j, dj := range l.GB {
		row := p.GW[j*len(x):][:len(x)]
		for i, xi := range xPrime {
			row[i] += dj * xi
		}
	}
	below, belowPrime, b := d.Layers[k-1].GB, d.prime.Layers[k-1].GB, d.below[:len(x)]
	plain.Transposed(below, l.W, l.GB)
	plain.Transposed(belowPrime, l.W, p.GB)
	plain.Transposed(b, p.W, l.GB)
	floats.Add(belowPrime, b)
}

// Result makes a step and returns the derivative in the direction v and its gradient.
func (d *Directional) Result() (out float64, grad []float64) {
	d.Step()
	return d.Out, d.prime.Gradient()
}
