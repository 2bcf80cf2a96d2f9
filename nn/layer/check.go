package layer

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// mustBe panics with a sentence unless ok is true.
func mustBe(ok bool, format string, args ...any) {
	if !ok {
		panic("layer: " + fmt.Sprintf(format, args...))
	}
}

// mustBeInputs panics unless x is n Values.
func mustBeInputs(who string, x []*gradus.Value, n int) {
	mustBe(len(x) == n, "%s: got %d inputs, want %d", who, len(x), n)
	mustBeValues(who, x)
}

// mustBeVectors panics unless x is one or more vectors of n Values.
func mustBeVectors(who string, x []*gradus.Value, n int) {
	mustBe(len(x) > 0 && len(x)%n == 0, "%s: got %d inputs, want a multiple of %d, not 0", who, len(x), n)
	mustBeValues(who, x)
}

func mustBeValues(who string, x []*gradus.Value) {
	i := slices.Index(x, nil)
	mustBe(i < 0, "%s: input %d is nil, want a Value", who, i+1)
}

// mustFit panics unless the layer has that many inputs and neurons, none of them nil.
func mustFit(who, name string, l *nn.Layer, inputs, units int) {
	mustBe(l != nil && len(l.Neurons) == units, "%s: %s has not %d neurons, want the layer that the "+
		"constructor made", who, name, units)
	for i, n := range l.Neurons {
		mustBe(n != nil && len(n.W) == inputs, "%s: neuron %d of %s has not %d weights, want the layer "+
			"that the constructor made", who, i+1, name, inputs)
	}
}

// paramsOf returns the parameters of models, each once.
func paramsOf[M nn.Model](models ...M) (all []*gradus.Value) {
	for _, m := range models {
		all = append(all, m.Params()...)
	}
	return params.Once(all)
}
