package nn

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/sealed"
)

// reload demands that a network which was loaded saves, and loads again as an equal one.
func reload(t *testing.T, m *MLP, own ...Activation) {
	t.Helper()
	text, err := m.text(largestFile)
	if err != nil {
		t.Fatalf("what was loaded does not save: %v", err)
	}
	again, err := read(bytes.NewReader(text), largestFile, own)
	if err != nil {
		t.Fatalf("what was saved does not load: %v\n%s", err, text)
	}
	if diff := sameNetwork(m, again); diff != "" {
		t.Fatalf("what was saved is another network (-want +got):\n%s", diff)
	}
}

// No text makes Load panic, and what loads saves again. The checksum keeps most edits out, so
// each is tried with a right one as well.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(smallText))
	for _, m := range []*MLP{
		NewMLP(nil, 1, Dense{Units: 1, Init: Constant(math.Copysign(0, -1)), NoBias: true}),
		NewMLP(nil, 1, Stack(Dense{Init: Constant(5e-324), Activation: ScaledSigmoid(-1e21)}, 1, 2)...),
	} {
		text, err := m.text(largestFile)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"format":"gradus mlp","version":1,"layers":[{"neurons":[{}]}]}`))
	own := []Activation{own("square")}
	f.Fuzz(func(t *testing.T, text []byte) {
		if m, err := read(bytes.NewReader(text), largestFile, own); err == nil {
			reload(t, m, own...)
		}
		var parsed file
		if json.Unmarshal(text, &parsed) != nil {
			return
		}
		parsed.Head = networkHead
		text, err := sealed.Seal(parsed)
		if err != nil {
			t.Fatalf("the numbers of a file cannot be written: %v", err)
		}
		if m, err := read(bytes.NewReader(text), largestFile, own); err == nil {
			reload(t, m, own...)
		}
	})
}

// Any finite numbers come back to the bit, others are an error.
func FuzzSave(f *testing.F) {
	f.Add(uint64(0), math.Float64bits(0.1), "square", 0.01)
	f.Add(uint64(1), math.Float64bits(math.NaN()), `"}<\u2028`, -1e300)
	f.Add(uint64(1)<<63, uint64(0x7fefffffffffffff), "s", math.Copysign(0, -1))
	f.Fuzz(func(t *testing.T, w, b uint64, name string, c float64) {
		weight, bias := math.Float64frombits(w), math.Float64frombits(b)
		m := &MLP{Layers: []*Layer{{Neurons: []*Neuron{
			{W: gradus.Values([]float64{weight}), B: gradus.New(bias)},
		}}}}
		(&Neuron{W: m.Layers[0].Neurons[0].W, B: m.Layers[0].Neurons[0].B}).name("layer1.neuron1")
		var custom []Activation
		if a, ok := tryActivation(name); ok {
			custom, m.Layers[0].Activation = []Activation{a}, a
		} else if finite.All(c) {
			m.Layers[0].Activation = ScaledSigmoid(c)
		}
		if finite.All(weight, bias) {
			reload(t, m, custom...)
		} else if _, err := m.text(largestFile); err == nil {
			t.Errorf("%v, %v are saved, want an error", weight, bias)
		}
	})
}

// tryActivation returns an activation of this name, if NewActivation accepts it.
func tryActivation(name string) (a Activation, ok bool) {
	defer func() { ok = recover() == nil }()
	return own(name), true
}
