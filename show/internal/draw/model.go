// Package draw draws graphs, folded or not, for Graphviz, for Mermaid and as SVG.
package draw

import (
	"strconv"

	"github.com/gradus-go/gradus"
)

// A Model is a graph with a place and a stable id for every node and edge. All drawings and
// the page are made from it, so that what is n3 in one is n3 in another.
type Model struct {
	Nodes []*gradus.Value // operands before results; node i has the id n<i>
	Edges []Edge          // by node, then by operand; edge i has the id e<i>
	Place map[*gradus.Value]int
}

// An Edge leads from an operand to the node that it is an operand of.
type Edge struct {
	From, To int // places in nodes
	Operand  int // which operand of to it is
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

// NodeID returns the id of node i.
func NodeID(i int) string { return "n" + strconv.Itoa(i) }

// EdgeID returns the id of edge i.
func EdgeID(i int) string { return "e" + strconv.Itoa(i) }
