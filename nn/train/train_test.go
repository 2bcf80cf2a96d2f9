package train_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// A test runs both ways: with a recording and with graphs.
var ways = map[string]bool{"replay": false, "eager": true}

// numbers returns the parameters of a network.
func numbers(net nn.Model) (x []float64) {
	for _, v := range net.Params() {
		x = append(x, v.Data)
	}
	return x
}

// mlp returns the network of a Config, which must be an MLP.
func mlp(c train.Config) *nn.MLP { return c.Net.(*nn.MLP) }

// rows makes a row of each number.
func rows(numbers ...float64) (rows [][]float64) {
	for _, x := range numbers {
		rows = append(rows, []float64{x})
	}
	return rows
}

// line returns a neuron that computes w·x.
func line(w float64) *nn.MLP {
	return &nn.MLP{Layers: []*nn.Layer{{Neurons: []*nn.Neuron{
		{W: []*gradus.Value{gradus.New(w).As("layer1.neuron1.w1")}},
	}}}}
}

// small is a small network, and few samples, in batches of 2, 2 and 1.
func small() train.Config {
	return train.Config{
		Net: nn.NewMLP(newRand(), 2, nn.Dense{Units: 3, Activation: nn.Tanh}, nn.Dense{Units: 1}),
		Data: train.Data{
			X: [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0.5, -0.5}},
			T: rows(0, 1, 1, 0, -1),
		},
		Loss: nn.HalfSquaredError, Optimizer: optim.NewSGD(optim.Constant(0.25)),
		Batch: 2, Epochs: 3, Seed: 7,
	}
}

// For w·x and half squared errors everything can be computed by hand.
func TestState(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			w, rate, sum, samples := 1.0, 0.0625, 0.0, 0.0
			c := train.Config{
				Net: line(w), Loss: nn.HalfSquaredError, Optimizer: optim.NewSGD(optim.Constant(rate)),
				Data:  train.Data{X: rows(1, 2, 3, 4, 5), T: rows(0, 1, 3, -2, 7)},
				Batch: 2, Epochs: 4, Eager: eager,
			}
			calls := 0
			c.Callback = func(got train.State) {
				want := train.State{
					Epoch: calls/3 + 1, Epochs: 4, Batch: calls%3 + 1, Batches: 3, Samples: got.Samples,
					ValidationLoss: math.NaN(),
				}
				calls++
				if want.Batch == 1 {
					sum, samples = 0, 0
				}
				n := float64([]int{2, 2, 1}[want.Batch-1])
				loss, slope := 0.0, 0.0
				for _, i := range got.Samples {
					x, e := c.Data.X[i][0], w*c.Data.X[i][0]-c.Data.T[i][0]
					loss, slope = loss+e*e/2, slope+e*x
				}
				w -= rate * slope / n
				sum, samples = sum+loss, samples+n
				want.Loss, want.EpochLoss = loss/n, sum/samples
				// Some 10 roundings for each of 12 batches.
				approx := cmpopts.EquateApprox(128*0x1p-52, 0)
				diff := cmp.Diff(want, got, approx, cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(got))
				if diff != "" || len(got.Samples) != int(n) {
					t.Errorf("state (-want +got):\n%s", diff)
				}
				if now := numbers(c.Net)[0]; want.Batch == 3 && !cmp.Equal(w, now, approx) {
					t.Errorf("after epoch %d the network has w = %v, want %v", want.Epoch, now, w)
				}
				if got.Store(); !cmp.Equal(w, numbers(c.Net)[0], approx) {
					t.Errorf("batch %d stores w = %v, want %v", want.Batch, numbers(c.Net)[0], w)
				}
			}
			if err := train.Run(context.Background(), c); err != nil {
				t.Fatal(err)
			}
			if calls != 12 || !cmp.Equal(w, numbers(c.Net)[0], cmpopts.EquateApprox(128*0x1p-52, 0)) {
				t.Errorf("w = %v after %d batches, want %v after 12", numbers(c.Net)[0], calls, w)
			}
		})
	}
}

// orders returns the order of the samples in every epoch.
func orders(t *testing.T, c train.Config) [][]int {
	t.Helper()
	epochs := make([][]int, c.Epochs)
	for _, s := range states(t, c) {
		epochs[s.Epoch-1] = append(epochs[s.Epoch-1], s.Samples...)
	}
	return epochs
}

func TestShuffling(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			for _, batch := range []int{0, 1, 7, 32, 50, 100, 1000} {
				c := train.Config{
					Net: line(1), Loss: nn.HalfSquaredError, Data: train.Data{X: moons().T, T: moons().T},
					Optimizer: optim.NewSGD(optim.Constant(0.01)), Batch: batch, Epochs: 4, Eager: eager,
				}
				seen := [][]int{}
				for _, seed := range []uint64{0, 1, 1 << 63} {
					c.Seed = seed
					epochs := orders(t, c)
					if diff := cmp.Diff(epochs, orders(t, c)); diff != "" {
						t.Errorf("batches of %d, seed %d: another order (-first +second):\n%s", batch, seed, diff)
					}
					seen = append(seen, epochs...)
				}
				all := make([]int, 100)
				for i := range all {
					all[i] = i
				}
				seen = append(seen, all)
				for i, order := range seen {
					if sorted := slices.Sorted(slices.Values(order)); !slices.Equal(sorted, all) {
						t.Errorf("batches of %d: an epoch uses %v, want every sample once", batch, sorted)
					}
					for _, other := range seen[:i] {
						if slices.Equal(order, other) {
							t.Errorf("batches of %d: two epochs, or two seeds, have the order %v", batch, order)
						}
					}
				}
			}
		})
	}
}

// The order of an epoch depends on the seed alone: neither on the batches nor on what the
// callback does with Samples.
func TestOrderIsTheSeeds(t *testing.T) {
	c := small()
	want := orders(t, c)
	c.Batch, c.Eager, c.Optimizer = 3, true, small().Optimizer
	if diff := cmp.Diff(want, orders(t, c)); diff != "" {
		t.Errorf("batches of 3 have another order (-want +got):\n%s", diff)
	}
	var got [][]int
	c.Callback = func(s train.State) {
		if s.Batch == 1 {
			got = append(got, nil)
		}
		got[s.Epoch-1] = append(got[s.Epoch-1], s.Samples...)
		slices.Sort(s.Samples)
	}
	if err := train.Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the order changes with the callback (-want +got):\n%s", diff)
	}
}

// Two runs of one epoch each, with the same optimiser, do what one run of two epochs does, if the
// order of the samples is the same. With a single sample it is.
func TestRunAgain(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			run := func(c train.Config, epochs int) {
				c.Epochs = epochs
				states(t, c)
			}
			config := func() train.Config {
				c := small()
				c.Data = train.Data{X: c.Data.X[1:2], T: c.Data.T[1:2]}
				c.Optimizer, c.Eager = &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}, eager
				return c
			}
			once, twice := config(), config()
			run(once, 5)
			run(twice, 2)
			run(twice, 3)
			if diff := cmp.Diff(numbers(once.Net), numbers(twice.Net)); diff != "" {
				t.Errorf("parameters (-5 epochs +2 and 3):\n%s", diff)
			}
		})
	}
}
