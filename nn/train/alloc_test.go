package train

import (
	"context"
	"math/rand/v2"
	"testing"

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
				if err := c.run(context.Background(), e); err != nil {
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
