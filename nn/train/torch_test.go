package train_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// torchTraining is what testdata/torch.json holds: a training, with the parameters before and after it, the
// loss of each batch and the validation loss of each epoch.
type torchTraining struct {
	Order                             [][]int
	Before, After, Losses, Validation []float64
	X, VX                             [][]float64
	Classes, VClasses                 []int
	Weights, VWeights                 []float64
}

// all is the model of testdata/torch.py: a convolution, a mask, neurons, and a number that is added to the
// first output.
type all struct {
	*layer.Sequence
	conv   *layer.Conv
	dense  *nn.Layer
	offset *gradus.Value
}

func newAll() all {
	conv := layer.NewConv(newRand(), layer.Conv{
		In: layer.Image{Height: 5, Width: 5, Channels: 1}, Filters: 2, Size: 3, Activation: nn.Tanh,
	})
	dense := nn.NewLayer(newRand(), 18, nn.Dense{Units: 3})
	models := layer.NewSequence(conv, layer.NewDropout(18, 0.25), dense)
	return all{models, conv, dense, gradus.New(0).As("offset")}
}

func (m all) Params() []*gradus.Value { return append(m.Sequence.Params(), m.offset) }

func (m all) Forward(x ...*gradus.Value) []*gradus.Value {
	y := m.Sequence.Forward(x...)
	y[0] = y[0].Add(m.offset)
	return y
}

// optimizer is that of testdata/torch.py.
func (m all) optimizer() optim.Optimizer {
	var weights, biases, last []*gradus.Value
	for _, n := range m.conv.Kernel.Neurons {
		weights, biases = append(weights, n.W...), append(biases, n.B)
	}
	for _, n := range m.dense.Neurons {
		last = append(last, n.B)
	}
	sgd := optim.NewSGD(optim.WarmUp(3, optim.Cosine(0.2, 0.02, 6)))
	sgd.Momentum, sgd.Nesterov, sgd.WeightDecay = 0.9, true, 0.02
	centred := optim.NewRMSProp(optim.StepDecay(0.05, 0.5, 4))
	centred.Momentum, centred.Centered, centred.WeightDecay = 0.5, true, 0.1
	rest := optim.NewRMSProp(optim.WarmUp(2, optim.Exponential(0.02, 0.9)))
	rest.Decay = 0.9
	adam := optim.NewAdamW(optim.Constant(0.01))
	adam.WeightDecay = 0.3
	return optim.Clip(optim.NewGroups(
		rest, optim.Group{Params: biases, Optimizer: centred}, optim.Group{Params: weights, Optimizer: sgd},
		optim.Group{Params: last, Optimizer: adam},
		optim.Group{Params: []*gradus.Value{m.offset}, Optimizer: optim.Frozen{}},
	), 2.7)
}

// A training of ten steps in which everything takes part has the losses and the parameters of PyTorch, with a
// recording and with graphs. The tolerance is that of some thousand roundings, which ten steps add up.
func TestTorch(t *testing.T) {
	file := torchdata.Read[torchTraining](t, "seed")
	for name, eager := range ways {
		m := newAll()
		for i, p := range m.Params() {
			p.Data = file.Before[i]
		}
		c := train.Config{
			Net: m, Loss: nn.SoftmaxCrossEntropy, Optimizer: m.optimizer(), Seed: 5, Eager: eager,
			Data:       train.Data{X: file.X, T: oneHot(file.Classes), Weights: file.Weights},
			Validation: train.Data{X: file.VX, T: oneHot(file.VClasses), Weights: file.VWeights},
			Batch:      2, Accumulate: 2, Epochs: len(file.Order),
		}
		var got torchTraining
		c.Callback = func(s train.State) {
			if s.Batch == 1 {
				got.Order = append(got.Order, nil)
			}
			got.Order[s.Epoch-1] = append(got.Order[s.Epoch-1], s.Samples...)
			got.Losses = append(got.Losses, s.Loss)
			if s.Batch == s.Batches {
				got.Validation, got.After = append(got.Validation, s.ValidationLoss), numbers(m)
			}
		}
		if err := train.Run(context.Background(), c); err != nil {
			t.Fatal(name, err)
		}
		want := torchTraining{
			Order: file.Order, After: file.After, Losses: file.Losses, Validation: file.Validation,
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 1e-14)); diff != "" {
			t.Errorf("%s (-PyTorch +Gradus):\n%s", name, diff)
		}
	}
}

// oneHot returns the targets of classes, of which there are 3.
func oneHot(classes []int) (t [][]float64) {
	for _, class := range classes {
		t = append(t, nn.OneHot(3, class))
	}
	return t
}
