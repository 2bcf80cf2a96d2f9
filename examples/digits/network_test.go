package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/nn"
)

// If the outputs of a loaded network overflow, that is an error, whatever the program should do with
// the network. The error does not blame the learning rate.
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
		_, stderr := digits(t.Context()).Fails(t, "-load net.json "+args)
		if !strings.HasPrefix(stderr, want) || strings.Contains(stderr, "rate") {
			t.Errorf("%s: stderr is %q, want %q, and nothing about the rate", args, stderr, want)
		}
	}
}

func TestExamined(t *testing.T) {
	for _, test := range [][3]int{
		{60_000, 79_510, 256}, {100, 79_510, 100}, {60_000, 1_000_000, 25}, {9, 30_000_000, 1},
	} {
		if got := examined(test[0], test[1]); got != test[2] {
			t.Errorf("of %d images, with %d products: %d, want %d", test[0], test[1], got, test[2])
		}
	}
}

// If one picture cannot be saved, that is an error, but everything else is done.
func TestPictureFails(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "3-loss.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := digits(t.Context()).Fails(t, quick+"-out "+folder)
	if !strings.Contains(stderr, "3-loss.png: is a directory") {
		t.Errorf("stderr is %q, want an error about 3-loss.png", stderr)
	}
	if files, err := filepath.Glob(filepath.Join(folder, "*.png")); err != nil || len(files) != 7 {
		t.Errorf("%v, %v, want six other pictures", files, err)
	}
	if !strings.HasPrefix(golden.LastLine(stdout), "held-out accuracy: ") {
		t.Errorf("the last line is %q, want the accuracy", golden.LastLine(stdout))
	}
}

// If the steps cannot be exported at the end, that is an error, but everything else is done. Here the
// folder disappears while the program trains.
func TestExportFails(t *testing.T) {
	folder, gone := t.TempDir(), t.TempDir()
	var stderr strings.Builder
	stdout := reader{enough: "\n      0 ", interrupt: func() { _ = os.Remove(gone) }}
	args := quick + "-out " + folder + " -export " + gone + "/steps.json"
	status := command(t.Context(), strings.Fields(args), &stdout, &stderr)
	got := wrap.Unbroken(stderr.String())
	if !strings.HasSuffix(got, "steps.json: no such file or directory\n") || status != 1 {
		t.Errorf("exit status %d, stderr %q, want 1 and an error about steps.json", status, got)
	}
	checkSaved(t, folder+"/digits.json", "-train 20 ", stdout.String())
}
