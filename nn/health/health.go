package health

import (
	"fmt"

	"github.com/gradus-go/gradus/nn"
)

// A Condition is what is the matter with a network.
type Condition string

// The conditions. The first that applies is reported: a number that is not finite, then those
// from Satisfied to Dead, a step that is too large, Vanishing, and else Healthy.
const (
	// Exploding: a number is not finite, or a step is larger than the weights that it changes.
	Exploding Condition = "exploding"
	// Satisfied: ∂L/∂y = 0 for every sample. There is nothing to learn from this batch.
	Satisfied Condition = "satisfied"
	// Saturated: the sums of most neurons of a layer are so large that φ is flat there.
	Saturated Condition = "saturated"
	// Dead: the sums of most neurons of a layer are on the side where a rectifier is flat.
	Dead Condition = "dead"
	// Vanishing: layer by layer, the gradient shrinks to next to nothing.
	Vanishing Condition = "vanishing"
	// Healthy: none of these.
	Healthy Condition = "healthy"
)

// The bounds between the conditions.
const (
	flat     = 0.01 // of φ's steepest slope: below it, for every sample, a neuron counts as flat
	most     = 0.75 // of a layer's neurons: if more are flat, the layer is
	vanished = 1e-6 // of the last layer's ∂L/∂z: below it, a layer's has vanished
	gain     = 3    // of the inputs: above it, the sums are large because of the weights
	tiny     = 1e-8 // a derivative below it: a million steps at rate 1 move the weight by 0.01
)

// A Report is the state of health of a network.
type Report struct {
	Condition Condition
	Layer     int    // the layer that has it, counted from 1; 0 for none or all
	Diagnosis string // a sentence: the factor, where, and what helps
	Layers    []Layer
	Samples   int     // in the batch
	Rate      float64 // the learning rate that UpdateRatio is for
}

// A Layer is what was measured in a layer. Gradients are those of the mean loss of the batch,
// norms are Euclidean, shares are from 0 to 1.
type Layer struct {
	Activation string
	Inputs     int
	Units      int

	GradNorm    float64 // ‖∂L/∂W‖, biases included
	Zero        float64 // the share of the derivatives that are exactly 0
	Tiny        float64 // the share of those that are not 0 and below 1e-8
	Saturated   float64 // the share of units with a slope below 1 % of φ's steepest for every sample
	Dead        float64 // the same, if φ is flat on one side only, as ReLU is
	WeightNorm  float64 // ‖W‖, biases included
	UpdateRatio float64 // rate·‖∂L/∂W‖/‖W‖, what a step of gradient descent changes; 0.001 is usual

	ZMin, ZMax float64 // the range of the weighted sums
	Slope      float64 // the steepest |φ′(z)| among them
	Gain       float64 // root mean square of the sums, by that of the inputs
	DZ         float64 // root mean square of ∂L/∂z, L being each sample's own loss
	DA         float64 // root mean square of ∂L/∂a
}

// Check measures the health of a network for a batch of samples, rows of inputs x and of targets
// t, and gradient descent with a learning rate. It leaves the gradients in the Grad of the
// parameters. Give it a dozen samples or more, or all there are: for a single one every other
// ReLU is 0.
//
// The cures are for a network that has not been trained yet. After training, the same symptoms
// may come from a rate that was too large.
//
// It returns an error that names the row if one has the wrong number of inputs or not as many
// targets as the first, and an error if x and t have not as many rows, at least one, or if the
// rate is not a finite number above 0. A loss of package nn panics if there are not as many
// targets as outputs.
func Check(net *nn.MLP, loss nn.Loss, x, t [][]float64, rate float64) (Report, error) {
	if !finite(rate) || rate <= 0 {
		return Report{}, fmt.Errorf("health: got the rate %v, want a finite number above 0", rate)
	}
	if len(x) != len(t) || len(x) == 0 {
		return Report{}, fmt.Errorf("health: got %d rows of inputs and %d of targets, want as many, "+
			"at least 1", len(x), len(t))
	}
	for i := range x {
		if len(x[i]) != net.Inputs() || len(t[i]) != len(t[0]) {
			return Report{}, fmt.Errorf("health: row %d has %d inputs and %d targets, want %d and %d",
				i, len(x[i]), len(t[i]), net.Inputs(), len(t[0]))
		}
	}
	r := Report{Samples: len(x), Rate: rate}
	m := newMeasurement(net)
	for i := range x {
		m.sample(loss, x[i], t[i])
	}
	r.Layers = m.layers(rate)
	r.diagnose(m)
	return r, nil
}
