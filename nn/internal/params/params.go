package params

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
)

// Check returns an error that names the first parameter that cannot be trained: a constant, or a
// Value that was computed from others.
func Check(params []*gradus.Value) error {
	for i, v := range params {
		var problem string
		switch {
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
