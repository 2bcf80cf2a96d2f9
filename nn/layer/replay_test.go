package layer_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/replay"
)

// A program has a few instructions on vectors, not one for each number. Each layer is followed by one with
// three outputs and by their cross-entropy, as in a network. These take 3 of the instructions.
func TestInstructions(t *testing.T) {
	rng := newRand()
	image := layer.Image{Height: 8, Width: 8, Channels: 2}
	conv := layer.NewConv(rng, layer.Conv{In: image, Filters: 8, Size: 3, Activation: nn.ReLU})
	deep := layer.NewConv(rng, layer.Conv{In: conv.Out(), Filters: 4, Size: 3, Activation: nn.ReLU})
	onePadded := layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 3, Padding: 1})
	sizes := map[string]struct {
		model  nn.Model
		inputs int
		most   int
	}{
		"conv":             {conv, 128, 6},
		"conv twice":       {layer.NewSequence(conv, deep), 128, 9},
		"conv, padded":     {layer.NewConv(rng, layer.Conv{In: image, Filters: 4, Size: 3, Padding: 1}), 128, 5},
		"conv, one filter": {layer.NewConv(rng, layer.Conv{In: image, Filters: 1, Size: 3}), 128, 5},
		"one, padded":      {onePadded, 128, 5 + 3*28},
		"conv, stride":     {layer.NewConv(rng, layer.Conv{In: image, Filters: 4, Size: 3, Stride: 2}), 128, 5},
		// A vector has the numbers of all 8 filters at one of 9 places.
		"max":       {layer.NewSequence(conv, layer.MaxPool{In: conv.Out(), Size: 2}), 128, 6 + 3*9},
		"mean":      {layer.NewSequence(conv, layer.MeanPool{In: conv.Out(), Size: 2}), 128, 6 + 3*9},
		"lstm":      {layer.NewLSTM(rng, layer.Cell{Inputs: 8, Units: 16}), 4 * 8, 2 + 4*9},
		"gru":       {layer.NewGRU(rng, layer.Cell{Inputs: 8, Units: 16}), 4 * 8, 3 + 4*10},
		"gru every": {layer.NewGRU(rng, layer.Cell{Inputs: 8, Units: 16, Every: true}), 4 * 8, 6 + 4*10},
		"attention": {layer.NewAttention(rng, layer.Attention{Width: 8, Heads: 2}), 4 * 8, 31},
		"full":      {layer.NewAttention(rng, layer.Attention{Width: 8, Heads: 2, Full: true}), 4 * 8, 21},
		"rms norm":  {layer.NewRMSNorm(16), 4 * 16, 17},
		"norm":      {layer.NewLayerNorm(16), 4 * 16, 25},
		"embedding": {layer.NewEmbedding(rng, layer.Embedding{Tokens: 27, Width: 16}), 4, 6},
		"dropout":   {layer.NewDropout(64, 0.5), 64, 3},
		"noise":     {layer.NewNoise(64, 0.5), 64, 3},
	}
	for name, tt := range sizes {
		x, target := gradus.Values(make([]float64, tt.inputs)), gradus.Values([]float64{1, 0, 0})
		y := tt.model.Forward(x...)
		last := nn.NewLayer(rng, len(y), nn.Dense{Units: 3})
		p, err := replay.Recorder{
			Inputs: slices.Concat(x, target, maskOf(tt.model)),
			Params: slices.Concat(tt.model.Params(), last.Params()),
		}.Record(nn.SoftmaxCrossEntropy(last.Forward(y...), target))
		if err != nil {
			t.Fatal(name, err)
		}
		listing := strings.Split(strings.TrimSpace(p.String()), "\n")
		if n := len(listing) - 2; n > tt.most { // but for the first line and the last
			t.Errorf("%s: %d instructions, want at most %d:\n%s", name, n, tt.most, p)
		} else {
			t.Logf("%s: %d instructions", name, n)
		}
	}
}

// Graphs of models that share no Value are built and differentiated at the same time, and one model builds
// graphs for several goroutines.
func TestConcurrent(t *testing.T) {
	shared := models()
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for name, m := range models() {
				x := make([]float64, inputsOf[name])
				y := m.Forward(gradus.Values(x)...)
				gradus.Sum(y...).Backward()
				if got := shared[name].Forward(gradus.Values(x)...); !slices.Equal(data(got), data(y)) {
					t.Errorf("%s: the outputs of two equal models differ", name)
				}
			}
		}()
	}
	group.Wait()
}

// inputsOf has the numbers of inputs of models.
var inputsOf = map[string]int{
	"conv": 40, "conv, padding": 16, "conv, stride": 60, "max": 40, "max, stride": 42, "mean": 40,
	"mean, stride": 42, "lstm": 15, "lstm, every": 6, "gru": 15, "gru, every": 6, "attention": 12,
	"attention, heads": 24, "attention, full": 12, "layer norm": 15, "rms norm": 15, "rms norm, small": 6,
	"embedding": 4, "dropout": 8,
}
