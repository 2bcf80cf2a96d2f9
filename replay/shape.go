package replay

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
)

// Check compares another graph with the one that was recorded, and returns an error that
// names the first difference.
//
// A recording holds what was computed, not the code that decided to compute it. An if on the
// Data of a Value, or a constant made of a Data, stays as it was when the graph was recorded.
// To find such code, build the graph again with other inputs and the same parameters, and
// give it to Check:
//
//	p, err := replay.Record(build(x, w), x)
//	…
//	err = p.Check([]*gradus.Value{build(x2, w)}, x2)
//
// The error names nodes by the names that As gave them, and else by a number.
//
// Two graphs agree if they apply operations of the same names to the same operands, use the same
// parameters, and have equal constants.
func (p *Program) Check(outputs []*gradus.Value, inputs ...*gradus.Value) error {
	p.mustBeRecorded("Check")
	g := p.graph
	if len(inputs) != g.Inputs || len(outputs) != len(g.Outputs) {
		return fmt.Errorf("replay: Check: got %d inputs and %d outputs, want %d and %d as recorded",
			len(inputs), len(outputs), g.Inputs, len(g.Outputs))
	}
	h, err := Recorder{Inputs: inputs, Params: g.values}.graph(outputs)
	if err != nil {
		return err
	}
	for i := g.Inputs + g.Params; i < min(len(g.Ops), len(h.Ops)); i++ {
		if err := g.compare(h, int32(i)); err != nil {
			return err
		}
	}
	if n := len(g.Ops); len(h.Ops) > n {
		return fmt.Errorf("replay: Check: the graph has %s in addition, want no more nodes than were recorded",
			h.describe(int32(n)))
	} else if m := len(h.Ops); m < n {
		return fmt.Errorf("replay: Check: the graph ends, want %s as recorded", g.describe(int32(m)))
	}
	for k, i := range g.Outputs {
		if h.Outputs[k] != i {
			return fmt.Errorf("replay: Check: output %d of %d is %s, want %s as recorded",
				k+1, len(g.Outputs), h.describe(h.Outputs[k]), g.describe(i))
		}
	}
	return nil
}

// compare compares node i, of which all operands have been compared.
func (g *graph) compare(h *graph, i int32) error {
	differ := !slices.Equal(g.Operands(i), h.Operands(i)) || opName(g.Op(i)) != opName(h.Op(i))
	if !differ && g.IsLeaf(i) {
		x, y := g.Data[i], h.Data[i]
		differ = math.Float64bits(x) != math.Float64bits(y) && !(math.IsNaN(x) && math.IsNaN(y))
	}
	if !differ {
		return nil
	}
	hint := ""
	if h.IsLeaf(i) {
		hint = "; a leaf that is not a parameter of the program counts as a constant"
	}
	return fmt.Errorf("replay: Check: the graph has %s, want %s as recorded%s",
		h.describe(i), g.describe(i), hint)
}

func opName(op *gradus.Op) string {
	if op == nil {
		return ""
	}
	return op.Name()
}

// describe names a node and says how it was computed.
func (g *graph) describe(i int32) string {
	if g.IsLeaf(i) {
		return fmt.Sprintf("%s, the constant %v", g.name(i), g.Data[i])
	}
	var names []string
	for k, a := range g.Operands(i) {
		if k == 8 {
			names = append(names, "…")
			break
		}
		names = append(names, g.name(a))
	}
	return fmt.Sprintf("%s = %s(%s)", g.name(i), g.Op(i).Name(), strings.Join(names, ", "))
}
