package health

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// A measurement adds up what is measured for the samples of a batch.
type measurement struct {
	net     *nn.MLP
	samples int
	sums    []sums // of each layer
	phi     []phi  // the activation of each layer
	broken  *broken
	matter  bool // whether the loss of a sample depends on a parameter
}

// A broken is the first output for which y or ∂L/∂y is not finite.
type broken struct {
	row        int
	z, y, grad float64
}

// sums holds the sums of a layer, over units and samples.
type sums struct {
	x2, z2, dz2, da2 float64 // of the squares of inputs, weighted sums, ∂L/∂z and ∂L/∂a
	units            []unit
}

// A unit holds what was measured for a neuron so far: the range of its weighted sums and its
// steepest slope.
type unit struct{ zMin, zMax, slope float64 }

func newMeasurement(net *nn.MLP) *measurement {
	m := &measurement{net: net}
	for _, l := range net.Layers {
		units := slices.Repeat([]unit{{math.Inf(1), math.Inf(-1), 0}}, len(l.Neurons))
		m.sums = append(m.sums, sums{units: units})
		m.phi = append(m.phi, newPhi(l.Activation))
	}
	for _, w := range net.Params() {
		w.ZeroGrad()
	}
	return m
}

// sample adds a sample. The gradients add up in the parameters. It returns an error if the loss
// refuses its arguments or returns nil.
func (m *measurement) sample(loss nn.Loss, x, t []float64) error {
	inputs := gradus.Values(x)
	layers := m.net.Trace(inputs...)
	last := layers[len(layers)-1]
	l, err := params.Loss(func() *gradus.Value { return loss(last.A, gradus.Values(t)) })
	switch {
	case err != nil:
		return err
	case l == nil:
		return errors.New("the loss returned nil, want a Value")
	}
	m.matter = m.matter || params.Matter(m.net.Params(), l)
	l.Backward()
	for k, y := range last.A {
		if m.broken == nil && !finite.All(y.Data, y.Grad) {
			m.broken = &broken{m.samples, last.Z[k].Data, y.Data, y.Grad}
		}
	}
	m.samples++
	for i, u := range layers {
		s := &m.sums[i]
		for _, v := range inputs {
			s.x2 += float64(v.Data * v.Data)
		}
		for k, z := range u.Z {
			s.z2 += float64(z.Data * z.Data)
			s.dz2 += float64(z.Grad * z.Grad)
			s.da2 += float64(u.A[k].Grad * u.A[k].Grad)
			s.units[k].add(z.Data, m.phi[i].Slope(z.Data))
		}
		inputs = u.A
	}
	return nil
}

// add widens the range of the unit's sums to z, and its steepest slope to slope.
func (u *unit) add(z, slope float64) {
	u.zMin, u.zMax, u.slope = min(u.zMin, z), max(u.zMax, z), max(u.slope, math.Abs(slope))
}

// flatUnits looks for the units of a layer that are flat for every sample. It returns how many
// there are, and the range of all their sums with the steepest of their slopes.
func (m *measurement) flatUnits(layer int) (count int, all unit) {
	all = unit{math.Inf(1), math.Inf(-1), 0}
	for _, u := range m.sums[layer].units {
		if u.slope < flat*m.phi[layer].steepest {
			count++
			all.add(u.zMin, u.slope)
			all.add(u.zMax, u.slope)
		}
	}
	return count, all
}

// layers returns what was measured in each layer. The Grad of the parameters is the sum over the
// samples before, and the mean after.
func (m *measurement) layers(rate float64) []Layer {
	for _, v := range m.net.Params() { // each once, even if layers share it
		v.Grad /= float64(m.samples)
	}
	layers := make([]Layer, len(m.sums))
	for i, l := range m.net.Layers {
		s, n, units := m.sums[i], float64(m.samples), float64(len(l.Neurons))
		all := s.units[0]
		for _, u := range s.units {
			all.add(u.zMin, u.slope)
			all.add(u.zMax, u.slope)
		}
		layer := Layer{
			Activation: l.Activation.Name(), Inputs: l.Inputs(), Units: len(l.Neurons),
			ZMin: all.zMin, ZMax: all.zMax, Slope: all.slope,
			Gain: math.Sqrt(s.z2 / units / (s.x2 / float64(l.Inputs()))),
			DZ:   math.Sqrt(s.dz2 / n / units), DA: math.Sqrt(s.da2 / n / units),
		}
		count, _ := m.flatUnits(i)
		if share := float64(count) / units; m.phi[i].oneSided {
			layer.Dead = share
		} else {
			layer.Saturated = share
		}
		layer.addParams(l.Params(), rate)
		layers[i] = layer
	}
	return layers
}

// addParams adds what is measured of the parameters.
func (l *Layer) addParams(params []*gradus.Value, rate float64) {
	w, g := make([]float64, len(params)), make([]float64, len(params))
	zeros, tinies := 0, 0
	for i, v := range params {
		w[i], g[i] = v.Data, v.Grad
		switch {
		case v.Grad == 0:
			zeros++
		case math.Abs(v.Grad) < tiny:
			tinies++
		}
	}
	l.Zero, l.Tiny = float64(zeros)/float64(len(params)), float64(tinies)/float64(len(params))
	l.WeightNorm, l.GradNorm = floats.Norm(w, 2), floats.Norm(g, 2)
	l.UpdateRatio = rate * l.GradNorm / l.WeightNorm
}

// A phi is an activation and what is known of its slope.
type phi struct {
	nn.Activation
	symbol   string  // what a diagnosis calls it: σ, ReLU
	steepest float64 // the largest |φ′|
	oneSided bool    // φ is flat far from 0 on one side, but not on the other
}

// far stands for ±∞ when the slope of an activation is looked at.
const far = 1e9

func newPhi(a nn.Activation) phi {
	p := phi{Activation: a, symbol: a.Name()}
	z := gradus.New(0)
	if v := a.Apply(z); len(v.Parents()) == 1 && v.Parents()[0] == z {
		p.symbol = v.Op().Name()
	}
	for _, z := range []float64{0, 0.1, 0.3, 1, 3, 10, 30, 100, 1e3, 1e6, far} {
		p.steepest = max(p.steepest, math.Abs(a.Slope(z)), math.Abs(a.Slope(-z)))
	}
	p.oneSided = p.isFlat(-far) != p.isFlat(far)
	return p
}

func (p phi) isFlat(z float64) bool { return math.Abs(p.Slope(z)) < flat*p.steepest }
