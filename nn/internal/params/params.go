package params

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
)

// Check returns an error that names the first parameter that cannot be trained: nil, a constant, or a
// Value that was computed from others.
func Check(params []*gradus.Value) error {
	for i, v := range params {
		var problem string
		switch {
		case v == nil:
			problem = "is nil"
		case v.IsConst():
			problem = "is a constant"
		case v.Op() != nil:
			problem = "was computed"
		default:
			continue
		}
		return fmt.Errorf("parameter %d of the network (%v) %s and cannot be trained, want a leaf made "+
			"with gradus.New", i+1, v, problem)
	}
	return nil
}

// Loss returns the loss that f computes. If a loss of package nn refuses its arguments, by a panic with
// a sentence, Loss returns this sentence as an error: targets come from data.
func Loss(f func() *gradus.Value) (loss *gradus.Value, err error) {
	defer func() {
		r := recover()
		if sentence, ok := r.(string); ok && strings.HasPrefix(sentence, "nn: ") {
			err = errors.New(strings.TrimPrefix(sentence, "nn: "))
		} else if r != nil {
			panic(r)
		}
	}()
	return f(), nil
}

// ErrNoGradient says that [Matter] reports false.
var ErrNoGradient = errors.New("the loss does not depend on the parameters of the network, so that nothing " +
	"can be learned: compute it from the Values y, not from their Data")

// Matter reports whether a loss depends on one of the parameters.
func Matter(params []*gradus.Value, loss *gradus.Value) bool {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	in := make(map[*gradus.Value]bool, len(params))
	for _, v := range params {
		in[v] = true
	}
	return slices.ContainsFunc(gradus.Topo(loss), func(v *gradus.Value) bool { return in[v] })
}
