package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/nn"
)

// bent is an activation of the user's own, as an expression, and gaussian as an Op.
var (
	bent = nn.NewActivation("bent", func(z *gradus.Value) *gradus.Value {
		return z.Div(gradus.New(1).Add(z.Abs()))
	})
	gaussianOp = gradus.Func1("gaussian",
		func(x float64) float64 { return math.Exp(-x * x) },
		func(x float64) float64 { return -2 * x * math.Exp(-x*x) })
	gaussian = nn.NewActivation("gaussian <exp(−z²)>", func(z *gradus.Value) *gradus.Value {
		return gaussianOp.Apply(z)
	})
)

// activations are all of this package's and two of the user's own.
func activations() []nn.Activation {
	return append(nn.Activations(),
		nn.ScaledSigmoid(0.01), nn.ScaledSigmoid(-3), nn.LeakyReLU(0.01), nn.LeakyReLU(0.25),
		bent, gaussian)
}

func TestActivationNames(t *testing.T) {
	var names []string
	for _, a := range activations() {
		names = append(names, a.Name())
	}
	equal(t, "names", names, []string{
		"identity", "sigmoid", "tanh", "ReLU", "softplus", "ELU", "SiLU", "GELU",
		"GELUTanh", "mish", "SELU", "softsign", "hardtanh", "ReLU6", "hardsigmoid", "hardswish",
		"scaledSigmoid(0.01)", "scaledSigmoid(-3)", "leakyReLU(0.01)", "leakyReLU(0.25)",
		"bent", "gaussian <exp(−z²)>",
	})
}

// Slopes by hand, of two on either side of 0, and at the kink.
func TestSlopes(t *testing.T) {
	for _, tt := range []struct {
		activation nn.Activation
		z, want    float64
		why        string
	}{
		{nn.Identity, 5, 1, "z′"},
		{nn.Sigmoid, 0, 0.25, "½·(1 − ½)"},
		{nn.Tanh, 0, 1, "1 − 0²"},
		{nn.Softplus, 0, 0.5, "σ(0)"},
		{nn.ELU, 0, 1, "no kink"},
		{nn.SiLU, 0, 0.5, "σ(0)"},
		{nn.GELU, 0, 0.5, "Φ(0)"},
		{nn.GELUTanh, 0, 0.5, "½·(1 + tanh 0)"},
		{nn.Softsign, 0, 1, "1/(1 + |0|)²"},
		{nn.SELU, 3, 1.0507009873554805, "λ, on the right"},
		{nn.SELU, 0, 1.7580993408473766, "λα: at the kink, that of the left, as PyTorch has it"},
		{nn.Hardtanh, 1, 0, "at the kink, as PyTorch has it"},
		{nn.Hardtanh, -1, 0, "at the kink, as PyTorch has it"},
		{nn.Hardtanh, 1 - 0x1p-53, 1, "between"},
		{nn.ReLU6, 0, 0, "at the kink, as PyTorch has it"},
		{nn.ReLU6, 6, 0, "at the kink, as PyTorch has it"},
		{nn.Hardsigmoid, -3, 0, "at the kink, as PyTorch has it"},
		{nn.Hardsigmoid, 0, 1. / 6, "between"},
		{nn.Hardsigmoid, 3, 0, "at the kink, as PyTorch has it"},
		{nn.Hardswish, -3, 0, "at the kink, as PyTorch has it since 2025"},
		{nn.Hardswish, 0, 0.5, "between: (2z + 3)/6"},
		{nn.Hardswish, 3, 1, "at the kink, as PyTorch has it since 2025"},
		{nn.ReLU, 3, 1, "on the right"},
		{nn.ReLU, -3, 0, "on the left"},
		{nn.ReLU, 0, 0, "at the kink, as PyTorch has it"},
		{nn.LeakyReLU(0.2), 3, 1, "on the right"},
		{nn.LeakyReLU(0.2), -3, 0.2, "on the left"},
		{nn.LeakyReLU(0.2), 0, 0.2, "at the kink, as PyTorch has it"},
		{nn.ScaledSigmoid(8), 0, 2, "8·½·(1 − ½): the constant is in the derivative"},
		{nn.ScaledSigmoid(0.01), 0, 0.0025, "0.01·½·(1 − ½)"},
		{bent, 1, 0.25, "1/(1 + |z|)²"},
		{gaussian, 0, 0, "the top"},
	} {
		if got := tt.activation.Slope(tt.z); got != tt.want {
			t.Errorf("%s: slope at %v is %v, want %v: %s",
				tt.activation.Name(), tt.z, got, tt.want, tt.why)
		}
	}
}

func TestActivationsByGradcheck(t *testing.T) {
	for _, a := range activations() {
		for _, z := range []float64{-2.5, -0.7, 0.3, 1.9} {
			t.Run(fmt.Sprintf("%s(%v)", a.Name(), z), func(t *testing.T) {
				v := gradus.New(z).As("z")
				root := func() *gradus.Value { return a.Apply(v) }
				if a.Name() == nn.Identity.Name() { // which is no function of z but z
					root = func() *gradus.Value { return a.Apply(v).Mul(gradus.New(1)) }
				}
				gradcheck.Test(t, root, v)
				if a.Slope(z) != v.Grad {
					t.Errorf("Slope is %v, Backward has %v", a.Slope(z), v.Grad)
				}
			})
		}
	}
}

func TestActivationPanics(t *testing.T) {
	apply := (*gradus.Value).Tanh
	const neither = "nn: NewActivation: the name is empty or the function is nil, want a name and a function"
	panics(t, neither, func() { nn.NewActivation("", apply) })
	panics(t, neither, func() { nn.NewActivation("swish", nil) })

	const taken = "nn: NewActivation: got the name %q, want valid UTF-8, and none of the " +
		"names of this package's activations"
	for _, name := range []string{
		"identity", "sigmoid", "tanh", "ReLU", "softplus", "ELU", "SiLU", "GELU",
		"GELUTanh", "mish", "SELU", "softsign", "hardtanh", "ReLU6", "hardsigmoid", "hardswish",
		"scaledSigmoid(0.01)", "leakyReLU(-0)", "sw\xffsh",
	} {
		panics(t, fmt.Sprintf(taken, name), func() { nn.NewActivation(name, apply) })
	}
	for _, name := range []string{ // which are not what those activations are called
		"Tanh", "relu", "scaledSigmoid", "leakyReLU(.1)", "leakyReLU(NaN)", "leakyReLU(0.1",
	} {
		equal(t, "name", nn.NewActivation(name, apply).Name(), name)
	}

	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		panics(t, fmt.Sprintf("nn: got the activation scaledSigmoid(%v), want a finite number in it", x),
			func() { nn.ScaledSigmoid(x) })
		panics(t, fmt.Sprintf("nn: got the activation leakyReLU(%v), want a finite number in it", x),
			func() { nn.LeakyReLU(x) })
	}
}
