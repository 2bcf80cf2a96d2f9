package nn_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 0)) }

func data(values []*gradus.Value) []float64 {
	x := make([]float64, len(values))
	for i, v := range values {
		x[i] = v.Data
	}
	return x
}

func names(values []*gradus.Value) []string {
	x := make([]string, len(values))
	for i, v := range values {
		x[i] = v.Name()
	}
	return x
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// contiguous demands that Values are made side by side in memory. Made one at a time they would
// be wherever there is room, so it makes a lot of room between others first.
func contiguous(t *testing.T, create func() []*gradus.Value) {
	t.Helper()
	var kept []*gradus.Value
	for range 10_000 {
		kept = append(kept, gradus.New(0))
	}
	for i := 0; i < len(kept); i += 2 {
		kept[i] = nil
	}
	runtime.GC()
	values := create()
	runtime.KeepAlive(kept)
	for i := range values[1:] {
		a, b := uintptr(unsafe.Pointer(values[i])), uintptr(unsafe.Pointer(values[i+1]))
		if b-a != unsafe.Sizeof(gradus.Value{}) {
			t.Errorf("%v and %v are not side by side", values[i], values[i+1])
		}
	}
}

// panics demands that f panics with a message.
func panics(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("the panic is\n%s\nwant\n%s", got, want)
		}
	}()
	f()
}

func TestNeuron(t *testing.T) {
	x := gradus.Values([]float64{1, 10, 100})
	n := &nn.Neuron{W: gradus.Values([]float64{2, 3, 5}), B: gradus.New(0.5)}
	z := n.Sum(x...)
	z.Backward()
	equal(t, "z", z.Data, 532.5)
	for i := range x {
		equal(t, "the gradient of w", n.W[i].Grad, x[i].Data)
		equal(t, "the gradient of x", x[i].Grad, n.W[i].Data)
	}
	equal(t, "the gradient of b", n.B.Grad, 1.0)
	equal(t, "the parameters", data(n.Params()), []float64{2, 3, 5, 0.5})

	n.B = nil
	equal(t, "z without a bias", n.Sum(x...).Data, 532.0)
	equal(t, "the parameters without a bias", data(n.Params()), []float64{2, 3, 5})
}

// Neither a caller who appends to Params nor Params itself writes to the memory behind the weights.
func TestParamsAreCut(t *testing.T) {
	for _, bias := range []*gradus.Value{nil, gradus.New(0)} {
		w := gradus.Values([]float64{2, 3})
		n := &nn.Neuron{W: w[:1], B: bias}
		_ = append(n.Params(), gradus.New(7))
		equal(t, "what is behind the weights", data(w), []float64{2, 3})
	}
	m := nn.NewMLP(newRand(), 1, nn.Stack(nn.Dense{NoBias: true}, 2, 1)...)
	before := names(m.Params())
	for _, l := range m.Layers {
		for _, n := range l.Neurons {
			_ = append(n.W, gradus.New(7))
		}
	}
	equal(t, "names", names(m.Params()), before)
}

func TestNewLayer(t *testing.T) {
	want := newRand()
	l := nn.NewLayer(newRand(), 2, nn.Dense{
		Units: 3, Activation: nn.ReLU, Init: nn.Uniform(0, 1), BiasInit: nn.Normal(0, 1),
	})
	for _, n := range l.Neurons {
		equal(t, "w1", n.W[0].Data, want.Float64())
		equal(t, "w2", n.W[1].Data, want.Float64())
		equal(t, "b", n.B.Data, want.NormFloat64())
	}
	equal(t, "names", names(l.Params()), []string{
		"neuron1.w1", "neuron1.w2", "neuron1.b",
		"neuron2.w1", "neuron2.w2", "neuron2.b",
		"neuron3.w1", "neuron3.w2", "neuron3.b",
	})
	contiguous(t, func() []*gradus.Value {
		return nn.NewLayer(newRand(), 3, nn.Dense{Units: 10}).Params()
	})
	equal(t, "inputs", l.Inputs(), 2)
}

// Without an Init, weights are drawn by Xavier, and biases are 0 and not drawn at all.
func TestDefaultInit(t *testing.T) {
	want := newRand()
	l := nn.NewLayer(newRand(), 2, nn.Dense{Units: 3})
	for _, n := range l.Neurons {
		equal(t, "w1", n.W[0].Data, nn.Xavier(want, 2, 3))
		equal(t, "w2", n.W[1].Data, nn.Xavier(want, 2, 3))
		equal(t, "b", n.B.Data, 0.0)
	}
	equal(t, "activation", l.Activation.Name(), "identity")
}

// An Init is told the numbers of inputs and of neurons, for the bias too.
func TestInitIsToldTheFans(t *testing.T) {
	fans := func(_ *rand.Rand, fanIn, fanOut int) float64 { return float64(100*fanIn + fanOut) }
	m := nn.NewMLP(nil, 4, nn.Stack(nn.Dense{Init: fans, BiasInit: fans}, 3, 2)...)
	for _, p := range m.Layers[0].Params() {
		equal(t, p.Name(), p.Data, 403.0)
	}
	for _, p := range m.Layers[1].Params() {
		equal(t, p.Name(), p.Data, 302.0)
	}
}

func TestLayerForward(t *testing.T) {
	l := &nn.Layer{Activation: nn.ReLU, Neurons: []*nn.Neuron{
		{W: gradus.Values([]float64{1, 2}), B: gradus.New(-10)},
		{W: gradus.Values([]float64{3, 4})},
		{W: gradus.Values([]float64{-5, 1}), B: gradus.New(0.25)},
	}}
	equal(t, "outputs", data(l.Forward(gradus.Values([]float64{1, 6})...)), []float64{3, 27, 1.25})
	equal(t, "outputs", data(l.Forward(gradus.Values([]float64{1, 1})...)), []float64{0, 7, 0})
	equal(t, "parameters", data(l.Params()), []float64{1, 2, -10, 3, 4, -5, 1, 0.25})
}

func TestNeuronAndLayerPanics(t *testing.T) {
	x := gradus.Values([]float64{1, 2})
	n := &nn.Neuron{W: gradus.Values([]float64{1, 2, 3})}
	panics(t, "nn: Neuron.Sum: got 2 inputs, want 3", func() { n.Sum(x...) })
	panics(t, "nn: Neuron.Sum: got 0 inputs, want 3", func() { n.Sum() })

	l := nn.NewLayer(newRand(), 3, nn.Dense{Units: 2})
	panics(t, "nn: Layer.Forward: got 2 inputs, want 3", func() { l.Forward(x...) })
	l.Neurons[1].W = l.Neurons[1].W[:1]
	panics(t, "nn: Layer.neuron2 has len(W) = 1, want 3, one weight for each input",
		func() { l.Forward(x[0], x[0], x[0]) })
	l = &nn.Layer{}
	panics(t, "nn: Layer has no neurons, want one or more", func() { l.Forward(x...) })
	panics(t, "nn: Layer.Inputs: the Layer has no first neuron, want one", func() { l.Inputs() })

	const want = "nn: NewLayer: got a layer of %d inputs and %d units, want at least 1 of each"
	for _, n := range [][2]int{{0, 1}, {-1, 1}, {1, 0}, {1, -1}} {
		panics(t, fmt.Sprintf(want, n[0], n[1]), func() {
			nn.NewLayer(newRand(), n[0], nn.Dense{Units: n[1]})
		})
	}
}
