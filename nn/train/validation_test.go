package train_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// overfitting trains w, of y = w·x, to 3, by factors of 2 towards it. For the validation data, 2 would be
// best. From w = 7 on, w − 3 is 2, 1, ½ … after the epochs.
func overfitting(eager bool) train.Config {
	return train.Config{
		Net: line(-1), Loss: nn.HalfSquaredError, Optimizer: optim.NewSGD(optim.Constant(0.5)),
		Data:       train.Data{X: rows(1), T: rows(3)},
		Validation: train.Data{X: rows(1, 1), T: rows(1, 3)},
		Epochs:     10, Eager: eager,
	}
}

// w is 1, 2, 2½, 2¾ … after the epochs, and the mean of (w − 1)²/2 and (w − 3)²/2 is smallest after the
// second.
func TestValidation(t *testing.T) {
	for name, eager := range ways {
		for patience, epochs := range map[int]int{0: 10, 1: 3, 3: 5, 8: 10, 9: 10} {
			c := overfitting(eager)
			c.Patience = patience
			w, calls := -1.0, 0
			c.Callback = func(s train.State) {
				w = (w + 3) / 2
				calls++
				want := ((w-1)*(w-1) + (w-3)*(w-3)) / 4
				if s.ValidationLoss != want || s.Best != min(s.Epoch, 2) || numbers(c.Net)[0] != w {
					t.Errorf("%s: after epoch %d: validation loss %v, best epoch %d, w = %v, want %v, %d, %v",
						name, s.Epoch, s.ValidationLoss, s.Best, numbers(c.Net)[0], want, min(s.Epoch, 2), w)
				}
			}
			if err := train.Run(context.Background(), c); err != nil {
				t.Fatal(err)
			}
			if w := numbers(c.Net)[0]; w != 2 || calls != epochs {
				t.Errorf("%s: patience %d: w = %v after %d epochs, want 2, the best, after %d",
					name, patience, w, calls, epochs)
			}
		}
	}
}

// The validation loss is measured at the end of an epoch, over more rows than are computed at once, with
// their weights, and for a batch that is not the last it is NaN.
func TestValidationOfManyRows(t *testing.T) {
	for name, eager := range ways {
		c := small()
		c.Eager = eager
		sum := 0.0
		for i := range 2500 {
			x := float64(i)
			c.Validation.X = append(c.Validation.X, []float64{x, -x})
			c.Validation.T = append(c.Validation.T, []float64{x})
			c.Validation.Weights = append(c.Validation.Weights, x/1000)
			sum += x / 1000 * x
		}
		c.Loss = func(y, t []*gradus.Value) *gradus.Value { return y[0].Mul(0).Add(t[0]) }
		for _, s := range states(t, c) {
			got, want := s.ValidationLoss, math.NaN()
			if s.Batch == s.Batches {
				want = sum / 2500
			}
			if s.Batch == s.Batches && s.Best != 1 {
				t.Errorf("%s: epoch %d is better than the first, with the same loss", name, s.Best)
			}
			if !(math.Abs(got-want) < 1e-9*want) && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: epoch %d, batch %d: validation loss %v, want %v", name, s.Epoch, s.Batch, got, want)
			}
		}
	}
}

// Where a validation loss is not finite, the error names the row and the number, unless it is the sum.
func TestNonFiniteValidation(t *testing.T) {
	for _, tt := range []struct {
		x, t []float64
		want string
	}{
		{[]float64{1, math.NaN(), 2}, []float64{1, 2, 3}, "x1 is NaN for the row Validation.X[1]"},
		{[]float64{1, 2, math.Inf(-1)}, []float64{1, 2, 3}, "x1 is -Inf for the row Validation.X[2]"},
		{[]float64{1, 2, 3}, []float64{math.Inf(1), 2, 3}, "t1 is +Inf for the row Validation.X[0]"},
		{[]float64{1, 1e160}, []float64{1, 2}, "(square, in loss) is +Inf for the row Validation.X[1]"},
		{
			[]float64{1.2e154, 1.2e154, 1.2e154, 1.2e154},
			[]float64{0, 0, 0, 0},
			"the mean loss of Validation is +Inf",
		},
	} {
		for name, eager := range ways {
			c := overfitting(eager)
			c.Validation = train.Data{X: rows(tt.x...), T: rows(tt.t...)}
			err := train.Run(context.Background(), c)
			if got, want := message(err), "train: after epoch 1: "+tt.want+", want a finite number"; got != want {
				t.Errorf("%s: error %s, want %s", name, got, want)
			}
		}
	}
}

// An if on Data that goes the other way for rows of Validation alone is found before training.
func TestIfInValidation(t *testing.T) {
	c := overfitting(false)
	c.Validation = train.Data{X: rows(1, 1), T: rows(1, -3)}
	c.Loss = func(y, t []*gradus.Value) *gradus.Value {
		if t[0].Data < 0 {
			return y[0].Sub(t[0]).Abs()
		}
		return y[0].Sub(t[0]).Square()
	}
	err := train.Run(context.Background(), c)
	const want = "train: the graph of Validation.X[1] differs from what was recorded"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	c.Eager = true
	if err := train.Run(context.Background(), c); err != nil {
		t.Errorf("eager: %v", err)
	}
}
