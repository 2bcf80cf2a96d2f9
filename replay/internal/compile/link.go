package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// A Part is a stretch of the code, from Start up to End. It is run once for each sample of a batch
// or, if Together is set, it is a single instruction that is run for all samples at once.
type Part struct {
	Start, End int
	Together   bool
}

// link puts all that a program needs together.
func (l *lowering) link() *Program {
	l.complete()
	nmat := l.layout.MatLen()
	l.layout.Computed = machine.Span{Start: l.layout.Inputs.End, End: l.next - nmat}
	for i, first := range l.equal { // of which some are parts of sums, and computed
		if l.slot[i] == unplaced {
			l.slot[i] = l.slot[first]
		}
	}
	p := &Program{Code: l.code, Slots: l.slot}
	if nmat > 0 { // else there are no matrices in Mat
		l.gradientsInMat(p)
	}
	l.prepare(p)
	p.Layout = l.layout
	for _, i := range l.Outputs {
		p.Outputs = append(p.Outputs, l.slot[i]-nmat)
	}
	start := slot(0)
	if l.Shared {
		start = nmat
	}
	p.Memory = machine.Aligned(start, int(l.layout.Slots()-start))
	for _, i := range l.leaves[l.Inputs+l.Params:] {
		p.Memory[l.slot[i]-start] = l.Data[i]
	}
	return p
}

// gradientsInMat decides which instruction writes which gradient in Mat.
func (l *lowering) gradientsInMat(p *Program) {
	if l.on(Deferred) && !l.Exact {
		l.deferGradients()
	}
	owner := l.setters()
	p.Stale = stretches(owner, func(o uint8) bool { return o&setter == 0 })
	p.Kept = stretches(owner[l.layout.MatParams.Start:], func(o uint8) bool { return o&updated == 0 })
}

// prepare goes over the code once more, when all is known of the instructions but the forms in which they run
// and where they keep numbers. It notes what the program must know of them.
func (l *lowering) prepare(p *Program) {
	kept := l.layout.Computed.End
	for k := range p.Code {
		in := &p.Code[k]
		in.Prepare(l.Exact)
		if k > 0 {
			in.PrepareBehind(&p.Code[k-1])
		}
		if n := in.Keeps(); n > 0 {
			in.Keep = kept
			kept += n
		}
		if silent := in.Silent(); silent.Len() > 0 {
			p.Silent = append(p.Silent, silent)
		}
		p.Cost += in.Cost()
		p.MayPanic = p.MayPanic || in.MayPanic()
		p.addToParts(k, batchable(in))
	}
	l.layout.Kept = machine.Span{Start: l.layout.Computed.End, End: kept}
}

// complete ends the growth of the last instruction.
func (l *lowering) complete() {
	if !l.open {
		return
	}
	n := len(l.code) - 1
	l.place(&l.code[n])
	if n > 0 && l.on(Repeats) && !l.Exact && repeat(&l.code[n-1], &l.code[n]) {
		l.code = l.code[:n]
	}
	l.open = false
}

// place turns the slots of an instruction into places.
func (l *lowering) place(in *machine.Inst) {
	at := func(s slot) int32 {
		if s == machine.None || l.inMat(s) {
			return s
		}
		return s - l.layout.MatLen()
	}
	in.MatX, in.MatY = l.inMat(in.X), l.inMat(in.Y)
	in.Z, in.C, in.X, in.Y = at(in.Z), at(in.C), at(in.X), at(in.Y)
	if in.More == nil {
		return
	}
	for i, s := range in.Index {
		in.Index[i] = l.placeOf(s)
	}
}

// placeOf returns the place of a slot in the index of an instruction.
func (l *lowering) placeOf(s slot) int32 {
	if l.inMat(s) {
		return machine.InMat(s)
	}
	return s - l.layout.MatLen()
}

// addToParts makes instruction k the end of the last part, or a part of its own.
func (p *Program) addToParts(k int, together bool) {
	if n := len(p.Parts); n == 0 || together || p.Parts[n-1].Together {
		p.Parts = append(p.Parts, Part{Start: k, Together: together})
	}
	p.Parts[len(p.Parts)-1].End = k + 1
}

// batchable reports whether one matrix-matrix product does what the instruction does for many
// samples.
func batchable(in *machine.Inst) bool { return in.HasMatrix() && in.MatY && !in.MatX }
