// Package gradus is a scalar reverse-mode automatic differentiation engine, made for
// teaching and learning.
//
// Arithmetic on [Value] is written one number at a time. Each result remembers its
// operation and its operands, so that an expression builds a graph, and [Value.Backward]
// walks this graph from the result to the leaves and stores in every node the derivative
// of the result with respect to it:
//
//	x := gradus.New(3).As("x")
//	y := x.Square().Add(x)  // y = x² + x
//	y.Backward()
//	fmt.Println(x.Grad)     // dy/dx = 2x + 1 = 7
//
// # What there is
//
//   - Leaves: [New] and [Values] make inputs and parameters, [Const] makes a constant. A number
//     as an operand, as in x.Mul(2), is a constant, too.
//   - Functions of one or two numbers are methods, such as [Value.Add], [Value.Exp] and [Value.Max].
//     Functions of any number of numbers: [Sum], [Mean], [Dot], [LogSumExp], [Softmax],
//     [SoftmaxCrossEntropy]. [Where] selects one of two values: an if that is part of the graph.
//     [Pick] selects one of many by an index. [Value.Clamp] keeps a value between two bounds.
//   - A function of your own: [Func1], [Func2] and [FuncN] make an [Op], and [Op.Apply] applies it. The
//     package's example OtherFunctions writes log₂, log₁₀, hypot, atan2, the cube root and floor,
//     which have no method.
//   - To read a graph: [Topo] lists its nodes; [Value.Parents], [Value.Op], [Value.Name]
//     and [Value.IsConst] describe a node; [Op.Eval], [Op.Partials] and [Op.Formula] describe an
//     operation.
//   - To build the same graph again and again in a loop, without allocating: [Tape].
//   - Derivatives of derivatives: [Gradient] returns derivatives as graphs, [Hessian] second ones.
//
// # Promises
//
// No number makes an operation panic: NaN, ±Inf and ±0 give what IEEE 754 and package math give
// for them. The comment of each operation lists exceptions, such as Max(+Inf, NaN), which is NaN,
// and says what its derivative is there and at a kink. Only a programmer's mistake panics, such as a
// nil operand or a wrong number of operands, with a sentence that begins with "gradus: " and says
// what was wanted.
//
// Addition, subtraction, multiplication, division and square root give the same bits on every
// architecture, because no product is fused with a sum. The same holds for everything that is
// computed from these alone, derivatives included. The functions that package math approximates,
// such as exp, differ between amd64 and arm64 by at most 4 units in the last place. Sines and cosines
// may be off by |x|·2⁻¹⁰⁰ besides; relative to a result that is nearly 0, as that of sin(116π), this
// is up to 2·10⁻¹¹, and so it is for tan near a zero or a pole. Powers x^y differ
// by at most 4 + |ln x| units: package math computes a part of them as exp(r·ln x), where r is y minus
// the nearest integer. Their derivatives, in which 1 − z² and the like may cancel, differ by at most 4
// units in the last place of the derivative or of 1, whichever is larger.
//
// The package has no mutable global state. A graph belongs to one goroutine at a time, and
// graphs that share no node never race.
//
// # Not its purpose
//
// There are no tensors, no GPU and no in-place operations.
package gradus
