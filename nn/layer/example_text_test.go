package layer_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// Of a table with a row for each of four tokens, only the rows of tokens that occur get a gradient: that of
// token 2 twice, because it occurs twice.
func ExampleEmbedding() {
	letters := layer.NewEmbedding(nil, layer.Embedding{Tokens: 4, Width: 2, Init: nn.Constant(0.5)})
	z := letters.Forward(gradus.Values([]float64{2, 0, 2})...)
	gradus.Sum(z...).Backward()
	for _, row := range letters.Table {
		fmt.Println(row[0].Name(), grads(row))
	}
	// Output:
	// token0.w1 [1 1]
	// token1.w1 [0 0]
	// token2.w1 [2 2]
	// token3.w1 [0 0]
}

func ExampleNewEmbedding() {
	letters := layer.NewEmbedding(rand.New(rand.NewPCG(1, 0)), layer.Embedding{Tokens: 27, Width: 16})
	fmt.Println(len(letters.Params()), letters.Table[26][15].Name())
	// Output: 432 token26.w16
}

func ExampleEmbedding_Forward() {
	colours := layer.NewEmbedding(nil, layer.Embedding{Tokens: 2, Width: 3, Table: [][]*gradus.Value{
		gradus.Values([]float64{1, 0, 0}), // red
		gradus.Values([]float64{0, 0, 1}), // blue
	}})
	fmt.Println(data(colours.Forward(gradus.Values([]float64{1, 0})...)))
	// Output: [0 0 1 1 0 0]
}

func ExampleEmbedding_Params() {
	letters := layer.NewEmbedding(rand.New(rand.NewPCG(1, 0)), layer.Embedding{Tokens: 2, Width: 2})
	for _, p := range letters.Params() {
		fmt.Print(p.Name(), " ")
	}
	fmt.Println()
	// Output: token0.w1 token0.w2 token1.w1 token1.w2
}

// looking returns an Attention whose four layers return what they take.
func looking() *layer.Attention {
	a := layer.NewAttention(nil, layer.Attention{Width: 2, Init: nn.Constant(0)})
	for _, l := range []*nn.Layer{a.Query, a.Key, a.Value, a.Project} {
		l.Neurons[0].W[0].Data, l.Neurons[1].W[1].Data = 1, 1
	}
	return a
}

// Three positions, of which the third is like the first: it looks at the first, and at itself, more than at
// the second. The first sees nothing but itself.
func ExampleAttention() {
	z := data(looking().Forward(gradus.Values([]float64{
		2, 0,
		0, 2,
		2, 0,
	})...))
	for ; len(z) > 0; z = z[2:] {
		fmt.Printf("%.2f\n", z[:2])
	}
	// Output:
	// [2.00 0.00]
	// [0.11 1.89]
	// [1.94 0.06]
}

func ExampleNewAttention() {
	a := layer.NewAttention(rand.New(rand.NewPCG(1, 0)), layer.Attention{Width: 16, Heads: 4, NoBias: true})
	fmt.Println(len(a.Params()), "=", 4*16*16)
	// Output: 1024 = 1024
}

// If the positions look at those behind them, too, the first is like the third.
func ExampleAttention_Forward() {
	a := looking()
	a.Full = true
	fmt.Printf("%.2f\n", data(a.Forward(gradus.Values([]float64{2, 0, 0, 2, 2, 0})...)))
	// Output: [1.94 0.06 0.21 1.79 1.94 0.06]
}

func ExampleAttention_Step() {
	a, past := looking(), new(layer.Past)
	for _, x := range [][]float64{{2, 0}, {0, 2}, {2, 0}} {
		fmt.Printf("%.2f\n", data(a.Step(gradus.Values(x), past)))
	}
	// Output:
	// [2.00 0.00]
	// [0.11 1.89]
	// [1.94 0.06]
}

func ExamplePast() {
	past := new(layer.Past)
	looking().Step(gradus.Values([]float64{2, 0}), past)
	fmt.Println(len(past.Keys), data(past.Keys[0]), data(past.Values[0]))
	// Output: 1 [2 0] [2 0]
}

func ExampleAttention_Params() {
	for _, p := range looking().Params()[:6] {
		fmt.Print(p.Name(), " ")
	}
	fmt.Println()
	// Output: query1.w1 query1.w2 query1.b query2.w1 query2.w2 query2.b
}

// The mean square of 3 and 4 is 12.5. A vector a thousand times as long gives the same.
func ExampleRMSNorm() {
	norm := layer.NewRMSNorm(2)
	fmt.Printf("%.3f\n", data(norm.Forward(gradus.Values([]float64{3, 4, 3000, 4000})...)))
	norm.Gain[1].Data = 10
	fmt.Printf("%.3f\n", data(norm.Forward(gradus.Values([]float64{3, 4})...)))
	// Output:
	// [0.849 1.131 0.849 1.131]
	// [0.849 11.314]
}

func ExampleNewRMSNorm() {
	norm := layer.NewRMSNorm(3)
	fmt.Println(norm.Gain[2].Name(), norm.Gain[2].Data, norm.Epsilon == 0x1p-52)
	// Output: gain3 1 true
}

// Without gains.
func ExampleRMSNorm_Forward() {
	norm := layer.RMSNorm{Width: 2, Epsilon: 1e-5}
	fmt.Printf("%.3f\n", data(norm.Forward(gradus.Values([]float64{1, 1, 0, 0})...)))
	// Output: [1.000 1.000 0.000 0.000]
}

func ExampleRMSNorm_Params() {
	fmt.Println(data(layer.NewRMSNorm(3).Params()))
	// Output: [1 1 1]
}

// The numbers 1, 2 and 3 have the mean 2 and the variance 2/3.
func ExampleLayerNorm() {
	norm := layer.NewLayerNorm(3)
	fmt.Printf("%.3f\n", data(norm.Forward(gradus.Values([]float64{1, 2, 3})...)))
	// Output: [-1.225 0.000 1.225]
}

func ExampleNewLayerNorm() {
	norm := layer.NewLayerNorm(3)
	fmt.Println(norm.Bias[2].Name(), norm.Bias[2].Data, norm.Epsilon)
	// Output: bias3 0 1e-05
}

// Each of two vectors has a mean of its own; the gains and the biases are the same for both.
func ExampleLayerNorm_Forward() {
	norm := layer.NewLayerNorm(2)
	norm.Bias[0].Data, norm.Gain[1].Data = 5, 3
	fmt.Printf("%.2f\n", data(norm.Forward(gradus.Values([]float64{1, 3, 100, 300})...)))
	// Output: [4.00 3.00 4.00 3.00]
}

func ExampleLayerNorm_Params() {
	fmt.Println(data(layer.NewLayerNorm(2).Params()))
	// Output: [1 1 0 0]
}
