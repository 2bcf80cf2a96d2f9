package nn_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

func ExampleActivation() {
	for _, phi := range []nn.Activation{
		{}, nn.Sigmoid, nn.Tanh, nn.ReLU, nn.LeakyReLU(0.01), nn.Softplus, nn.GELU,
	} {
		a := phi.Apply(gradus.New(-2)).Data
		fmt.Printf("%-15s φ(−2) = %7.4f  φ′(−2) = %.4f\n", phi.Name(), a, phi.Slope(-2))
	}
	// Output:
	// identity        φ(−2) = -2.0000  φ′(−2) = 1.0000
	// sigmoid         φ(−2) =  0.1192  φ′(−2) = 0.1050
	// tanh            φ(−2) = -0.9640  φ′(−2) = 0.0707
	// ReLU            φ(−2) =  0.0000  φ′(−2) = 0.0000
	// leakyReLU(0.01) φ(−2) = -0.0200  φ′(−2) = 0.0100
	// softplus        φ(−2) =  0.1269  φ′(−2) = 0.1192
	// GELU            φ(−2) = -0.0455  φ′(−2) = -0.0852
}

func ExampleActivation_Name() {
	fmt.Println(nn.Tanh.Name(), nn.LeakyReLU(0.2).Name(), nn.Activation{}.Name())
	// Output: tanh leakyReLU(0.2) identity
}

func ExampleActivationNamed() {
	phi, err := nn.ActivationNamed("leakyReLU(0.2)")
	fmt.Println(phi.Slope(-1), err)
	_, err = nn.ActivationNamed("swish")
	fmt.Printf("%.62s …\n", err)
	// Output:
	// 0.2 <nil>
	// nn: the name of the activation is "swish", want one of scaledS …
}

func ExampleActivation_Apply() {
	z := gradus.New(0)
	a := nn.Sigmoid.Apply(z)
	a.Backward()
	fmt.Println(a.Data, z.Grad)
	// Output: 0.5 0.25
}

// The slope of σ is at most ¼, which is why deep networks of sigmoids learn slowly. Where σ(z)
// rounds to 1, the slope is exactly 0, which is why a saturated neuron does not learn at all.
func ExampleActivation_Slope() {
	for _, z := range []float64{0, 5, 20, 40} {
		fmt.Printf("z = %2v: σ′ = %.3g\n", z, nn.Sigmoid.Slope(z))
	}
	// Output:
	// z =  0: σ′ = 0.25
	// z =  5: σ′ = 0.00665
	// z = 20: σ′ = 2.06e-09
	// z = 40: σ′ = 0
}

// The third tutorial says that the constant "gets absorbed into the learning rate". But it is a
// factor of the slope of every layer: three layers back, the gradient is a million times smaller.
func ExampleScaledSigmoid() {
	phi := nn.ScaledSigmoid(0.01)
	fmt.Printf("%.4f %.4f\n", nn.Sigmoid.Slope(0), phi.Slope(0))
	fmt.Printf("%.1g\n", math.Pow(phi.Slope(0)/nn.Sigmoid.Slope(0), 3))
	// Output:
	// 0.2500 0.0025
	// 1e-06
}

func ExampleLeakyReLU() {
	phi := nn.LeakyReLU(0.01)
	fmt.Println(phi.Apply(gradus.New(-3)).Data, phi.Slope(-3), phi.Slope(3))
	// Output: -0.03 0.01 1
}

// Swish is z·σ(z). Backward differentiates it like any other expression.
func ExampleNewActivation() {
	swish := nn.NewActivation("swish", func(z *gradus.Value) *gradus.Value {
		return z.Mul(z.Sigmoid())
	})
	fmt.Printf("%.4f %.4f\n", swish.Apply(gradus.New(2)).Data, swish.Slope(2))
	net := nn.NewMLP(nil, 1, nn.Dense{Units: 1, Activation: swish, Init: nn.Constant(2)})
	fmt.Printf("%v: %.4f\n", net, net.Forward(gradus.New(1))[0].Data)
	// Output:
	// 1.7616 1.0908
	// 1-1, swish: 1.7616
}

func ExampleActivation_Is() {
	sine := func() nn.Activation { return nn.NewActivation("sine", (*gradus.Value).Sin) }
	mine := sine()
	fmt.Println(nn.LeakyReLU(0.1).Is(nn.LeakyReLU(0.1)), nn.Tanh.Is(nn.ReLU))
	fmt.Println(mine.Is(mine), mine.Is(sine())) // two calls make two activations
	// Output:
	// true false
	// true false
}

func ExampleActivations() {
	for _, phi := range nn.Activations() {
		fmt.Printf("%-11s φ(−1) = %5.2f  φ′(−1) = %5.2f  φ′(0) = %.2f  φ′(1) = %.2f\n",
			phi.Name(), phi.Apply(gradus.New(-1)).Data, phi.Slope(-1), phi.Slope(0), phi.Slope(1))
	}
	// Output:
	// identity    φ(−1) = -1.00  φ′(−1) =  1.00  φ′(0) = 1.00  φ′(1) = 1.00
	// sigmoid     φ(−1) =  0.27  φ′(−1) =  0.20  φ′(0) = 0.25  φ′(1) = 0.20
	// tanh        φ(−1) = -0.76  φ′(−1) =  0.42  φ′(0) = 1.00  φ′(1) = 0.42
	// ReLU        φ(−1) =  0.00  φ′(−1) =  0.00  φ′(0) = 0.00  φ′(1) = 1.00
	// softplus    φ(−1) =  0.31  φ′(−1) =  0.27  φ′(0) = 0.50  φ′(1) = 0.73
	// ELU         φ(−1) = -0.63  φ′(−1) =  0.37  φ′(0) = 1.00  φ′(1) = 1.00
	// SiLU        φ(−1) = -0.27  φ′(−1) =  0.07  φ′(0) = 0.50  φ′(1) = 0.93
	// GELU        φ(−1) = -0.16  φ′(−1) = -0.08  φ′(0) = 0.50  φ′(1) = 1.08
	// GELUTanh    φ(−1) = -0.16  φ′(−1) = -0.08  φ′(0) = 0.50  φ′(1) = 1.08
	// mish        φ(−1) = -0.30  φ′(−1) =  0.06  φ′(0) = 0.60  φ′(1) = 1.05
	// SELU        φ(−1) = -1.11  φ′(−1) =  0.65  φ′(0) = 1.76  φ′(1) = 1.05
	// softsign    φ(−1) = -0.50  φ′(−1) =  0.25  φ′(0) = 1.00  φ′(1) = 0.25
	// hardtanh    φ(−1) = -1.00  φ′(−1) =  0.00  φ′(0) = 1.00  φ′(1) = 0.00
	// ReLU6       φ(−1) =  0.00  φ′(−1) =  0.00  φ′(0) = 0.00  φ′(1) = 1.00
	// hardsigmoid φ(−1) =  0.33  φ′(−1) =  0.17  φ′(0) = 0.17  φ′(1) = 0.17
	// hardswish   φ(−1) = -0.33  φ′(−1) =  0.17  φ′(0) = 0.50  φ′(1) = 0.83
}
