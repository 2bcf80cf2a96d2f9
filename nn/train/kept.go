package train

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
)

// kept holds the numbers that the parameters of the network had after the last store. Whoever changes them
// then, in the callback, would not notice that Run trains a copy, and that the next store writes over the
// change.
type kept struct {
	numbers []float64
	other   *gradus.Value // the first that was changed
}

// keep notes the numbers of the parameters.
func (k *kept) keep(values []*gradus.Value) {
	k.numbers = k.numbers[:0]
	for _, v := range values {
		k.numbers = append(k.numbers, v.Data)
	}
}

// look compares the parameters with the numbers. It is called before the parameters are written.
func (k *kept) look(values []*gradus.Value) {
	for i, v := range values {
		if k.other == nil && math.Float64bits(v.Data) != math.Float64bits(k.numbers[i]) {
			k.other = v
		}
	}
}

// checkKept returns an error if a parameter of the network was changed since Run began.
func checkKept(e engine) error {
	if v := e.changed(); v != nil {
		return fmt.Errorf("the parameter %v of the network was changed while Run trains a copy of the parameters, "+
			"which takes no notice: change it between two Runs, or in the Step of an optimiser of your own", v)
	}
	return nil
}
