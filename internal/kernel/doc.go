// Package kernel multiplies matrices of float64. It is made for the matrices of a layer of
// neurons, for one sample or for a batch of a few dozen. It also computes with vectors, element by
// element, and takes the steps of optimisers.
//
// A matrix is a slice and a stride ld: the element in row i and column j is x[i·ld+j]. On amd64
// with AVX2, and faster still with AVX-512, assembly does the work. Elsewhere, and for the
// smallest matrices, Go code does. The results are the same, but for rounding.
//
// # Promises
//
// The same operands give the same bits on the same machine, wherever in memory they are. The bits
// of an element of a product depend only on its row of A, its row or column of B, what it is
// added to, and n and k. So a row of C is the same whether it is computed alone or with others.
// Go code rounds every product before it adds it, and gives the same bits on every architecture.
// The assembly fuses the two.
//
// What is computed element by element is rounded like the same formula in Go, to the bit, with any
// instructions: no product is fused with a sum.
//
// NaN and ±Inf spread as the formula says. The sign of a zero is not defined. Nothing is written
// but the elements of C, and nothing is allocated. C must not overlap an operand. A vector may be result
// and operand at the same time.
package kernel
