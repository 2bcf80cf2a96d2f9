package train

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
)

// A batch allocates nothing. What an epoch allocates is the order of its samples.
func TestNoAllocations(t *testing.T) {
	c := digits(64, 0)
	c.Net = nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 784, nn.Dense{Units: 10})
	c.Callback = func(State) {}
	for name, o := range map[string]optim.Optimizer{
		"SGD": c.Optimizer, "Adam": optim.NewAdam(optim.Constant(1e-6)),
	} {
		c.Optimizer = o
		count := func(batch int) float64 {
			c.Batch = batch
			e, err := c.engine()
			if err != nil {
				t.Fatal(err)
			}
			return testing.AllocsPerRun(3, func() {
				if err := c.run(context.Background(), unlooked{e}); err != nil {
					t.Fatal(err)
				}
			})
		}
		one := count(64)
		for _, batch := range []int{1, 2, 7} {
			if n := count(batch); n != one {
				t.Errorf("%s: %v allocations in an epoch of batches of %d, want %v as of one batch",
					name, n, batch, one)
			}
		}
	}
}

// An unlooked engine is one that the lookout does not compare with the network. How many rows the lookout
// compares depends on the time that it has, and so do its allocations.
type unlooked struct{ engine }

func (unlooked) compare(int) error { return nil }

// The graphs of all samples lie in the same memory, one after the other, so that memory does not
// grow from sample to sample. A target is a leaf of such a graph.
func TestEagerMemory(t *testing.T) {
	targets := map[*gradus.Value]int{}
	c := digits(5, 2)
	c.Eager, c.Epochs = true, 2
	c.Loss = func(y, t []*gradus.Value) *gradus.Value {
		targets[t[0]]++
		return nn.SumSquaredErrors(y, t)
	}
	e, err := c.engine() // which builds a graph of its own, to check the configuration
	if err != nil {
		t.Fatal(err)
	}
	clear(targets)
	if err := c.run(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	if len(targets) != 1 {
		t.Errorf("targets lie at %d places, want 1", len(targets))
	}
}
