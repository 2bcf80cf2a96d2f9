// Package listing describes a recorded program to packages that write it out in another language.
//
// The description has two parts. The [Graph] is what was recorded, one scalar operation after the other,
// in the order in which package gradus computes them, forward and, from the end to the beginning, in
// Backward. Whoever must compute the same bits reads the Graph. The instructions are what package replay
// makes of it: matrices, vectors, rows of softmax. They add terms in another order, so that what is
// computed from them is the same up to rounding. Whoever wants few lines, or matrices, reads the
// instructions.
//
// The Graph names everything by the number of its node. Instructions name numbers by slots: places in one
// long memory, in which what is read side by side lies side by side. Program.Slots leads from a node to its
// slot.
package listing
