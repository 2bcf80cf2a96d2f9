//go:build !js

package network

import (
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
