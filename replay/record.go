package replay

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/compile"
)

// A Recorder says how a graph is recorded. The zero Recorder takes every leaf for a
// parameter and applies every pass.
type Recorder struct {
	// Inputs are the leaves whose numbers are given to each Forward, in this order. They, and
	// the parameters, need not occur in the graph.
	Inputs []*gradus.Value

	// Params are the leaves whose numbers the program keeps and whose gradients Backward
	// computes. All other leaves are constants: what they hold now is what the program
	// computes with. If Params is nil, every leaf that is no input is a parameter.
	Params []*gradus.Value

	// InputGrads makes Backward compute the gradients of the inputs as well.
	InputGrads bool

	// Without switches passes off.
	Without Pass
}

// Record compiles the graph under out to a Program. Every leaf that is none of the inputs is
// a parameter, a constant such as New(0.5) too: a step along the gradients would change it.
// With a [Recorder] one names the parameters, and the others are constants.
//
// The errors are those of [Recorder.Record].
func Record(out *gradus.Value, inputs ...*gradus.Value) (*Program, error) {
	return Recorder{Inputs: inputs}.Record(out)
}

// Record compiles the graph under the outputs to a Program. It takes time and memory linear
// in the graph, but for the sorting of nodes that are computed at the same depth.
//
// It returns an error that names the Value if an input or a parameter is nil, is not a leaf or
// is listed twice, if an output is nil, and if there is no output.
func (r Recorder) Record(outputs ...*gradus.Value) (*Program, error) {
	g, err := r.graph(outputs)
	if err != nil {
		return nil, err
	}
	code := compile.Compile(&g.Graph, compile.Pass(r.Without), r.InputGrads)
	return newProgram(g, code, r.InputGrads), nil
}

// A graph is what was recorded, with what only its user cares for.
type graph struct {
	compile.Graph
	values []*gradus.Value // the parameters
	labels map[int32]string
}

// name returns how an error calls a node.
func (g *graph) name(i int32) string {
	if label := g.labels[i]; label != "" {
		return label
	}
	return fmt.Sprintf("node %d", i)
}

// graph numbers the nodes under the outputs.
func (r Recorder) graph(outputs []*gradus.Value) (*graph, error) {
	if len(outputs) == 0 {
		return nil, fmt.Errorf("replay: there is no output, want one or more")
	}
	for i, v := range outputs {
		if v == nil {
			return nil, fmt.Errorf("replay: output %d of %d is nil, want a Value",
				i+1, len(outputs))
		}
	}
	order := gradus.Topo(outputs...)
	params := r.Params
	if params == nil {
		params = leavesExcept(order, r.Inputs)
	}
	g := &graph{values: slices.Clone(params)}
	g.Inputs, g.Params = len(r.Inputs), len(params)
	n := len(order) + len(r.Inputs)
	g.Ops, g.Data, g.First = make([]*gradus.Op, 0, n), make([]float64, 0, n), make([]int32, 0, n+1)
	g.Args = make([]int32, 0, 2*n)
	number := make(map[*gradus.Value]int32, n)
	if err := g.addLeaves("input", r.Inputs, number); err != nil {
		return nil, err
	}
	if err := g.addLeaves("parameter", params, number); err != nil {
		return nil, err
	}
	g.addRest(order, number)
	for _, v := range outputs {
		g.Outputs = append(g.Outputs, number[v])
	}
	return g, nil
}

// leavesExcept returns the leaves in order that are not among the inputs.
func leavesExcept(order, inputs []*gradus.Value) []*gradus.Value {
	input := make(map[*gradus.Value]bool, len(inputs))
	for _, v := range inputs {
		input[v] = true
	}
	leaves := []*gradus.Value{}
	for _, v := range order {
		if v.Op() == nil && !input[v] {
			leaves = append(leaves, v)
		}
	}
	return leaves
}

// addLeaves numbers inputs or parameters.
func (g *graph) addLeaves(
	what string, leaves []*gradus.Value, number map[*gradus.Value]int32,
) error {
	for i, v := range leaves {
		problem := ""
		switch j, twice := number[v]; {
		case v == nil:
			problem = "is nil, want a leaf"
		case v.Op() != nil:
			problem = fmt.Sprintf("(%v) was computed, want a leaf", v)
		case twice && int(j) < g.Inputs:
			problem = fmt.Sprintf("(%v) is also input %d, want each leaf once", v, j+1)
		case twice:
			problem = fmt.Sprintf("(%v) is also parameter %d, want each leaf once",
				v, int(j)-g.Inputs+1)
		}
		if problem != "" {
			return fmt.Errorf("replay: %s %d of %d %s", what, i+1, len(leaves), problem)
		}
		number[v] = g.add(v, nil)
	}
	return nil
}

// addRest numbers constants and interior nodes.
func (g *graph) addRest(order []*gradus.Value, number map[*gradus.Value]int32) {
	var operands []int32
	for _, v := range order {
		if _, ok := number[v]; ok {
			continue
		}
		operands = operands[:0]
		for _, u := range v.Parents() {
			operands = append(operands, number[u])
		}
		number[v] = g.add(v, operands)
	}
	g.First = append(g.First, int32(len(g.Args)))
}

func (g *graph) add(v *gradus.Value, operands []int32) int32 {
	i := int32(len(g.Ops))
	g.Ops, g.Data = append(g.Ops, v.Op()), append(g.Data, v.Data)
	g.First = append(g.First, int32(len(g.Args)))
	g.Args = append(g.Args, operands...)
	if label := v.Name(); label != "" {
		if g.labels == nil {
			g.labels = map[int32]string{}
		}
		g.labels[i] = label
	}
	return i
}
