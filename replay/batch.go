package replay

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/gradus-go/gradus/internal/kernel"
)

// worthwhile is how many nanoseconds a call must take before further goroutines join in. To wake
// a sleeping thread takes 50 µs.
const worthwhile = 200e3

// A Batch runs many samples through a program, on several goroutines. It works with the
// parameters of the program, and leaves their gradients, over all samples, in [Program.Gradient].
// The results are the same to the bit, whatever the number of goroutines is. The outputs of a sample, and
// the gradients of its inputs, depend neither on the other samples of a call nor on how many there are.
// A Batch made for another number of samples may differ from this one in the last bits.
//
// Where the program multiplies by a matrix of parameters, many samples are computed at once.
// If the program has several outputs, the first is differentiated. Outputs may differ from those of
// [Program.Forward] in their last bits, because sums are added in another order. What the program itself
// computed in its last Forward stays as it is, and so does its Output.
type Batch struct {
	p         *Program
	most      int
	workers   []*worker
	outputs   []float64
	inputGrad []float64
	graded    int // the number of samples in inputGrad, or 0 if the call has not run to its end
	run       run
}

// A call says what to compute.
type call struct {
	inputs         []float64                     // of all samples, or nil
	fill           func(sample int, x []float64) // writes those of a sample, if inputs is nil
	samples        int
	backward, mean bool
}

// A run is one call of a Batch. It knows which chunks are left, and which chunk is the next to add
// its gradients.
type run struct {
	mu    sync.Mutex
	done  sync.Cond
	group sync.WaitGroup
	call
	chunkLen int
	next     int // the chunk to begin next
	turn     int // the chunk to add next
	failed   bool
	panicked any
}

// Batch returns a Batch that runs up to the given number of samples in a call, on up to the given
// number of goroutines; 0 workers stand for as many as there are processors. A call that is
// estimated to take less than 0.2 ms runs on one goroutine. A longer one has a goroutine for
// every 16 to 64 samples at most.
//
// Each goroutine has memory of its own: what 16 to 64 samples need and, if there are more
// samples than that, another set of gradients of the matrices.
//
// It panics if samples is less than 1 or more than 2³⁰, if workers is less than 0, or if the program has no
// inputs: its samples would all be the same.
func (p *Program) Batch(samples, workers int) *Batch {
	p.mustBeRecorded("Batch")
	if p.graph.Inputs == 0 {
		panic("replay: Batch: the program has no inputs, want one or more")
	}
	if samples < 1 || samples > 1<<30 || workers < 0 {
		panic(fmt.Sprintf("replay: Batch: got %s and %s, want from 1 to 2³⁰, and at least 0",
			count(samples, "sample", "samples"), count(workers, "worker", "workers")))
	}
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	b := &Batch{p: p, most: samples}
	b.outputs = make([]float64, samples*len(p.code.Outputs))
	if p.options.InputGrads {
		b.inputGrad = make([]float64, samples*p.graph.Inputs)
	}
	b.run.done.L = &b.run.mu
	for range min(workers, b.chunks(samples)) {
		b.workers = append(b.workers, newWorker(b))
	}
	return b
}

// Forward computes the outputs of samples. The slice holds the inputs of the first sample, then
// those of the second, and so on. Forward returns the outputs in the same order, in a slice that
// the next call overwrites.
//
// It panics if the number of inputs is not a multiple of that of the program, or if there are more
// samples than the Batch was made for. Like all methods of a Batch, it panics if b is nil or zero.
func (b *Batch) Forward(inputs []float64) []float64 { return b.start("Forward", call{inputs: inputs}) }

// GradSum runs the samples forward and backward. It leaves in [Program.Gradient] the sum, over the
// samples, of the gradients of the first output, and returns the outputs as Forward does.
//
// It panics as Forward does.
func (b *Batch) GradSum(inputs []float64) []float64 {
	return b.start("GradSum", call{inputs: inputs, backward: true})
}

// GradMean is GradSum, but leaves the mean of the gradients. For no samples it is NaN.
//
// It panics as Forward does.
func (b *Batch) GradMean(inputs []float64) []float64 {
	return b.start("GradMean", call{inputs: inputs, backward: true, mean: true})
}

// GradMeanFunc is GradMean for inputs that lie elsewhere. It calls inputs for each sample, counted from 0,
// to write the inputs of that sample to x, where the program reads them: so they are copied only once. It
// calls it in any order, and on several goroutines at once.
//
// It panics if samples is negative or more than the Batch was made for, if inputs is nil, and if it panics.
func (b *Batch) GradMeanFunc(samples int, inputs func(sample int, x []float64)) []float64 {
	if b.mustBeMade("GradMeanFunc"); inputs == nil {
		panic("replay: Batch.GradMeanFunc: the function is nil, want one that writes the inputs of a sample")
	}
	return b.start("GradMeanFunc", call{fill: inputs, samples: samples, backward: true, mean: true})
}

// InputGrad returns the gradients of the inputs as of the last GradSum or GradMean, sample by
// sample. GradMean does not divide them: each is the derivative of the first output of its own
// sample. If that call has panicked, there are none.
//
// It panics if InputGrads of the [Recorder] was not set.
func (b *Batch) InputGrad() []float64 {
	b.mustBeMade("InputGrad")
	b.p.mustHaveInputGrads()
	return b.inputGrad[:b.graded*b.p.graph.Inputs]
}

// mustBeMade panics if the Batch was not made by Program.Batch.
func (b *Batch) mustBeMade(method string) {
	if b == nil || b.p == nil {
		panic("replay: Batch." + method + ": the Batch is nil or zero, want one that Program.Batch returned")
	}
}

// start runs the samples and returns their outputs.
func (b *Batch) start(what string, c call) []float64 {
	b.mustBeMade(what)
	p, r := b.p, &b.run
	b.countSamples(what, &c)
	p.enter("Batch")
	defer p.leave()
	r.call, r.chunkLen = c, b.chunkLen(c.samples)
	r.next, r.turn, r.failed = 0, 0, false
	if c.backward {
		b.graded, p.graded = 0, false
		if c.samples == 0 {
			clear(p.grad)
		}
	}
	if b.isLong(c.samples) {
		for _, w := range b.workers[1:min(len(b.workers), b.chunks(c.samples))] {
			r.group.Add(1)
			go w.loop()
		}
	}
	defer r.group.Wait() // a function of the caller's may end this goroutine
	b.workers[0].work()
	r.group.Wait()
	if r.failed {
		panic(r.panicked)
	}
	if c.backward {
		b.graded, p.graded = c.samples, true
	}
	if c.mean {
		kernel.Mul(p.grad, p.grad, []float64{1 / float64(c.samples)})
	}
	return b.outputs[:c.samples*len(p.code.Outputs)]
}

// countSamples sets the number of samples of a call. It panics if there are too many, or if their inputs are
// not those of whole samples.
func (b *Batch) countSamples(what string, c *call) {
	n := b.p.graph.Inputs
	if c.fill != nil {
		if c.samples < 0 || c.samples > b.most {
			panic(fmt.Sprintf("replay: Batch.%s: got %d samples, want from 0 to %d", what, c.samples, b.most))
		}
		return
	}
	c.samples = len(c.inputs) / n
	if len(c.inputs)%n != 0 || c.samples > b.most {
		panic(fmt.Sprintf("replay: Batch.%s: got %s for %s, want %d for each of at most %d", what,
			count(len(c.inputs), "number", "numbers"), count(c.samples, "sample", "samples"), n, b.most))
	}
}

// isLong reports whether so many samples take so long that it is worthwhile to wake a goroutine.
func (b *Batch) isLong(samples int) bool { return float64(samples)*b.p.cost >= worthwhile }

// chunkLen returns how many of the samples run together, as a chunk. The gradients of a chunk are
// summed first and then added to those of the chunks before it. So the length must not depend
// on the number of goroutines, or the sum would. Longer chunks mean fewer of these additions,
// which have to wait for each other. There is a chunk for each of two goroutines if there may be two.
func (b *Batch) chunkLen(samples int) int {
	switch {
	case samples <= 32 && b.isLong(b.most):
		return 16
	case samples <= 128:
		return 32
	}
	return 64
}

// chunks returns how many chunks the samples make, at least one.
func (b *Batch) chunks(samples int) int { return max(samples-1, 0)/b.chunkLen(samples) + 1 }

// begin returns the next chunk, or false if there is none.
func (r *run) begin() (chunk int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next*r.chunkLen >= r.samples || r.failed {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

// await waits until it is the turn of a chunk. It reports false if that will never be.
func (r *run) await(chunk int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.turn != chunk && !r.failed {
		r.done.Wait()
	}
	return !r.failed
}

// end gives the turn to the next chunk.
func (r *run) end() {
	r.mu.Lock()
	r.turn++
	r.mu.Unlock()
	r.done.Broadcast()
}

// fail records that a worker stopped early, so that the call panics with the same value. If
// panicked is nil, a function of the caller's has ended the goroutine.
func (r *run) fail(panicked any) {
	if panicked == nil {
		panicked = "replay: Batch: a function called runtime.Goexit, or FailNow of a test"
	}
	r.mu.Lock()
	r.failed, r.panicked = true, panicked
	r.mu.Unlock()
	r.done.Broadcast()
}
