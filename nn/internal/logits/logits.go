package logits

import (
	"errors"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// Check returns an error if the loss applies σ to what σ has computed, or softmax to what σ or softmax has:
// an activation of the last layer, say, beside nn.BinaryCrossEntropy. Logits between 0 and 1 cannot say that
// a class is unlikely, so that the network would learn wrong probabilities and nobody would notice. order is
// the graph of the loss, in topological order.
func Check(order []*gradus.Value) error {
	for _, v := range order {
		switch y := v.Parents(); {
		case builtin.Of(v.Op()) == builtin.SigmoidCrossEntropy && isSigmoid(y[0]):
			return errors.New("the loss, a binary cross-entropy, applies σ to the outputs, and so does the network: " +
				"want outputs without σ, as those of a last layer without activation")
		case builtin.Of(v.Op()) == builtin.SoftmaxCrossEntropy && areShares(y[:len(y)/2]):
			return errors.New("the loss, a cross-entropy, applies softmax to the outputs, which are σ or softmax of " +
				"something already: want outputs without them, as those of a last layer without activation")
		}
	}
	return nil
}

func isSigmoid(v *gradus.Value) bool { return builtin.Of(v.Op()) == builtin.Sigmoid }

// areShares reports whether all logits are computed by σ, or all by gradus.Softmax: each is one of the terms
// of a sum, divided by the sum.
func areShares(y []*gradus.Value) bool {
	if !slices.ContainsFunc(y, func(v *gradus.Value) bool { return !isSigmoid(v) }) {
		return true
	}
	for k, v := range y {
		if builtin.Of(v.Op()) != builtin.Div {
			return false
		}
		term, sum := v.Parents()[0], v.Parents()[1]
		if sum != y[0].Parents()[1] || builtin.Of(sum.Op()) != builtin.Sum {
			return false
		}
		if terms := sum.Parents(); len(terms) != len(y) || terms[k] != term {
			return false
		}
	}
	return true
}
