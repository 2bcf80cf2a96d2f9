package replay

import "github.com/gradus-go/gradus/replay/internal/compile"

// A Pass is a step of compilation that can be switched off with [Recorder].Without. A Pass is a
// set: join several with |.
type Pass uint16

// The passes, in the order in which they run.
const (
	// Fold computes, while compiling, what depends on constants alone, and drops what no
	// output depends on.
	Fold = Pass(compile.Fold)
	// Common computes once what is written several times: the same function of the same operands. Functions of
	// your own, made by [gradus.Func1] and so on, are exempt. A product that one sum of products alone uses is
	// computed in that sum, and so is a sum, unless something else than a sum uses an equal one. Common does
	// not find what is written again after tens of thousands of other nodes, and nothing in a graph of more
	// than 2²⁴.
	Common = Pass(compile.Common)
	// Dots turns a sum of products into one dot product, however it was written, and takes common
	// factors out of it. Where that helps, it multiplies out the sums in a product.
	Dots = Pass(compile.Dots)
	// Matrices turns dot products that share an operand into one product of a matrix, or of its
	// transpose, and a vector.
	Matrices = Pass(compile.Matrices)
	// Constants makes one constant of equal ones, where an instruction for several operations can then
	// read one number.
	Constants = Pass(compile.Constants)
	// Order puts the parameters of a matrix into the order in which they are listed, or its columns into that
	// of the numbers that they multiply. Without it they lie in the order in which the graph has them.
	Order = Pass(compile.Order)
	// Join turns products of one matrix and several vectors into one product.
	Join = Pass(compile.Join)
	// MulAdds turns sums of few products whose operands lie side by side into products and multiply-adds of
	// vectors, which needs Vectors. A short sum by itself is a multiply-add for each product.
	MulAdds = Pass(compile.MulAdds)
	// Rows computes a softmax, however it was written, the logarithms of sums of exponentials of several rows of
	// numbers, or these rows divided by their norms, in one instruction, which keeps the exponentials or the
	// norms for Backward. If the numbers of a row are sums of products that have a vector in common, they become
	// one product.
	Rows = Pass(compile.Rows)
	// Vectors merges instructions that apply the same function to neighbouring operands.
	Vectors = Pass(compile.Vectors)
	// Gather copies operands that do not lie side by side, where one instruction can then take the place of many
	// with the same function. It needs Vectors.
	Gather = Pass(compile.Gather)
	// Repeats makes one instruction of several of the same size whose operands lie at equal distances: of
	// products, each of a small matrix and a vector of its own, such as vectors times numbers and the heads of
	// attention; of cross-entropies; of rows that several indexes pick from one table, or each from its own.
	Repeats = Pass(compile.Repeats)
	// Deferred lets products with the same matrix, one after the other, leave its gradient to one product at the
	// end of Backward.
	Deferred = Pass(compile.Deferred)
)
