package train

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
)

// fuzzed is a small training with a checkpoint.
func fuzzed(file string) Config {
	return Config{
		Net: nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 1}), Loss: nn.MeanSquaredError,
		Data:      Data{X: [][]float64{{1}, {2}, {3}}, T: [][]float64{{1}, {2}, {2}}},
		Optimizer: optim.NewAdam(optim.Constant(0.1)), Batch: 1, Accumulate: 2,
		Epochs: 2, Checkpoint: file, Eager: true,
	}
}

// Whatever is in a file with the right checksum, a training goes on with finite parameters, or Run
// returns an error.
func FuzzCheckpoint(f *testing.F) {
	file := filepath.Join(f.TempDir(), "checkpoint.json")
	for batches := range 6 {
		ctx, cancel := context.WithCancel(context.Background())
		c := fuzzed(file)
		c.Callback = func(State) {
			if batches--; batches == 0 {
				cancel()
			}
		}
		_ = os.Remove(file)
		_ = Run(ctx, c) // interrupted, but for the first
		cancel()
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := fuzzed("")
		if err := c.check(); err != nil {
			t.Fatal(err)
		}
		l := c.loop(newEager(c))
		l.saver = l.newSaver()
		if l.resumeFrom(resealed(text)) != nil {
			return
		}
		l.saver = nil
		_ = l.run(context.Background())
	})
}

// resealed returns a text with the checksum that it should have, if it is a checkpoint otherwise.
func resealed(text []byte) []byte {
	c := checkpoint{}
	if json.Unmarshal(text, &c) != nil {
		return text
	}
	again, err := sealed.Seal(c)
	if err != nil {
		return text
	}
	return again
}
