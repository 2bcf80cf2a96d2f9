package train

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
	"github.com/gradus-go/gradus/nn/internal/logits"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// checkLogits returns an error if a loss gets probabilities where it wants logits.
func (c Config) checkLogits(loss *gradus.Value) error { return logits.Check(sorted(loss)) }

// sorted returns the graph of a loss in topological order. Others may sort graphs that share nodes with it.
func sorted(loss *gradus.Value) []*gradus.Value {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	return gradus.Topo(loss)
}

// checkUnused returns an error if Forward, an activation or the loss uses only the Data of a parameter, as a
// number: another number then gives another graph, though none has the parameter, so that it has no gradient.
// A parameter that does not matter in any way is no error: it may be that of a part which is trained later.
// loss is that of row 0.
func (c Config) checkUnused(b builder, loss *gradus.Value) error {
	unused := params.Unused(leaves(c.Net), loss)
	for _, row := range someRows(len(c.Data.X)) {
		if len(unused) == 0 {
			return nil
		}
		if loss := b.build(c.Data, row).loss; loss != nil {
			unused = params.Unused(unused, loss)
		}
	}
	numbers := func(changed []*gradus.Value) (data []float64) {
		for _, v := range changed {
			was := v.Data
			v.Data = 1.25*was + 0.5
			defer func() { v.Data = was }()
		}
		for _, v := range sorted(b.build(c.Data, 0).loss) {
			data = append(data, v.Data)
		}
		return data
	}
	before := numbers(nil)
	matter := func(changed []*gradus.Value) bool { return slices.Compare(before, numbers(changed)) != 0 }
	if !matter(unused) || matter(nil) { // which a random number does
		return nil
	}
	for len(unused) > 1 {
		half := unused[:len(unused)/2]
		if !matter(half) {
			half = unused[len(half):]
		}
		unused = half
	}
	return fmt.Errorf("the parameter %v of the network is used as a number, by its Data, so that it has no "+
		"gradient and nothing trains it: compute with the Value itself, or do not list it in Params", unused[0])
}
