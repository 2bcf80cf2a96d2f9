// Package gradus is a scalar reverse-mode automatic differentiation engine, made for
// teaching and learning.
//
// Arithmetic on [Value] is written one number at a time. Each result remembers its
// operation and its operands, so that an expression builds a graph, and [Value.Backward]
// walks this graph from the result to the leaves and leaves in every node the derivative
// of the result with respect to it:
//
//	x := gradus.New(3).As("x")
//	y := x.Square().Add(x)  // y = x² + x
//	y.Backward()
//	fmt.Println(x.Grad)     // dy/dx = 2x + 1 = 7
//
// # What there is
//
//   - Leaves: [New], [Values]. A constant is a leaf like any other, New(2).
//   - Functions of one number and of two: the methods of Value, from [Value.Add] to
//     [Value.Softplus]. Functions of many: [Sum], [Mean], [Dot], [LogSumExp], [Softmax].
//   - A function of your own: [Func1] and [Func2] make an [Op], [Op.Apply] applies it.
//   - Readers of a graph: [Topo], [Value.Parents], [Value.Op], [Value.Name], and of an
//     operation: [Op.Eval], [Op.Partials], [Op.Formula].
//   - Loops that build the same graph again and again: [Tape].
//
// # Promises
//
// Numbers never panic: NaN, ±Inf and ±0 go through every operation as package math has it,
// and each operation's comment says what its derivative is there and at a kink. What
// panics is a programmer's mistake, such as a nil operand or a wrong number of them, with a
// sentence that begins with "gradus: " and says what was wanted.
//
// Addition, subtraction, multiplication, division and square root, and all that is built
// of them, derivatives included, give the same bits on every architecture: no product is
// fused with a sum. The functions that package math approximates, such as exp, differ between
// amd64 and arm64 by at most 4 units in the last place of the number; their derivatives, where
// 1 − z² and the like cancel, by at most 4 of the number or of 1, if that is larger.
//
// The package has no mutable global state. A graph belongs to one goroutine at a time, and
// graphs that share no node never race.
//
// # Not its purpose
//
// There are no tensors, no GPU and no in-place operations. Higher derivatives are not
// computed by Backward, though the formulas of [Op.Formula] are graphs and can be
// differentiated in their turn.
package gradus
