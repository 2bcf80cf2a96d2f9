package nn

import (
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
)

// Literal networks are saved by place, whatever their Values are called, and a Layer may have
// neurons with and without a bias.
func TestSaveLiteral(t *testing.T) {
	m := &MLP{Layers: []*Layer{{Neurons: []*Neuron{
		{W: gradus.Values([]float64{1, 2}), B: gradus.New(3).As("b")},
		{W: []*gradus.Value{gradus.New(4).As("w"), gradus.New(5)}},
	}}}}
	name, _ := saved(t, m)
	got, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, p := range got.Params() {
		names = append(names, p.Name())
		if want := float64(i + 1); p.Data != want {
			t.Errorf("%v, want %v", p, want)
		}
	}
	want := []string{
		"layer1.neuron1.w1", "layer1.neuron1.w2", "layer1.neuron1.b",
		"layer1.neuron2.w1", "layer1.neuron2.w2",
	}
	if !slices.Equal(names, want) {
		t.Errorf("the names are %v, want %v", names, want)
	}
}
