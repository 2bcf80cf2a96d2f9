// Package compile turns a recorded graph of scalars into a flat program for package machine.
//
// It works in passes, a file each: fold.go computes constants, dots.go takes sums of products
// apart and makes dot products of them, matrices.go decides which dot products become one
// matrix-vector product. Then layout.go gives every number a place in memory, lower.go,
// products.go and pack.go emit the instructions, grow.go joins neighbours to one instruction, and
// link.go and setters.go give the instructions their last touch.
package compile
