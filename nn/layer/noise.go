package layer

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A Dropout sets numbers to 0 by chance, in training: each with the probability p. It divides the others by
// 1 − p, so that the mean stays what it was. Elsewhere it returns the numbers as they are. So no neuron can
// rely on a single other one. It is what PyTorch's Dropout computes.
//
//	zᵢ = mᵢ·xᵢ,  mᵢ = 0 with the probability p, else 1/(1 − p)
//
// Source: N. Srivastava and others, Dropout: a simple way to prevent neural networks from overfitting,
// JMLR 15, 2014.
type Dropout struct {
	Mask *nn.Mask // has the numbers mᵢ
}

// NewDropout returns a Dropout for n numbers.
//
// It panics if n is less than 1 or more than 2³⁰, or if p is not at least 0 and less than 1.
func NewDropout(n int, p float64) *Dropout {
	mustBe(0 < n && n <= mostNumbers && p >= 0 && p < 1,
		"NewDropout: got %d numbers and p = %v, want from 1 to 2³⁰, and 0 ≤ p < 1", n, p)
	return &Dropout{nn.NewMask(n, 1, func(rng *rand.Rand) float64 {
		if rng.Float64() < p {
			return 0
		}
		return 1 / (1 - p)
	})}
}

// Forward returns the products of the numbers and the mask.
//
// It panics if x is not as many Values as the mask has.
func (d *Dropout) Forward(x ...*gradus.Value) []*gradus.Value {
	return masked("Dropout.Forward", d.mask("Dropout.Forward"), x, func(v, m *gradus.Value) *gradus.Value {
		return v.Mul(m)
	})
}

func (d *Dropout) mask(who string) *nn.Mask {
	mustBe(d != nil && d.Mask != nil, "%s: there is no Mask, want a Dropout made by NewDropout", who)
	return d.Mask
}

// Params returns nil: there are no parameters.
func (d *Dropout) Params() []*gradus.Value { return nil }

// Masks returns the mask. It panics if d was not made by [NewDropout].
func (d *Dropout) Masks() []*nn.Mask { return []*nn.Mask{d.mask("Dropout.Masks")} }

// A Noise adds random numbers to numbers, in training. Elsewhere it returns the numbers as they are. So a
// network sees each sample in many versions.
//
//	zᵢ = xᵢ + mᵢ,  mᵢ from the normal distribution with the mean 0
type Noise struct {
	Mask *nn.Mask // has the numbers mᵢ
}

// NewNoise returns a Noise for n numbers, with the given standard deviation.
//
// It panics if n is less than 1 or more than 2³⁰, or if the deviation is negative, infinite or NaN.
func NewNoise(n int, deviation float64) *Noise {
	mustBe(0 < n && n <= mostNumbers && deviation >= 0 && deviation <= math.MaxFloat64,
		"NewNoise: got %d numbers and the deviation %v, want from 1 to 2³⁰, and a finite one ≥ 0", n, deviation)
	return &Noise{nn.NewMask(n, 0, func(rng *rand.Rand) float64 { return deviation * rng.NormFloat64() })}
}

// Forward returns the sums of the numbers and the mask.
//
// It panics if x is not as many Values as the mask has.
func (n *Noise) Forward(x ...*gradus.Value) []*gradus.Value {
	return masked("Noise.Forward", n.mask("Noise.Forward"), x, func(v, m *gradus.Value) *gradus.Value {
		return v.Add(m)
	})
}

func (n *Noise) mask(who string) *nn.Mask {
	mustBe(n != nil && n.Mask != nil, "%s: there is no Mask, want a Noise made by NewNoise", who)
	return n.Mask
}

// Params returns nil: there are no parameters.
func (n *Noise) Params() []*gradus.Value { return nil }

// Masks returns the mask. It panics if n was not made by [NewNoise].
func (n *Noise) Masks() []*nn.Mask { return []*nn.Mask{n.mask("Noise.Masks")} }

// masked returns of(xᵢ, mᵢ) for the numbers mᵢ of a mask.
func masked(
	who string, mask *nn.Mask, x []*gradus.Value, of func(v, m *gradus.Value) *gradus.Value,
) []*gradus.Value {
	mustBeInputs(who, x, len(mask.Values))
	z := make([]*gradus.Value, len(x))
	for i, v := range x {
		z[i] = of(v, mask.Values[i])
	}
	return z
}
