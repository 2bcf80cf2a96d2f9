package nn_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// A network that was recorded computes what it computes as a graph, and the same gradients,
// for every activation, every loss, and numbers that it was not recorded with. Sums may be added in
// another order: one of 9 terms of the size of 1, as they are here, is off by at most 9 ulps,
// and there are at most 4 on the way to the loss.
func TestReplay(t *testing.T) {
	for _, a := range activations() {
		for _, name := range []string{"SumSquaredErrors", "SoftmaxCrossEntropy"} {
			t.Run(a.Name()+"/"+name, func(t *testing.T) { replayed(t, a, losses[name]) })
		}
	}
	for name, loss := range losses {
		for _, a := range []nn.Activation{nn.Identity, nn.Tanh} {
			t.Run(a.Name()+"/"+name, func(t *testing.T) { replayed(t, a, loss) })
		}
	}
	for name, loss := range wrappers {
		if name != "Focal(1.5, BinaryCrossEntropy)" { // which is of one output
			t.Run(name, func(t *testing.T) { replayed(t, nn.Tanh, loss(2)) })
		}
	}
}

func replayed(t *testing.T, a nn.Activation, loss nn.Loss) {
	t.Helper()
	rng := newRand()
	net := nn.NewMLP(rng, 3, nn.Dense{Units: 8, Activation: a},
		nn.Dense{Units: 6, Activation: a, NoBias: true}, nn.Dense{Units: 2, Activation: a})
	x, target := gradus.Values(make([]float64, 3)), gradus.Values(make([]float64, 2))
	inputs := slices.Concat(x, target)
	y := net.Forward(x...)
	p, err := replay.Recorder{Inputs: inputs, Params: net.Params()}.Record(
		loss(y, target), y[0], y[1])
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		numbers := drawInputs(rng, inputs)
		p.Load()
		p.Forward(numbers...)
		p.Backward()
		y := net.Forward(x...)
		l := loss(y, target)
		l.ZeroGrad()
		l.Backward()
		compare := func(what string, got, want float64) {
			if !near(got, want, 4*9, max(1, want, -want)) {
				t.Errorf("%s is %v replayed, %v as a graph", what, got, want)
			}
		}
		compare("the loss", p.Output(0), l.Data)
		compare("y[0]", p.Output(1), y[0].Data)
		compare("y[1]", p.Output(2), y[1].Data)
		for _, w := range net.Params() {
			compare(w.Name(), p.Grad(w), w.Grad)
			w.Data += 0.1 * rng.NormFloat64() // for the next round
		}
	}
}

func drawInputs(rng *rand.Rand, inputs []*gradus.Value) []float64 {
	for _, v := range inputs {
		v.Data = rng.NormFloat64()
	}
	return data(inputs)
}
