package layer

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
)

// An RMSNorm divides vectors by the root of their mean square, and multiplies each number by a gain, which
// is trained. It is what PyTorch's RMSNorm computes.
//
//	zᵢ = gᵢ·xᵢ/√(Σ xⱼ²/n + ε)
//
// Forward takes any number of vectors of n numbers, one after the other, such as those of the positions in a
// text, and divides each by its own root. An RMSNorm without gains needs no constructor: RMSNorm{Width: 16,
// Epsilon: 1e-5}.
//
// If ε is 0, a vector of zeros is not divided by anything that makes sense: it becomes one of NaNs, as in
// PyTorch, and so do the gradients of the gains. Other vectors do not need an ε.
//
// Source: B. Zhang, R. Sennrich, Root mean square layer normalization, NeurIPS 2019.
type RMSNorm struct {
	Width   int             // n
	Epsilon float64         // ε, which avoids 0/0 where all numbers are 0
	Gain    []*gradus.Value // gᵢ; if it is nil, there are no gains
}

// NewRMSNorm returns an RMSNorm for vectors of n numbers. The gains are 1, and named gain1 and so on. ε is
// 2⁻⁵², as in PyTorch.
//
// It panics if n is less than 1 or more than 2³⁰.
func NewRMSNorm(n int) *RMSNorm {
	mustBe(0 < n && n <= mostNumbers, "NewRMSNorm: got vectors of %d numbers, want from 1 to 2³⁰", n)
	return &RMSNorm{Width: n, Epsilon: 0x1p-52, Gain: vector("gain", n, 1)}
}

// Forward returns the vectors after division and multiplication.
//
// It panics if there is not a gain for each number of a vector, or none at all, or if x is not one or more
// vectors.
func (m *RMSNorm) Forward(x ...*gradus.Value) []*gradus.Value {
	mustBe(m != nil && m.Width > 0 && (m.Gain == nil || len(m.Gain) == m.Width),
		"RMSNorm.Forward: Width is not positive or not the number of gains, want one made by NewRMSNorm")
	n := m.Width
	mustBeVectors("RMSNorm.Forward", x, n)
	z := make([]*gradus.Value, len(x))
	for start := 0; start < len(x); start += n {
		v := x[start:][:n]
		scale := gradus.Dot(v, v).Div(n).Add(m.Epsilon).Pow(-0.5)
		for i := range v {
			z[start+i] = v[i].Mul(scale)
			if m.Gain != nil {
				z[start+i] = z[start+i].Mul(m.Gain[i])
			}
		}
	}
	return z
}

// Params returns the gains. It panics if m is nil.
func (m *RMSNorm) Params() []*gradus.Value {
	mustBe(m != nil, "RMSNorm.Params: the RMSNorm is nil, want one made by NewRMSNorm")
	return slices.Clone(m.Gain)
}

// A LayerNorm gives vectors the mean 0 and the variance 1, multiplies each number by a gain, and adds a
// bias; gains and biases are trained. It is what PyTorch's LayerNorm computes.
//
//	μ = Σ xⱼ/n    σ² = Σ (xⱼ − μ)²/n    zᵢ = gᵢ·(xᵢ − μ)/√(σ² + ε) + bᵢ
//
// Forward takes any number of vectors of n numbers, one after the other, such as those of the positions in a
// text, each of which has a mean and a variance of its own. If ε is 0, a vector of equal numbers, whose
// variance is 0, becomes one of NaNs, as in PyTorch.
//
// Source: J. L. Ba, J. R. Kiros, G. E. Hinton, Layer normalization, 2016, arXiv:1607.06450.
type LayerNorm struct { //nolint:revive // the name that the field knows it by
	Gain, Bias []*gradus.Value // gᵢ and bᵢ, a number of each for each of a vector
	Epsilon    float64         // ε, which avoids 0/0 where all numbers are equal
}

// NewLayerNorm returns a LayerNorm for vectors of n numbers. The gains are 1, and named gain1 and so on, the
// biases 0, and named bias1 and so on. ε is 10⁻⁵, as in PyTorch.
//
// It panics if n is less than 1 or more than 2³⁰.
func NewLayerNorm(n int) *LayerNorm {
	mustBe(0 < n && n <= mostNumbers, "NewLayerNorm: got vectors of %d numbers, want from 1 to 2³⁰", n)
	return &LayerNorm{Gain: vector("gain", n, 1), Bias: vector("bias", n, 0), Epsilon: 1e-5}
}

// Forward returns the vectors after all that.
//
// It panics if there are no gains or not as many biases, or if x is not one or more vectors.
func (m *LayerNorm) Forward(x ...*gradus.Value) []*gradus.Value {
	mustBe(m != nil && len(m.Gain) > 0 && len(m.Bias) == len(m.Gain),
		"LayerNorm.Forward: there is not a gain and a bias for each number, want one made by NewLayerNorm")
	n := len(m.Gain)
	mustBeVectors("LayerNorm.Forward", x, n)
	z := make([]*gradus.Value, len(x))
	for start := 0; start < len(x); start += n {
		mean, d := gradus.Mean(x[start:][:n]...), make([]*gradus.Value, n)
		for i := range d {
			d[i] = x[start+i].Sub(mean)
		}
		scale := gradus.Dot(d, d).Div(n).Add(m.Epsilon).Pow(-0.5)
		for i := range d {
			z[start+i] = d[i].Mul(scale.Mul(m.Gain[i])).Add(m.Bias[i])
		}
	}
	return z
}

// Params returns the gains and then the biases. It panics if m is nil.
func (m *LayerNorm) Params() []*gradus.Value {
	mustBe(m != nil, "LayerNorm.Params: the LayerNorm is nil, want one made by NewLayerNorm")
	return slices.Concat(m.Gain, m.Bias)
}

// vector returns n leaves that hold x.
func vector(name string, n int, x float64) []*gradus.Value {
	v := gradus.Values(make([]float64, n))
	for i := range v {
		v[i].As(fmt.Sprint(name, i+1)).Data = x
	}
	return v
}
