// Package formulas computes what the Formula view of the playground shows of a text with formulas: the value,
// the gradients and their derivation, the second derivatives, and the graph through which a reader steps.
package formulas
