package replay

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/sorting"
	"github.com/gradus-go/gradus/replay/internal/compile"
)

// A Recorder says how a graph is recorded. The zero Recorder records a graph without inputs.
type Recorder struct {
	// Inputs are the leaves that get new numbers at each Forward, in this order. An input need
	// not occur in the graph.
	Inputs []*gradus.Value

	// Params are the parameters: the leaves whose numbers the program keeps, and whose gradients
	// Backward computes. A parameter need not occur in the graph. All other leaves become
	// constants of the program, with the numbers that they hold when it is recorded.
	//
	// An empty slice that is not nil says that there are no parameters. If Params is nil, the
	// leaves that have a name and are neither inputs nor constants are the parameters, in the
	// order of [gradus.Topo]. A leaf without a name is then an error: it may be a parameter or a
	// constant, and Record does not guess.
	Params []*gradus.Value

	// InputGrads makes Backward compute the gradients of the inputs as well.
	InputGrads bool

	// Exact makes the program compute the very numbers that the graph does, to the bit on the
	// same machine, and their gradients if it has one output. Sums and products are then computed
	// in the order in which they were written, functions by package math, and all passes but Fold and
	// Vectors do nothing.
	// It costs most of the speed.
	Exact bool

	// Without switches passes off.
	Without Pass

	// Share is a program whose parameters the new one has, too, or nil: see [Program.Record]. Then Params
	// must be nil, and a leaf that is neither an input, a parameter nor a constant is an error.
	Share *Program
}

// Record compiles the graph under out to a Program. The inputs get new numbers at each
// [Program.Forward]. All other leaves with a name are parameters, unless they are constants,
// made by [gradus.Const] or from a number that was an operand. So a named target that is not listed
// among the inputs is trained, as if it were a weight.
//
// It returns the errors of [Recorder.Record].
func Record(out *gradus.Value, inputs ...*gradus.Value) (*Program, error) {
	return Recorder{Inputs: inputs}.Record(out)
}

// Record compiles the graph under the outputs to a Program. It takes time and memory in
// proportion to the graph, but for the sorting of nodes that are computed at the same depth.
//
// It returns an error that names the Value if an input or a parameter is nil, was computed, is a
// constant or is listed twice. It returns an error if there is no output or a nil one, and, where
// Params is nil, an error that lists the leaves without a name.
func (r Recorder) Record(outputs ...*gradus.Value) (*Program, error) {
	if r.Share == nil {
		r.Params = slices.Clone(r.Params)
	} else if err := r.share(); err != nil {
		return nil, err
	}
	g, err := r.graph(outputs)
	if err != nil {
		return nil, err
	}
	o := compile.Options{Without: compile.Pass(r.Without), Exact: r.Exact, InputGrads: r.InputGrads}
	if r.Share != nil {
		o.Shared, o.InMat = true, r.Share.inMat()
	}
	return newProgram(g, compile.Compile(&g.Graph, o), r), nil
}

// A graph is what was recorded, with the parameters and names, which the compiler does not need.
type graph struct {
	compile.Graph
	nodes  int32           // how many have numbers
	values []*gradus.Value // the parameters
	named  []int32         // the nodes but parameters that have names, in order
	names  []string        // of these
}

// name returns how an error calls a node.
func (g *graph) name(i int32) string {
	name := ""
	if k, ok := slices.BinarySearch(g.named, i); ok {
		name = g.names[k]
	} else if g.isParam(i) {
		name = g.values[int(i)-g.Inputs].Name()
	}
	return cmp.Or(name, fmt.Sprintf("node %d", i))
}

func (g *graph) isParam(i int32) bool { return g.Inputs <= int(i) && int(i) < g.Inputs+g.Params }

// graph numbers the nodes under the outputs.
func (r Recorder) graph(outputs []*gradus.Value) (*graph, error) {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
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
	defer forget(r.Inputs, r.Params, order)
	n := len(order) + len(r.Inputs)
	g := &graph{}
	g.Ops, g.Data, g.First = make([]*gradus.Op, n), make([]float64, n), make([]int32, n+1)
	g.Args, g.Inputs = make([]int32, 0, 2*n), len(r.Inputs)
	if err := g.addLeaves("input", r.Inputs); err != nil {
		return nil, err
	}
	params := r.Params
	if params == nil {
		var err error
		if params, err = named(order); err != nil {
			return nil, err
		}
	}
	g.values, g.Params = params, len(params)
	if err := g.addLeaves("parameter", params); err != nil {
		return nil, err
	}
	for k, v := range order {
		if r.Share != nil && v.Op() == nil && !v.IsConst() && number(v) < 0 {
			return nil, fmt.Errorf("replay: the leaf (%v) is neither an input, a constant nor a parameter of "+
				"Share: list all parameters in Recorder.Params of the first program, or make a constant with Const", v)
		}
		g.add(v, order[k:])
	}
	g.Ops, g.Data, g.First = g.Ops[:g.nodes], g.Data[:g.nodes], g.First[:g.nodes+1]
	for _, v := range outputs {
		g.Outputs = append(g.Outputs, number(v))
	}
	return g, nil
}

// grow makes room for n more nodes.
func (g *graph) grow(n int) {
	g.Ops, g.Data = append(g.Ops, make([]*gradus.Op, n)...), append(g.Data, make([]float64, n)...)
	g.First = append(g.First, make([]int32, n)...)
}

// growArgs makes room for the operands of nodes.
func (g *graph) growArgs(nodes []*gradus.Value) {
	n := 0
	for _, v := range nodes {
		n += len(v.Parents())
	}
	g.Args = slices.Grow(g.Args, n)
}

// number returns the number of a node, or -1 if it has none. The node itself holds it, plus 1, in the bits
// that are 0 when nothing is being sorted.
func number(v *gradus.Value) int32 { return int32(*sorting.State(v)&sorting.Counts) - 1 }

// forget takes the numbers away.
func forget(lists ...[]*gradus.Value) {
	for _, list := range lists {
		for _, v := range list {
			if v != nil {
				*sorting.State(v) &^= sorting.Counts
			}
		}
	}
}

// named returns the leaves that have a name, no number, and are not constants: these are the parameters. It
// returns an error if a leaf could be a parameter or a constant.
func named(order []*gradus.Value) ([]*gradus.Value, error) {
	params := []*gradus.Value{}
	var unnamed []*gradus.Value
	for _, v := range order {
		switch {
		case v.Op() != nil || v.IsConst() || number(v) >= 0:
		case v.Name() == "":
			unnamed = append(unnamed, v)
		default:
			params = append(params, v)
		}
	}
	if unnamed == nil {
		return params, nil
	}
	return nil, fmt.Errorf("replay: %s: %s: name a parameter with As, make a constant with Const, or "+
		"list the parameters in Recorder.Params",
		count(len(unnamed), "leaf is neither an input nor a constant and has no name",
			"leaves are neither inputs nor constants and have no name"), chain.WhereUsed(order, unnamed))
}

// addLeaves numbers inputs or parameters.
func (g *graph) addLeaves(what string, leaves []*gradus.Value) error {
	for i, v := range leaves {
		problem := ""
		switch {
		case v == nil:
			problem = "is nil, want a leaf"
		case v.Op() != nil:
			problem = fmt.Sprintf("(%v) was computed, want a leaf", v)
		case v.IsConst():
			problem = fmt.Sprintf("(%v) cannot change, want a leaf made with New", v)
		case g.add(v, nil):
			continue
		case number(v) >= int32(g.Inputs):
			problem = fmt.Sprintf("(%v) is also parameter %d, want each leaf once",
				v, int(number(v))-g.Inputs+1)
		default:
			problem = fmt.Sprintf("(%v) is also input %d, want each leaf once", v, number(v)+1)
		}
		return fmt.Errorf("replay: %s %d of %d %s", what, i+1, len(leaves), problem)
	}
	return nil
}

// add numbers a node, whose operands have numbers, and returns true, unless it has a number itself. It is the
// first of those to come.
func (g *graph) add(v *gradus.Value, toCome []*gradus.Value) bool {
	i, state := g.nodes, sorting.State(v)
	if *state&sorting.Counts != 0 {
		return false
	}
	if g.nodes++; int(i) == len(g.Ops) {
		g.grow(int(i)/4 + g.Params) // there are parameters that are not in the graph
	}
	*state += uint32(g.nodes)
	g.Ops[i], g.Data[i] = v.Op(), v.Data
	operands := v.Parents()
	if len(g.Args)+len(operands) > cap(g.Args) { // not if no node has more than two operands
		g.growArgs(toCome)
	}
	for _, operand := range operands {
		g.Args = append(g.Args, number(operand))
	}
	g.First[g.nodes] = int32(len(g.Args))
	if name := v.Name(); name != "" && !g.isParam(i) {
		g.named, g.names = append(g.named, i), append(g.names, name)
	}
	return true
}
