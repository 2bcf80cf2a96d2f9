package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A network with one hidden layer learns exclusive or, which no single layer can compute, by
// gradient descent, sample by sample.
func ExampleMLP() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 4, Activation: nn.Tanh}, nn.Dense{Units: 1})
	x, t := [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, []float64{0, 1, 1, 0}
	for range 500 {
		for i := range x {
			y := net.Forward(gradus.Values(x[i])...)
			loss := nn.SumSquaredErrors(y, gradus.Values(t[i:i+1]))
			loss.ZeroGrad()
			loss.Backward()
			for _, p := range net.Params() {
				p.Data -= float64(0.1 * p.Grad)
			}
		}
	}
	for i := range x {
		fmt.Println(x[i], net.Forward(gradus.Values(x[i])...)[0].Data > 0.5)
	}
	// Output:
	// [0 0] false
	// [0 1] true
	// [1 0] true
	// [1 1] false
}

func ExampleNewMLP() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 784,
		nn.Dense{Units: 30, Activation: nn.Sigmoid},
		nn.Dense{Units: 10, Activation: nn.Sigmoid})
	fmt.Println(len(net.Params())) // 30·(784 + 1) + 10·(30 + 1)
	// Output: 23860
}

func ExampleStack() {
	layers := nn.Stack(nn.Dense{Activation: nn.Tanh}, 16, 16) // all hidden layers alike
	layers = append(layers, nn.Dense{Units: 1})               // and a linear one
	fmt.Println(nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, layers...))
	// Output: 2-16-16-1, tanh, tanh, identity
}

// A network that is put together from Values may lack something.
func ExampleMLP_Check() {
	hidden := &nn.Layer{Activation: nn.Tanh, Neurons: []*nn.Neuron{
		{W: gradus.Values([]float64{1, 2})},
		{W: gradus.Values([]float64{3, 4})},
	}}
	output := &nn.Layer{Neurons: []*nn.Neuron{{W: gradus.Values([]float64{5})}}}
	net := &nn.MLP{Layers: []*nn.Layer{hidden, output}}
	fmt.Println(net.Check())
	output.Neurons[0].W = append(output.Neurons[0].W, gradus.New(6))
	fmt.Println(net.Check())
	// Output:
	// nn: layer2.neuron1 has len(W) = 1, want 2, one weight for each input
	// <nil>
}

func ExampleMLP_Inputs() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Stack(nn.Dense{}, 3, 5)...)
	fmt.Println(net.Inputs())
	// Output: 2
}

func ExampleMLP_Outputs() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Stack(nn.Dense{}, 3, 5)...)
	fmt.Println(net.Outputs())
	// Output: 5
}

// Without activations, a network of any depth computes a straight line.
func ExampleMLP_Forward() {
	linear := nn.Dense{Init: nn.Constant(0.5), BiasInit: nn.Constant(1)}
	net := nn.NewMLP(nil, 1, nn.Stack(linear, 2, 2, 1)...)
	for x := range 4 {
		y := net.Forward(gradus.New(float64(x)))
		fmt.Println(x, y[0].Data)
	}
	// Output:
	// 0 3
	// 1 3.5
	// 2 4
	// 3 4.5
}

// The third tutorial's network is saturated. Here all weights are 1: the sums of wide layers are
// then so large that σ is 1 and its slope 0.
func ExampleMLP_Trace() {
	wide := nn.Dense{Activation: nn.Sigmoid, Init: nn.Constant(1)}
	net := nn.NewMLP(nil, 2, nn.Stack(wide, 50, 50, 1)...)
	for _, layer := range net.Trace(gradus.New(0.2), gradus.New(0.3)) {
		z, a := layer.Z[0], layer.A[0]
		fmt.Printf("%s = %-7.4g %s = %-7.4g slope %.2g\n",
			z.Name(), z.Data, a.Name(), a.Data, nn.Sigmoid.Slope(z.Data))
	}
	// Output:
	// layer1.neuron1.z = 0.5     layer1.neuron1.a = 0.6225  slope 0.24
	// layer2.neuron1.z = 31.12   layer2.neuron1.a = 1       slope 3e-14
	// layer3.neuron1.z = 50      layer3.neuron1.a = 1       slope 0
}

// A rectifier passes no gradient on where its sum is not positive.
func ExampleUnits() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 5, Activation: nn.ReLU}, nn.Dense{Units: 1})
	layers := net.Trace(gradus.New(1), gradus.New(-2))
	layers[1].A[0].Backward()
	hidden := layers[0]
	for i, z := range hidden.Z {
		fmt.Printf("z = %5.2f, a = %4.2f, dy/dz = %5.2f\n", z.Data, hidden.A[i].Data, z.Grad)
	}
	// Output:
	// z = -0.49, a = 0.00, dy/dz =  0.00
	// z = -0.79, a = 0.00, dy/dz =  0.00
	// z =  0.19, a = 0.19, dy/dz = -0.36
	// z =  1.12, a = 1.12, dy/dz = -0.78
	// z =  1.27, a = 1.27, dy/dz = -0.31
}

// The order is the one that the package comment describes.
func ExampleMLP_Params() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 2, Activation: nn.Tanh}, nn.Dense{Units: 1, NoBias: true})
	for _, p := range net.Params() {
		fmt.Println(p.Name())
	}
	// Output:
	// layer1.neuron1.w1
	// layer1.neuron1.w2
	// layer1.neuron1.b
	// layer1.neuron2.w1
	// layer1.neuron2.w2
	// layer1.neuron2.b
	// layer2.neuron1.w1
	// layer2.neuron1.w2
}

func ExampleMLP_String() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 3, Activation: nn.LeakyReLU(0.01)}, nn.Dense{Units: 1})
	fmt.Println(net)
	// Output: 2-3-1, leakyReLU(0.01), identity
}
