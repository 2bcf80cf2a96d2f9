package torch_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchrun"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

func TestTorchFiles(t *testing.T) {
	p, _, _ := line()
	folder := t.TempDir()
	for file, want := range map[string]string{
		"m.txt":    `torch: Write: m.txt: the ending is ".txt", want .py`,
		"a-b.py":   `torch: Write: "a-b" cannot be the name of a module of Python, want letters, `,
		"class.py": `torch: Write: "class" cannot be the name of a module of Python, want letters, `,
		".py":      `torch: Write: "." cannot be the name of a module of Python, want letters, `,
		"no/m.py":  "torch: Write: open no/m.py: no such file or directory",
	} {
		if err := torch.Write(file, p); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s…", file, err, want)
		}
	}
	if err := torch.WriteParams(filepath.Join(folder, "m.pt"), p); err == nil ||
		!strings.HasSuffix(err.Error(), `m.pt: the ending is ".pt", want .npz or .safetensors`) {
		t.Errorf("error %v, want one about the ending", err)
	}
	w := gradus.New(1).As("w")
	other, err := replay.Record(w.Mul(gradus.New(2).As("v")).Exp())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"line.npz", "line.safetensors"} {
		file := filepath.Join(folder, name)
		if err := torch.WriteParams(file, p); err != nil {
			t.Fatal(err)
		}
		want := "torch: ReadParams: " + file + ": array v: there is none with this name"
		if err := torch.ReadParams(file, other); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
		if data := other.Numbers(); data[other.Index(w)] != 1 {
			t.Errorf("%s: Data was changed to %v", name, data)
		}
	}
}

// What NumPy writes, ReadParams reads: compressed, with 32 bits, with columns first, and with other
// arrays.
func TestReadParamsOfNumPy(t *testing.T) {
	m := network()
	folder := t.TempDir()
	p, _ := m.Record(t)
	if err := torch.Write(filepath.Join(folder, "net.py"), p); err != nil {
		t.Fatal(err)
	}
	if err := torch.WriteParams(filepath.Join(folder, "net.safetensors"), p); err != nil {
		t.Fatal(err)
	}
	torchrun.Run(t, nil, "-c", `
import json, os, sys, numpy
os.chdir(sys.argv[1])
with numpy.load("net.npz") as arrays:
    a = dict(arrays)
numpy.savez_compressed("compressed.npz", more=numpy.array(["text"]), **a)
numpy.savez("columns.npz", **{n: numpy.asfortranarray(x) for n, x in a.items()})
numpy.savez("short.npz", **{n: x.astype("f4") for n, x in a.items()})
with open("net.safetensors", "rb") as f:
    header = json.loads(f.read(int.from_bytes(f.read(8), "little")))
    data = f.read()
for name, x in a.items():
    begin, end = header[name]["data_offsets"]
    y = numpy.frombuffer(data[begin:end], "<f8").reshape(header[name]["shape"])
    if x.tobytes() != y.tobytes() or x.shape != y.shape:
        sys.exit(f"{name} is {y}, want {x}")
`, folder)
	for _, name := range []string{"compressed.npz", "columns.npz", "short.npz"} {
		for i, got := range m.Read(t, filepath.Join(folder, name)) {
			want := m.Params[i]
			if name == "short.npz" {
				want = float64(float32(want))
			}
			if got != want {
				t.Errorf("%s: parameter %d is %v, want %v", name, i, got, want)
			}
		}
	}
	if err := os.Remove(filepath.Join(folder, "net.npz")); err != nil {
		t.Error(err)
	}
}

// The script trains with a .npz file of samples, shuffled, by Adam and AdamW, as package optim does. A
// batch has all samples, so that their order makes no difference.
func TestTrain(t *testing.T) {
	folder := t.TempDir()
	p, _ := tutorial.Record(t)
	if err := torch.Write(filepath.Join(folder, "tutorial.py"), p); err != nil {
		t.Fatal(err)
	}
	torchrun.Run(t, nil, "-c", `import sys, numpy
numpy.savez(sys.argv[1], inputs=numpy.array([[1, 0], [-0.5, 2], [3, 0.25]], "f4"))
`, filepath.Join(folder, "samples.npz"))
	for name, adam := range map[string]*optim.Adam{
		"adam": optim.NewAdam(optim.Constant(0.25)), "adamw": optim.NewAdamW(optim.Constant(0.25)),
	} {
		file := filepath.Join(folder, name+".npz")
		out := torchrun.Run(t, nil, filepath.Join(folder, "tutorial_train.py"),
			filepath.Join(folder, "samples.npz"),
			"-epochs", "4", "-rate", "0.25", "-optimizer", name, "-shuffle", "7", "-save", file)
		p, params := tutorial.Record(t)
		batch := p.Batch(3, 1)
		var losses []float64
		for range 4 {
			each := batch.GradMean(slices.Concat(tutorial.Inputs...))
			losses = append(losses, (each[0]+each[1]+each[2])/3)
			adam.Step(p.Numbers(), p.Gradient())
		}
		for i, line := range strings.Split(strings.TrimSpace(out), "\n") {
			loss, err := strconv.ParseFloat(line[len("epoch 1: loss "):], 64)
			if err != nil || !torchrun.IsClose(loss, losses[i]) {
				t.Errorf("%s: the script prints %q, want the loss %v", name, line, losses[i])
			}
		}
		for i, got := range tutorial.Read(t, file) {
			if want := p.Data(params[i]); !torchrun.IsClose(got, want) {
				t.Errorf("%s: %s is %v, want %v", name, tutorial.Labels[i], got, want)
			}
		}
	}
}
