package layer_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/replay"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		layer.NewConv, layer.NewEmbedding, layer.NewLSTM, layer.NewGRU, layer.NewAttention, layer.NewRMSNorm,
		layer.NewLayerNorm, layer.NewDropout, layer.NewNoise, layer.NewSequence, layer.Name[nn.Model],
	}, []any{
		new(layer.Conv), new(layer.Image), new(layer.MaxPool), new(layer.MeanPool), new(layer.Embedding),
		new(layer.LSTM), new(layer.GRU), new(layer.Attention), new(layer.RMSNorm), new(layer.LayerNorm),
		new(layer.Dropout), new(layer.Noise), new(layer.Sequence),
	})
}

// Step by step, cells and attention compute what Forward computes, to the bit.
func TestSteps(t *testing.T) {
	rng := newRand()
	lstm := layer.NewLSTM(rng, layer.Cell{Inputs: 2, Units: 2, Every: true})
	gru := layer.NewGRU(rng, layer.Cell{Inputs: 2, Units: 2, Every: true})
	attention, past := layer.NewAttention(rng, layer.Attention{Width: 2, Heads: 2}), new(layer.Past)
	x := gradus.Values([]float64{1, -2, 3, 0.5, -1, 2})
	zero := gradus.Values([]float64{0, 0})
	h, c, g := zero, zero, zero
	var steps [3][]float64
	for k := 0; k < len(x); k += 2 {
		h, c = lstm.Step(x[k:][:2], h, c)
		g = gru.Step(x[k:][:2], g)
		for i, z := range [][]*gradus.Value{h, g, attention.Step(x[k:][:2], past)} {
			steps[i] = append(steps[i], data(z)...)
		}
	}
	for i, m := range []nn.Model{lstm, gru, attention} {
		if want := data(m.Forward(x...)); !slices.Equal(steps[i], want) {
			t.Errorf("%T: step by step %v, want %v", m, steps[i], want)
		}
	}
}

// Each is a Model, those with random numbers Masked, and every parameter of a model has a name of its own.
func TestNames(t *testing.T) {
	_ = []nn.Masked{new(layer.Dropout), new(layer.Noise), new(layer.Sequence)}
	for name, m := range models() {
		seen := map[string]bool{}
		for _, p := range m.Params() {
			if p.Name() == "" || seen[p.Name()] {
				t.Errorf("%s: a parameter is named %q, want a name of its own", name, p.Name())
			}
			seen[p.Name()] = true
		}
	}
}

func names(m nn.Model) string {
	var all []string
	for _, p := range m.Params() {
		all = append(all, p.Name())
	}
	return strings.Join(all, " ")
}

// square is a model of one's own with a parameter that has no name.
type square[T any] struct{ c *gradus.Value }

func (s square[T]) Params() []*gradus.Value                    { return []*gradus.Value{s.c} }
func (s square[T]) Forward(x ...*gradus.Value) []*gradus.Value { return []*gradus.Value{s.c.Mul(x[0])} }

func TestSequenceNames(t *testing.T) {
	one := func() *nn.Layer { return nn.NewLayer(newRand(), 1, nn.Dense{Units: 1, NoBias: true}) }
	inner, own := layer.NewSequence(one(), one()), square[int]{gradus.New(1)}
	first := one()
	outer := layer.NewSequence(first, inner, own, layer.NewRMSNorm(1), &nn.MLP{Layers: []*nn.Layer{first}})
	want := "layer1.neuron1.w1 sequence2.layer1.neuron1.w1 sequence2.layer2.neuron1.w1 square3.1 rmsnorm4.gain1"
	if got := names(outer); got != want {
		t.Errorf("the names are %s, want %s", got, want)
	}
	layer.NewSequence(outer.Models...) // the same models in the same places
	if got := names(outer); got != want {
		t.Errorf("in a second Sequence the names are %s, want %s", got, want)
	}
	third := layer.NewSequence(layer.NewSequence(outer))
	if got, want := names(third), 2; strings.Count(got, "sequence1.layer1.") != 1 ||
		strings.Count(got, "sequence2.") != want {
		t.Errorf("around Sequences, the names are %s", got)
	}
}

// A layer that is used twice has each Value and each Mask once.
func TestTied(t *testing.T) {
	drop, norm := layer.NewDropout(2, 0.5), layer.NewRMSNorm(2)
	s := layer.NewSequence(norm, drop, norm, layer.NewSequence(drop, norm))
	if p, m := s.Params(), s.Masks(); len(p) != 2 || len(m) != 1 {
		t.Errorf("%d parameters and %d masks, want 2 and 1", len(p), len(m))
	}
	rng, image := newRand(), layer.Image{Height: 2, Width: 2, Channels: 1}
	c := layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 1})
	d := layer.NewConv(nil, layer.Conv{In: image, Filters: 1, Size: 1, Padding: 1, Kernel: c.Kernel})
	e := layer.NewEmbedding(rng, layer.Embedding{Tokens: 3, Width: 2})
	f := layer.NewEmbedding(nil, layer.Embedding{Tokens: 3, Width: 2, Table: e.Table})
	e.Table[2] = e.Table[0]
	if n := len(e.Params()); n != 4 {
		t.Errorf("an embedding in which two of three rows of 2 are the same has %d parameters, want 4", n)
	}
	models := []nn.Model{c, d}
	both := layer.NewSequence(models...)
	models[0] = nil // which is the caller's
	if n := len(both.Params()); n != 2 || !slices.Equal(e.Params(), f.Params()) {
		t.Errorf("two convolutions with one kernel have %d parameters, want 2", n)
	}
}

// Without an ε, what would be 0/0 is NaN, in its own vector alone, as a graph and replayed. With one it is 0.
func TestNoEpsilon(t *testing.T) {
	nan := math.NaN()
	const a, b = 0.8485281374238570, 1.1313708498984762 // 3/√12.5 and 4/√12.5
	rms, norm := layer.NewRMSNorm(2), layer.NewLayerNorm(2)
	for _, tt := range []struct {
		name    string
		model   nn.Model
		epsilon float64
		x, want []float64 // the first of two vectors is 0/0
	}{
		{"rms norm", rms, 0, []float64{0, 0, 3, 4}, []float64{nan, nan, a, b}},
		{"rms norm, with epsilon", rms, 1e-20, []float64{0, 0, 3, 4}, []float64{0, 0, a, b}},
		{"layer norm", norm, 0, []float64{5, 5, 3, 4}, []float64{nan, nan, -1, 1}},
		{"layer norm, with epsilon", norm, 1e-20, []float64{5, 5, 3, 4}, []float64{0, 0, -1, 1}},
	} {
		rms.Epsilon, norm.Epsilon = tt.epsilon, tt.epsilon
		x := gradus.Values([]float64{1, 2, 3, 4})
		p, err := replay.Recorder{Inputs: x, Params: tt.model.Params()}.Record(tt.model.Forward(x...)...)
		if err != nil {
			t.Fatal(err)
		}
		p.Forward(tt.x...)
		for i, v := range tt.model.Forward(gradus.Values(tt.x)...) {
			for how, got := range map[string]float64{"": v.Data, ", replayed": p.Output(i)} {
				if !(math.Abs(got-tt.want[i]) < 1e-15 || math.IsNaN(got) && math.IsNaN(tt.want[i])) {
					t.Errorf("%s%s: number %d is %v, want %v", tt.name, how, i+1, got, tt.want[i])
				}
			}
		}
	}
}

func TestPanics(t *testing.T) {
	rng := newRand()
	image := layer.Image{Height: 4, Width: 4, Channels: 1}
	conv := layer.NewConv(rng, layer.Conv{In: image, Filters: 2, Size: 3})
	x := func(n int) []*gradus.Value { return gradus.Values(make([]float64, n)) }
	broken := *conv
	broken.Size = 2
	for want, f := range map[string]func(){
		"NewSequence: mlp2 takes 7 inputs, want 8, as many as conv1 has outputs": func() {
			layer.NewSequence(conv, nn.NewMLP(rng, 7, nn.Dense{Units: 1}))
		},
		"NewSequence: conv2 takes 16 inputs, want 1, as many as mlp1 has outputs": func() {
			layer.NewSequence(nn.NewMLP(rng, 7, nn.Dense{Units: 1}), conv)
		},
		"NewSequence: maxpool2 takes 16 inputs, want 8, as many as conv1 has outputs": func() {
			layer.NewSequence(conv, layer.MaxPool{In: image, Size: 2})
		},
		"NewSequence: model 2 is nil, want one": func() { layer.NewSequence(conv, (*layer.Conv)(nil)) },
		"NewConv: Size is 5, want from 1 to 4, so that it fits into the image": func() {
			layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 5})
		},
		"NewConv: Size is 3, want from 1 to 2, so that it fits into the image": func() {
			layer.NewConv(rng, layer.Conv{In: layer.Image{Height: 4, Width: 2, Channels: 1}, Filters: 1, Size: 3})
		},
		"Attention.Step: a value of the Past: got 3 inputs, want 2": func() {
			past := layer.Past{Keys: [][]*gradus.Value{x(2)}, Values: [][]*gradus.Value{x(3)}}
			layer.NewAttention(rng, layer.Attention{Width: 2}).Step(x(2), &past)
		},
		"NewConv: Stride is -1, want no negative number": func() {
			layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 3, Stride: -1})
		},
		"NewConv: Padding is -2, want no negative number": func() {
			layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 3, Padding: -2})
		},
		"NewConv: the largest size is 2097152, want at most 1048576": func() {
			layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 3, Padding: 1 << 21})
		},
		"NewConv: Kernel has 2 neurons, want 3, as the constructor makes it": func() {
			layer.NewConv(nil, layer.Conv{In: image, Filters: 3, Size: 3, Kernel: conv.Kernel})
		},
		"LSTM.Forward: Input is nil, want the layer that the constructor makes": func() {
			(&layer.LSTM{Cell: layer.Cell{Inputs: 1, Units: 1}}).Forward(x(1)...)
		},
		"GRU.Params: neuron 2 of Recall is nil, want one": func() {
			gru := layer.NewGRU(rng, layer.Cell{Inputs: 1, Units: 2})
			gru.Recall.Neurons[1] = nil
			gru.Params()
		},
		"Conv.Forward: got 15 inputs, want 16": func() { conv.Forward(x(15)...) },
		"Conv.Forward: input 2 is nil, want a Value": func() {
			in := x(16)
			in[1] = nil
			conv.Forward(in...)
		},
		"Conv.Forward: neuron 1 of Kernel has 9 weights, want 4, as the constructor makes it": func() {
			broken.Forward(x(16)...)
		},
		"MaxPool.Forward: Size is 0, want from 1 to 4, so that it fits into the image": func() {
			layer.MaxPool{In: image}.Forward(x(16)...)
		},
		"LSTM.Forward: got 5 inputs, want a multiple of 2, not 0": func() {
			layer.NewLSTM(rng, layer.Cell{Inputs: 2, Units: 1}).Forward(x(5)...)
		},
		"LSTM.Step: the memory: got 2 inputs, want 1": func() {
			layer.NewLSTM(rng, layer.Cell{Inputs: 2, Units: 1}).Step(x(2), x(1), x(2))
		},
		"GRU.Step: the state: got 2 inputs, want 1": func() {
			layer.NewGRU(rng, layer.Cell{Inputs: 2, Units: 1}).Step(x(2), x(2))
		},
		"NewAttention: got Width 6 and 4 Heads, want a Width from 1 to 32768, and 1 or more " +
			"Heads that divide it": func() {
			layer.NewAttention(rng, layer.Attention{Width: 6, Heads: 4})
		},
		"NewAttention: got Width 6 and -2 Heads, want a Width from 1 to 32768, and 1 or more " +
			"Heads that divide it": func() {
			layer.NewAttention(rng, layer.Attention{Width: 6, Heads: -2})
		},
		"NewConv: Activation is tanh and that of Kernel identity, want the same": func() {
			layer.NewConv(nil, layer.Conv{In: image, Filters: 2, Size: 3, Activation: nn.Tanh, Kernel: conv.Kernel})
		},
		"NewEmbedding: Table has 2 rows, want 3, one for each of Tokens": func() {
			layer.NewEmbedding(nil, layer.Embedding{Tokens: 3, Width: 1, Table: [][]*gradus.Value{x(1), x(1)}})
		},
		"NewEmbedding: Table[1] has 2 numbers, want 1": func() {
			layer.NewEmbedding(nil, layer.Embedding{Tokens: 2, Width: 1, Table: [][]*gradus.Value{x(1), x(2)}})
		},
		"Embedding.Params: the Embedding has 2 Tokens and Width 0, want at least 1 of each": func() {
			(&layer.Embedding{Tokens: 2, Table: [][]*gradus.Value{x(0), x(0)}}).Params()
		},
		"Embedding.Forward: got no tokens, want one or more": func() {
			layer.NewEmbedding(rng, layer.Embedding{Tokens: 2, Width: 1}).Forward()
		},
		"NewDropout: got 3 numbers and p = 1, want from 1 to 2³⁰, and 0 ≤ p < 1": func() { layer.NewDropout(3, 1) },
		"NewDropout: got 2147483647 numbers and p = 0.5, want from 1 to 2³⁰, and 0 ≤ p < 1": func() {
			layer.NewDropout(1<<31-1, 0.5)
		},
		"NewNoise: got -3 numbers and the deviation 1, want from 1 to 2³⁰, and a finite one ≥ 0": func() {
			layer.NewNoise(-3, 1)
		},
		"NewNoise: got 3 numbers and the deviation NaN, want from 1 to 2³⁰, and a finite one ≥ 0": func() {
			layer.NewNoise(3, math.NaN())
		},
		"NewNoise: got 3 numbers and the deviation +Inf, want from 1 to 2³⁰, and a finite one ≥ 0": func() {
			layer.NewNoise(3, math.Inf(1))
		},
		"NewRMSNorm: got vectors of 2147483647 numbers, want from 1 to 2³⁰": func() {
			layer.NewRMSNorm(1<<31 - 1)
		},
		"NewLayerNorm: got vectors of 2147483647 numbers, want from 1 to 2³⁰": func() {
			layer.NewLayerNorm(1<<31 - 1)
		},
		"RMSNorm.Forward: got 0 inputs, want a multiple of 4, not 0": func() { layer.NewRMSNorm(4).Forward() },
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != "layer: "+want {
					t.Errorf("got %s", got)
				}
			}()
			f()
		})
	}
}

// The variance of the weights is that of He for ReLU, of Xavier with the fans of a convolution elsewhere, and
// that of a mask is p/(1 − p). It is estimated from 20,000 numbers, and so is off by 1 % of itself for normal
// numbers, one standard deviation, and less for others.
func TestDistributions(t *testing.T) {
	conv := func(a nn.Activation) []float64 {
		return data(layer.NewConv(newRand(), layer.Conv{
			In: layer.Image{Height: 5, Width: 5, Channels: 20}, Filters: 40, Size: 5, Activation: a, NoBias: true,
		}).Params())
	}
	drawn := func(m *nn.Mask) (x []float64) {
		rng := rand.New(rand.NewPCG(1, 0))
		for range 20000 {
			x = append(x, m.Draw(rng))
		}
		return x
	}
	for name, tt := range map[string]struct {
		x              []float64
		mean, variance float64
	}{
		"He":         {conv(nn.ReLU), 0, 2. / 500},
		"leaky ReLU": {conv(nn.LeakyReLU(0.1)), 0, 2. / 500},
		"Xavier":     {conv(nn.Tanh), 0, 2. / (500 + 1000)},
		"dropout":    {drawn(layer.NewDropout(1, 0.2).Mask), 1, 0.2 / 0.8},
		"noise":      {drawn(layer.NewNoise(1, 3).Mask), 0, 9},
	} {
		mean, variance := 0.0, 0.0
		for _, x := range tt.x {
			mean += x / float64(len(tt.x))
			variance += (x - tt.mean) * (x - tt.mean) / float64(len(tt.x))
		}
		if math.Abs(variance/tt.variance-1) > 0.03 || math.Abs(mean-tt.mean) > 3*math.Sqrt(tt.variance/20000) {
			t.Errorf("%s: mean %.4g and variance %.4g of %d numbers, want %.4g and %.4g",
				name, mean, variance, len(tt.x), tt.mean, tt.variance)
		}
	}
}
