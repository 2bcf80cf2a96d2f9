package steps

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// The file holds the initial weights, even if training has changed them, and the rows of a batch as
// places in the file of the images.
func TestSave(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 2,
		nn.Dense{Units: 2, Activation: nn.Tanh}, nn.Dense{Units: 1, NoBias: true})
	for i, p := range net.Params() {
		p.Data = float64(i) / 4
	}
	adam := &optim.Adam{
		Rate: optim.Linear(1, 0, 4), Beta1: 0.5, Beta2: 0.75, Epsilon: 0.125, WeightDecay: 2,
	}
	e := New(net, adam, "a folder", []int{30, 40, 50})
	net.Params()[0].Data = 99
	samples := []int{2, 0}
	e.Add(train.State{Samples: samples, Loss: 0.1})
	samples[0] = 1
	e.Add(train.State{Samples: samples, Loss: 1e-300})
	file := filepath.Join(t.TempDir(), "steps.json")
	if err := e.Save(file); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"data":"a folder",` +
		`"layers":[{"activation":"tanh","weights":[[0,0.25],[0.75,1]],"biases":[0.5,1.25]},` +
		`{"activation":"identity","weights":[[1.5,1.75]],"biases":null}],` +
		`"betas":[0.5,0.75],"epsilon":0.125,"decay":2,` +
		`"steps":[{"images":[50,30],"rate":1,"loss":0.1},{"images":[40,30],"rate":0.75,"loss":1e-300}]}` + "\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	none := filepath.Join(t.TempDir(), "none", "steps.json")
	if err := e.Save(none); err == nil || !strings.Contains(err.Error(), none) {
		t.Errorf("error %v, want one that names %s", err, none)
	}
}
