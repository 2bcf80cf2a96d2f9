package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// deviation returns the standard deviation of many numbers drawn for a layer of 100 inputs and
// 50 neurons.
func deviation(init nn.Init) float64 {
	const n = 100_000
	rng, sum, squares := rand.New(rand.NewPCG(1, 0)), 0.0, 0.0
	for range n {
		x := init(rng, 100, 50)
		sum, squares = sum+x, squares+float64(x*x)
	}
	mean := sum / n
	return math.Sqrt(squares/n - float64(mean*mean))
}

// A signal of size 1 goes through 20 layers of 50 neurons. Its size after them depends on how the
// weights were drawn.
func ExampleInit() {
	for _, tt := range []struct {
		name       string
		activation nn.Activation
		init       nn.Init
	}{
		{"ReLU with He         ", nn.ReLU, nn.He},
		{"ReLU with Xavier     ", nn.ReLU, nn.Xavier},
		{"tanh with Xavier     ", nn.Tanh, nn.Xavier},
		{"tanh with N(0, 0.1²) ", nn.Tanh, nn.Normal(0, 0.1)},
		{"ReLU with U(−1, 1)   ", nn.ReLU, nn.Uniform(-1, 1)},
	} {
		rng := rand.New(rand.NewPCG(1, 0))
		layer := nn.Dense{Activation: tt.activation, Init: tt.init}
		net := nn.NewMLP(rng, 50, nn.Stack(layer, slices.Repeat([]int{50}, 20)...)...)
		x := make([]float64, 50)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		squares := 0.0
		for _, y := range net.Forward(gradus.Values(x)...) {
			squares += float64(y.Data * y.Data)
		}
		fmt.Printf("%s %.0e\n", tt.name, math.Sqrt(squares/50))
	}
	// Output:
	// ReLU with He          5e-01
	// ReLU with Xavier      4e-04
	// tanh with Xavier      2e-01
	// tanh with N(0, 0.1²)  4e-04
	// ReLU with U(−1, 1)    6e+08
}

func ExampleUniform() {
	tutorialC, micrograd := nn.Uniform(0, 1), nn.Uniform(-1, 1)
	rng := rand.New(rand.NewPCG(1, 0))
	for range 3 {
		fmt.Printf("%.4f % .4f\n", tutorialC(rng, 1, 1), micrograd(rng, 1, 1))
	}
	// Output:
	// 0.2384  0.0018
	// 0.0500 -0.0211
	// 0.7500  0.1452
}

func ExampleNormal() {
	fmt.Printf("%.2f\n", deviation(nn.Normal(0, 0.3)))
	// Output: 0.30
}

// If all weights are the same, all gradients are the same, and so the neurons stay the same for
// ever.
func ExampleConstant() {
	half := nn.Dense{Activation: nn.Tanh, Init: nn.Constant(0.5)}
	net := nn.NewMLP(nil, 1, nn.Stack(half, 2, 1)...)
	net.Forward(gradus.New(1))[0].Backward()
	for _, n := range net.Layers[0].Neurons {
		fmt.Printf("%.4f\n", n.W[0].Grad)
	}
	// Output:
	// 0.3199
	// 0.3199
}

func ExampleXavier() {
	fmt.Printf("%.2f, of √(2/(100 + 50)) = %.2f\n", deviation(nn.Xavier), math.Sqrt(2./150))
	// Output: 0.12, of √(2/(100 + 50)) = 0.12
}

func ExampleXavierNormal() {
	fmt.Printf("%.2f, of √(2/(100 + 50)) = %.2f\n", deviation(nn.XavierNormal), math.Sqrt(2./150))
	// Output: 0.12, of √(2/(100 + 50)) = 0.12
}

func ExampleHe() {
	fmt.Printf("%.2f, of √(2/100) = %.2f\n", deviation(nn.He), math.Sqrt(2./100))
	// Output: 0.14, of √(2/100) = 0.14
}

func ExampleHeUniform() {
	fmt.Printf("%.2f, of √(2/100) = %.2f\n", deviation(nn.HeUniform), math.Sqrt(2./100))
	// Output: 0.14, of √(2/100) = 0.14
}

func ExampleLeCun() {
	fmt.Printf("%.2f, of √(1/100) = %.2f\n", deviation(nn.LeCun), math.Sqrt(1./100))
	// Output: 0.10, of √(1/100) = 0.10
}

func ExampleInitNamed() {
	init, err := nn.InitNamed("Uniform(-1, 1)")
	fmt.Printf("%.4f %v\n", init(rand.New(rand.NewPCG(1, 0)), 2, 8), err)
	_, err = nn.InitNamed("Uniform(-1)")
	fmt.Printf("%.40s …\n", err)
	// Output:
	// -0.5232 <nil>
	// nn: the Init is "Uniform(-1)", want Xavi …
}
