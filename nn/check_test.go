package nn_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// Each row breaks a 3-2-1 network in one place.
func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(m *nn.MLP)
		want   string
	}{
		{"no layers", func(m *nn.MLP) { m.Layers = nil }, "the MLP has no layers, want one or more"},
		{"a nil layer", func(m *nn.MLP) { m.Layers[1] = nil }, "layer2 is nil, want a Layer"},
		{
			"no neurons", func(m *nn.MLP) { m.Layers[0].Neurons = nil },
			"layer1 has no neurons, want one or more",
		},
		{
			"a nil neuron", func(m *nn.MLP) { m.Layers[0].Neurons[1] = nil },
			"layer1.neuron2 is nil, want a Neuron",
		},
		{
			"no weights", func(m *nn.MLP) { m.Layers[1].Neurons[0].W = nil },
			"layer2.neuron1 has no weights, want one for each input",
		},
		{
			"a nil weight", func(m *nn.MLP) { m.Layers[0].Neurons[1].W[2] = nil },
			"layer1.neuron2.w3 is nil, want a Value",
		},
		{
			"a weight too few", func(m *nn.MLP) { m.Layers[0].Neurons[1].W = m.Layers[0].Neurons[1].W[:2] },
			"layer1.neuron2 has len(W) = 2, want 3, one weight for each input",
		},
		{
			"a neuron too few", func(m *nn.MLP) { m.Layers[0].Neurons = m.Layers[0].Neurons[:1] },
			"layer2.neuron1 has len(W) = 2, want 1, one weight for each input",
		},
	} {
		m := nn.NewMLP(newRand(), 3, nn.Stack(nn.Dense{}, 2, 1)...)
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		tt.broken(m)
		want := "nn: " + tt.want
		if err := m.Check(); fmt.Sprint(err) != want {
			t.Errorf("%s: Check returns %v, want %s", tt.name, err, want)
		}
		equal(t, tt.name+": String", m.String(), want)
		x := gradus.Values([]float64{1, 2, 3})
		panics(t, want, func() { m.Forward(x...) })
		panics(t, want, func() { m.Trace(x...) })
	}
	m := nn.NewMLP(newRand(), 3, nn.Dense{Units: 2, NoBias: true})
	equal(t, "without biases", m.Check(), nil)
}

// What is nil is found where it is given, and not by the operation that it would be an operand of.
func TestNil(t *testing.T) {
	one, two := gradus.New(1), []*gradus.Value{gradus.New(1), nil}
	m := nn.NewMLP(newRand(), 2, nn.Dense{Units: 1})
	l := m.Layers[0]
	panics(t, "nn: MLP: input 2 is nil, want a Value", func() { m.Forward(two...) })
	panics(t, "nn: Layer.Forward: input 2 is nil, want a Value", func() { l.Forward(two...) })
	panics(t, "nn: Neuron.Sum: input 2 is nil, want a Value", func() { l.Neurons[0].Sum(two...) })
	for name, loss := range losses {
		name, _, _ = strings.Cut(name, "(")
		values := []*gradus.Value{one, one}
		panics(t, "nn: "+name+": output 2 is nil, want a Value", func() { loss(two, values) })
		panics(t, "nn: "+name+": target 2 is nil, want a Value", func() { loss(values, two) })
	}

	l.Activation = nn.NewActivation("none", func(*gradus.Value) *gradus.Value { return nil })
	const none = `nn: the function of the activation "none" returned nil, want a Value`
	panics(t, none, func() { m.Forward(one, one) })
	panics(t, none, func() { l.Activation.Slope(1) })

	const rng = " rng is nil, want one, such as rand.New(rand.NewPCG(1, 0))"
	for name, init := range map[string]nn.Init{
		"Uniform": nn.Uniform(0, 1), "Normal": nn.Normal(0, 1), "Xavier": nn.Xavier, "He": nn.He,
		"XavierNormal": nn.XavierNormal, "HeUniform": nn.HeUniform, "LeCun": nn.LeCun,
	} {
		panics(t, "nn: "+name+":"+rng, func() { nn.NewLayer(nil, 2, nn.Dense{Units: 1, Init: init}) })
	}
	panics(t, "nn: Xavier:"+rng, func() { nn.NewMLP(nil, 2, nn.Dense{Units: 1}) })
}
