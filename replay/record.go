package replay

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/listing"
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
	// The program keeps them in an order of its own, that of [Program.Params].
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
	if err := cmp.Or(isNil("output", outputs, "Value"), isNil("input", r.Inputs, "leaf"),
		isNil("parameter", r.Params, "leaf")); err != nil {
		return nil, err
	}
	params, order, operands, err := r.numberAll(outputs)
	if err != nil {
		for _, numbered := range [][]*gradus.Value{r.Inputs, params, order} {
			sorting.Clear(numbered)
		}
		return nil, err
	}
	leaves := len(r.Inputs) + len(params)
	n := leaves + len(order)
	g := &graph{values: params}
	g.Inputs, g.Params = len(r.Inputs), len(params)
	g.Ops, g.Data = make([]int32, n), make([]float64, n)
	g.First, g.Args = make([]int32, n+1), make([]int32, operands)
	for _, v := range outputs {
		g.Outputs = append(g.Outputs, number(v))
	}
	others, ops := g.read(order, leaves, g.Args)
	g.Table = listing.TableOf(ops)
	inputs, _ := g.read(r.Inputs, 0, nil)
	g.read(params, g.Inputs, nil)
	for _, i := range inputs {
		g.names = append(g.names, r.Inputs[i].Name())
	}
	for _, i := range others {
		g.names = append(g.names, order[int(i)-leaves].Name())
	}
	g.named = slices.Concat(inputs, others)
	return g, nil
}

// read writes down what nodes are whose numbers begin with first, and takes these numbers from them. It
// returns the numbers of those that have names, and the ops that are of no kind.
func (g *graph) read(nodes []*gradus.Value, first int, args []int32) (named []int32, others []*gradus.Op) {
	named, ops := sorting.Read(nodes, g.Ops[first:], g.Data[first:], g.First[first:], args)
	return named, ops.([]*gradus.Op)
}

// isNil returns an error if a Value is nil.
func isNil(what string, values []*gradus.Value, want string) error {
	if i := slices.Index(values, nil); i >= 0 {
		return fmt.Errorf("replay: %s %d of %d is nil, want a %s", what, i+1, len(values), want)
	}
	return nil
}

// number returns the number of a node, or -1 if it has none.
func number(v *gradus.Value) int32 { return int32(*sorting.State(v)&(sorting.Numbered-1)) - 1 }

// named returns the leaves that have a name and are not constants: these are the parameters, as the inputs
// have numbers and are not in order. It returns an error if a leaf could be a parameter or a constant.
func named(order []*gradus.Value) ([]*gradus.Value, error) {
	params := []*gradus.Value{}
	var unnamed []*gradus.Value
	for _, v := range order {
		switch {
		case v.Op() != nil || v.IsConst():
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

// numberLeaves numbers the inputs and then the parameters, which it returns.
func (r Recorder) numberLeaves(outputs []*gradus.Value) (params []*gradus.Value, err error) {
	if err := addLeaves("input", r.Inputs, 0); err != nil {
		return nil, err
	}
	if params = r.Params; params == nil {
		if params, err = named(gradus.Topo(outputs...)); err != nil {
			return nil, err
		}
	}
	return params, addLeaves("parameter", params, len(r.Inputs))
}

// numberAll numbers the inputs, the parameters, and all other nodes under the outputs. It returns the
// parameters, and the others in topological order, together with how many operands these have.
func (r Recorder) numberAll(outputs []*gradus.Value) (
	params, others []*gradus.Value, operands int, err error,
) {
	if params, err = r.numberLeaves(outputs); err != nil {
		return params, nil, 0, err
	}
	nodes, operands := sorting.Number(outputs, len(r.Inputs)+len(params))
	if others = nodes.([]*gradus.Value); r.Share != nil {
		err = strange(others)
	}
	return params, others, operands, err
}

// strange returns an error if there is a leaf but constants among nodes that are neither inputs nor
// parameters.
func strange(nodes []*gradus.Value) error {
	for _, v := range nodes {
		if v.Op() == nil && !v.IsConst() {
			return fmt.Errorf("replay: the leaf (%v) is neither an input, a constant nor a parameter of "+
				"Share: list all parameters in Recorder.Params of the first program, or make a constant with Const", v)
		}
	}
	return nil
}

// addLeaves numbers inputs or parameters, from first on.
func addLeaves(what string, leaves []*gradus.Value, first int) error {
	for i, v := range leaves {
		var problem string
		switch k := int(number(v)); {
		case v.Op() != nil:
			problem = fmt.Sprintf("(%v) was computed, want a leaf", v)
		case v.IsConst():
			problem = fmt.Sprintf("(%v) cannot change, want a leaf made with New", v)
		case k >= first:
			problem = fmt.Sprintf("(%v) is also %s %d, want each leaf once", v, what, k-first+1)
		case k >= 0:
			problem = fmt.Sprintf("(%v) is also input %d, want each leaf once", v, k+1)
		default:
			*sorting.State(v) += uint32(first+i+1) | sorting.Numbered
			continue
		}
		return fmt.Errorf("replay: %s %d of %d %s", what, i+1, len(leaves), problem)
	}
	return nil
}
