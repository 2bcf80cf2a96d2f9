package draw

import (
	"strconv"

	"github.com/gradus-go/gradus"
)

// A Model is a graph in which every node and edge has a number, from which its id is made.
// All drawings and the page are made from a Model, so that a node has the same id in each.
type Model struct {
	Nodes []*gradus.Value       // operands before results; node i has the id n<i>
	Edges []Edge                // by node, then by operand; edge i has the id e<i>
	Place map[*gradus.Value]int // the place of each node in Nodes
}

// An Edge leads from an operand to the node that is computed from it.
type Edge struct {
	From, To int // places in Model.Nodes
	Operand  int // the place of the operand among the parents of the node
}

// NewModel returns the model of the graph under root.
func NewModel(root *gradus.Value) *Model {
	m := &Model{Nodes: gradus.Topo(root), Place: map[*gradus.Value]int{}}
	for i, v := range m.Nodes {
		m.Place[v] = i
		for j, p := range v.Parents() {
			m.Edges = append(m.Edges, Edge{From: m.Place[p], To: i, Operand: j})
		}
	}
	return m
}

// root returns the last node.
func (m *Model) root() *gradus.Value { return m.Nodes[len(m.Nodes)-1] }

func nodeID(i int) string { return "n" + strconv.Itoa(i) }

func edgeID(i int) string { return "e" + strconv.Itoa(i) }
