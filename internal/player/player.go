package player

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/derivative"
	"github.com/gradus-go/gradus/internal/draw"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/legible"
)

// The limits of a picture: nobody steps through a larger graph.
const (
	maxNodes    = 400
	maxEdges    = 1000
	maxOperands = 20   // of one node, in a part of a graph
	maxNumbers  = 1000 // in the table of all numbers
)

// A Player is what one sees of a graph while one steps through it: first the computation of each node, then
// the steps of Backward, and those of a naive recursion. Marshalled to JSON it is the data that mountStepper
// in [Script] takes, which computes no number itself.
type Player struct {
	Nodes     []node            `json:"nodes"` // operands before results; node i has the id n<i> in the picture
	Backward  []frame           `json:"backward"`
	Naive     []frame           `json:"naive"`
	Sentences map[string]string `json:"sentences"`      // the announcement of a step, for each of the two
	Part      bool              `json:"part,omitempty"` // the picture shows a part of the graph

	n         formula.Notation
	graph     *draw.Model    // what the picture shows
	edges     map[[2]int]int // the edge of each node and operand
	byEdge    []Step         // the step along each edge; none along those from constants
	stepCount int            // the number of steps of Backward
	verdict   string
	lines     []line
	others    []node // what the table of all numbers has beyond the picture
	all       int    // the number of nodes of the whole graph
}

// New returns the Player of the graph of root, as package show documents its Page: with names for values
// whose formulas would be long, with gradients that are computed from zero, and with a part of a large graph.
// It does not change the graph.
func New(root *gradus.Value) *Player {
	named, n, _ := legible.Graph(root)
	copies := legible.Duplicate(gradus.Topo(named))
	root = copies[len(copies)-1]
	root.Backward()
	return newPlayer(draw.NewModel(root), n)
}

// Root returns the name of the root.
func (p *Player) Root() string { return p.Nodes[len(p.Nodes)-1].Name }

// A node is what one sees of a node.
type node struct {
	Name    string `json:"name"`
	D       string `json:"d"` // d root/d node
	Leaf    bool   `json:"leaf,omitempty"`
	Const   bool   `json:"const,omitempty"`
	Data    shown  `json:"data"`
	Grad    shown  `json:"grad,omitzero"` // not of a constant
	op      string
	formula string
}

// shown is a number with four digits, as one sees it, and with all.
type shown [2]string

// show returns a number as one sees it.
func show(x float64) shown { return shown{formula.Text.Number(x), formula.Exact(x)} }

// newPlayer returns the Player of a graph on which Backward has run.
func newPlayer(whole *draw.Model, n formula.Notation) *Player {
	m := whole
	if len(m.Nodes) > maxNodes || len(m.Edges) > maxEdges {
		m = m.Part(maxNodes, maxEdges, maxOperands)
	}
	p := &Player{
		n: n, graph: m, edges: map[[2]int]int{}, byEdge: make([]Step, len(m.Edges)), all: len(whole.Nodes),
		Part: m.More > 0,
	}
	for _, v := range m.Nodes {
		p.Nodes = append(p.Nodes, p.node(v))
	}
	for i, e := range m.Edges {
		p.edges[[2]int{e.To, e.Operand}] = i
	}
	p.findOthers(whole)
	p.forward()
	left := func(s Step) bool { return !p.has(s.Node) || !p.has(s.Parent()) }
	p.backward(slices.DeleteFunc(Steps(n, m.Root()), left))
	p.naive()
	return p
}

// derivative returns how the derivative of the root with respect to a node is written.
func (p *Player) derivative(v *gradus.Value) string {
	root, by := p.graph.Root().Name(), cmp.Or(v.Name(), p.n.Name(v))
	if root == "" { // its formula is too long to repeat in each line
		return "d root/d" + enclosed(p.n.Name(v))
	}
	return derivative.Of(root, by, false).Write(func(name string) string {
		return enclosed(formula.ShortenName(p.n.Names([]string{name}), formula.MaxName))
	})
}

// node returns what one sees of a node.
func (p *Player) node(v *gradus.Value) node {
	n := node{
		Name: p.n.Name(v), D: p.derivative(v), Leaf: v.Op() == nil, Const: v.IsConst(), Data: show(v.Data),
	}
	if !n.Const {
		n.Grad = show(v.Grad)
	}
	if !n.Leaf {
		n.op = draw.Sign(v.Op())
		n.formula = p.n.Write(formula.Expand(v), formula.InSum)
		n.formula = formula.Shorten(n.formula, FormulaLength)
	}
	return n
}

// room returns how many characters the longest line with a number has that the picture shows in each node.
func (p *Player) room() []int {
	room := make([]int, len(p.Nodes))
	for i, n := range p.Nodes {
		room[i] = len("data " + n.Data[0])
	}
	for _, f := range slices.Concat(p.Backward, p.Naive) {
		for i, grad := range f.Sets {
			room[i] = max(room[i], len("grad "+grad[0]))
		}
	}
	return room
}

// has reports whether the picture has a node.
func (p *Player) has(v *gradus.Value) bool {
	_, ok := p.graph.Place[v]
	return ok
}

// findOthers takes up the leaves that the picture leaves out, and then the other values that have a name.
func (p *Player) findOthers(whole *draw.Model) {
	for _, leaves := range []bool{true, false} {
		for _, v := range whole.Nodes {
			if p.has(v) || len(p.Nodes)+len(p.others) == maxNumbers {
				continue
			}
			if leaves == (v.Op() == nil) && (v.Name() != "" || leaves && !v.IsConst()) {
				p.others = append(p.others, p.node(v))
			}
		}
	}
}
