package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// The error names the batch, and the parameters are those of a run that ends before it.
func TestNonFiniteBatch(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			c := small()
			c.Eager = eager
			const bad = 3
			ends := slices.IndexFunc(states(t, c), func(s train.State) bool {
				return slices.Contains(s.Samples, bad)
			})
			c = small()
			c.Eager = eager
			c.Data.X[bad][1] = nan
			calls := 0
			c.Callback = func(train.State) { calls++ }
			err := train.Run(context.Background(), c)
			got := &train.NonFiniteError{}
			if !errors.As(err, &got) || !math.IsNaN(got.Value) {
				t.Fatalf("error %v, want a NonFiniteError for NaN", err)
			}
			got.Value = 0
			want := &train.NonFiniteError{Epoch: 1, Batch: ends + 1, Batches: 3, Sample: bad, Node: "x2"}
			if diff := cmp.Diff(want, got); diff != "" || calls != ends {
				t.Errorf("%d calls before, want %d; error (-want +got):\n%s", calls, ends, diff)
			}
			twin := small()
			twin.Eager = eager
			if diff := cmp.Diff(after(t, twin, ends), numbers(c.Net)); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
		})
	}
}

// If several rows are to blame, the error names the first in the order of the batch. It does not
// matter whether its loss is not finite, as with a NaN in the data, or only its gradient.
func TestFirstOfTheBatch(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			named := map[string]bool{}
			for seed := range uint64(5) {
				c := train.Config{
					Net: line(1), Data: train.Data{X: rows(1, 1, 1), T: rows(1, 2, 3)},
					Loss: func(y, t []*gradus.Value) *gradus.Value {
						return y[0].Sub(gradus.New(1)).Abs().Add(t[0]).Sqrt()
					},
					Optimizer: optim.Frozen{}, Epochs: 1, Seed: seed, Eager: eager,
				}
				first := states(t, c)[0].Samples[0]
				c.Data.T = rows(0, nan, 0) // the slope of √ at 0 is infinite
				if first == 1 {
					c.Data.T = rows(nan, 0, nan)
				}
				want := fmt.Sprintf("∂loss/∂(+, in loss) is +Inf for the row Data.X[%d]", first)
				err := train.Run(context.Background(), c)
				if fmt.Sprint(err) != "train: epoch 1, batch 1 of 1: "+want {
					t.Errorf("error %v, want %s", err, want)
				}
				named[want] = true
			}
			if len(named) < 2 {
				t.Errorf("%v: the seeds all begin with the same row", named)
			}
		})
	}
}

// Half squared errors of w·x with x = 1 and t = 0: a rate of 3 multiplies w by −2 in every step.
// The square overflows in step 513, which begins with w = 2⁵¹².
func TestDivergence(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			c := train.Config{
				Net: line(1), Loss: nn.HalfSquaredError, Data: train.Data{X: rows(1, 1), T: rows(0, 0)},
				Optimizer: optim.NewSGD(optim.Constant(3)), Batch: 1, Epochs: 1000, Eager: eager,
			}
			err := train.Run(context.Background(), c)
			want := "train: epoch 257, batch 1 of 2: (square, in loss) is +Inf for the row Data.X["
			if got := fmt.Sprint(err); got != want+"0]" && got != want+"1]" {
				t.Errorf("error %v, want %s…", err, want)
			}
			if w := numbers(c.Net)[0]; w != 0x1p512 {
				t.Errorf("w = %v, want 2⁵¹²", w)
			}
		})
	}
}

// A step that overflows is found at the end of the epoch, before the callback, or when the next
// batch computes with what it left.
func TestOverflowOfAStep(t *testing.T) {
	for _, tt := range []struct {
		batch int
		want  string
	}{
		{0, "train: epoch 1, batch 1 of 1: layer1.neuron1.w1, updated, is -Inf"},
		{1, "train: epoch 1, batch 2 of 2: layer1.neuron1.w1 is -Inf for the row Data.X[1]"},
	} {
		for name, eager := range ways {
			t.Run(name, func(t *testing.T) {
				c := train.Config{
					Net: line(0), Loss: output, Data: train.Data{X: rows(10, 10), T: rows(0, 0)},
					Optimizer: optim.NewSGD(optim.Constant(1e308)), Batch: tt.batch, Epochs: 1, Eager: eager,
					Seed: 1, // row 0 comes first
				}
				calls := 0
				c.Callback = func(train.State) { calls++ }
				if err := train.Run(context.Background(), c); fmt.Sprint(err) != tt.want {
					t.Errorf("error %v, want %s", err, tt.want)
				}
				if w := numbers(c.Net)[0]; w != -inf || calls != tt.batch {
					t.Errorf("w = %v after %d calls, want -Inf, as the optimiser left it, after %d",
						w, calls, tt.batch)
				}
			})
		}
	}
}

// If only the sum of all gradients over the parameters overflows, that is no error.
func TestLargeGradients(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			net := nn.NewMLP(newRand(), 2, nn.Dense{Units: 1, Init: nn.Constant(0), NoBias: true})
			half := math.Ldexp(1, 1023) // of what overflows
			c := train.Config{
				Net: net, Loss: output, Data: train.Data{X: [][]float64{{half, half}}, T: rows(0)},
				Optimizer: optim.NewSGD(optim.Constant(2 / half)), Epochs: 1, Eager: eager,
			}
			states(t, c)
			if got := numbers(net); got[0] != -2 || got[1] != -2 {
				t.Errorf("weights %v, want -2 and -2", got)
			}
		})
	}
}
