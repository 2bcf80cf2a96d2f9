package health

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/internal/rows"
)

// A Condition is what stops a network from learning, or Healthy if nothing does.
type Condition string

// These are the conditions. If several apply, the report has the first in this order: a number
// that is not finite, Unused, Satisfied, Saturated or Dead, a step that is too large, Vanishing, Symmetric,
// Stationary.
const (
	// Exploding: a number is not finite, or a step is larger than the weights that it changes.
	Exploding Condition = "exploding"
	// Unused: the loss depends on a parameter for no sample. A layer may have been forgotten in Forward.
	Unused Condition = "unused"
	// Satisfied: ∂L/∂y = 0 for every sample. There is nothing to learn from this batch.
	Satisfied Condition = "satisfied"
	// Saturated: the weighted sums of most neurons of a layer are so large that φ is flat there, for nine of
	// ten samples or more.
	Saturated Condition = "saturated"
	// Dead: the weighted sums of most neurons of a layer are on the side where φ is flat, as ReLU
	// is for z < 0.
	Dead Condition = "dead"
	// Vanishing: on its way back through the layers, or through the steps of a recurrent one, the
	// gradient shrinks to almost nothing.
	Vanishing Condition = "vanishing"
	// Symmetric: the units of a layer are alike, and stay alike: they have equal weights, and what
	// follows treats them alike, so that their gradients are equal, too. In a model that is not an MLP: at
	// least half of the units have the same z and the same ∂L/∂z as another one, for every sample.
	Symmetric Condition = "symmetric"
	// Stationary: ∂L/∂y is not 0, but the gradients of the samples cancel each other out, in all layers. So
	// they do at a minimum of the mean loss and at a saddle point.
	Stationary Condition = "stationary"
	// Healthy: none of the other conditions applies.
	Healthy Condition = "healthy"
)

// These are the bounds between the conditions.
const (
	// A neuron is flat at a sum where its slope is below this share of φ's steepest slope.
	flat = 0.01
	// A layer is flat if more than this share of its neurons is.
	most = 0.75
	// The gradient has vanished in a layer whose ∂L/∂z is below this share of the last layer's.
	vanished = 1e-6
	// If the sums are more than this many times as large as the inputs, the weights are why.
	gain = 3
	// A derivative below this is tiny: a million steps at rate 1 move the weight by 0.01.
	tiny = 1e-8
	// Inputs whose root mean square is more than this are large.
	large = 10
	// The gradients of the samples cancel out if this share of them, or less, is left.
	cancelled = 1e-12
)

// A Report says whether a network can learn, and has what was measured to find out.
type Report struct {
	Condition Condition
	Layer     int    // the layer that the condition is about, counted from 1; 0 if it is about none
	Diagnosis string // a sentence: which factor of the chain rule, in which layer, and what helps
	Cure      Cure   // what helps, for a program; zero if that is nothing of it
	Layers    []Layer
	Samples   int     // the number of samples in the batch
	Rate      float64 // the learning rate that was given to Check
}

// A Layer holds what was measured in a layer, or in a part of a model that is not an MLP. Gradients are
// those of the mean loss of the batch.
// Norms are Euclidean. Shares are numbers from 0 to 1.
type Layer struct {
	Name       string // layer1; of a part, what the names of its parameters begin with
	Activation string // of a part, its operations; those of different activations are separated by commas
	Inputs     int    // of a part, how many numbers it takes from data and from other parts
	Units      int    // of a part, those that have different weights

	GradNorm    float64 // ‖∂L/∂W‖, biases included
	Zero        float64 // the share of the derivatives that are exactly 0
	Tiny        float64 // the share of the derivatives with 0 < |∂L/∂w| < 1e-8
	Saturated   float64 // the share of units whose slope is below 1 % of φ's steepest, for nine of ten samples
	Dead        float64 // the same share for all samples, of units whose φ is flat on one side only, as ReLU is
	WeightNorm  float64 // ‖W‖, biases included
	UpdateRatio float64 // rate·‖∂L/∂W‖/‖W‖: how much a step changes the weights; about 0.001 is usual

	ZMin, ZMax float64 // the smallest and the largest weighted sum
	Slope      float64 // the largest |φ′(z)| at these sums
	Gain       float64 // the root mean square of the sums, divided by that of the inputs; 0 if these are 0
	DZ         float64 // the root mean square of ∂L/∂z, where L is the loss of each single sample
	DA         float64 // the root mean square of ∂L/∂a, likewise
}

// Check measures the health of a network, an [nn.MLP] or any other model; the package comment says what
// takes the place of layers. Row i of x has the inputs of sample i, and row i of t its targets; rate is the
// learning rate of the gradient descent that is planned. Give it a dozen samples or more, or all that there
// are: for a single sample, half of the ReLUs are 0 anyway. Check leaves the gradients of the mean loss in
// the Grad of the parameters. It sets the masks of an [nn.Masked] to Off.
//
// The cures that a diagnosis names are for a network that was not trained yet. After training, a
// rate that was too large can have caused the same symptoms.
//
// It returns an error if there is no network, if its method Check returns one, as [nn.MLP.Check] may, if a
// parameter is nil, a constant or was computed, or there is none, if the loss is nil or depends on the
// parameters for no row, if x and t do not have the same number of rows, at least one, or if the rate is not
// a finite number above 0. It returns an error that names the row if a row of x does not have one number for
// each input, or as many as the first if the model has no method Inputs, if a row of t does not have as many
// numbers as the first, if an input or a target is NaN or infinite, if the loss returns nil, or if it is one
// of package nn and there is not one target for each output, or [nn.Loss.CheckTargets] refuses the targets.
//
// For a model that is not an MLP, it also returns an error that names the row if Forward returns no outputs
// or a nil one, or panics with a sentence that begins with the name of a package, as those of package nn do;
// if it builds a graph of another form than for row 0; and if the graph has a leaf that is neither a
// parameter nor a constant, and that was not made for this row alone: [nn.Model.Params] must list what is to
// be trained.
func Check(net nn.Model, loss nn.Loss, x, t [][]float64, rate float64) (Report, error) {
	m, err := measure(net, loss, x, t, rate)
	if err != nil {
		return Report{}, fmt.Errorf("health: %w", err)
	}
	r := Report{Samples: len(x), Rate: rate, Layers: m.layers(rate)}
	r.diagnose(m)
	return r, nil
}

// measure returns what is measured for the samples.
func measure(net nn.Model, loss nn.Loss, x, t [][]float64, rate float64) (*measurement, error) {
	if err := check(net, loss, x, t, rate); err != nil {
		return nil, err
	}
	for _, v := range net.Params() {
		v.ZeroGrad()
	}
	var m interface {
		sample(row int, loss nn.Loss, x, t []float64) error
		done() *measurement
	}
	if mlp, ok := net.(*nn.MLP); ok {
		m = newMLP(mlp)
	} else {
		m = newModel(net)
	}
	for i := range x {
		if err := m.sample(i, loss, x[i], t[i]); err != nil {
			return nil, fmt.Errorf("x[%d]: %w", i, err)
		}
	}
	if all := m.done(); all.matter {
		return all, loss.CheckTargets(t)
	}
	return nil, params.ErrNoGradient
}

// check returns an error if something is wrong with the arguments of Check.
func check(net nn.Model, loss nn.Loss, x, t [][]float64, rate float64) error {
	if net == nil {
		return errors.New("the network is nil, want an *nn.MLP or another Model")
	}
	if err := params.CheckOf(net); err != nil {
		return err
	}
	if all := net.Params(); len(all) == 0 || slices.Contains(all, nil) {
		return fmt.Errorf("the network has the parameters %v, want one or more Values", all)
	} else if err := params.Check(all); err != nil {
		return err
	}
	if loss == nil {
		return errors.New("the loss is nil, want one, such as nn.MeanSquaredError")
	}
	if !finite.All(rate) || rate <= 0 {
		return fmt.Errorf("got the rate %v, want a finite number above 0", rate)
	}
	err := rows.CheckSamples("x", "t", x, t, params.InputsOf(net, x))
	return cmp.Or(err, rows.CheckFinite("x", x), rows.CheckFinite("t", t))
}
