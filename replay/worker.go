package replay

import (
	"github.com/gradus-go/gradus/internal/kernel"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A worker runs chunks of a batch in memory of its own.
type worker struct {
	b    *Batch
	all  *machine.Machine // a chunk: each sample has its own V and G
	one  *machine.Machine // one sample: a part of all
	gmat []float64        // the gradients of Mat, but of the first chunk, which writes the program's
	loop func()
}

func newWorker(b *Batch) *worker {
	p, code := b.p, b.p.code
	samples := min(b.most, b.chunkLen(b.most))
	w := &worker{b: b, all: machine.New(code.Code, samples), one: machine.New(code.Code, 1)}
	var v int
	w.all.V, v = code.Layout.Samples(samples, len(p.run.V))
	w.all.G, _ = code.Layout.Samples(samples, len(p.run.V))
	w.all.Mat, w.one.Mat = p.run.Mat, p.run.Mat
	w.all.Stride, w.one.Stride = v, v
	if b.most > samples {
		w.gmat = make([]float64, len(p.run.GMat))
	}
	for s := range samples {
		copy(w.all.V[s*v:], p.run.V[:code.Layout.Consts.End])
	}
	w.loop = func() {
		defer b.run.group.Done()
		w.work()
	}
	return w
}

// work runs chunks until none is left.
func (w *worker) work() {
	done := false
	defer func() {
		if !done {
			w.b.run.fail(recover())
		}
	}()
	for {
		chunk, ok := w.b.run.begin()
		if !ok {
			done = true
			return
		}
		w.chunk(chunk)
	}
}

func (w *worker) chunk(chunk int) {
	p, r, layout := w.b.p, &w.b.run, &w.b.p.code.Layout
	first := chunk * r.chunkLen
	w.all.Samples = min(r.chunkLen, r.samples-first)
	w.all.GMat, w.one.GMat = w.gmat, w.gmat
	if chunk == 0 {
		w.all.GMat, w.one.GMat = p.run.GMat, p.run.GMat
	}
	for s := range w.all.Samples {
		w.sample(s)
		copy(layout.Params.Of(w.one.V), p.data[p.inMat():])
		if x := layout.Inputs.Of(w.one.V); r.fill != nil {
			r.fill(first+s, x)
		} else {
			copy(x, r.inputs[(first+s)*len(x):])
		}
	}
	w.forward()
	k := len(p.code.Outputs)
	for s := range w.all.Samples {
		w.sample(s)
		for j, at := range p.code.Outputs {
			w.b.outputs[(first+s)*k+j] = w.one.V[at]
		}
	}
	if !r.backward {
		return
	}
	w.backward(first)
	if r.await(chunk) {
		w.reduce(chunk == 0)
		r.end()
	}
}

// sample points w.one at the part of w.all that holds sample s.
func (w *worker) sample(s int) {
	start, end := s*w.all.Stride, (s+1)*w.all.Stride
	w.one.V, w.one.G = w.all.V[start:end:end], w.all.G[start:end:end]
}

func (w *worker) forward() {
	code := w.b.p.code.Code
	for _, part := range w.b.p.code.Parts {
		if code := code[part.Start:part.End]; part.Together {
			w.all.Dense(&code[0])
		} else {
			for s := range w.all.Samples {
				w.sample(s)
				w.one.Forward(code)
			}
		}
	}
}

func (w *worker) backward(first int) {
	p := w.b.p
	for _, s := range p.code.Stale {
		clear(s.Of(w.all.GMat))
	}
	for s := range w.all.Samples {
		w.sample(s)
		p.seed(w.one, nil)
	}
	for i := len(p.code.Parts) - 1; i >= 0; i-- {
		part := p.code.Parts[i]
		if code := p.code.Code[part.Start:part.End]; part.Together {
			w.all.Backward(code, false)
		} else {
			for s := range w.all.Samples {
				w.sample(s)
				w.one.Backward(code, false)
			}
		}
	}
	if p.options.InputGrads {
		for s := range w.all.Samples {
			w.sample(s)
			copy(w.b.inputGrad[(first+s)*p.graph.Inputs:], p.code.Layout.Inputs.Of(w.one.G))
		}
	}
}

// reduce adds the chunk's gradients to the program's, or writes those of the first chunk.
func (w *worker) reduce(first bool) {
	layout, inMat := &w.b.p.code.Layout, w.b.p.inMat()
	ofMat, ofV := w.b.p.grad[:inMat], w.b.p.grad[inMat:]
	if first {
		clear(ofV)
	} else {
		kernel.AddScaled(ofMat, 1, layout.MatParams.Of(w.gmat))
	}
	for s := range w.all.Samples {
		w.sample(s)
		kernel.AddScaled(ofV, 1, layout.Params.Of(w.one.G))
	}
}
