package nn

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/sealed"
)

// small returns a network with two activations, with and without biases.
func small() *MLP {
	m := NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		Dense{Units: 2, Activation: Tanh}, Dense{Units: 1, NoBias: true, Activation: LeakyReLU(0.25)})
	set(m, 0.1, -0.2, 0.5, 1.5, 1e-300, -3, 0.25, 7)
	return m
}

func set(m *MLP, numbers ...float64) {
	for i, p := range m.Params() {
		p.Data = numbers[i]
	}
}

// saved returns what is in the file, and fails if the network is not saved.
func saved(t *testing.T, m *MLP) (name string, text []byte) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "net.json")
	if err := m.Save(name); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, text
}

// sameNetwork returns how the networks differ, to the bit, or "".
func sameNetwork(want, got *MLP) string {
	describe := func(m *MLP) (lines []string) {
		lines = append(lines, m.String())
		for _, l := range m.Layers {
			for _, n := range l.Neurons {
				lines = append(lines, fmt.Sprintf("%d weights, bias %t", len(n.W), n.B != nil))
			}
		}
		for _, p := range m.Params() {
			lines = append(lines, fmt.Sprintf("%x %s", math.Float64bits(p.Data), p.Name()))
		}
		return lines
	}
	return cmp.Diff(describe(want), describe(got))
}

const smallText = `{
 "format": "gradus mlp",
 "version": 1,
 "architecture": [
  2,
  2,
  1
 ],
 "layers": [
  {
   "activation": "tanh",
   "neurons": [
    {
     "name": "layer1.neuron1",
     "weights": [
      0.1,
      -0.2
     ],
     "bias": 0.5
    },
    {
     "name": "layer1.neuron2",
     "weights": [
      1.5,
      1e-300
     ],
     "bias": -3
    }
   ]
  },
  {
   "activation": "leakyReLU(0.25)",
   "neurons": [
    {
     "name": "layer2.neuron1",
     "weights": [
      0.25,
      7
     ],
     "bias": null
    }
   ]
  }
 ],
 "sha256": "00dd35e3d026f73224c4fad5cf11e1c6eeed2efcdfc5df09cd05bdb369d37991"
}`

// The format is fixed: a file of version 1 looks like this, and loads for ever.
func TestFormat(t *testing.T) {
	if _, text := saved(t, small()); string(text) != smallText {
		t.Errorf("the format has changed (-want +got):\n%s", cmp.Diff(smallText, string(text)))
	}
	m, err := read(strings.NewReader(smallText), largestFile, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := sameNetwork(small(), m); diff != "" {
		t.Errorf("the network has changed (-want +got):\n%s", diff)
	}
}

// Numbers come back to the bit.
func TestRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	numbers := []float64{
		0, math.Copysign(0, -1), 1, -1, 0.1, -0.3, 1. / 3, math.Pi, 1e21, 1e-7, 123456789012345680,
		math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64,
		0x1p-1022, 0x1p-1022 - 0x1p-1074, 0x1.fffffffffffffp-1, 1 + 0x1p-52, 1 << 53,
	}
	for len(numbers) < 300 {
		if x := math.Float64frombits(rng.Uint64()); finite.All(x) {
			numbers = append(numbers, x)
		}
	}
	m := NewMLP(rng, 29, Dense{Units: 10, Activation: ScaledSigmoid(-1.0 / 3)})
	set(m, numbers...)
	name, _ := saved(t, m)
	got, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := sameNetwork(m, got); diff != "" {
		t.Errorf("the network is not the same (-want +got):\n%s", diff)
	}
}

// What Save refuses, and says of it. The file and the folder stay as they were.
func TestSaveErrors(t *testing.T) {
	broken := func(edit func(m *MLP)) *MLP {
		m := small()
		edit(m)
		return m
	}
	value := func(i int, x float64) *MLP { return broken(func(m *MLP) { m.Params()[i].Data = x }) }
	for _, tt := range []struct {
		name string
		net  *MLP
		want string
	}{
		{"NaN weight", value(1, math.NaN()), "layer1.neuron1.w2 is NaN, want a finite number"},
		{"NaN bias", value(5, math.NaN()), "layer1.neuron2.b is NaN, want a finite number"},
		{"+Inf weight", value(6, math.Inf(1)), "layer2.neuron1.w1 is +Inf, want a finite number"},
		{"-Inf bias", value(2, math.Inf(-1)), "layer1.neuron1.b is -Inf, want a finite number"},
		{"no layers", &MLP{}, "the MLP has no layers, want one or more"},
		{"no neurons", &MLP{Layers: []*Layer{{}}}, "layer1 has no neurons, want one or more"},
		{"nil", nil, "the MLP is nil, want a network"},
		{
			"no weights", broken(func(m *MLP) { m.Layers[0].Neurons[0].W = nil }),
			"layer1.neuron1 has no weights, want one for each input",
		},
		{
			"an empty last layer", broken(func(m *MLP) { m.Layers[1].Neurons = nil }),
			"layer2 has no neurons, want one or more",
		},
		{"a weight too many", broken(func(m *MLP) {
			m.Layers[1].Neurons[0].W = append(m.Layers[1].Neurons[0].W, gradus.New(1))
		}), "layer2.neuron1 has len(W) = 3, want 2, one weight for each input"},
		{
			"a neuron too few", broken(func(m *MLP) { m.Layers[0].Neurons = m.Layers[0].Neurons[:1] }),
			"layer2.neuron1 has len(W) = 2, want 1, one weight for each input",
		},
	} {
		name, old := saved(t, small())
		err := tt.net.Save(name)
		if want := "nn: Save: " + name + ": " + tt.want; err == nil || err.Error() != want {
			t.Errorf("%s: the error is %v, want %s", tt.name, err, want)
		}
		onlyFile(t, name, old)
	}
}

// onlyFile demands that there is the file, with this text, and nothing else in its folder.
func onlyFile(t *testing.T, name string, want []byte) {
	t.Helper()
	if text, err := os.ReadFile(name); err != nil || !bytes.Equal(text, want) {
		t.Errorf("the file holds %q, error %v, want %q", text, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("in the folder is %v, error %v, want the file", entries, err)
	}
}

// An existing file is replaced as a whole, also by a shorter one.
func TestSaveReplaces(t *testing.T) {
	name, _ := saved(t, NewMLP(rand.New(rand.NewPCG(1, 0)), 9, Dense{Units: 9}))
	if err := small().Save(name); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, name, []byte(smallText))
}

// Where the file cannot be written, nothing is left behind.
func TestSaveLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	taken := filepath.Join(folder, "net.json")
	if err := os.MkdirAll(filepath.Join(taken, "a folder that is not empty"), 0o777); err != nil {
		t.Fatal(err)
	}
	err := small().Save(taken)
	if err == nil || !strings.HasPrefix(err.Error(), "nn: Save: "+taken+": open ") {
		t.Errorf("the error is %v, want one of the opening", err)
	}
	err = small().Save(filepath.Join(folder, "none", "net.json"))
	if err == nil || !strings.Contains(err.Error(), "net.json: open ") {
		t.Errorf("the error is %v, want one of the opening", err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 || !entries[0].IsDir() {
		t.Errorf("in the folder is %v, error %v, want what was there", entries, err)
	}
}

// Save writes no file that Load would not read.
func TestSaveTooLarge(t *testing.T) {
	if text, err := small().text(len(smallText)); string(text) != smallText || err != nil {
		t.Errorf("%d bytes, error %v, want all", len(text), err)
	}
	_, err := small().text(len(smallText) - 1)
	if want := "the file would have 620 bytes, want at most 619"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// A name that Load would not read is not saved.
func TestSaveLongName(t *testing.T) {
	for n, want := range map[int]string{
		sealed.LongestWord - 10: "<nil>",
		sealed.LongestWord + 10: "there is a word of more than 65536 bytes, want a name or a number",
	} {
		phi := own(strings.Repeat("a", n))
		text, err := NewMLP(nil, 1, Dense{Units: 1, Activation: phi, Init: Constant(1)}).text(largestFile)
		if fmt.Sprint(err) != want {
			t.Errorf("a name of %d bytes: %v, want %s", n, err, want)
		}
		_, loaded := read(bytes.NewReader(text), largestFile, []Activation{phi})
		if (err == nil) != (loaded == nil) {
			t.Errorf("a name of %d bytes: saving says %v, and loading %v, want the same of both", n, err, loaded)
		}
	}
}
