package nn_test

import (
	"path/filepath"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// The parameters of a loaded network lie side by side in memory, like those that NewMLP makes, and
// the capacity of each W ends with its weights.
func TestLoadParams(t *testing.T) {
	made := nn.NewMLP(newRand(), 2, nn.Stack(nn.Dense{NoBias: true}, 3, 1)...)
	made.Layers[0].Neurons[1].B = gradus.New(0.5)
	name := filepath.Join(t.TempDir(), "net.json")
	if err := made.Save(name); err != nil {
		t.Fatal(err)
	}
	var net *nn.MLP
	contiguous(t, func() []*gradus.Value {
		var err error
		if net, err = nn.Load(name); err != nil {
			t.Fatal(err)
		}
		return net.Params()
	})
	for _, l := range net.Layers {
		for _, n := range l.Neurons {
			_ = append(n.W, gradus.New(7))
		}
	}
	equal(t, "numbers", data(net.Params()), data(made.Params()))
}
