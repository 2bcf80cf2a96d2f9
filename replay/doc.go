// Package replay records a graph once and replays it at the speed of vector code.
//
// A graph of [gradus.Value] is lovely to learn from and slow to train with: it is built again
// for every sample, a node and an allocation a number. [Record] walks it once and compiles it
// to a [Program]: parameters, inputs and constants get places in memory, and the rest becomes
// a flat list of instructions, which [Program.String] prints. [Program.Forward] runs it for
// new inputs, [Program.Backward] runs it in reverse and leaves the gradients of the parameters
// in [Program.Grad]. Neither allocates:
//
//	p, err := replay.Record(loss, x, t)  // x and t are inputs, all other leaves parameters
//	…
//	for _, s := range samples {
//		p.Forward(s.x, s.t)
//		p.Backward()
//		for i, g := range p.Grad() {
//			p.Data()[i] -= 0.01 * g
//		}
//	}
//	p.Store() // the numbers go back into the Values
//
// [Program.Batch] does it for many samples at once, on several goroutines.
//
// # What was recorded is what runs
//
// A recording holds what was computed, not the code that decided to compute it. If the
// function that built the graph looked at the Data of a Value, in an if or to make a constant,
// the decision is frozen: the program repeats it for all inputs. Use Max, Min, ReLU and the
// like, which decide anew each time, and [Program.Check] to find out.
//
// # How it gets fast
//
// The passes, of which each can be switched off in [Recorder].Without, make few instructions of
// many nodes. A sum of products becomes a dot product, whether it was written as a chain, as a
// tree or with Dot; dot products with a common operand become a matrix-vector product, whose
// matrix is laid out row by row; a function that is applied to operands side by side
// becomes one run. So a network that was written one scalar at a time runs as if it had been
// written with matrices, and a batch as matrix-matrix products.
//
// # What it computes
//
// With [Reassociation] switched off the outputs are those of the graph to the bit, on the same
// machine, and so are the gradients if there is one output and no Tape. Otherwise sums may be
// added in another order, which is where most of the speed comes from: a sum of n terms then
// is off by at most 2n·2⁻⁵³·Σ|term| from that of the graph, and what depends on it
// accordingly. A product of more than 64 factors one after the other is computed in four
// parts, each off by a rounding for each factor, if no part is beyond 2^±64.
// A batch adds up in one order whatever the number of goroutines is, but not in that of a loop
// over its samples.
package replay
