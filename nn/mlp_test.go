package nn_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/show"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// tutorialA is the network that the tutorial differentiates by hand, from literals.
func tutorialA() *nn.MLP {
	neuron := func(w float64) *nn.Neuron {
		return &nn.Neuron{W: gradus.Values([]float64{w}), B: gradus.New(0)}
	}
	return &nn.MLP{Layers: []*nn.Layer{
		{Activation: nn.Sigmoid, Neurons: []*nn.Neuron{neuron(0.5)}},
		{Neurons: []*nn.Neuron{neuron(-1)}},
	}}
}

// The numbers are the tutorial's, in double precision.
func TestTutorialA(t *testing.T) {
	net := tutorialA()
	y := net.Forward(gradus.New(1))
	loss := nn.HalfSquaredError(y, gradus.Values([]float64{0}))
	loss.Backward()
	p := net.Params()
	for _, tt := range []struct {
		what      string
		got, want float64
	}{
		{"L", loss.Data, 0.19372780950013005},
		{"dL/dW1", p[0].Grad, 0.14628025352695762},
		{"dL/db1", p[1].Grad, 0.14628025352695762},
		{"dL/dW2", p[2].Grad, -0.3874556190002601},
		{"dL/db2", p[3].Grad, -0.6224593312018546},
	} {
		// The exponential is a unit off on some machines, and each product half a one.
		if math.Abs(tt.got-tt.want) > 2*0x1p-52 {
			t.Errorf("%s = %v, want %v", tt.what, tt.got, tt.want)
		}
	}
}

func TestNewMLP(t *testing.T) {
	m := nn.NewMLP(newRand(), 2,
		nn.Dense{Units: 2, Activation: nn.Tanh},
		nn.Dense{Units: 1, NoBias: true, Activation: nn.Sigmoid},
		nn.Dense{Units: 2})
	params := m.Params()
	equal(t, "names", names(params), []string{
		"layer1.neuron1.w1", "layer1.neuron1.w2", "layer1.neuron1.b",
		"layer1.neuron2.w1", "layer1.neuron2.w2", "layer1.neuron2.b",
		"layer2.neuron1.w1", "layer2.neuron1.w2",
		"layer3.neuron1.w1", "layer3.neuron1.b",
		"layer3.neuron2.w1", "layer3.neuron2.b",
	})
	contiguous(t, func() []*gradus.Value {
		return nn.NewMLP(newRand(), 2, nn.Stack(nn.Dense{}, 3, 4, 5)...).Params()
	})
	equal(t, "inputs", m.Inputs(), 2)
	equal(t, "outputs", m.Outputs(), 2)
	equal(t, "string", m.String(), "2-2-1-2, tanh, sigmoid, identity")

	// Each parameter is the one that its name says, and the activation is applied to the sum.
	for i, p := range params {
		p.Data = float64(i + 1)
	}
	x := []float64{0.1, -0.2}
	h1, h2 := math.Tanh(1*x[0]+2*x[1]+3), math.Tanh(4*x[0]+5*x[1]+6)
	s := 1 / (1 + math.Exp(-(7*h1 + 8*h2)))
	for i, want := range []float64{9*s + 10, 11*s + 12} {
		if got := m.Forward(gradus.Values(x)...)[i].Data; !near(got, want, 4, want) {
			t.Errorf("output %d is %v, want %v", i+1, got, want)
		}
	}
}

// Numbers are drawn in the order of the parameters, the same for the same seed.
func TestDrawOrder(t *testing.T) {
	uniform := nn.Dense{Init: nn.Uniform(0, 1), BiasInit: nn.Uniform(0, 1)}
	m := nn.NewMLP(newRand(), 3, nn.Stack(uniform, 4, 2)...)
	rng := newRand()
	for _, p := range m.Params() {
		equal(t, p.Name(), p.Data, rng.Float64())
	}
	again := nn.NewMLP(newRand(), 3, nn.Stack(uniform, 4, 2)...)
	equal(t, "the same seed", data(again.Params()), data(m.Params()))
}

// Any depth and width: 1,000 layers in a row, a layer of 1,000 neurons.
func TestDepthAndWidth(t *testing.T) {
	one := nn.Dense{Init: nn.Constant(1), BiasInit: nn.Constant(1)}
	deep := nn.NewMLP(nil, 1, nn.Stack(one, slices.Repeat([]int{1}, 1000)...)...)
	equal(t, "1,000 layers", deep.Forward(gradus.New(7))[0].Data, 1007.0)
	wide := nn.NewMLP(nil, 2, nn.Stack(one, 1000, 1)...)
	equal(t, "1,000 neurons", wide.Forward(gradus.New(2), gradus.New(3))[0].Data, 6001.0)
	equal(t, "1,000 neurons", wide.String(), "2-1000-1, identity, identity")
	equal(t, "no layers", (&nn.MLP{}).String(), "nn: the MLP has no layers, want one or more")
}

func TestStack(t *testing.T) {
	layers := nn.Stack(nn.Dense{Units: 7, Activation: nn.ReLU, NoBias: true}, 5, 6)
	equal(t, "layers", len(layers), 2)
	for i, d := range layers {
		equal(t, "units", d.Units, 5+i)
		equal(t, "activation", d.Activation.Name(), "ReLU")
		equal(t, "no bias", d.NoBias, true)
	}
	equal(t, "none", len(nn.Stack(nn.Dense{})), 0)
}

func TestTrace(t *testing.T) {
	m := nn.NewMLP(newRand(), 2, nn.Dense{Units: 2, Activation: nn.Tanh}, nn.Dense{Units: 1})
	x := gradus.Values([]float64{0.5, -1})
	layers := m.Trace(x...)
	equal(t, "layers", len(layers), 2)
	equal(t, "z", names(layers[0].Z), []string{"layer1.neuron1.z", "layer1.neuron2.z"})
	equal(t, "a", names(layers[0].A), []string{"layer1.neuron1.a", "layer1.neuron2.a"})
	equal(t, "z without an activation", names(layers[1].A), []string{"layer2.neuron1.z"})
	for i, z := range layers[0].Z {
		equal(t, "z", z.Data, m.Layers[0].Neurons[i].Sum(x...).Data)
		equal(t, "a", layers[0].A[i].Data, z.Tanh().Data)
	}
	if layers[1].A[0] != layers[1].Z[0] {
		t.Error("without an activation z and a are two Values, want one")
	}
	equal(t, "outputs", data(layers[1].A), data(m.Forward(x...)))
	equal(t, "Forward names nothing", names(m.Forward(x...)), []string{""})
}

// Every name is in the drawing, those of the parameters and those of Trace. In a report of package show
// they are written as in books, which ties the names of this package to the rule of that one.
func TestNamesAreDrawn(t *testing.T) {
	m := nn.NewMLP(newRand(), 3, nn.Dense{Units: 2, Activation: nn.Tanh}, nn.Dense{Units: 1})
	layers := m.Trace(gradus.Values([]float64{1, 2, 3})...)
	root := layers[1].A[0]
	drawing := show.DOT(root, show.FoldNothing)
	all := append(names(m.Params()), "layer1.neuron2.z", "layer1.neuron2.a", "layer2.neuron1.z")
	for _, name := range all {
		if n := strings.Count(drawing, name); n == 0 {
			t.Errorf("%s is not in the drawing", name)
		}
	}
	root.Backward()
	if trace := show.Trace(root); !strings.Contains(trace, "w⁽¹⁾₂₃") || strings.Contains(trace, "neuron") {
		t.Errorf("layer1.neuron2.w3 is not w⁽¹⁾₂₃ in the report\n%s", trace)
	}
}

func TestMLPPanics(t *testing.T) {
	m := nn.NewMLP(newRand(), 3, nn.Dense{Units: 2})
	x := gradus.Values([]float64{1, 2, 3, 4})
	panics(t, "nn: MLP: got 4 inputs, want 3", func() { m.Forward(x...) })
	panics(t, "nn: MLP: got 0 inputs, want 3", func() { m.Trace() })
	m.Layers = append(m.Layers, nn.NewLayer(newRand(), 3, nn.Dense{Units: 1}))
	panics(t, "nn: layer2.neuron1 has len(W) = 3, want 2, one weight for each input",
		func() { m.Forward(x[:3]...) })

	empty := &nn.MLP{}
	panics(t, "nn: the MLP has no layers, want one or more", func() { empty.Forward() })
	panics(t, "nn: MLP.Inputs: the MLP has no layers, want one or more", func() { empty.Inputs() })
	panics(t, "nn: MLP.Outputs: the MLP has no last layer, want one", func() { empty.Outputs() })
	panics(t, "nn: NewMLP: got no layers, want one or more", func() { nn.NewMLP(newRand(), 2) })
	hollow := &nn.MLP{Layers: []*nn.Layer{{}}}
	panics(t, "nn: Layer.Inputs: the Layer has no first neuron, want one", func() { hollow.Inputs() })

	const want = "nn: NewMLP: got a layer of %d inputs and %d units, want at least 1 of each"
	one, none := nn.Dense{Units: 1}, nn.Dense{Units: 0}
	panics(t, fmt.Sprintf(want, 0, 1), func() { nn.NewMLP(newRand(), 0, one) })
	panics(t, fmt.Sprintf(want, 1, 0), func() { nn.NewMLP(newRand(), 1, one, none) })
}

// A Value that layers or neurons share is one parameter.
func TestTiedParams(t *testing.T) {
	w, b := gradus.New(0.5), gradus.New(1)
	neuron := &nn.Neuron{W: []*gradus.Value{w, w}, B: b}
	layer := &nn.Layer{Neurons: []*nn.Neuron{neuron, {W: []*gradus.Value{b, w}}}}
	m := &nn.MLP{Layers: []*nn.Layer{layer, layer}}
	want := []*gradus.Value{w, b}
	for name, got := range map[string][]*gradus.Value{
		"neuron": neuron.Params(), "layer": layer.Params(), "network": m.Params(),
	} {
		if !slices.Equal(got, want) {
			t.Errorf("%s: the parameters are %v, want each once: %v", name, got, want)
		}
	}
	if neuron.W[1] != w {
		t.Error("Params has changed the neuron")
	}
	err := m.Save(filepath.Join(t.TempDir(), "net.json"))
	want1 := "layer1.neuron1.w2 is the same Value as layer1.neuron1.w1, want one for each place: a file keeps " +
		"numbers, and two parameters would be loaded; SaveParams saves them as one"
	if err == nil || !strings.HasSuffix(err.Error(), want1) {
		t.Errorf("Save: error %v, want %q", err, want1)
	}
}
