// Package compile turns a recorded graph of scalars into a flat program for package machine.
//
// It works in passes, a file each: fold.go finds the leaves and computes constants, common.go lets what is
// written twice be computed once, dots.go takes sums of products apart and makes dot products of them,
// factor.go takes common factors out, matrices.go decides which dot products become one matrix-vector
// product, constants.go makes one constant of equal ones. softmax.go finds what is a softmax, after the sums
// are known, norms.go what is divided by its norm, and logits.go makes one product of the logits of a
// softmax.
//
// Then layout.go gives every number a place in memory, and order.go puts the parameters of a matrix into the
// order in which they are listed, or its columns into that of the numbers that they multiply. After that
// lower.go, products.go and pack.go emit the instructions. join.go makes one product of those that multiply
// the same matrix. The instructions of sums of few products that lie side by side come from muladds.go,
// those of softmaxes, of norms and of LogSumExp from rows.go, and those of rows that indexes pick from
// pick.go. Where the operands of many nodes do not lie side by side, gather.go copies them. instruction.go
// merges neighbours that do the same to consecutive places, and repeat.go neighbours that multiply small
// matrices of the same size, each by a vector of its own, cross-entropies, and picks by several indexes.
// Finally, link.go turns them into instructions of a machine. deferred.go leaves the gradient of the weights
// that the steps of a network share to one product at the end of Backward. For each gradient in Mat,
// setters.go finds the first instruction of Backward that contributes to it: this one writes the gradient,
// and later ones add to it. So only gradients that no instruction writes need be cleared.
package compile
