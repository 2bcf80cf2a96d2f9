package health

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// A measurement adds up what is measured for the samples of a batch.
type measurement struct {
	isMLP   bool
	params  []*gradus.Value
	parts   []part // the layers of an MLP
	stages  []stage
	samples int
	matter  bool    // whether the loss of a sample depends on a parameter
	dy2     float64 // the sum of the squares of ∂L/∂y
	found   *finding
	// factors returns by what the gradient is multiplied on its way from the last stage to s: by slopes of
	// activations, in products of two computed numbers, as gates compute, and by the rest, such as weights.
	factors func(s, last stage) (slopes, products, rest float64)
	// leads reports whether sums of the stage to depend on those of s, which is before it.
	leads func(s, to stage) bool
}

// A finding is a condition that is found while samples are measured: the first number that is not finite, or
// a parameter that is unused. The part is counted from 0; −1 is none. The cure ends the sentence.
type finding struct {
	condition      Condition
	part           int
	sentence, cure string
}

// A stage holds the sums of a part that depend on each other in no order: a part has one stage, or one
// for each time that it computes from what it has computed.
type stage struct {
	part, rank int
	z          []int   // places in the graph of a model that is not an MLP
	dz         float64 // the root mean square of ∂L/∂z; before the end, the sum of the squares
}

// lossOf returns the loss of outputs. It returns an error if the loss refuses its arguments or returns nil.
func lossOf(loss nn.Loss, y []*gradus.Value, t []float64) (*gradus.Value, error) {
	l, err := params.Try(func() *gradus.Value { return loss(y, gradus.Values(t)) })
	if err == nil && l == nil {
		err = errors.New("the loss returned nil, want a Value")
	}
	return l, err
}

// lookFor is what helps where a number is not finite.
const lookFor = "for a division by 0, a logarithm of 0 or less, or a number that is too large for a float64"

// flatUnits looks for the units of a part that are flat. It returns how many
// there are, how many of them are off on one side, and the range of all their sums with the steepest of
// their slopes. Its phi is that of the first.
func (p *part) flatUnits() (count, off int, all unit) {
	all = newUnit(nil)
	for _, u := range p.units {
		if !u.isFlat() {
			continue
		}
		if count++; u.phi.oneSided {
			off++
		}
		all.phi = cmp.Or(all.phi, u.phi)
		all.add(u.zMin, u.slope)
		all.add(u.zMax, u.slope)
	}
	return count, off, all
}

// sizeOfInputs returns the root mean square of the inputs of the first part.
func (m *measurement) sizeOfInputs() float64 {
	p := &m.parts[0]
	return math.Sqrt(p.x2 / float64(m.samples*p.inputs))
}

// layers returns what was measured in each layer. The Grad of the parameters is the sum over the
// samples before, and the mean after.
func (m *measurement) layers(rate float64) []Layer {
	n := float64(m.samples)
	for _, v := range m.params { // each once, even if layers share it
		v.Grad /= n
	}
	layers := make([]Layer, len(m.parts))
	for i := range m.parts {
		p, l := &m.parts[i], &layers[i]
		l.Name, l.Inputs, l.Units = p.name, p.inputs, len(p.units)
		if l.Units > 0 {
			all, names := p.units[0], []string{}
			for _, u := range p.units {
				all.add(u.zMin, u.slope)
				all.add(u.zMax, u.slope)
				if !slices.Contains(names, u.phi.name) {
					names = append(names, u.phi.name)
				}
			}
			l.Activation = strings.Join(names, ", ")
			l.ZMin, l.ZMax, l.Slope = all.zMin, all.zMax, all.slope
			count, off, _ := p.flatUnits()
			l.Saturated, l.Dead = float64(count-off)/float64(l.Units), float64(off)/float64(l.Units)
		}
		l.DZ, l.DA = math.Sqrt(p.dz2/n/float64(max(1, p.zs))), math.Sqrt(p.da2/n/float64(max(1, p.as)))
		if p.x2 > 0 {
			l.Gain = math.Sqrt(p.z2 / float64(p.zs) / (p.x2 / float64(p.inputs)))
		}
		l.addParams(p.params, rate)
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
