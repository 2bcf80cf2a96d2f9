package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// This is the network of the first tutorial, which derives backpropagation by hand. The numbers
// are those that you find with pencil and paper.
func Example() {
	hidden := &nn.Neuron{W: gradus.Values([]float64{0.5}), B: gradus.New(0)}
	output := &nn.Neuron{W: gradus.Values([]float64{-1}), B: gradus.New(0)}
	net := &nn.MLP{Layers: []*nn.Layer{
		{Neurons: []*nn.Neuron{hidden}, Activation: nn.Sigmoid},
		{Neurons: []*nn.Neuron{output}},
	}}

	y := net.Forward(gradus.New(1))
	L := nn.HalfSquaredError(y, gradus.Values([]float64{0}))
	L.Backward()
	fmt.Printf("L      = %.4f\n", L.Data)
	fmt.Printf("dL/dW2 = %.4f\n", output.W[0].Grad)
	fmt.Printf("dL/dW1 = %.4f\n", hidden.W[0].Grad)
	// Output:
	// L      = 0.1937
	// dL/dW2 = -0.3875
	// dL/dW1 = 0.1463
}

func ExampleNeuron() {
	n := &nn.Neuron{W: gradus.Values([]float64{2, 3}), B: gradus.New(-1)}
	x := gradus.Values([]float64{10, 100})
	z := n.Sum(x...) // 2·10 + 3·100 − 1
	z.Backward()
	fmt.Println(z.Data)
	fmt.Println(n.W[0].Grad, n.W[1].Grad, n.B.Grad) // ∂z/∂wᵢ = xᵢ, ∂z/∂b = 1
	// Output:
	// 319
	// 10 100 1
}

func ExampleNeuron_Sum() {
	n := &nn.Neuron{W: gradus.Values([]float64{2, 3})} // without a bias
	fmt.Println(n.Sum(gradus.New(10), gradus.New(100)).Data)
	defer func() { fmt.Println(recover()) }()
	n.Sum(gradus.New(10))
	// Output:
	// 320
	// nn: Neuron.Sum: got 1 inputs, want 2
}

func ExampleNeuron_Params() {
	n := &nn.Neuron{W: gradus.Values([]float64{2, 3}), B: gradus.New(-1)}
	for _, p := range n.Params() {
		fmt.Print(p.Data, " ")
	}
	// Output: 2 3 -1
}

func ExampleLayer() {
	l := &nn.Layer{
		Activation: nn.ReLU,
		Neurons: []*nn.Neuron{
			{W: gradus.Values([]float64{1, 1}), B: gradus.New(-1)}, // both
			{W: gradus.Values([]float64{1, -1})},                   // the first, not the second
		},
	}
	for _, x := range [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		a := l.Forward(gradus.Values(x)...)
		fmt.Println(x, a[0].Data, a[1].Data)
	}
	// Output:
	// [0 0] 0 0
	// [0 1] 0 0
	// [1 0] 0 1
	// [1 1] 1 0
}

func ExampleLayer_Inputs() {
	l := nn.NewLayer(rand.New(rand.NewPCG(1, 0)), 3, nn.Dense{Units: 2})
	fmt.Println(l.Inputs(), "inputs,", len(l.Neurons), "neurons")
	// Output: 3 inputs, 2 neurons
}

// All weights, biases and inputs are 1: the sum of each neuron is 3·1·1 + 1.
func ExampleLayer_Forward() {
	one := nn.Constant(1)
	l := nn.NewLayer(nil, 3, nn.Dense{Units: 2, Init: one, BiasInit: one})
	for _, a := range l.Forward(gradus.Values([]float64{1, 1, 1})...) {
		fmt.Println(a.Data)
	}
	// Output:
	// 4
	// 4
}

func ExampleLayer_Params() {
	l := nn.NewLayer(rand.New(rand.NewPCG(1, 0)), 2, nn.Dense{Units: 2})
	for _, p := range l.Params() {
		fmt.Print(p.Name(), " ")
	}
	// Output: neuron1.w1 neuron1.w2 neuron1.b neuron2.w1 neuron2.w2 neuron2.b
}

// The seed determines the numbers, which are the same on every machine.
func ExampleNewLayer() {
	l := nn.NewLayer(rand.New(rand.NewPCG(1, 0)), 2, nn.Dense{Units: 1, Init: nn.Uniform(-1, 1)})
	for _, p := range l.Params() {
		fmt.Println(p)
	}
	// Output:
	// neuron1.w1 = -0.5231536182522512
	// neuron1.w2 = 0.0018427758524999227
	// neuron1.b = 0
}

// The third tutorial draws all weights from [0, 1), and the biases, too: it treats a bias as the
// weight of an input that is always 1.
func ExampleDense() {
	tutorialC := nn.Dense{
		Units:      3,
		Activation: nn.Sigmoid,
		Init:       nn.Uniform(0, 1),
		BiasInit:   nn.Uniform(0, 1),
	}
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, tutorialC)
	fmt.Println(net, "has", len(net.Params()), "parameters") // 3·(2 + 1)
	// Output: 2-3, sigmoid has 9 parameters
}
