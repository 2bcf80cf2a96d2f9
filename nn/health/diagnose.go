package health

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
)

// These are the cures that a diagnosis names.
const (
	zeroMean = "start from zero-mean weights scaled by 1/√fan-in (nn.LeCun), and biases of 0"
	he       = "start from zero-mean weights scaled by √(2/fan-in) (nn.He), and biases of 0"
	useTanh  = "use tanh, whose slope is 1 at 0, with Xavier's weights (nn.Tanh, nn.Xavier)"
	lessRate = "training has diverged; start again with a smaller rate"
)

// A Cure is the change that a diagnosis proposes, for a program that can make it. A field is zero if what
// it stands for stays as it is.
type Cure struct {
	Init       string  // for the weights, an Init of package nn by its name: LeCun, He or Xavier; biases are 0
	Activation string  // for the hidden layers, by its name: tanh
	Rate       float64 // the learning rate
}

var cures = map[string]Cure{
	zeroMean: {Init: "LeCun"}, he: {Init: "He"}, useTanh: {Activation: nn.Tanh.Name(), Init: "Xavier"},
}

// take notes a cure, and returns its words.
func (r *Report) take(words string) string {
	if r.Cure = cures[words]; words == lessRate {
		r.Cure.Rate = r.Rate / 10
	}
	return words
}

// diagnose sets Condition, Layer and Diagnosis.
func (r *Report) diagnose(m *measurement) {
	for _, look := range []func(m *measurement) bool{
		r.stops, r.isFlat, r.explodes, r.vanishes, r.isSymmetric, r.isStationary,
	} {
		if look(m) {
			return
		}
	}
	least, largest := math.Inf(1), 0.0
	for _, l := range r.Layers {
		if l.WeightNorm > 0 {
			least, largest = min(least, l.UpdateRatio), max(largest, l.UpdateRatio)
		}
	}
	if least > largest {
		r.set(Healthy, 0, "no factor stops the gradient; all weights are 0 still, so that there is no norm with "+
			"which a step of gradient descent at rate %v could be compared", r.Rate)
		return
	}
	hint := ""
	switch {
	case largest < 1e-5:
		hint = ", where 0.001 is usual: the rate may be larger"
	case largest > 0.1:
		hint = ", where 0.001 is usual: if the loss jumps, take a smaller rate"
	}
	r.set(Healthy, 0, "no factor stops the gradient; a step of gradient descent at rate %v changes "+
		"the weights of each layer by %.2g to %.2g of their norm%s", r.Rate, least, largest, hint)
}

// set sets condition, layer and diagnosis. It always returns true, so that a
// check that has found its condition can end with it.
func (r *Report) set(c Condition, layer int, format string, args ...any) bool {
	r.Condition, r.Layer, r.Diagnosis = c, layer, fmt.Sprintf(format, args...)
	return true
}

// stops looks for what stops learning whatever the factors are: numbers that are not finite, parameters
// that are unused, and nothing to learn.
func (r *Report) stops(m *measurement) bool {
	for i, l := range r.Layers {
		if finite.All(l.WeightNorm) {
			continue
		}
		what := fmt.Sprintf("‖W‖ = %v", l.WeightNorm)
		if k := slices.IndexFunc(m.params, isBroken); !m.isMLP && k >= 0 {
			what = fmt.Sprintf("%s = %v", cmp.Or(m.params[k].Name(), "a weight"), m.params[k].Data)
		}
		return r.set(Exploding, i+1, "W: %s in %s: %s", what, called(l.Name), r.take(lessRate))
	}
	for i, l := range r.Layers {
		if m.isMLP && !finite.All(l.ZMin, l.ZMax) {
			return r.set(Exploding, i+1, "W: z = %.3g…%.3g in layer %d: the numbers have become too large "+
				"for a float64; %s", l.ZMin, l.ZMax, i+1, r.take(m.cure(i)))
		}
	}
	if f := m.found; f != nil {
		return r.set(f.condition, f.part+1, "%s", f.sentence+r.take(f.cure))
	}
	for i, l := range slices.Backward(r.Layers) {
		if !finite.All(l.GradNorm) {
			return r.set(Exploding, i+1, "W: ‖∂L/∂W‖ = %v in %s: the gradient has become too large "+
				"for a float64; %s", l.GradNorm, called(l.Name), r.take(m.cure(i)))
		}
	}
	return m.dy2 == 0 && r.set(Satisfied, len(r.Layers),
		"∂L/∂y = 0 for every sample: there is nothing left to learn from this batch")
}

func isBroken(v *gradus.Value) bool { return !finite.All(v.Data) }

// cure returns which initial weights suit the activation of a part.
func (m *measurement) cure(part int) string {
	units := m.parts[part].units
	if len(units) == 0 || units[0].phi.isFlat(far) || units[0].phi.symbol == identity.symbol {
		return zeroMean
	}
	return he
}

func (r *Report) isFlat(m *measurement) bool {
	for i, l := range r.Layers {
		if l.Saturated+l.Dead <= most {
			continue
		}
		_, off, u := m.parts[i].flatUnits()
		slope := "= 0"
		switch {
		case u.slope >= flat*u.phi.steepest:
			slope = "≈ 0 for nine of ten samples"
		case u.slope > 0:
			slope = fmt.Sprintf("≤ %.1g", u.slope)
		}
		factor := fmt.Sprintf("%s′ %s at z = %.3g…%.3g", u.phi.symbol, slope, u.zMin, u.zMax)
		name := called(l.Name)
		switch {
		case l.Dead > l.Saturated:
			return r.set(Dead, i+1, "%s: %d of %d units of %s are off for every sample; %s",
				factor, off, l.Units, name, r.take(he))
		case l.Gain > gain || m.parts[i].x2 == 0:
			return r.set(Saturated, i+1, "%s: the inputs to the %s of %s are too large; %s",
				factor, u.phi.symbol, name, r.take(zeroMean))
		}
		return r.set(Saturated, i+1, "%s: the inputs to %s are too large, not its weights; "+
			"scale the inputs to about 1", factor, name)
	}
	return false
}

func (r *Report) explodes(m *measurement) bool {
	steepest, largest := 0, 0 // the layers of the largest step and of the largest gain
	for i, l := range r.Layers {
		if s := r.Layers[steepest]; l.WeightNorm > 0 && (s.WeightNorm == 0 || l.UpdateRatio > s.UpdateRatio) {
			steepest = i
		}
		if l.Gain > r.Layers[largest].Gain {
			largest = i
		}
	}
	s, l := r.Layers[steepest], r.Layers[largest]
	step := fmt.Sprintf("a step at rate %v changes the weights of %s by %.2g times their norm",
		r.Rate, called(s.Name), s.UpdateRatio)
	switch {
	case s.WeightNorm == 0 || s.UpdateRatio <= 1:
		return false
	case l.Gain > gain:
		return r.set(Exploding, largest+1, "W: %s makes its inputs %.2g times as large, and %s; %s",
			called(l.Name), l.Gain, step, r.take(m.cure(largest)))
	}
	r.Cure.Rate = 0.01 * r.Rate / s.UpdateRatio
	hint := ""
	if r.Layers[len(r.Layers)-1].DZ > 100 || m.isMLP && m.sizeOfInputs() > large {
		hint = "; better scale inputs and targets to about 1 (data.Standardise, data.StandardiseTargets)"
	}
	return r.set(Exploding, steepest+1, "η: %s; take a rate of %.1g%s", step, r.Cure.Rate, hint)
}

func (r *Report) isSymmetric(m *measurement) bool {
	for i, p := range m.parts {
		if p.distinct == 0 || len(p.units) < 2*p.distinct {
			continue
		}
		r.Cure = Cure{Init: "Xavier"}
		says := "the %[1]d units of %[2]s have equal weights, and so have equal gradients and stay alike: " +
			"the layer computes one number; draw its weights at random (nn.Xavier)"
		if !m.isMLP {
			says = "of the %[1]d units of %[2]s only %[3]d differ: the others have the same z and the same " +
				"∂L/∂z as one of these for every sample, and stay alike; draw the weights at random (nn.Xavier)"
		}
		return r.set(Symmetric, i+1, says, len(p.units), called(p.name), p.distinct)
	}
	return false
}

func (r *Report) isStationary(m *measurement) bool {
	for _, p := range m.parts {
		if p.sum > cancelled*p.peak {
			return false
		}
	}
	return r.set(Stationary, 0, "∂L/∂W = 0 in every layer, although ∂L/∂y is not: the gradients of the samples "+
		"cancel each other out, as at a minimum or at a saddle point of the mean loss; if this loss is too large "+
		"still, start from other weights, or take a model that can compute more")
}
