package nn

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// These are the activations without a number. SELU, with λ = 1.0507… and α = 1.6733…, keeps the mean 0
// and the variance 1 of signals from layer to layer, if weights are drawn by [LeCun].
//
// At a kink they have the slopes that PyTorch has: those of ReLU, ReLU6, Hardtanh and Hardsigmoid
// are 0 at each of their kinks, that of SELU is λα at 0, and those of Hardswish are 0 at −3 and 1
// at 3, as PyTorch has them since 2025; before, it had −½ and 1½.
var (
	Identity = Activation{}                                                  // φ(z) = z
	Sigmoid  = Activation{name: "sigmoid", apply: (*gradus.Value).Sigmoid}   // φ(z) = 1/(1 + exp(−z))
	Tanh     = Activation{name: "tanh", apply: (*gradus.Value).Tanh}         // φ(z) = tanh z
	ReLU     = Activation{name: "ReLU", apply: (*gradus.Value).ReLU}         // φ(z) = max(0, z)
	Softplus = Activation{name: "softplus", apply: (*gradus.Value).Softplus} // φ(z) = ln(1 + exp z)
	ELU      = Activation{name: "ELU", apply: (*gradus.Value).ELU}           // φ(z) = z, or exp z − 1 if z < 0
	SiLU     = Activation{name: "SiLU", apply: (*gradus.Value).SiLU}         // φ(z) = z·σ(z)
	GELU     = Activation{name: "GELU", apply: (*gradus.Value).GELU}         // φ(z) = z·Φ(z), Φ: normal CDF

	GELUTanh    = Activation{name: "GELUTanh", apply: geluTanh}       // φ(z) = z·σ(√(8/π)·(z + 0.044715·z³))
	Mish        = Activation{name: "mish", apply: mish}               // φ(z) = z·tanh(ln(1 + exp z))
	SELU        = Activation{name: "SELU", apply: selu}               // φ(z) = λz, or λα(exp z − 1) if z ≤ 0
	Softsign    = Activation{name: "softsign", apply: softsign}       // φ(z) = z/(1 + |z|)
	Hardtanh    = Activation{name: "hardtanh", apply: hardtanh}       // φ(z) = min(max(−1, z), 1)
	ReLU6       = Activation{name: "ReLU6", apply: relu6}             // φ(z) = min(max(0, z), 6)
	Hardsigmoid = Activation{name: "hardsigmoid", apply: hardsigmoid} // φ(z) = min(max(0, z + 3), 6)/6
	Hardswish   = Activation{name: "hardswish", apply: hardswish}     // φ(z) = z·hardsigmoid(z)
)

// Activations returns the activations of this package that have no number. Their names are those of
// the variables, such as [SELU] or, for [Tanh], tanh.
func Activations() []Activation {
	return []Activation{
		Identity, Sigmoid, Tanh, ReLU, Softplus, ELU, SiLU, GELU,
		GELUTanh, Mish, SELU, Softsign, Hardtanh, ReLU6, Hardsigmoid, Hardswish,
	}
}

// geluTanh approximates [GELU] as GPT-2 does, by z·(1 + tanh u)/2. (1 + tanh u)/2 is σ(2u), which keeps
// its digits where u is far below 0.
//
// Source: D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), arXiv 1606.08415.
func geluTanh(z *gradus.Value) *gradus.Value {
	u := z.Square().Mul(0.044715).Add(1).Mul(z).Mul(math.Sqrt2 / math.SqrtPi)
	return u.Mul(2).Sigmoid().Mul(z)
}

// mish is the activation of D. Misra, Mish: a self regularized non-monotonic activation function,
// BMVC 2020.
func mish(z *gradus.Value) *gradus.Value { return z.Softplus().Tanh().Mul(z) }

// selu is the activation of G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing
// neural networks, NIPS 2017.
func selu(z *gradus.Value) *gradus.Value {
	const alpha, lambda = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
	return gradus.Where(z, z, z.ELU().Mul(alpha)).Mul(lambda)
}

func softsign(z *gradus.Value) *gradus.Value { return z.Div(z.Abs().Add(1)) }

func hardtanh(z *gradus.Value) *gradus.Value { return between(z, -1, 1) }

func relu6(z *gradus.Value) *gradus.Value { return between(z, 0, 6) }

func hardsigmoid(z *gradus.Value) *gradus.Value { return relu6(z.Add(3)).Div(6) }

// hardswish is the activation of A. Howard et al., Searching for MobileNetV3, ICCV 2019.
func hardswish(z *gradus.Value) *gradus.Value { return hardsigmoid(z).Mul(z) }

// between is z.Clamp(lo, hi) with the slope 0 at lo and at hi, where that of Clamp is ½.
func between(z *gradus.Value, lo, hi float64) *gradus.Value {
	return gradus.Where(z.Sub(lo), gradus.Where(gradus.Const(hi).Sub(z), z, hi), lo)
}

// ScaledSigmoid returns the sigmoid of c·z. Its derivative contains the factor c.
//
//	φ(z) = σ(c·z)    φ′(z) = c·φ(z)(1 − φ(z))
//
// It panics if c is NaN or infinite.
func ScaledSigmoid(c float64) Activation {
	return withNumber("scaledSigmoid", c, func(z *gradus.Value) *gradus.Value {
		return z.Mul(c).Sigmoid()
	})
}

// LeakyReLU returns the leaky rectified linear unit.
//
//	φ(z) = z if z > 0, else slope·z
//
// It panics if the slope is NaN or infinite.
func LeakyReLU(slope float64) Activation {
	op := gradus.LeakyReLU(slope)
	return withNumber("leakyReLU", slope, func(z *gradus.Value) *gradus.Value {
		return op.Apply(z)
	})
}

func withNumber(
	name string, x float64, apply func(z *gradus.Value) *gradus.Value,
) Activation {
	name = fmt.Sprintf("%s(%v)", name, x)
	if !finite.All(x) {
		panic("nn: got the activation " + name + ", want a finite number in it")
	}
	return Activation{name: name, apply: apply}
}

// ActivationNamed returns the activation of this package that has the name, such as "tanh" or
// "leakyReLU(0.01)".
//
// It returns an error that lists the names if there is none of that name.
func ActivationNamed(name string) (Activation, error) {
	a, err := activationNamed(name, nil)
	if err != nil {
		return a, fmt.Errorf("nn: the name of the activation %w", err)
	}
	return a, nil
}

// activationNamed returns the activation of that name, one of this package's or of own.
func activationNamed(name string, own []Activation) (Activation, error) {
	names := []string{"scaledSigmoid(c)", "leakyReLU(slope)"}
	for _, a := range append(Activations(), own...) {
		if a.Name() == name {
			return a, nil
		}
		names = append(names, a.Name())
	}
	_, number, _ := strings.Cut(name, "(")
	x, err := strconv.ParseFloat(strings.TrimSuffix(number, ")"), 64)
	if err == nil && finite.All(x) {
		for _, a := range []Activation{ScaledSigmoid(x), LeakyReLU(x)} {
			if a.Name() == name {
				return a, nil
			}
		}
	}
	return Activation{}, fmt.Errorf("is %.40q, want one of %s", name, strings.Join(names, ", "))
}
