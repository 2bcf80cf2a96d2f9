package train

import (
	"cmp"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
)

// A NonFiniteError says where training met a number that is NaN or infinite.
type NonFiniteError struct {
	Epoch, Batch, Batches int // counted from 1

	// Sample is the row of the data, counted from 0. It is −1 if the number belongs to the whole
	// batch: if it is a sum over its samples, or a parameter after its step.
	Sample int

	// Node is the name of the first such number in the order of computation: x1,
	// layer2.neuron1.z, ∂loss/∂layer1.neuron3.w2. A Value that has no name is described by its
	// operation and by the next named Value that is computed from it: (exp, in
	// layer1.neuron1.a).
	Node  string
	Value float64 // the number: NaN, +Inf or −Inf
}

// Error returns the fields as a sentence, or "<nil>" if e is nil.
func (e *NonFiniteError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := fmt.Sprintf("train: epoch %d, batch %d of %d: %s is %v",
		e.Epoch, e.Batch, e.Batches, e.Node, e.Value)
	if e.Sample >= 0 {
		s += fmt.Sprintf(" for the row Data.X[%d]", e.Sample)
	}
	return s
}

// checkBatch returns an error if the sum of the losses, or the sum of the gradients of a
// parameter, is not finite. The error names the first number that is not, or the row whose graph is
// not the one that was recorded: an if on Data may keep the graph finite, but not the recording. In a
// sample whose loss and gradients are finite, other numbers need not be: 1/(1 + exp(1000)) is 0.
func (c Config) checkBatch(e engine, s State, losses []float64) error {
	total := floats.Sum(losses)
	if finite.All(total, floats.Sum(e.grad())) { // which is fast, since every batch is checked
		return nil
	}
	e.store()
	for _, sample := range s.Samples {
		if node, x := c.firstNonFinite(s.Epoch, sample); node != "" {
			return s.nonFinite(sample, node, x)
		}
		if err := e.compare(sample); err != nil {
			return fmt.Errorf("train: epoch %d, batch %d of %d: %w", s.Epoch, s.Batch, s.Batches, err)
		}
	}
	if !finite.All(total) {
		return s.nonFinite(-1, "the sum of the losses", total)
	}
	// If only the sum over all parameters is not finite, that is no error.
	return s.checkParams(e, "the sum of ∂loss/∂%s", e.grad())
}

// checkParams returns an error that names the first parameter for which x is not finite.
func (s State) checkParams(e engine, format string, x []float64) error {
	for i, v := range e.values() {
		if !finite.All(x[i]) {
			return s.nonFinite(-1, fmt.Sprintf(format, cmp.Or(v.Name(), "a parameter")), x[i])
		}
	}
	return nil
}

func (s State) nonFinite(sample int, node string, x float64) error {
	return &NonFiniteError{s.Epoch, s.Batch, s.Batches, sample, node, x}
}

// firstNonFinite returns the first number that is not finite in the graph of a sample, and its
// name: first among the results in the order of computation, then among the gradients in reverse.
// If the loss and the gradients of the parameters are finite, or if the loss is nil, it returns no name.
func (c Config) firstNonFinite(epoch, row int) (node string, x float64) {
	b := c.builder()
	b.masks.set(sample{epoch, row})
	defer b.masks.off()
	loss, params := c.named(b, row), leaves(c.Net)
	if loss == nil {
		return "", 0
	}
	zeroGrad(params)
	defer zeroGrad(params)
	loss.Backward()
	if finite.All(loss.Data) && !slices.ContainsFunc(params, brokenGrad) {
		return "", 0
	}
	order := gradus.Topo(loss)
	for i, v := range order {
		if !finite.All(v.Data) {
			return name(order, i), v.Data
		}
	}
	i := len(order) - 1
	for !brokenGrad(order[i]) { // the loop ends, since the gradient of a parameter is broken
		i--
	}
	return "∂loss/∂" + name(order, i), order[i].Grad
}

// brokenRow says which number is not finite in the graph of the first row of Validation whose loss is not.
func (c Config) brokenRow(mean float64) string {
	c.Data = c.Validation
	b := c.builder()
	for row := range c.Data.X {
		if loss := b.build(c.Data, row).loss; loss != nil && !finite.All(loss.Data) {
			node, x := c.firstNonFinite(0, row)
			return fmt.Sprintf("%s is %v for the row Validation.X[%d]", node, x, row)
		}
	}
	return fmt.Sprintf("the mean loss of Validation is %v", mean)
}

func brokenGrad(v *gradus.Value) bool { return !finite.All(v.Grad) }

func zeroGrad(params []*gradus.Value) {
	for _, v := range params {
		v.ZeroGrad()
	}
}

// named builds the graph of the loss of a row, with names for all that the user of package nn
// knows. It returns nil if the Loss does.
func (c Config) named(b builder, row int) (loss *gradus.Value) {
	if m, ok := c.Net.(traced); ok {
		b.net = tracing{m}
	}
	g := b.build(c.Data, row)
	for i, v := range g.x {
		v.As(fmt.Sprintf("x%d", i+1))
	}
	for i, v := range g.t {
		v.As(fmt.Sprintf("t%d", i+1))
	}
	if b.weighted {
		g.weight.As("weight")
	}
	if g.loss != nil {
		g.loss.As("loss")
	}
	return g.loss
}

// A traced model has names for what it computes, as an [nn.MLP] does.
type traced interface {
	nn.Model
	Trace(x ...*gradus.Value) []nn.Units
}

// A tracing model computes what the model does, with these names.
type tracing struct{ traced }

func (t tracing) Forward(x ...*gradus.Value) []*gradus.Value {
	layers := t.Trace(x...)
	return layers[len(layers)-1].A
}

// name returns the name of node i. If it has none, name returns its operation, and the name of
// the next Value that is computed from it and has one.
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
