package bench

import (
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchrun"
)

// PyTorch computes the values and gradients of all rows with the modules that package torch writes.
// Of the rows of one network, the one with a batch stands for all. In short runs, as on an emulated machine,
// the row with two million nodes is left out.
func TestTorchModules(t *testing.T) {
	var models []torchrun.Model
	all := rows()
	for _, r := range all {
		if r.name == slowest && testing.Short() {
			continue
		}
		if slices.ContainsFunc(all, func(other *row) bool { return strings.HasPrefix(other.name, r.name+"x") }) {
			continue
		}
		name := "row_" + strings.ReplaceAll(r.name, "-", "_")
		models = append(models, torchModel(name, r.scalar()))
		if r.dots != nil {
			models = append(models, torchModel(name+"_dots", r.dots()))
		}
	}
	torchrun.Check(t, models...)
}

func torchModel(name string, e *expression) torchrun.Model {
	m := torchrun.Model{Name: name, Inputs: [][]float64{}}
	for _, v := range e.p {
		m.Params = append(m.Params, v.Data)
	}
	for s := range min(e.samples(), 3) {
		m.Inputs = append(m.Inputs, append([]float64{}, e.inputs[s*e.each:][:e.each]...))
	}
	m.Build = func(p, x []*gradus.Value) []*gradus.Value {
		e.p = p
		return []*gradus.Value{e.build(gradus.Const, x)}
	}
	return m
}
