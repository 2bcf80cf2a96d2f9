package main

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

// The initial weights are those that suit the activation: √(2/fan-in) is their standard deviation
// by He, √(2/(fan-in + fan-out)) by Xavier, and there are no biases.
func TestInitialWeights(t *testing.T) {
	he, xavier := math.Sqrt(2./64), math.Sqrt(2./(64+300))
	var cfg config
	cfg.flags()
	d, err := cfg.read()
	if err != nil {
		t.Fatal(err)
	}
	for activation, want := range map[string]float64{
		"ReLU": he, "softplus": he, "tanh": xavier, "sigmoid": xavier,
	} {
		cfg.activation, cfg.hidden = activation, []int{300}
		net, err := cfg.network(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := net.Layers[0].Activation.Name(); got != activation {
			t.Errorf("the activation is %s, want %s", got, activation)
		}
		checkLayer(t, activation, net.Layers[0], want)
		checkLayer(t, activation+", outputs", net.Layers[1], math.Sqrt(2./(300+10)))
	}
}

// checkLayer compares the root of the mean square of the weights.
func checkLayer(t *testing.T, name string, l *nn.Layer, want float64) {
	t.Helper()
	sum, n := 0.0, 0
	for _, neuron := range l.Neurons {
		for _, w := range neuron.W {
			sum += w.Data * w.Data
			n++
		}
		if neuron.B == nil || neuron.B.Data != 0 {
			t.Errorf("%s: the bias is %v, want 0", name, neuron.B)
		}
	}
	if got := math.Sqrt(sum / float64(n)); math.Abs(got/want-1) > 4/math.Sqrt(2*float64(n)) {
		t.Errorf("%s: %d weights have the size %v, want %v", name, n, got, want)
	}
}

// A network whose outputs overflow is an error, whatever it is to do, and not of the rate.
func TestLoadedNetworkOverflows(t *testing.T) {
	t.Chdir(t.TempDir())
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 64, nn.Dense{Units: 10, Init: nn.Constant(1e308)})
	if err := net.Save("net.json"); err != nil {
		t.Fatal(err)
	}
	draw(t, "digit.png", []float64{1, 1, 1, 0, 1, 0}, 2, true)
	for args, want := range map[string]string{
		"-epochs 0 -out p":   "digits: the network's outputs for image 0 are [",
		"-epochs 1 -out p":   "digits: the network's outputs for image 0 are [",
		"-predict digit.png": "digits: digit.png: the network's outputs for image 0 are [",
	} {
		var stdout, stderr strings.Builder
		status := command(t.Context(), strings.Fields("-load net.json "+args), &stdout, &stderr)
		if status != 1 || !strings.HasPrefix(stderr.String(), want) || strings.Contains(stderr.String(), "rate") {
			t.Errorf("%s: exit status %d, %q, want 1 and %q", args, status, &stderr, want)
		}
	}
}

// One picture that cannot be saved is an error, which costs nothing but that picture.
func TestPictureFails(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "3-loss.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	status := command(t.Context(), strings.Fields(quick+"-out "+folder), &stdout, &stderr)
	if status != 1 || !strings.Contains(stderr.String(), "3-loss.png: is a directory") {
		t.Errorf("exit status %d, %q, want 1 and an error about 3-loss.png", status, &stderr)
	}
	if files, err := filepath.Glob(filepath.Join(folder, "*.png")); err != nil || len(files) != 7 {
		t.Errorf("%v, %v, want six other pictures", files, err)
	}
	if !strings.HasPrefix(last(stdout.String()), "held-out accuracy: ") {
		t.Errorf("the last line is %q, want the accuracy", last(stdout.String()))
	}
}
