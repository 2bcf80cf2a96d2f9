// Package kernel multiplies matrices of float64, computes with vectors element by element, computes
// functions of their elements, and takes the steps of optimisers. It is made for the matrices of a layer
// of neurons, for one sample or for a batch of a few dozen.
//
// A matrix is a slice and a stride ld: the element in row i and column j is x[i·ld+j]. On amd64
// with AVX2, and faster still with AVX-512, assembly does the work. On arm64, NEON multiplies matrices and
// adds multiples of vectors. For all else, elsewhere, and for the smallest matrices, Go code does the work.
// The results are the same, but for rounding.
//
// # Promises
//
// The same operands give the same bits on the same machine, wherever in memory they are. The bits of an
// element of a product depend only on its row of A, its row or column of B, what it is added to, and n and
// k. So a row of C is the same whether it is computed alone or with others. Go code rounds every product
// before it adds it, and gives the same bits on every architecture. The assembly fuses the two. Affine and
// the others for one vector add in another order than MulNT and MulNN of several, and so does Each.
//
// What is computed element by element is rounded like the same formula in Go, to the bit, with any
// instructions: no product is fused with a sum.
//
// The functions, Exp and the others of one number, are off by less than one unit in the last place, but for
// SiLU; each says by how much. Special cases are those of package math. The bits of an element depend on
// the number alone, not on where it is nor on how many there are, and are the same on every machine that
// multiplies and adds in one instruction, with assembly or without: amd64 since 2013, arm64, loong64, ppc64,
// riscv64 and s390x. Others, such as wasm, would take long to do the same, and call package math instead.
//
// In a product, NaN and ±Inf spread as the formula says, and the sign of a zero is not defined. Nothing
// is written but the elements of the result, and nothing is allocated. C must not overlap an operand. A
// vector may be result and operand at the same time, but must not overlap the result otherwise.
package kernel
