package train

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
)

// A NonFiniteError says where training came upon a number that is NaN or infinite.
type NonFiniteError struct {
	Epoch, Batch, Batches int // counted from 1

	// Sample is the row of the data, counted from 0, or -1 for what has to do with all of the
	// batch: a sum over it, or a parameter after its step.
	Sample int

	// Node is the first such number in the order of computation, by its name: x1,
	// layer2.neuron1.z, ∂loss/∂layer1.neuron3.w2. A Value without a name is called by its
	// operation and by the Value that it is computed for: (exp, in layer1.neuron1.a).
	Node  string
	Value float64 // what it is
}

// Error returns all of it as a sentence.
func (e *NonFiniteError) Error() string {
	s := fmt.Sprintf("train: epoch %d, batch %d of %d: %s is %v",
		e.Epoch, e.Batch, e.Batches, e.Node, e.Value)
	if e.Sample >= 0 {
		s += fmt.Sprintf(" for row %d of the data", e.Sample)
	}
	return s
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// checkBatch returns an error that names the first number that is not finite, if the sum of
// the losses or of the gradients of a parameter is not. A sample that is not to blame for that
// may have such numbers: 1/(1 + exp(1000)) is 0.
func (c Config) checkBatch(e engine, s State, losses []float64) error {
	total := floats.Sum(losses)
	if finite(total) && finite(floats.Sum(e.grad())) { // two fast looks, at every batch
		return nil
	}
	e.store()
	for _, sample := range s.Samples {
		if node, x := c.firstNonFinite(sample); node != "" {
			return s.nonFinite(sample, node, x)
		}
	}
	if !finite(total) {
		return s.nonFinite(-1, "the sum of the losses", total)
	}
	// It may be the sum over all parameters that is not finite, which is no error.
	return s.checkParams(e, "the sum of ∂loss/∂%s", e.grad())
}

// checkParams returns an error that names the first parameter for which x is not finite.
func (s State) checkParams(e engine, format string, x []float64) error {
	for i, v := range e.values() {
		if !finite(x[i]) {
			return s.nonFinite(-1, fmt.Sprintf(format, cmp.Or(v.Name(), "a parameter")), x[i])
		}
	}
	return nil
}

func (s State) nonFinite(sample int, node string, x float64) error {
	return &NonFiniteError{s.Epoch, s.Batch, s.Batches, sample, node, x}
}

// firstNonFinite looks for a number that is not finite in the graph of a sample, on the way
// forward and then on the way back. If the loss and the derivatives of the parameters are
// finite it returns no name.
func (c Config) firstNonFinite(sample int) (node string, x float64) {
	loss, params := c.named(sample), c.Net.Params()
	zeroGrad(params)
	defer zeroGrad(params)
	loss.Backward()
	if finite(loss.Data) && !slices.ContainsFunc(params, brokenGrad) {
		return "", 0
	}
	order := gradus.Topo(loss)
	for i, v := range order {
		if !finite(v.Data) {
			return name(order, i), v.Data
		}
	}
	i := len(order) - 1
	for !brokenGrad(order[i]) { // one of the parameters is, at the latest
		i--
	}
	return "∂loss/∂" + name(order, i), order[i].Grad
}

func brokenGrad(v *gradus.Value) bool { return !finite(v.Grad) }

func zeroGrad(params []*gradus.Value) {
	for _, v := range params {
		v.ZeroGrad()
	}
}

// named builds the loss of a sample, in which everything that a reader knows has its name.
func (c Config) named(sample int) (loss *gradus.Value) {
	x, t := gradus.Values(c.Data.X[sample]), gradus.Values(c.Data.T[sample])
	for i, v := range x {
		v.As(fmt.Sprintf("x%d", i+1))
	}
	for i, v := range t {
		v.As(fmt.Sprintf("t%d", i+1))
	}
	layers := c.Net.Trace(x...)
	return c.Loss(layers[len(layers)-1].A, t).As("loss")
}

// name returns the label of node i. If it has none it is a step on the way to one that has:
// then it returns the operation, and that one's label.
func name(order []*gradus.Value, i int) string {
	v := order[i]
	if v.Name() != "" {
		return v.Name()
	}
	result := v
	for _, u := range order[i+1:] {
		if slices.Contains(u.Parents(), result) {
			result = u
		}
		if result.Name() != "" {
			break
		}
	}
	operation := "a leaf"
	if v.Op() != nil {
		operation = v.Op().Name()
	}
	return fmt.Sprintf("(%s, in %s)", operation, result.Name())
}
