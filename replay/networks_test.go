package replay_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// newNetwork returns a random network's loss, of one or several samples, with or without the squares of the
// weights, and the leaves that it may be recorded with. The output that is not the loss is nil.
func newNetwork(rng *rand.Rand) *sample {
	activations := []nn.Activation{
		nn.Identity, nn.Sigmoid, nn.Tanh, nn.ReLU, nn.Softplus, nn.ELU, nn.SiLU, nn.GELU, nn.LeakyReLU(0.1),
	}
	losses := []func(y, t []*gradus.Value) *gradus.Value{
		nn.HalfSquaredError, nn.MeanSquaredError, gradus.SoftmaxCrossEntropy, nn.Hinge,
	}
	var layers []nn.Dense
	for range 1 + rng.IntN(3) {
		layers = append(layers, nn.Dense{
			Units: 1 + rng.IntN(6), Activation: activations[rng.IntN(len(activations))], NoBias: rng.IntN(4) == 0,
		})
	}
	m := nn.NewMLP(rng, 1+rng.IntN(6)+rng.IntN(4)/3*16, layers...)
	s, loss := &sample{params: m.Params(), inputGrads: rng.IntN(2) == 0}, losses[rng.IntN(len(losses))]
	var terms []*gradus.Value
	for range 1 + rng.IntN(2)*rng.IntN(4) {
		x, t := leaves(rng, m.Inputs()), leaves(rng, m.Outputs())
		s.inputs = slices.Concat(s.inputs, x, t)
		terms = append(terms, loss(m.Forward(x...), t))
	}
	s.out = gradus.Mean(terms...)
	switch rng.IntN(3) {
	case 0:
		s.out = s.out.Add(gradus.Dot(s.params, s.params).Mul(0.01))
	case 1:
		squares := slices.Clone(s.params)
		for i, w := range squares {
			squares[i] = w.Square()
		}
		s.out = s.out.Add(gradus.Sum(squares...).Mul(0.01))
	}
	return s
}

// direct returns n numbers, a direction: parameters, inputs, constants or, in the cases left, multiples of
// parameters.
func (s *sample) direct(rng *rand.Rand, n int) []*gradus.Value {
	v := leaves(rng, n)
	switch rng.IntN(5) {
	case 0:
		s.params = append(s.params, v...)
	case 1:
		s.inputs = append(s.inputs, v...)
	case 2: // constants
	default:
		s.params = append(s.params, v...)
		for i, w := range v {
			v[i] = w.Mul(s.inputs[i%2%len(s.inputs)])
		}
	}
	return v
}

// The derivatives of networks, their products with a direction and the derivatives of these are those of the
// graphs that Gradient returns: as outputs and by Backward, one by one and in a batch.
func TestNetworkDerivatives(t *testing.T) {
	networks, compared := uint64(300), uint64(0)
	if testing.Short() {
		networks = 60
	}
	for seed := range networks {
		rng := rand.New(rand.NewPCG(seed, 3))
		s := newNetwork(rng)
		w := slices.Clone(s.params)
		v := s.direct(rng, len(w))
		dw := gradus.Gradient(s.out, w...)
		along := gradus.Dot(dw, v)
		if rng.IntN(2) == 0 {
			along = gradus.Dot(v, dw) // the nodes of v come first
		}
		outputs := []*gradus.Value{along}
		switch hv := gradus.Gradient(along, w...); rng.IntN(4) {
		case 0:
			outputs = slices.Concat(outputs, dw, []*gradus.Value{s.out})
		case 1:
			outputs = slices.Concat(hv, outputs)
		case 2:
			outputs = []*gradus.Value{along.Div(gradus.Dot(hv, v).Square().Add(1)), along}
		}
		x, seeds := numbers(s.inputs), leaves(rng, len(outputs))
		first, all := s.expect(outputs[0]), s.expect(gradus.Dot(outputs, seeds))
		if first == nil || all == nil {
			continue
		}
		compared++
		for _, set := range []replay.Pass{0, replay.Matrices, replay.Vectors, exactly} {
			p := record(t, without(s.recorder(), set), outputs...)
			p.Forward(x...)
			for k, v := range outputs {
				all.output(t, p, "output", p.Output(k), v)
			}
			p.Backward(numbers(seeds)...)
			all.gradients(t, p, p.InputGrad, 1)
			p.Backward()
			first.gradients(t, p, p.InputGrad, 1)
			checkDescend(t, p, x, first.bound, first.sum)
			b := p.JoinAlways().Batch(35, 2)
			for k, y := range b.GradSum(slices.Repeat(x, 35)) {
				all.output(t, p, "output of a batch", y, outputs[k%len(outputs)])
			}
			first.gradients(t, p, b.InputGrad, 35)
		}
	}
	t.Logf("%d of %d networks compared", compared, networks)
	if compared < networks*3/4 {
		t.Errorf("%d of %d networks have bounds, want most", compared, networks)
	}
}
