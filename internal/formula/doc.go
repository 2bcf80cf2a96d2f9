// Package formula writes the formulas of a graph as a person writes them on paper: the
// formula by which a value is computed, and the formulas of its local derivatives, in plain
// text, in LaTeX or in MathML.
package formula
