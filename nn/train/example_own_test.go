package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A wave is a model of one's own: y = a·sin(b·x + c).
type wave struct{ a, b, c *gradus.Value }

func newWave() wave {
	return wave{gradus.New(1).As("a"), gradus.New(1).As("b"), gradus.New(0).As("c")}
}

func (w wave) Params() []*gradus.Value { return []*gradus.Value{w.a, w.b, w.c} }

func (w wave) Forward(x ...*gradus.Value) []*gradus.Value {
	return []*gradus.Value{w.a.Mul(w.b.Mul(x[0]).Add(w.c).Sin())}
}

// measured returns points of 3·sin(1.2x + 0.5), with errors.
func measured(seed uint64, n int) (d train.Data) {
	rng := rand.New(rand.NewPCG(seed, 0))
	for range n {
		x := 4*rng.Float64() - 2
		d.X = append(d.X, []float64{x})
		d.T = append(d.T, []float64{3*math.Sin(1.2*x+0.5) + 0.1*rng.NormFloat64()})
	}
	return d
}

// Whatever has parameters and a Forward can be trained.
func ExampleRun_ownModel() {
	net := newWave()
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.MeanSquaredError, Data: measured(1, 40),
		Optimizer: optim.NewAdam(optim.Constant(0.05)), Epochs: 300,
	})
	fmt.Printf("%.1f·sin(%.1fx + %.1f) %v\n", net.a.Data, net.b.Data, net.c.Data, err)
	// Output:
	// 3.0·sin(1.2x + 0.5) <nil>
}

// Few points and many neurons: from some epoch on, the network learns the errors of the points, and the
// loss of other points grows. Training ends when that has not become smaller for 500 epochs. The
// network then has the parameters of the best epoch.
func ExampleConfig_validation() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1,
		nn.Dense{Units: 30, Activation: nn.Tanh}, nn.Dense{Units: 1})
	var best, last train.State
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.MeanSquaredError, Data: measured(5, 12), Validation: measured(6, 50),
		Optimizer: optim.NewAdam(optim.Constant(0.01)), Epochs: 5000, Patience: 500,
		Callback: func(s train.State) {
			if last = s; s.Best == s.Epoch {
				best = s
			}
		},
	})
	fmt.Println(err)
	for _, s := range []train.State{best, last} {
		fmt.Printf("epoch %d: loss %.3f, of other points %.3f\n", s.Epoch, s.EpochLoss, s.ValidationLoss)
	}
	// Output:
	// <nil>
	// epoch 464: loss 0.011, of other points 0.016
	// epoch 964: loss 0.007, of other points 0.019
}

// Ctrl-C and continue. In a program, the context is that of signal.NotifyContext with os.Interrupt. Run
// again with the same Config, the program goes on where it was stopped, and ends with the same bits as if
// it had not been.
func ExampleConfig_checkpoint() {
	folder, err := os.MkdirTemp("", "wave")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	run := func(ctx context.Context, net wave, file string, callback func(train.State)) error {
		return train.Run(ctx, train.Config{
			Net: net, Loss: nn.MeanSquaredError, Data: measured(1, 40), Batch: 8, Epochs: 100, Seed: 1,
			Optimizer: optim.NewAdam(optim.Constant(0.05)), Callback: callback, Checkpoint: file,
		})
	}
	file := filepath.Join(folder, "wave.checkpoint")
	ctx, interrupt := context.WithCancel(context.Background())
	err = run(ctx, newWave(), file, func(s train.State) {
		if s.Epoch == 42 && s.Batch == 3 {
			interrupt() // as Ctrl-C would
		}
	})
	fmt.Println(err, errors.Is(err, context.Canceled))

	continued, whole := newWave(), newWave()
	fmt.Println(run(context.Background(), continued, file, nil))
	fmt.Println(run(context.Background(), whole, "", nil))
	for i, p := range continued.Params() {
		fmt.Println(p.Name(), "has the same bits:", p.Data == whole.Params()[i].Data)
	}
	// Output:
	// train: stopped before batch 4 of 5 of epoch 42: context canceled true
	// <nil>
	// <nil>
	// a has the same bits: true
	// b has the same bits: true
	// c has the same bits: true
}

// One sample of three was measured badly. It gets a tenth of the weight.
func ExampleData_weights() {
	data := train.Data{
		X: [][]float64{{1}, {2}, {3}}, T: [][]float64{{2}, {4}, {9}},
		Weights: []float64{1, 1, 0.1},
	}
	for _, weights := range [][]float64{data.Weights, nil} {
		data.Weights = weights
		w := gradus.New(0).As("w")
		net := &nn.MLP{Layers: []*nn.Layer{{Neurons: []*nn.Neuron{{W: []*gradus.Value{w}}}}}}
		err := train.Run(context.Background(), train.Config{
			Net: net, Loss: nn.HalfSquaredError, Data: data,
			Optimizer: optim.NewSGD(optim.Constant(0.1)), Epochs: 200,
		})
		fmt.Printf("y = %.2f·x %v\n", w.Data, err)
	}
	// Output:
	// y = 2.15·x <nil>
	// y = 2.64·x <nil>
}
