package draw

import (
	"slices"
	"strconv"

	"github.com/gradus-go/gradus"
)

// A Model is a graph in which every node and edge has a number, from which its id is made.
// All drawings and the page are made from a Model, so that a node has the same id in each.
type Model struct {
	Nodes []*gradus.Value       // operands before results; node i has the id n<i>
	Edges []Edge                // by node, then by operand; edge i has the id e<i>
	Place map[*gradus.Value]int // the place of each node in Nodes
	More  int                   // the number of nodes that are left out, which only a Part has
}

// An Edge leads from an operand to the node that is computed from it.
type Edge struct {
	From, To int // places in Model.Nodes
	Operand  int // the place of the operand among the parents of the node
}

// NewModel returns the model of the graph under root.
func NewModel(root *gradus.Value) *Model { return newModel(gradus.Topo(root), 0) }

func newModel(nodes []*gradus.Value, more int) *Model {
	m := &Model{Nodes: nodes, Place: map[*gradus.Value]int{}, More: more}
	for i, v := range m.Nodes {
		m.Place[v] = i
		for j, p := range v.Parents() {
			if from, ok := m.Place[p]; ok {
				m.Edges = append(m.Edges, Edge{From: from, To: i, Operand: j})
			}
		}
	}
	return m
}

// Part returns the model of the nodes next to the root: of no more than so many nodes and edges, and of
// no more than so many operands of a node. All results that use a node of the part are in the part, so
// that Backward completes the gradients of the part before those of what is left out.
func (m *Model) Part(nodes, edges, operands int) *Model {
	uses := make([]int, len(m.Nodes))
	for _, e := range m.Edges {
		uses[e.From]++
	}
	waits := slices.Clone(uses) // for the results that use a node
	var part []int
	next := []int{len(m.Nodes) - 1}
	for len(next) > 0 {
		i := next[0]
		next = next[1:]
		if edges -= uses[i]; len(part) == nodes || edges < 0 {
			break
		}
		part = append(part, i)
		for j, p := range m.Nodes[i].Parents() {
			if j == operands {
				break
			}
			from := m.Place[p]
			if waits[from]--; waits[from] == 0 {
				next = append(next, from)
			}
		}
	}
	slices.Sort(part)
	values := make([]*gradus.Value, len(part))
	for k, i := range part {
		values[k] = m.Nodes[i]
	}
	return newModel(values, len(m.Nodes)-len(part))
}

// leftOut returns the number of operands of node i that are left out.
func (m *Model) leftOut(i int) (n int) {
	for _, p := range m.Nodes[i].Parents() {
		if _, ok := m.Place[p]; !ok {
			n++
		}
	}
	return n
}

// Root returns the last node.
func (m *Model) Root() *gradus.Value { return m.Nodes[len(m.Nodes)-1] }

func nodeID(i int) string { return "n" + strconv.Itoa(i) }

func edgeID(i int) string { return "e" + strconv.Itoa(i) }
