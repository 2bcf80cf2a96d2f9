package train_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

func TestConfigErrors(t *testing.T) {
	optimizer := optim.NewSGD(optim.Constant(0.1))
	for _, tt := range []struct {
		name   string
		change func(c *train.Config)
		want   string
	}{
		{
			"no network", func(c *train.Config) { c.Net = nil },
			"Config.Net is nil, want a network, such as nn.NewMLP returns",
		},
		{
			"an empty network", func(c *train.Config) { c.Net = &nn.MLP{} },
			"Config.Net: nn: the MLP has no layers, want one or more",
		},
		{
			"no loss", func(c *train.Config) { c.Loss = nil },
			"Config.Loss is nil, want a loss, such as nn.MeanSquaredError",
		},
		{
			"no optimiser", func(c *train.Config) { c.Optimizer = nil },
			"Config.Optimizer is nil, want one, such as optim.NewSGD returns",
		},
		{
			"a negative batch", func(c *train.Config) { c.Batch = -1 },
			"got Batch -1, Epochs 3 and Workers 0, want at least 0, 1 and 0",
		},
		{
			"no epochs", func(c *train.Config) { c.Epochs = 0 },
			"got Batch 2, Epochs 0 and Workers 0, want at least 0, 1 and 0",
		},
		{
			"negative workers", func(c *train.Config) { c.Workers = -2 },
			"got Batch 2, Epochs 3 and Workers -2, want at least 0, 1 and 0",
		},
		{
			"no data", func(c *train.Config) { c.Data = train.Data{} },
			"Config.Data: got 0 rows of inputs and 0 rows of targets, want the same number of both, at least 1",
		},
		{
			"a target is missing", func(c *train.Config) { c.Data.T = c.Data.T[1:] },
			"Config.Data: got 5 rows of inputs and 4 rows of targets, want the same number of both, at least 1",
		},
		{
			"a short row", func(c *train.Config) { c.Data.X[3] = []float64{1} },
			"Config.Data: X[3] has 1 input, want 2",
		},
		{
			"a long target", func(c *train.Config) { c.Data.T[4] = []float64{1, 2} },
			"Config.Data: T[4] has 2 targets, want 1",
		},
		{
			"a class for its targets", func(c *train.Config) {
				c.Net, c.Loss = nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 2, nn.Dense{Units: 3}), nn.SoftmaxCrossEntropy
			},
			"SoftmaxCrossEntropy: got 3 outputs and 1 targets, want the same number of both, at least 1; " +
				"OneHot makes the targets of a class",
		},
		{
			"a target that is no probability", func(c *train.Config) {
				c.Loss, c.Data.T = nn.BinaryCrossEntropy, [][]float64{{0}, {1}, {0}, {2}, {0}}
			},
			"Config.Data: nn: BinaryCrossEntropy: targets[3][0] is 2, want a probability, from 0 to 1",
		},
		{
			"a target of Validation that is no sign", func(c *train.Config) {
				c.Loss, c.Data.T = nn.Hinge, [][]float64{{1}, {1}, {-1}, {1}, {1}}
				c.Validation = train.Data{X: c.Data.X, T: [][]float64{{1}, {0}, {1}, {1}, {1}}}
			},
			"Config.Validation: nn: Hinge: targets[1][0] is 0, want 1 or −1, the sign that the " +
				"output should have; for 0 and 1 there is BinaryCrossEntropy, and MultiClassHinge for several classes",
		},
		{"no target", func(c *train.Config) { c.Data.T[1] = nil }, "Config.Data: T[1] has 0 targets, want 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, eager := range ways {
				t.Run(name, func(t *testing.T) {
					c := small()
					c.Optimizer, c.Eager = optimizer, eager
					c.Callback = func(train.State) { t.Error("the callback is called") }
					tt.change(&c)
					err := train.Run(context.Background(), c)
					if err == nil || err.Error() != "train: "+tt.want {
						t.Errorf("error %v, want train: %s", err, tt.want)
					}
				})
			}
		})
	}
}

// A batch may be as large as an int, and Config is the caller's.
func TestLargeBatch(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			c := small()
			c.Batch, c.Epochs, c.Eager = math.MaxInt, 1, eager
			if all := states(t, c); len(all) != 1 || len(all[0].Samples) != 5 || all[0].Batches != 1 {
				t.Errorf("states %v, want one batch of 5", all)
			}
		})
	}
}

// A nil Context is refused, and a Loss that returns nil.
func TestNil(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			c := small()
			c.Eager = eager
			var missing context.Context
			err := train.Run(missing, c)
			const want = "train: the Context is nil, want one, such as context.Background()"
			if err == nil || err.Error() != want {
				t.Errorf("error %v, want %s", err, want)
			}
			c.Loss = func(_, _ []*gradus.Value) *gradus.Value { return nil }
			err = train.Run(context.Background(), c)
			const none = "train: the Loss returned nil for the row X[0], want a Value"
			if err == nil || err.Error() != none {
				t.Errorf("error %v, want %s", err, none)
			}
		})
	}
}

// Without a callback nothing is called, and a network whose loss asks for no targets needs none.
func TestNoTargets(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			c := train.Config{
				Net: line(1), Data: train.Data{X: rows(3, 3), T: [][]float64{{}, nil}},
				Loss:      func(y, _ []*gradus.Value) *gradus.Value { return y[0] },
				Optimizer: optim.NewSGD(optim.Constant(0.5)), Epochs: 4, Eager: eager,
			}
			if err := train.Run(context.Background(), c); err != nil {
				t.Fatal(err)
			}
			if w := numbers(c.Net)[0]; w != 1-4*0.5*3 {
				t.Errorf("w = %v, want -5", w)
			}
		})
	}
}

// A constant weight would be trained step by step and refused by replay: Run refuses it at once.
func TestConstantParameter(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 1})
	net.Layers[0].Neurons[0].W[0] = gradus.Const(2)
	const want = "train: Config.Net: parameter 1 of the network (2, a constant) is a constant and cannot " +
		"be trained, want a leaf made with gradus.New"
	for _, eager := range []bool{false, true} {
		err := train.Run(context.Background(), train.Config{
			Net: net, Loss: nn.MeanSquaredError, Epochs: 1, Eager: eager,
			Data:      train.Data{X: [][]float64{{1}}, T: [][]float64{{1}}},
			Optimizer: optim.NewSGD(optim.Constant(0.1)),
		})
		if err == nil || err.Error() != want {
			t.Errorf("eager %t: error %v, want %s", eager, err, want)
		}
	}
}
