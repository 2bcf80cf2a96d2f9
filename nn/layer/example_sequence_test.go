package layer_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/replay"
)

// A network for images of 8×8 numbers and ten classes.
func ExampleSequence() {
	rng := rand.New(rand.NewPCG(1, 0))
	conv := layer.NewConv(rng, layer.Conv{
		In: layer.Image{Height: 8, Width: 8, Channels: 1}, Filters: 8, Size: 3, Activation: nn.ReLU,
	})
	pool := layer.MaxPool{In: conv.Out(), Size: 2}
	net := layer.NewSequence(conv, pool,
		layer.NewDropout(pool.Outputs(), 0.2),
		nn.NewMLP(rng, pool.Outputs(), nn.Dense{Units: 10}))
	params := net.Params()
	fmt.Println(len(params), "parameters, from", params[0].Name(), "to", params[len(params)-1].Name())
	y := net.Forward(gradus.Values(make([]float64, 64))...)
	fmt.Println(len(y), "outputs")
	// Output:
	// 810 parameters, from conv1.kernel1.w1 to mlp4.layer1.neuron10.b
	// 10 outputs
}

// An LSTM learns to say which number came first in a sequence.
func ExampleNewSequence() {
	rng := rand.New(rand.NewPCG(1, 0))
	net := layer.NewSequence(
		layer.NewLSTM(rng, layer.Cell{Inputs: 1, Units: 4}),
		nn.NewMLP(rng, 4, nn.Dense{Units: 1}))
	x, first := gradus.Values(make([]float64, 3)), gradus.New(0)
	loss := net.Forward(x...)[0].Sub(first).Square()
	p, err := replay.Recorder{Inputs: append(x, first), Params: net.Params()}.Record(loss)
	if err != nil {
		fmt.Println(err)
		return
	}
	mean := 0.0
	for range 5000 {
		a, b, c := 2*rng.Float64()-1, 2*rng.Float64()-1, 2*rng.Float64()-1
		mean += (p.Forward(a, b, c, a) - mean) / 100
		p.Descend(0.1)
	}
	fmt.Println("the variance of the first number is 0.33; the loss is below 0.01:", mean < 0.01)
	// Output: the variance of the first number is 0.33; the loss is below 0.01: true
}

func ExampleSequence_Forward() {
	square := layer.NewSequence(layer.NewNoise(2, 0.1), nn.NewMLP(nil, 2, nn.Dense{
		Units: 1, Init: nn.Constant(2), Activation: nn.ReLU,
	}))
	fmt.Println(square.Forward(gradus.Values([]float64{3, 4})...)[0].Data)
	// Output: 14
}

// A Value that two models have is one parameter.
func ExampleSequence_Params() {
	first, second := nn.NewLayer(nil, 1, nn.Dense{Units: 1, Init: nn.Constant(2)}), new(nn.Layer)
	*second = *first
	for _, p := range layer.NewSequence(first, second).Params() {
		fmt.Println(p.Name())
	}
	// Output:
	// layer1.neuron1.w1
	// layer1.neuron1.b
}

func ExampleSequence_Masks() {
	rng := rand.New(rand.NewPCG(1, 0))
	net := layer.NewSequence(
		nn.NewMLP(rng, 2, nn.Dense{Units: 4, Activation: nn.ReLU}), layer.NewDropout(4, 0.5),
		nn.NewMLP(rng, 4, nn.Dense{Units: 1}))
	for _, m := range net.Masks() {
		fmt.Println(len(m.Values), "numbers, outside of training", m.Off)
	}
	// Output: 4 numbers, outside of training 1
}

// A residual network is a model of one's own whose two parts are of the same kind.
type residual struct{ first, second *nn.MLP }

func (r residual) Params() []*gradus.Value { return append(r.first.Params(), r.second.Params()...) }

func (r residual) Forward(x ...*gradus.Value) []*gradus.Value {
	z := r.second.Forward(r.first.Forward(x...)...)
	for i := range z {
		z[i] = z[i].Add(x[i])
	}
	return z
}

func ExampleName() {
	rng := rand.New(rand.NewPCG(1, 0))
	net := residual{
		first:  layer.Name("widen", nn.NewMLP(rng, 2, nn.Dense{Units: 8, Activation: nn.ReLU})),
		second: layer.Name("narrow", nn.NewMLP(rng, 8, nn.Dense{Units: 2})),
	}
	params := net.Params()
	fmt.Println(params[0].Name(), params[len(params)-1].Name())
	fmt.Println(len(net.Forward(gradus.Values([]float64{1, 2})...)), "outputs")
	// Output:
	// widen.layer1.neuron1.w1 narrow.layer1.neuron2.b
	// 2 outputs
}

// With p = ½, in training each number is 0 or twice as large.
func ExampleDropout() {
	dropout := layer.NewDropout(4, 0.5)
	x := gradus.Values([]float64{1, 2, 3, 4})
	fmt.Println(data(dropout.Forward(x...)))
	rng, mask := rand.New(rand.NewPCG(1, 0)), dropout.Masks()[0]
	for range 2 { // what package train does for each sample
		for _, m := range mask.Values {
			m.Data = mask.Draw(rng)
		}
		fmt.Println(data(dropout.Forward(x...)))
	}
	// Output:
	// [1 2 3 4]
	// [0 4 0 0]
	// [2 4 0 0]
}

func ExampleNewDropout() {
	fmt.Println(len(layer.NewDropout(4, 0.5).Mask.Values))
	// Output: 4
}

func ExampleDropout_Forward() {
	fmt.Println(data(layer.NewDropout(2, 0.5).Forward(gradus.Values([]float64{3, 4})...)))
	// Output: [3 4]
}

func ExampleDropout_Params() {
	fmt.Println(len(layer.NewDropout(2, 0.5).Params()))
	// Output: 0
}

func ExampleDropout_Masks() {
	mask := layer.NewDropout(2, 0.25).Masks()[0]
	rng, sum := rand.New(rand.NewPCG(1, 0)), 0.0
	for range 10000 {
		sum += mask.Draw(rng)
	}
	fmt.Printf("the mean is %.2f\n", sum/10000)
	// Output: the mean is 1.00
}

func ExampleNoise() {
	noise := layer.NewNoise(3, 0.1)
	x := gradus.Values([]float64{1, 2, 3})
	fmt.Println(data(noise.Forward(x...)))
	rng, mask := rand.New(rand.NewPCG(1, 0)), noise.Masks()[0]
	for _, m := range mask.Values { // what package train does for each sample
		m.Data = mask.Draw(rng)
	}
	fmt.Printf("%.2f\n", data(noise.Forward(x...)))
	// Output:
	// [1 2 3]
	// [0.92 2.04 2.95]
}

func ExampleNewNoise() {
	fmt.Println(data(layer.NewNoise(2, 0.5).Mask.Values))
	// Output: [0 0]
}

func ExampleNoise_Forward() {
	fmt.Println(data(layer.NewNoise(2, 0.5).Forward(gradus.Values([]float64{3, 4})...)))
	// Output: [3 4]
}

func ExampleNoise_Params() {
	fmt.Println(len(layer.NewNoise(2, 0.5).Params()))
	// Output: 0
}

func ExampleNoise_Masks() {
	fmt.Println(layer.NewNoise(2, 0.5).Masks()[0].Off)
	// Output: 0
}
