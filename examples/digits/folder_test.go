package main

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// writeIDX writes a file in MNIST's format.
func writeIDX(t *testing.T, file string, data []byte, shape ...uint32) {
	t.Helper()
	b := []byte{0, 0, 8, byte(len(shape))}
	for _, n := range shape {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	if err := os.WriteFile(file, append(b, data...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeBars writes noisy images of 5×4 pixels in three classes: a bar on the left, in the middle or
// on the right.
func writeBars(t *testing.T, folder, name string, n int, seed uint64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 0))
	var pixels, labels []byte
	for i := range n {
		labels = append(labels, byte(i%3))
		for k := range 20 {
			p := rng.IntN(60)
			if k%4 == i%3 {
				p += 190
			}
			pixels = append(pixels, byte(p))
		}
	}
	writeIDX(t, filepath.Join(folder, name+"-images-idx3-ubyte"), pixels, uint32(n), 5, 4)
	writeIDX(t, filepath.Join(folder, name+"-labels-idx1-ubyte"), labels, uint32(n))
}

// The size of the images and the number of classes are those of the files, and everything works as
// with the embedded images.
func TestFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("bars", 0o755); err != nil {
		t.Fatal(err)
	}
	writeBars(t, "bars", "train", 60, 1)
	writeBars(t, "bars", "t10k", 33, 2)
	out := digits(t.Context()).Output(t, "-data bars -hidden 6 -epochs 20 -out p -save n.json -export s.json")
	for _, want := range []string{
		"== bars\nimages:   5×4 pixels in 3 classes, 60 to train with and 33 held out\n",
		"network:  20-6-3, ReLU, identity, 147 parameters, ",
		"\nclass  0  1  2  precision   recall\n    0 11  ·  ·    100.0 %  100.0 %\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if !strings.HasPrefix(golden.LastLine(out), "held-out accuracy: 100.00 %, 33 of 33 images; ") {
		t.Errorf("the last line is %q, want all bars told apart", golden.LastLine(out))
	}
	if strings.Contains(out, "mistakes") {
		t.Errorf("there are no mistakes, but the program reports some:\n%s", out)
	}
	if err := golden.Pictures("p", out, 6); err != nil {
		t.Error(err)
	}
	checkSaved(t, "n.json", "-data bars ", out)
	e := readExport(t, "s.json")
	if e.Data != "bars" || len(e.Steps) != 80 {
		t.Errorf("data %q, %d steps, want bars and 80", e.Data, len(e.Steps))
	}
	draw(t, "bar.png", []float64{0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 2, true)
	out = digits(t.Context()).Output(t, "-data bars -load n.json -predict bar.png")
	if rows := probability.FindAllString(out, -1); len(rows) != 3 {
		t.Errorf("%d probabilities, want 3:\n%s", len(rows), out)
	}
}

// If there are more than ten classes, the ten most probable ones are printed.
func TestManyClasses(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"train", "t10k"} {
		var pixels, labels []byte
		for i := range byte(24) {
			labels = append(labels, i%12)
			pixels = append(pixels, 10*i, 255, 20*(i%12), 0)
		}
		writeIDX(t, name+"-images-idx3-ubyte", pixels, 24, 2, 2)
		writeIDX(t, name+"-labels-idx1-ubyte", labels, 24)
	}
	draw(t, "digit.png", []float64{1, 1, 1, 0}, 2, true)
	out := digits(t.Context()).Output(t, "-data . -hidden 2 -epochs 1 -out p -predict digit.png")
	if rows := probability.FindAllString(out, -1); len(rows) != 10 {
		t.Errorf("%d probabilities, want 10:\n%s", len(rows), out)
	}
	if !strings.Contains(out, " in 12 classes, ") || !strings.Contains(out, " 8  9 10 11  precision") {
		t.Errorf("want 12 classes in:\n%s", out)
	}
}
