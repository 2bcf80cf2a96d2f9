package params

import (
	"fmt"

	"github.com/gradus-go/gradus"
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
