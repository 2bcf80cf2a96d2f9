package layer_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/replay"
)

// torchCases is what testdata/torch.json holds: for each layer its parameters, inputs X and outputs Y, and
// the gradients of Σ V·Y.
type torchCases struct {
	Cases map[string]torchCase
}

type torchCase struct{ Params, Grad, X, DX, Y, V, Mask []float64 }

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 0)) }

// models are the layers that testdata/torch.py describes.
func models() map[string]nn.Model {
	rng := newRand()
	image := func(height, width, channels int) layer.Image {
		return layer.Image{Height: height, Width: width, Channels: channels}
	}
	attention := func(d layer.Attention) nn.Model { return layer.NewAttention(rng, d) }
	return map[string]nn.Model{
		"conv": layer.NewConv(rng, layer.Conv{In: image(5, 4, 2), Filters: 3, Size: 3}),
		"conv, padding": layer.NewConv(rng, layer.Conv{
			In: image(4, 4, 1), Filters: 2, Size: 3, Padding: 1, Activation: nn.Tanh,
		}),
		"conv, stride": layer.NewConv(rng, layer.Conv{
			In: image(6, 5, 2), Filters: 2, Size: 3, Stride: 2, Padding: 2, NoBias: true, Activation: nn.ReLU,
		}),
		"max":              layer.MaxPool{In: image(5, 4, 2), Size: 2},
		"max, stride":      layer.MaxPool{In: image(7, 6, 1), Size: 3, Stride: 2},
		"mean":             layer.MeanPool{In: image(5, 4, 2), Size: 2},
		"mean, stride":     layer.MeanPool{In: image(7, 6, 1), Size: 3, Stride: 2},
		"lstm":             layer.NewLSTM(rng, layer.Cell{Inputs: 3, Units: 4}),
		"lstm, every":      layer.NewLSTM(rng, layer.Cell{Inputs: 2, Units: 2, Every: true}),
		"gru":              layer.NewGRU(rng, layer.Cell{Inputs: 3, Units: 4}),
		"gru, every":       layer.NewGRU(rng, layer.Cell{Inputs: 2, Units: 2, Every: true}),
		"attention":        attention(layer.Attention{Width: 4}),
		"attention, heads": attention(layer.Attention{Width: 6, Heads: 3, NoBias: true}),
		"attention, full":  attention(layer.Attention{Width: 4, Heads: 2, Full: true}),
		"layer norm":       layer.NewLayerNorm(5),
		"rms norm":         layer.NewRMSNorm(5),
		"rms norm, small":  layer.NewRMSNorm(3),
		"embedding":        layer.NewEmbedding(rng, layer.Embedding{Tokens: 5, Width: 3}),
		"dropout":          layer.NewDropout(8, 0.3),
	}
}

// Outputs and gradients are those of PyTorch, as graphs and replayed. They are compared to 10⁻¹² of their
// size: all errors are some roundings of the sums on the way.
func TestTorch(t *testing.T) {
	all := models()
	file := torchdata.Read[torchCases](t, "seed")
	if len(file.Cases) != len(all) {
		t.Errorf("%d cases, want %d", len(file.Cases), len(all))
	}
	for name, c := range file.Cases {
		m, x, v := all[name], gradus.Values(c.X), gradus.Values(c.V)
		params := m.Params()
		if len(params) != len(c.Params) {
			t.Fatalf("%s: %d parameters, PyTorch has %d", name, len(params), len(c.Params))
		}
		for i, p := range params {
			p.Data = c.Params[i]
		}
		for i, v := range maskOf(m) {
			v.Data = c.Mask[i]
		}
		y := m.Forward(x...)
		loss := gradus.Dot(v, y)
		loss.Backward()
		compare(t, name+": output", data(y), c.Y)
		compare(t, name+": gradient of a parameter", grads(params), c.Grad)
		if len(c.DX) > 0 {
			compare(t, name+": gradient of an input", grads(x), c.DX)
		}
		compareReplayed(t, name, m, c)
	}
}

// compareReplayed records the layer with zeros as inputs, and replays it with those of PyTorch.
func compareReplayed(t *testing.T, name string, m nn.Model, c torchCase) {
	t.Helper()
	x, v, mask := gradus.Values(make([]float64, len(c.X))), gradus.Values(c.V), maskOf(m)
	y := m.Forward(x...)
	p, err := replay.Recorder{
		Inputs: slices.Concat(x, v, mask), Params: append([]*gradus.Value{}, m.Params()...), InputGrads: true,
	}.Record(append([]*gradus.Value{gradus.Dot(v, y)}, y...)...)
	if err != nil {
		t.Fatal(name, err)
	}
	p.Forward(slices.Concat(c.X, c.V, c.Mask)...)
	p.Backward()
	outputs := make([]float64, len(y))
	for i := range y {
		outputs[i] = p.Output(1 + i)
	}
	compare(t, name+", replayed: output", outputs, c.Y)
	compare(t, name+", replayed: gradient of a parameter", numbers(m.Params(), func(v *gradus.Value) float64 {
		return p.Grad(v)
	}), c.Grad)
	if len(c.DX) > 0 {
		compare(t, name+", replayed: gradient of an input", p.InputGrad()[:len(x)], c.DX)
	}
}

// maskOf returns the Values of the masks of a model.
func maskOf(m nn.Model) (values []*gradus.Value) {
	if m, ok := m.(nn.Masked); ok {
		for _, mask := range m.Masks() {
			values = append(values, mask.Values...)
		}
	}
	return values
}

func data(values []*gradus.Value) []float64 {
	return numbers(values, func(v *gradus.Value) float64 { return v.Data })
}

func grads(values []*gradus.Value) []float64 {
	return numbers(values, func(v *gradus.Value) float64 { return v.Grad })
}

func numbers(values []*gradus.Value, of func(v *gradus.Value) float64) []float64 {
	x := make([]float64, len(values))
	for i, v := range values {
		x[i] = of(v)
	}
	return x
}

// compare compares numbers to 10⁻¹² of the largest.
func compare(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	size := 0.0
	for _, x := range want {
		size = max(size, math.Abs(x))
	}
	for i := range got {
		if math.Abs(got[i]-want[i]) > float64(1e-12*size) {
			t.Errorf("%s %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}
