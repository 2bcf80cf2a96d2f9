// Package layout places the nodes of a directed acyclic graph in columns, from left to
// right, and leads the edges around them.
//
// The method is that of layered drawings. Nodes are put into columns so that every edge leads
// to the right. Then the nodes of each column are ordered so that few edges cross, and moved
// up and down so that edges are short and long ones straight. All edges that leave one node
// run together as far as they can, so that a value which is used a hundred times is one line
// with branches.
//
// Source: K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of
// hierarchical system structures, IEEE Trans. SMC 11(2), 1981.
package layout
