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

// mostNumbers is how many numbers a table, a vector or a mask may have.
const mostNumbers = 1 << 30

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
	const made = "as the constructor makes it"
	mustBe(l != nil, "%s: %s is nil, want the layer that the constructor makes", who, name)
	mustBe(len(l.Neurons) == units, "%s: %s has %d neurons, want %d, "+made, who, name, len(l.Neurons), units)
	for i, n := range l.Neurons {
		if n != nil && len(n.W) == inputs {
			continue
		}
		mustBe(n != nil, "%s: neuron %d of %s is nil, want one", who, i+1, name)
		mustBe(false, "%s: neuron %d of %s has %d weights, want %d, "+made, who, i+1, name, len(n.W), inputs)
	}
}

// paramsOf returns the parameters of models, each once.
func paramsOf[M nn.Model](models ...M) (all []*gradus.Value) {
	for _, m := range models {
		all = append(all, m.Params()...)
	}
	return params.Once(all)
}
