package health

import (
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
		r.overflows, r.isSatisfied, r.isFlat, r.explodes, r.vanishes, r.isSymmetric,
	} {
		if look(m) {
			return
		}
	}
	least, largest := math.Inf(1), 0.0
	for _, l := range r.Layers {
		least, largest = min(least, l.UpdateRatio), max(largest, l.UpdateRatio)
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

func (r *Report) overflows(m *measurement) bool {
	for i, l := range r.Layers {
		if !finite.All(l.WeightNorm) {
			return r.set(Exploding, i+1, "W: ‖W‖ = %v in layer %d: %s", l.WeightNorm, i+1, r.take(lessRate))
		}
	}
	for i, l := range r.Layers {
		if !finite.All(l.ZMin, l.ZMax) {
			return r.set(Exploding, i+1, "W: z = %.3g…%.3g in layer %d: the numbers have become too large "+
				"for a float64; %s", l.ZMin, l.ZMax, i+1, r.take(m.cure(i)))
		}
	}
	last := len(r.Layers)
	switch b := m.broken; {
	case b == nil:
	case !finite.All(b.y):
		return r.set(Exploding, last, "%s: %s(%.3g) = %v for row %d: give layer %d an activation that is finite "+
			"there, or %s", m.phi[last-1].symbol, m.phi[last-1].symbol, b.z, b.y, b.row, last, r.take(m.cure(last-1)))
	default:
		return r.set(Exploding, last, "∂L/∂y = %v for row %d, although every y is finite: look at "+
			"the loss and at the targets, for a division by 0, a logarithm of 0 or less, or a number that is "+
			"too large for a float64", b.grad, b.row)
	}
	for i, l := range slices.Backward(r.Layers) {
		if !finite.All(l.GradNorm) {
			return r.set(Exploding, i+1, "W: ‖∂L/∂W‖ = %v in layer %d: the gradient has become too large "+
				"for a float64; %s", l.GradNorm, i+1, r.take(m.cure(i)))
		}
	}
	return false
}

// cure returns which initial weights suit the activation of a layer.
func (m *measurement) cure(layer int) string {
	if m.phi[layer].isFlat(far) || m.phi[layer].symbol == "identity" {
		return zeroMean
	}
	return he
}

func (r *Report) isSatisfied(*measurement) bool {
	last := len(r.Layers)
	return r.Layers[last-1].DA == 0 && r.set(Satisfied, last,
		"∂L/∂y = 0 for every sample: there is nothing left to learn from this batch")
}

func (r *Report) isFlat(m *measurement) bool {
	for i, l := range r.Layers {
		if max(l.Saturated, l.Dead) <= most {
			continue
		}
		count, u := m.flatUnits(i)
		slope := "= 0"
		if u.slope > 0 {
			slope = fmt.Sprintf("≤ %.1g", u.slope)
		}
		factor := fmt.Sprintf("%s′ %s at z = %.3g…%.3g", m.phi[i].symbol, slope, u.zMin, u.zMax)
		switch {
		case l.Dead > 0:
			return r.set(Dead, i+1, "%s: %d of %d units of layer %d are off for every sample; %s",
				factor, count, l.Units, i+1, r.take(he))
		case l.Gain > gain:
			return r.set(Saturated, i+1, "%s: the inputs to the %s of layer %d are too large; %s",
				factor, m.phi[i].symbol, i+1, r.take(zeroMean))
		}
		return r.set(Saturated, i+1, "%s: the inputs to layer %d are too large, not its weights; "+
			"scale the inputs to about 1", factor, i+1)
	}
	return false
}

func (r *Report) explodes(m *measurement) bool {
	steepest, largest := 0, 0 // the layers of the largest step and of the largest gain
	for i, l := range r.Layers {
		if l.WeightNorm > 0 && l.UpdateRatio > r.Layers[steepest].UpdateRatio {
			steepest = i
		}
		if l.Gain > r.Layers[largest].Gain {
			largest = i
		}
	}
	s, l := r.Layers[steepest], r.Layers[largest]
	switch {
	case s.WeightNorm == 0 || s.UpdateRatio <= 1:
		return false
	case l.Gain > gain:
		return r.set(Exploding, largest+1, "W: layer %d makes its inputs %.2g times as large, and a "+
			"step at rate %v changes the weights of layer %d by %.2g times their norm; %s", largest+1,
			l.Gain, r.Rate, steepest+1, s.UpdateRatio, r.take(m.cure(largest)))
	}
	r.Cure.Rate = 0.01 * r.Rate / s.UpdateRatio
	return r.set(Exploding, steepest+1, "η: a step at rate %v changes the weights of layer %d by %.2g "+
		"times their norm; take a rate of %.1g",
		r.Rate, steepest+1, s.UpdateRatio, r.Cure.Rate)
}

func (r *Report) vanishes(m *measurement) bool {
	last := len(r.Layers) - 1
	end := r.Layers[last].DZ
	for i, l := range r.Layers[:last] {
		if l.DZ >= vanished*end {
			continue
		}
		for k := i + 1; k <= last; k++ {
			if r.Layers[k].WeightNorm == 0 {
				return r.set(Vanishing, i+1, "W = 0 in layer %d, and therefore ∂L/∂z = 0 in layer %d; %s",
					k+1, i+1, r.take(m.cure(i)))
			}
		}
		slopes, weights := 1.0, 1.0 // the factors by which they multiply the gradient
		for k := i; k < last; k++ {
			slopes *= r.Layers[k].DZ / r.Layers[k].DA
			weights *= r.Layers[k].DA / r.Layers[k+1].DZ
		}
		shrinks := fmt.Sprintf("∂L/∂z shrinks from %.2g in layer %d to %.2g in layer %d",
			end, last+1, l.DZ, i+1)
		mean := func(product float64) float64 { return math.Pow(product, 1/float64(last-i)) }
		if slopes < weights {
			return r.set(Vanishing, i+1, "∏%s′: %s, since each %s on the way multiplies it by about %.2g; %s",
				m.phi[i].symbol, shrinks, m.phi[i].symbol, mean(slopes), r.take(useTanh))
		}
		return r.set(Vanishing, i+1, "∏W: %s, since each matrix on the way multiplies it by about %.2g; %s",
			shrinks, mean(weights), r.take(m.cure(i)))
	}
	return false
}

func (r *Report) isSymmetric(m *measurement) bool {
	for i, l := range m.net.Layers[:len(m.net.Layers)-1] {
		if len(l.Neurons) > 1 && areAlike(l, m.net.Layers[i+1]) {
			r.Cure = Cure{Init: "Xavier"}
			return r.set(Symmetric, i+1, "the %d units of layer %d have equal weights, and so have equal "+
				"gradients and stay alike: the layer computes one number; draw its weights at random (nn.Xavier)",
				len(l.Neurons), i+1)
		}
	}
	return false
}

// areAlike reports whether the neurons of a layer have equal weights and biases, and whether each
// neuron of the next layer has equal weights for all of them.
func areAlike(l, next *nn.Layer) bool {
	first := l.Neurons[0]
	for k, n := range l.Neurons {
		if !equal(n.W, first.W) || (n.B == nil) != (first.B == nil) || n.B != nil && n.B.Data != first.B.Data {
			return false
		}
		for _, after := range next.Neurons {
			if after.W[k].Data != after.W[0].Data {
				return false
			}
		}
	}
	return true
}

func equal(x, y []*gradus.Value) bool {
	return slices.EqualFunc(x, y, func(v, w *gradus.Value) bool { return v.Data == w.Data })
}
