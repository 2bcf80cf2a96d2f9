// Package compile turns a recorded graph of scalars into a flat program for package machine.
//
// It works in passes, a file each: fold.go computes constants, dots.go takes sums of products
// apart and makes dot products of them, matrices.go decides which dot products become one
// matrix-vector product. Then layout.go gives every number a place in memory, lower.go,
// products.go and pack.go emit the instructions, and instruction.go makes one instruction of
// several that go on from each other. At last link.go turns them into instructions of a machine,
// and setters.go finds those that may write a gradient to which the others add.
package compile
