package layer_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// slowly returns an LSTM of one unit whose gates are always σ(0) = 0.5, but for the forget gate, which is
// σ(1) = 0.73 because of its bias. It remembers tanh x.
func slowly() *layer.LSTM {
	lstm := layer.NewLSTM(nil, layer.Cell{Inputs: 1, Units: 1, Init: nn.Constant(0)})
	lstm.Memory.Neurons[0].W[0].Data = 1
	return lstm
}

// A 1 and then zeros: at each step 0.73 of the memory stays, and of the gradient that goes back to the 1.
func ExampleLSTM() {
	lstm := slowly()
	h, c := gradus.Values([]float64{0}), gradus.Values([]float64{0})
	x := gradus.New(1)
	in := []*gradus.Value{x}
	for range 4 {
		h, c = lstm.Step(in, h, c)
		x.ZeroGrad()
		c[0].Backward()
		fmt.Printf("c = %.3f, dc/dx = %.3f, h = %.3f\n", c[0].Data, x.Grad, h[0].Data)
		in = gradus.Values([]float64{0})
	}
	// Output:
	// c = 0.381, dc/dx = 0.210, h = 0.182
	// c = 0.278, dc/dx = 0.154, h = 0.136
	// c = 0.204, dc/dx = 0.112, h = 0.100
	// c = 0.149, dc/dx = 0.082, h = 0.074
}

func ExampleNewLSTM() {
	lstm := layer.NewLSTM(rand.New(rand.NewPCG(1, 0)), layer.Cell{Inputs: 8, Units: 16})
	fmt.Println(len(lstm.Params()), "=", 4*16*(8+16+1))
	fmt.Println(lstm.Forget.Neurons[0].B.Name(), "=", lstm.Forget.Neurons[0].B.Data)
	// Output:
	// 1600 = 1600
	// forget1.b = 1
}

func ExampleLSTM_Step() {
	zero := gradus.Values([]float64{0})
	h, c := slowly().Step(gradus.Values([]float64{1}), zero, zero)
	fmt.Printf("h = %.3f, c = %.3f\n", h[0].Data, c[0].Data)
	// Output: h = 0.182, c = 0.381
}

func ExampleLSTM_Forward() {
	lstm := slowly()
	x := gradus.Values([]float64{1, 0, 0, 0})
	fmt.Printf("the last state: %.3f\n", data(lstm.Forward(x...)))
	lstm.Every = true
	fmt.Printf("every state: %.3f\n", data(lstm.Forward(x...)))
	// Output:
	// the last state: [0.074]
	// every state: [0.182 0.136 0.100 0.074]
}

func ExampleLSTM_Params() {
	for i, p := range slowly().Params() {
		fmt.Print(p.Name(), []string{" ", " ", "\n"}[i%3])
	}
	// Output:
	// input1.x1 input1.h1 input1.b
	// forget1.x1 forget1.h1 forget1.b
	// memory1.x1 memory1.h1 memory1.b
	// output1.x1 output1.h1 output1.b
}

func ExampleCell() {
	rng := rand.New(rand.NewPCG(1, 0))
	d := layer.Cell{Inputs: 8, Units: 16}
	fmt.Println(len(layer.NewLSTM(rng, d).Params()), len(layer.NewGRU(rng, d).Params()))
	// Output: 1600 1216
}

// half returns a GRU of one unit whose gates are always 0.5, and whose candidate is tanh x.
func half() *layer.GRU {
	gru := layer.NewGRU(nil, layer.Cell{Inputs: 1, Units: 1, Init: nn.Constant(0)})
	gru.Candidate.Neurons[0].W[0].Data = 1
	return gru
}

// A 1 and then zeros: half of the state stays at each step.
func ExampleGRU() {
	gru := half()
	gru.Every = true
	fmt.Printf("%.3f\n", data(gru.Forward(gradus.Values([]float64{1, 0, 0, 0})...)))
	// Output: [0.381 0.190 0.095 0.048]
}

func ExampleNewGRU() {
	gru := layer.NewGRU(rand.New(rand.NewPCG(1, 0)), layer.Cell{Inputs: 8, Units: 16})
	fmt.Println(len(gru.Params()), "=", 3*16*(8+16+1)+16) // the candidate has two biases
	// Output: 1216 = 1216
}

func ExampleGRU_Step() {
	h := half().Step(gradus.Values([]float64{0}), gradus.Values([]float64{0.8}))
	fmt.Println(h[0].Data)
	// Output: 0.4
}

func ExampleGRU_Forward() {
	fmt.Printf("the last state: %.3f\n", data(half().Forward(gradus.Values([]float64{1, 0, 0, 0})...)))
	// Output: the last state: [0.048]
}

func ExampleGRU_Params() {
	for _, p := range half().Params()[6:] {
		fmt.Print(p.Name(), " ")
	}
	fmt.Println()
	// Output: candidate1.x1 candidate1.b recall1.h1 recall1.b
}
