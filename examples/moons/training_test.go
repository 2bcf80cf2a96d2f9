package main

import (
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// defaults returns the config without flags, but with this seed.
func defaults(seed uint64) config {
	return config{
		seed: seed, points: 100, epochs: 100, noise: 0.1, rate: 1, alpha: 1e-4, terminal: io.Discard,
	}
}

func (cfg config) begin(t *testing.T) (*nn.MLP, train.Data) {
	t.Helper()
	rng := rand.New(rand.NewPCG(cfg.seed, 1))
	d := newMoons(rng, cfg.points, cfg.noise)
	net, err := cfg.network(rng)
	if err != nil {
		t.Fatal(err)
	}
	return net, d
}

// The package comment says what the accuracy is with the seeds 0 to 19.
func TestSeeds(t *testing.T) {
	for seed := range uint64(20) {
		cfg := defaults(seed)
		net, d := cfg.begin(t)
		epochs, err := cfg.descend(t.Context(), report.New(io.Discard), net, d)
		if err != nil {
			t.Fatal(err)
		}
		want := 100
		if seed == 10 || seed == 13 {
			want = 99
		}
		end := epochs[len(epochs)-1]
		if end.right != want || end.accuracy != float64(want) || end.epoch != 100 {
			t.Errorf("seed %d: %d points right, %v %%, in epoch %d, want %d in 100",
				seed, end.right, end.accuracy, end.epoch, want)
		}
	}
}

// The weights are from [−1, 1), the biases are 0, and the layers are the demo's.
func TestNetwork(t *testing.T) {
	net, _ := defaults(0).begin(t)
	if got, want := net.String(), "2-16-16-1"+strings.Repeat(", ReLU", 2)+", identity"; got != want {
		t.Errorf("the network is %q, want %q", got, want)
	}
	least, most := 1.0, -1.0
	for _, l := range net.Layers {
		for _, n := range l.Neurons {
			for _, w := range n.W {
				least, most = min(least, w.Data), max(most, w.Data)
			}
			if n.B.Data != 0 {
				t.Errorf("%s is %v, want 0", n.B.Name(), n.B.Data)
			}
		}
	}
	if least < -1 || least > -0.95 || most >= 1 || most < 0.95 {
		t.Errorf("weights are from %v to %v, want -1 to 1", least, most)
	}
}

// If the loss is larger at the end than at the start, the output says so.
func TestTrainingFails(t *testing.T) {
	for args, want := range map[string]bool{"-rate 1000": true, "-rate 1": false} {
		out := moons(t.Context()).Output(t, "-epochs 20 -out "+t.TempDir()+" "+args)
		out = strings.Join(strings.Fields(out), " ")
		said := strings.Contains(out, " The loss went from 1.0285 at the start to ") &&
			strings.Contains(out, " less than -rate 1000.")
		if said != want {
			t.Errorf("%s: says that training has failed: %t, want %t:\n%s", args, said, want, out)
		}
	}
}

// A step follows the gradient of the mean hinge loss plus α·Σp².
func TestStep(t *testing.T) {
	cfg := defaults(0)
	cfg.epochs, cfg.rate, cfg.alpha = 1, 0.5, 0.01
	net, d := cfg.begin(t)
	params := net.Params()
	var losses, squares []*gradus.Value
	for i := range d.X {
		losses = append(losses, nn.Hinge(net.Forward(gradus.Values(d.X[i])...), gradus.Values(d.T[i])))
	}
	for _, p := range params {
		squares = append(squares, p.Square())
	}
	loss := gradus.Mean(losses...)
	total := loss.Add(gradus.Sum(squares...).Mul(cfg.alpha))
	total.Backward()
	var want, got []float64
	for _, p := range params {
		want = append(want, p.Data-cfg.rate*p.Grad)
	}
	epochs, err := cfg.descend(t.Context(), report.New(io.Discard), net, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range params {
		got = append(got, p.Data)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-14)); diff != "" {
		t.Errorf("after one step (-want +got):\n%s", diff)
	}
	want, got = []float64{loss.Data, total.Data}, []float64{epochs[0].loss, epochs[0].total}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-14)); diff != "" {
		t.Errorf("losses (-want +got):\n%s", diff)
	}
}

// The accuracy is never rounded up to 100 %.
func TestAccuracyRoundsDown(t *testing.T) {
	line := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 1, nn.Dense{Units: 1, Init: nn.Constant(1)})
	var d train.Data
	for range 20_000 {
		d.X, d.T = append(d.X, []float64{1}), append(d.T, []float64{1})
	}
	for _, test := range []struct {
		x        float64 // of the last point, whose target is 1
		right    int
		accuracy float64
	}{{2, 20_000, 100}, {-1, 19_999, 99.99}, {0, 19_999, 99.99}} {
		d.X[len(d.X)-1][0] = test.x
		e, err := evaluate(line, d, 0)
		if err != nil || e.right != test.right || e.accuracy != test.accuracy {
			t.Errorf("x = %v: %d right, %v %%, %v; want %d, %v %%",
				test.x, e.right, e.accuracy, err, test.right, test.accuracy)
		}
	}
}

// The loaded network is compared with the saved one, to the last bit.
func TestSaveAndLoad(t *testing.T) {
	net, d := defaults(0).begin(t)
	file := filepath.Join(t.TempDir(), "net.json")
	e, err := evaluate(net, d, 0)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := saveAndLoad(report.New(io.Discard), file, net, d, e)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range loaded.Params() {
		if want := net.Params()[i]; p == want || p.Data != want.Data {
			t.Errorf("%s is %v, want a new one of %v", p.Name(), p.Data, want.Data)
		}
	}
	e.margins[17] = math.Nextafter(e.margins[17], 2)
	_, err = saveAndLoad(report.New(io.Discard), file, net, d, e)
	want := file + ": the loaded network has other outputs than the saved one"
	if err == nil || err.Error() != want {
		t.Errorf("another output: %v, want %s", err, want)
	}
}

// With -eager the network is trained without replay: every point has a graph of its own.
func TestEager(t *testing.T) {
	allocations := func(eager bool) float64 {
		cfg := defaults(0)
		cfg.epochs, cfg.eager = 60, eager
		net, d := cfg.begin(t)
		return testing.AllocsPerRun(1, func() {
			if _, err := cfg.descend(t.Context(), report.New(io.Discard), net, d); err != nil {
				t.Fatal(err)
			}
		})
	}
	graphs := float64(40 * 100) // of 6,000: a recording is compared with some
	if eager, replayed := allocations(true), allocations(false); eager-replayed < graphs {
		t.Errorf("%v allocations without replay, %v with it, want %v more, one for each graph",
			eager, replayed, graphs)
	}
}
