// Package replay records a graph once and replays it at the speed of vector code.
//
// A graph of [gradus.Value] is pleasant to learn from and slow to train with: it is built again
// for every sample, with a node and an allocation for every number. [Record] reads it once and
// compiles it to a [Program]. Parameters, inputs and constants get places in memory, and the rest
// becomes a flat list of instructions, which [Program.String] prints. [Program.Forward] runs
// them for new inputs. [Program.Backward] runs them in reverse and leaves the gradients of the
// parameters in [Program.Gradient], in an order of the program's own; [Program.Grad] returns that of one
// parameter. Neither allocates:
//
//	p, err := replay.Record(loss, x, t) // x and t are inputs, the other named leaves parameters
//	…
//	for _, s := range samples {
//		p.Forward(s.x, s.t)
//		p.Backward()
//		for i, g := range p.Gradient() {
//			p.Numbers()[i] -= 0.01 * g
//		}
//	}
//	p.Store() // the numbers go back into the Values
//
// [Program.Batch] does this for many samples at once, on several goroutines.
//
// # Inputs, parameters and constants
//
// An input gets a new number at each Forward. A parameter keeps its number until you change it,
// and Backward computes its gradient. A constant, made by [gradus.Const] or from a number that was
// an operand, never changes. A leaf that is neither an input nor a constant is a parameter if it
// has a name; if it has none, Record returns an error. A [Recorder] can list the parameters
// instead.
//
// # Several graphs of one model
//
// A recording has the shape of one graph. If the graph of a model depends on the length of its input, there
// is a program for each length. [Program.Record] records one more: it shares the parameters and their
// gradients with the first, so that an optimiser sees one Data and one Grad.
//
// # Rows of a table
//
// An embedding, the row of a table that belongs to a token, is written with [gradus.Pick], one for each
// column, and the loss of a class is a Pick from the logits. Tokens and classes are inputs, so that one
// program serves all:
//
//	for j := range row {
//		row[j] = gradus.Pick(token, column(table, j)...)
//	}
//	…
//	loss := gradus.LogSumExp(logits...).Sub(gradus.Pick(next, logits...))
//
// If the table is listed row by row in Params of a [Recorder], a row is one instruction, which copies it:
// t[0:16] = pick(x[3], 27 rows of w[0:432]). So are the rows of several tokens, one after the other. It takes
// the same time whatever the number of rows is, but Backward clears the gradient of the whole table. The
// table may also be the matrix that computes the logits.
//
// # What was recorded is what runs
//
// A recording holds what was computed, not the code that decided to compute it. Suppose that the
// function which built the graph looked at the Data of a Value, in an if or to make a constant.
// The program then repeats that decision for all inputs. Use Max, Min, ReLU and the like, which
// decide anew each time. [Program.Check] finds such a decision.
//
// # How it gets fast
//
// Compilation turns many nodes into few instructions, in passes that [Recorder].Without can switch off. A
// sum of products becomes a dot product, whether it was written as a chain, as a tree or with Dot. Dot
// products with a common operand become a matrix-vector product, and the rows of the matrix are laid side
// by side in memory. Dot products with the columns of such a matrix become a product with its transpose.
// Equal functions of neighbouring operands become one instruction, and so do sums of few products, such
// as those of a gate, term by term. Where the operands of many are no neighbours, as one number of each
// sample is none, they are copied side by side first. What is written twice is computed once. A softmax
// is one instruction, too, and so is a vector that is divided by its norm, with its gains and biases.
// Products of matrices of the same size, each with a vector of its own, are one instruction: the heads of
// attention. So a network that was written one scalar at a time runs as if it had been written with
// matrices, and a batch runs as products of matrices.
//
// What [gradus.Gradient] returns is recorded like any graph. Let dw be the derivatives ∂L/∂w of a network's
// loss. The program of Dot(dw, v) has a product with a matrix of the numbers v for each layer, because
// factors that many products in a sum have in common are taken out: Σ (δ·xⱼ)·vⱼ = δ·Σ xⱼ·vⱼ. This
// also works if the loss is that of several samples, or has the squares of the weights in it. And the
// derivative of a derivative with respect to an activation, Σ wⱼ·δⱼ + a·b, is the row of a matrix but for its
// last product. The Backward
// of the program computes the Hessian times v, in about three times the time of a gradient.
//
// # What it computes
//
// If [Recorder].Exact is set, the outputs are those of the graph to the bit, on the same machine.
// The gradients are, too, if there is one output and no Tape.
//
// Otherwise sums and means may be added in another order, which is where most of the speed comes from. A sum
// of n terms is then off by at most 2n·2⁻⁵³·Σ|term| from that of the graph, and what depends on it
// accordingly. In a sum of products, common factors are taken out and sums are multiplied out, so that
// Σ (a·x)·v becomes a·Σ x·v, and Σ (a·x + b·y)·v becomes a·Σ x·v + b·Σ y·v. With n terms of f factors
// when all is multiplied out, such a sum is off by at most 2(n+f−2)·2⁻⁵³·Σ|term|. It may be infinite or NaN
// if x·v or y·v overflows although the products in the graph do not, and a term is lost if x·v
// underflows. If a is infinite, the sum may be infinite where that of the graph is NaN. A zero may have
// the other sign.
//
// The functions exp, ln, log1p, expm1, tanh, σ and softplus are computed as vectors, up to ten times as fast
// as by package math. Each result is off by at most one unit in the last place, and depends on its operand
// alone. It may differ from that of the graph: package math is off by up to two. The exponentials in
// LogSumExp and SoftmaxCrossEntropy are among them, and so are expm1 in ELU, σ in SiLU, and exp and log1p in
// SigmoidCrossEntropy. GELU(x) is off by at most 4.5 units; that of the graph is off by up to 2x² more where
// x is negative. A machine that cannot multiply and add in one instruction, as one of 32 bits, takes all of
// them from package math.
//
// What is written twice, as a function of the same operands, is computed once. What comes back to both, g and
// h, is added up before it is handed on: (g + h)·f′ in place of g·f′ + h·f′. Where one of these products is
// infinite or NaN, or g + h overflows, the gradient is that of a graph that has the function once.
//
// A product of more than 64 factors, multiplied one after the other, is computed in groups of eight, unless
// the product of some of these is larger than 2⁶⁴ or smaller than 2⁻⁶⁴. It is rounded once for each factor,
// as before, but in another order.
//
// The gradients of a softmax z, however it was written, are zᵢ·(gᵢ − Σ gⱼ·zⱼ), where g are those of its
// results. Those of LogSumExp have the exponentials that Forward has computed, and those of √x and 1/√x,
// written with Pow, the root. A vector d that is divided by its norm is e = s·d, with s = 1/√(a·Σ d² + ε),
// and its gradients are s·(gᵢ − a·eᵢ·Σ gⱼ·eⱼ). This changes the last bits, as another order of a sum does.
//
// A batch adds up its gradients in one order, whatever the number of goroutines is. It is not the
// order of a loop over the samples.
package replay
