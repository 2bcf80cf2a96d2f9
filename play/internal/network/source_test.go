//go:build !js

package network

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The program that is copied prints the losses of the page.
func TestSource(t *testing.T) {
	s := several["Adam in batches"]
	s.N = "40"
	n := start(t, s)
	n.run(epochs(13))
	want := map[int]float64{13: n.evaluate()}
	for i, epoch := range n.curve.epochs {
		want[int(epoch)] = n.curve.losses[i]
	}
	for epoch, got := range printed(t, n.source()) {
		if math.Abs(got-want[epoch]) > 1e-5*want[epoch] {
			t.Errorf("epoch %d: the program prints %v, the page %v", epoch, got, want[epoch])
		}
		delete(want, epoch)
	}
	if len(want) > 0 {
		t.Errorf("the program leaves out %v", want)
	}
}

// The command of any network but that of examples/moons writes this program into a folder of the
// checkout, and runs it.
func TestCommandWritesProgram(t *testing.T) {
	s := moonsSettings
	s.N, s.Act, s.Stop = "20", "tanh", "3"
	n := start(t, s)
	n.run(epochs(3))
	const folder = "_mynetwork" // which the go command overlooks where it is not named
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	command := strings.ReplaceAll(n.command(), "mynetwork", folder)
	out, err := exec.Command("sh", "-c", command).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if want := fmt.Sprintf("epoch 3: loss %.6g\n", n.evaluate()); !strings.HasSuffix(string(out), want) {
		t.Errorf("the command prints\n%s, want %s at its end", out, want)
	}
}

// printed runs a program and returns the losses that it prints, by epoch.
func printed(t *testing.T, source string) map[int]float64 {
	t.Helper()
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, out, source)
	}
	losses := map[int]float64{}
	for line := range strings.Lines(string(out)) {
		epoch, loss, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "epoch "), ": loss ")
		n, err := strconv.Atoi(epoch)
		if err != nil {
			t.Fatal(err)
		}
		if losses[n], err = strconv.ParseFloat(loss, 64); err != nil {
			t.Fatal(err)
		}
	}
	return losses
}
