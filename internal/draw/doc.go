// Package draw draws graphs for Graphviz, for Mermaid and as SVG: every node, or fewer of
// them, with the others folded into formulas or blocks.
package draw
