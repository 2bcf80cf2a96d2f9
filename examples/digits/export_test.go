package main

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/digits/internal/steps"
	"github.com/gradus-go/gradus/nn"
)

func readExport(t *testing.T, file string) (e steps.Export) {
	t.Helper()
	readJSON(t, file, &e)
	return e
}

func readJSON(t *testing.T, file string, x any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, x); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// PyTorch, which began with the same weights, has the same losses. The script pytorch.py wrote them
// into testdata/pytorch.json.
func TestPyTorch(t *testing.T) {
	var want struct {
		Torch  string
		Losses []float64
	}
	readJSON(t, filepath.Join("testdata", "pytorch.json"), &want)
	file := filepath.Join(t.TempDir(), "steps.json")
	digits(t.Context()).Output(t, "-epochs 2 -out "+t.TempDir()+" -export "+file)
	got := readExport(t, file)
	if len(got.Steps) != len(want.Losses) || len(want.Losses) < 100 || want.Torch == "" {
		t.Fatalf("%d steps, but PyTorch %q took %d, want the same number",
			len(got.Steps), want.Torch, len(want.Losses))
	}
	largest := 0.0
	for i, s := range got.Steps {
		largest = max(largest, math.Abs(s.Loss-want.Losses[i]))
	}
	t.Logf("%d steps, largest difference %.1e", len(got.Steps), largest)
	if !(largest <= 1e-9) {
		t.Errorf("the largest difference is %v, want at most 1e-9", largest)
	}
}

// The exported file has what another program needs: the place of each image in its file, and the
// learning rate of each step.
func TestExport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "steps.json")
	const flags = "-train 50 -hidden 3 -epochs 2 -batch 20 -rate 0.25 -beta1 0.7 -beta2 0.9 " +
		"-epsilon 1e-5 -decay 0.5"
	digits(t.Context()).Output(t, flags+" -out "+t.TempDir()+" -export "+file)
	e := readExport(t, file)
	if e.Data != "" || e.Betas != [2]float64{0.7, 0.9} || e.Epsilon != 1e-5 || e.Decay != 0.5 {
		t.Errorf("data %q, β %v, ε %v, λ %v", e.Data, e.Betas, e.Epsilon, e.Decay)
	}
	var shape []int
	for _, l := range e.Layers {
		shape = append(shape, len(l.Weights), len(l.Weights[0]), len(l.Biases))
	}
	if want := [6]int{3, 64, 3, 10, 3, 10}; [6]int(shape) != want || e.Layers[0].Activation != "ReLU" ||
		e.Layers[1].Activation != "identity" {
		t.Errorf("layers of %v, want %v", shape, want)
	}
	var cfg config
	cfg.flags()
	cfg.images = 50
	d, err := cfg.read()
	if err != nil {
		t.Fatal(err)
	}
	isTrain := map[int]bool{}
	for _, i := range d.Train.Index {
		isTrain[i] = true
	}
	seen := map[int]int{}
	for k, s := range e.Steps {
		want := 0.25 * (1 + math.Cos(math.Pi*float64(k)/6)) / 2
		if math.Abs(s.Rate-want) > 1e-15 {
			t.Errorf("step %d has the rate %v, want %v", k, s.Rate, want)
		}
		if n := len(s.Images); n != []int{20, 20, 10}[k%3] {
			t.Errorf("step %d has %d images", k, n)
		}
		for _, i := range s.Images {
			seen[i]++
			if !isTrain[i] {
				t.Errorf("step %d has image %d, which is not a training image", k, i)
			}
		}
	}
	for i, n := range seen {
		if n != 2 {
			t.Errorf("image %d is used %d times in 2 epochs", i, n)
		}
	}
	if len(e.Steps) != 6 || len(seen) != 50 {
		t.Errorf("%d steps with %d images, want 6 and 50", len(e.Steps), len(seen))
	}
}

// If a loaded network has no biases, the exported biases are null, not zeros, which would learn.
func TestExportWithoutBiases(t *testing.T) {
	t.Chdir(t.TempDir())
	saveWithoutBias(t, "net.json")
	out := digits(t.Context()).Output(t, "-train 20 -epochs 1 -out p -load net.json -export steps.json")
	if want := "\n\n== Initial weights and steps, in steps.json\n\n"; !strings.Contains(out, want) {
		t.Errorf("%q is not in:\n%s", want, out)
	}
	text, err := os.ReadFile("steps.json")
	if err != nil || !strings.Contains(string(text), `"biases":null`) {
		t.Errorf("%v, want null for the biases in %.200s", err, text)
	}
}

func saveWithoutBias(t *testing.T, file string) {
	t.Helper()
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 64, nn.Dense{Units: 10, NoBias: true})
	if err := net.Save(file); err != nil {
		t.Fatal(err)
	}
}
