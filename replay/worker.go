package replay

import "gonum.org/v1/gonum/floats"

// A worker runs chunks of a batch in memory of its own.
type worker struct {
	b    *Batch
	all  machine   // of a chunk: each sample has its v and g
	one  machine   // of a sample: a part of all
	gmat []float64 // for all chunks but the first, which writes to the program's
	loop func()
}

func newWorker(b *Batch) *worker {
	p := b.p
	samples := min(b.most, chunkLen)
	w := &worker{b: b, all: machine{
		mat: p.mat, v: make([]float64, samples*len(p.v)), g: make([]float64, samples*len(p.g)),
		stride: len(p.v),
	}}
	w.one = machine{mat: p.mat, x: make([]float64, p.widest), dx: make([]float64, p.widest)}
	w.one.samples, w.one.stride = 1, len(p.v)
	if b.most > chunkLen {
		w.gmat = make([]float64, len(p.gmat))
	}
	for s := range samples {
		copy(w.all.v[s*len(p.v):], p.v[:p.consts])
	}
	w.loop = func() {
		defer b.run.group.Done()
		w.work()
	}
	return w
}

// work runs chunks until none is left.
func (w *worker) work() {
	defer func() {
		if r := recover(); r != nil {
			w.b.run.fail(r)
		}
	}()
	for {
		chunk, ok := w.b.run.begin()
		if !ok {
			return
		}
		w.chunk(chunk)
	}
}

func (w *worker) chunk(chunk int) {
	p, r := w.b.p, &w.b.run
	first := chunk * chunkLen
	w.all.samples = min(chunkLen, r.samples-first)
	w.all.gmat, w.one.gmat = w.gmat, w.gmat
	if chunk == 0 {
		w.all.gmat, w.one.gmat = p.gmat, p.gmat
	}
	for s := range w.all.samples {
		w.sample(s)
		copy(w.one.v[:p.loose], p.v)
		copy(w.one.v[p.consts:p.temp], r.inputs[(first+s)*p.inputs:])
	}
	w.forward()
	k := len(p.outputs)
	for s := range w.all.samples {
		w.sample(s)
		for j, at := range p.outputs {
			w.b.outputs[(first+s)*k+j] = w.one.v[at]
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

// sample makes one the part of all that belongs to a sample.
func (w *worker) sample(s int) {
	start, end := s*w.all.stride, (s+1)*w.all.stride
	w.one.v, w.one.g = w.all.v[start:end:end], w.all.g[start:end:end]
}

func (w *worker) forward() {
	code := w.b.p.code
	for _, part := range w.b.p.parts {
		if code := code[part.start:part.end]; part.together {
			w.all.dense(&code[0])
		} else {
			for s := range w.all.samples {
				w.sample(s)
				w.one.forward(code)
			}
		}
	}
}

func (w *worker) backward(first int) {
	p := w.b.p
	for _, s := range p.stale {
		clear(w.all.gmat[s[0]:s[1]])
	}
	for s := range w.all.samples {
		w.sample(s)
		p.seed(&w.one, nil)
	}
	for i := len(p.parts) - 1; i >= 0; i-- {
		part := p.parts[i]
		if code := p.code[part.start:part.end]; part.together {
			w.all.backward(code, false)
		} else {
			for s := range w.all.samples {
				w.sample(s)
				w.one.backward(code, false)
			}
		}
	}
	if p.inputGrads {
		for s := range w.all.samples {
			w.sample(s)
			copy(w.b.inputGrad[(first+s)*p.inputs:], w.one.g[p.consts:p.temp])
		}
	}
}

// reduce adds the chunk's gradients to the program's, or writes those of the first chunk.
func (w *worker) reduce(first bool) {
	p := w.b.p
	if first {
		clear(p.g[:p.loose])
	} else {
		floats.Add(p.gmat[p.constMat:], w.gmat[p.constMat:])
	}
	for s := range w.all.samples {
		w.sample(s)
		floats.Add(p.g[:p.loose], w.one.g[:p.loose])
	}
}

// A part of the code is run by every sample for itself, or is one instruction for all of
// them together.
type part struct {
	start, end int
	together   bool
}

// parts splits the code.
func (l *lowering) parts() (all []part) {
	for i := range l.code {
		together := l.batchable(&l.code[i])
		if n := len(all); n == 0 || together || all[n-1].together {
			all = append(all, part{start: i, together: together})
		}
		all[len(all)-1].end = i + 1
	}
	return all
}
