package replay

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
)

// Check compares another graph with the one that was recorded, and returns an error that
// names the first difference.
//
// A recording holds what was computed, not the code that decided to compute it: an if on the
// Data of a Value, or a constant made of one, is as it was at the time. To find out, build
// the graph again with other inputs, and the parameters themselves, and give it to Check:
//
//	p, err := replay.Record(build(x, w), x)
//	…
//	err = p.Check([]*gradus.Value{build(x2, w)}, x2)
//
// Two graphs agree if they apply functions of the same names to operands in the same places,
// use the same parameters, and have equal numbers for constants.
func (p *Program) Check(outputs []*gradus.Value, inputs ...*gradus.Value) error {
	g := p.graph
	if len(inputs) != g.inputs || len(outputs) != len(g.outputs) {
		return fmt.Errorf("replay: Check: got %d inputs and %d outputs, want %d and %d as recorded",
			len(inputs), len(outputs), g.inputs, len(g.outputs))
	}
	h, err := Recorder{Inputs: inputs, Params: g.values}.graph(outputs)
	if err != nil {
		return err
	}
	for i := g.inputs + g.params; i < min(len(g.ops), len(h.ops)); i++ {
		if err := g.compare(h, int32(i)); err != nil {
			return err
		}
	}
	if len(h.ops) != len(g.ops) {
		return fmt.Errorf("replay: Check: the graph has %d nodes, want %d as recorded", len(h.ops), len(g.ops))
	}
	for k, i := range g.outputs {
		if h.outputs[k] != i {
			return fmt.Errorf("replay: Check: output %d is %s, want %s as recorded",
				k, h.describe(h.outputs[k]), g.describe(i))
		}
	}
	return nil
}

// compare compares node i, of which all operands have been compared.
func (g *graph) compare(h *graph, i int32) error {
	a, b := g.operands(i), h.operands(i)
	differ := len(a) != len(b) || opName(g.ops[i]) != opName(h.ops[i])
	for k := 0; !differ && k < len(a); k++ {
		differ = a[k] != b[k]
	}
	if !differ && g.ops[i] == nil {
		x, y := g.data[i], h.data[i]
		differ = x != y && !(math.IsNaN(x) && math.IsNaN(y))
	}
	if !differ {
		return nil
	}
	return fmt.Errorf("replay: Check: the graph has %s, want %s as recorded", h.describe(i), g.describe(i))
}

func opName(op *gradus.Op) string {
	if op == nil {
		return ""
	}
	return op.Name()
}

// describe names a node and says how it was computed.
func (g *graph) describe(i int32) string {
	if g.ops[i] == nil {
		return fmt.Sprintf("%s, the constant %v", g.name(i), g.data[i])
	}
	s := g.name(i) + " = " + g.ops[i].Name() + "("
	for k, a := range g.operands(i) {
		if k == 8 {
			s += ", …"
			break
		}
		if k > 0 {
			s += ", "
		}
		s += g.name(a)
	}
	return s + ")"
}
