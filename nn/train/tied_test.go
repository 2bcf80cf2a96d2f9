package train_test

import (
	"context"
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A weight that two layers share is updated once, and counts once in a norm.
// y = w·w·2, so dL/dw = (0.5 − 3)·4·0.5 = −5, which is clipped to −0.5.
func TestTiedWeights(t *testing.T) {
	for name, eager := range ways {
		w := gradus.New(0.5)
		layer := &nn.Layer{Neurons: []*nn.Neuron{{W: []*gradus.Value{w}}}}
		err := train.Run(context.Background(), train.Config{
			Net: &nn.MLP{Layers: []*nn.Layer{layer, layer}}, Loss: nn.HalfSquaredError,
			Data:      train.Data{X: [][]float64{{2}}, T: [][]float64{{3}}},
			Optimizer: optim.Clip(optim.NewSGD(optim.Constant(0.1)), 0.5), Epochs: 1, Eager: eager,
		})
		// Clip divides by the norm + 1e-6.
		if err != nil || math.Abs(w.Data-0.55) > 1e-7 {
			t.Errorf("%s: the weight is %v after a step, error %v, want 0.55", name, w.Data, err)
		}
	}
}
