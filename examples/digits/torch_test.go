package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/internal/torchrun"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

// The training of the tests, with batches in the order of the images, of which the last is smaller.
const epochs, batchSize, rate = 3, 64, 0.1

// A classifier is a recorded network for the digits, and the inputs of all samples, one after the
// other.
type classifier struct {
	*replay.Program
	samples []float64
	each    int
}

func newClassifier(t *testing.T) classifier {
	t.Helper()
	d, err := dataset.Embedded(rand.New(rand.NewPCG(1, 0)), 1500)
	if err != nil {
		t.Fatal(err)
	}
	net := nn.NewMLP(rand.New(rand.NewPCG(2, 0)), 64,
		nn.Dense{Units: 40, Activation: nn.ReLU, Init: nn.He}, nn.Dense{Units: 10})
	x, target := gradus.Values(d.Train.X[0]), gradus.Values(make([]float64, 10))
	c := classifier{each: 74}
	c.Program, err = replay.Record(nn.SoftmaxCrossEntropy(net.Forward(x...), target), append(x, target...)...)
	if err != nil {
		t.Fatal(err)
	}
	for i, targets := range d.Train.Targets(10) {
		c.samples = append(append(c.samples, d.Train.X[i]...), targets...)
	}
	return c
}

// write writes the files for PyTorch into a folder.
func (c classifier) write(t *testing.T, folder string) {
	t.Helper()
	if err := torch.Write(filepath.Join(folder, "model.py"), c.Program); err != nil {
		t.Fatal(err)
	}
	var csv strings.Builder
	for i := range c.each {
		fmt.Fprintf(&csv, "x%d,", i)
	}
	for i, x := range c.samples {
		if i%c.each == 0 {
			csv.WriteString("\n")
		}
		csv.WriteString(strconv.FormatFloat(x, 'g', -1, 64) + ",")
	}
	if err := os.WriteFile(filepath.Join(folder, "samples.csv"), []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// train trains as model_train.py does, and returns what that prints.
func (c classifier) train() (losses []float64) {
	batch, sgd := c.Batch(batchSize, 0), optim.NewSGD(optim.Constant(rate))
	for range epochs {
		sum := 0.0
		for rest := c.samples; len(rest) > 0; {
			n := min(len(rest), batchSize*c.each)
			for _, loss := range batch.GradMean(rest[:n]) {
				sum += loss
			}
			sgd.Step(c.Numbers(), c.Gradient())
			rest = rest[n:]
		}
		losses = append(losses, sum/float64(len(c.samples)/c.each))
	}
	return losses
}

// many are the arguments of Python that make it run a script in two processes, as torchrun does, on a
// free port, and fail if the script leaves threads. Without -r and -t, which let it write what the
// processes print, PyTorch 1.13 fails with Python 3.11: Debian 12 has both.
var many = []string{
	"-m", "torch.distributed.run", "--rdzv_backend", "c10d", "--rdzv_endpoint", "localhost:0", "--nnodes", "1",
	"--nproc_per_node", "2", "-r", "1", "-t", "1", "testdata/threads.py",
}

// The two processes of DistributedDataParallel, which have 17 and 16 of 33 samples, compute the
// gradient of the mean that a Batch does.
func TestTorchTwoProcesses(t *testing.T) {
	c, folder := newClassifier(t), t.TempDir()
	c.write(t, folder)
	file := filepath.Join(folder, "gradient.npz")
	torchrun.Run(t, nil, append(many, "testdata/gradient.py", folder, "33", file)...)
	c.Batch(33, 0).GradMean(c.samples[:33*c.each])
	want := append([]float64{}, c.Gradient()...)
	if err := torch.ReadParams(file, c.Program); err != nil {
		t.Fatal(err)
	}
	mustBeClose(t, "gradient", c.Numbers(), want)
}

// Three epochs of model_train.py, on one process and on two, have the losses that ours have with
// the same batches, and end with the same parameters.
func TestTorchTrains(t *testing.T) {
	ours, folder := newClassifier(t), t.TempDir()
	ours.write(t, folder)
	want := ours.train()
	if !(want[2] < 0.6*want[0]) {
		t.Errorf("the losses are %v, want them to fall", want)
	}
	for _, python := range [][]string{nil, many} {
		file := filepath.Join(folder, fmt.Sprintf("trained%d.npz", len(python)))
		out := torchrun.Run(t, nil, append(python, filepath.Join(folder, "model_train.py"),
			filepath.Join(folder, "samples.csv"), "-epochs", fmt.Sprint(epochs), "-batch", fmt.Sprint(batchSize),
			"-rate", fmt.Sprint(rate), "-save", file)...)
		var losses []float64
		for line := range strings.Lines(out) {
			loss, err := strconv.ParseFloat(strings.TrimSpace(line[strings.LastIndex(line, " "):]), 64)
			if err != nil {
				t.Fatalf("the line %q has no loss: %v", line, err)
			}
			losses = append(losses, loss)
		}
		mustBeClose(t, "losses", losses, want)
		trained := newClassifier(t)
		if err := torch.ReadParams(file, trained.Program); err != nil {
			t.Fatal(err)
		}
		mustBeClose(t, "parameters", trained.Numbers(), ours.Numbers())
	}
}

// mustBeClose compares numbers to 1e-12.
func mustBeClose(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: there are %d numbers, want %d", what, len(got), len(want))
	}
	for i := range want {
		if !torchrun.IsClose(got[i], want[i]) {
			t.Errorf("%s: number %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}
