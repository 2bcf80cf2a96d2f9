package train_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// after returns the parameters of a config's network after the given number of steps. All later
// steps have a rate of 0.
func after(t *testing.T, c train.Config, steps int) []float64 {
	t.Helper()
	c.Optimizer = optim.NewSGD(func(step int) float64 {
		if step < steps {
			return 0.25
		}
		return 0
	})
	states(t, c)
	return numbers(c.Net)
}

func TestCancel(t *testing.T) {
	for _, tt := range []struct {
		steps int
		want  string // where training stops
	}{
		{1, "batch 2 of 3 of epoch 1"},
		{2, "batch 3 of 3 of epoch 1"},
		{3, "batch 1 of 3 of epoch 2"},
		{4, "batch 2 of 3 of epoch 2"},
		{8, "batch 3 of 3 of epoch 3"},
		{9, ""}, // there is nothing left to do
	} {
		t.Run(fmt.Sprintf("after %d steps", tt.steps), func(t *testing.T) {
			for name, eager := range ways {
				t.Run(name, func(t *testing.T) {
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					calls := 0
					c := small()
					c.Eager = eager
					c.Callback = func(train.State) {
						if calls++; calls == tt.steps {
							cancel()
						}
					}
					err := train.Run(ctx, c)
					want := "train: stopped before " + tt.want + ": context canceled"
					if tt.want == "" {
						want = "<nil>"
					} else if !errors.Is(err, context.Canceled) {
						t.Errorf("%v does not wrap context.Canceled", err)
					}
					if fmt.Sprint(err) != want || calls != tt.steps {
						t.Errorf("error %v after %d batches, want %s after %d", err, calls, want, tt.steps)
					}
					twin := small()
					twin.Eager = eager
					if diff := cmp.Diff(after(t, twin, tt.steps), numbers(c.Net)); diff != "" {
						t.Errorf("parameters (-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}

// A context that is done from the start leaves everything as it was.
func TestDoneBefore(t *testing.T) {
	for name, eager := range ways {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
			defer cancel()
			c := small()
			c.Eager = eager
			c.Callback = func(train.State) { t.Error("the callback is called") }
			err := train.Run(ctx, c)
			want := "train: stopped before batch 1 of 3 of epoch 1: context deadline exceeded"
			if fmt.Sprint(err) != want || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v, want %s", err, want)
			}
			if diff := cmp.Diff(numbers(small().Net), numbers(c.Net)); diff != "" {
				t.Errorf("parameters (-before +after):\n%s", diff)
			}
		})
	}
}

// If a function of the caller's panics, so does Run, and the network has the parameters that were
// learned before.
func TestPanics(t *testing.T) {
	for _, tt := range []struct {
		name  string
		panic func(c *train.Config, armed *bool)
		steps int // that are made
	}{
		{"loss", func(c *train.Config, armed *bool) {
			op := gradus.Func1("op", func(x float64) float64 {
				if *armed {
					panic("oh")
				}
				return x
			}, func(float64) float64 { return 1 })
			c.Loss = func(y, t []*gradus.Value) *gradus.Value {
				return op.Apply(nn.HalfSquaredError(y, t))
			}
		}, 4},
		{"derivative", func(c *train.Config, armed *bool) {
			op := gradus.Func1("op", func(x float64) float64 { return x }, func(float64) float64 {
				if *armed {
					panic("oh")
				}
				return 1
			})
			mlp(*c).Layers[1].Activation = nn.NewActivation("op", func(z *gradus.Value) *gradus.Value {
				return op.Apply(z)
			})
		}, 4},
		{"callback", func(c *train.Config, armed *bool) {
			arm := c.Callback
			c.Callback = func(s train.State) {
				if arm(s); *armed {
					panic("oh")
				}
			}
		}, 4},
		{"optimiser", func(c *train.Config, armed *bool) {
			c.Optimizer = optim.NewSGD(func(int) float64 {
				if *armed {
					panic("oh")
				}
				return 0.25
			})
		}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, eager := range ways {
				t.Run(name, func(t *testing.T) {
					c, armed, calls := small(), false, 0
					c.Eager = eager
					c.Callback = func(train.State) {
						calls++
						armed = calls == tt.steps
					}
					tt.panic(&c, &armed)
					func() {
						defer func() {
							if r := recover(); r != "oh" {
								t.Errorf("panic %v, want oh", r)
							}
						}()
						t.Errorf("error %v, want a panic", train.Run(context.Background(), c))
					}()
					twin := small()
					twin.Eager = eager
					if diff := cmp.Diff(after(t, twin, tt.steps), numbers(c.Net)); diff != "" {
						t.Errorf("parameters (-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}
