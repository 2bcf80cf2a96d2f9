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
	if l.on(Deferred) && !l.Exact {
		l.deferGradients()
	}
	owner := l.setters()
	p := &Program{
		Code:  l.code,
		Parts: l.parts(),
		Stale: stretches(owner, func(o uint8) bool { return o&setter == 0 }),
		Kept: stretches(owner[l.layout.MatParams.Start:], func(o uint8) bool {
			return o&updated == 0
		}),
		Slots: l.slot,
	}
	kept := l.layout.Computed.End
	for k := range p.Code {
		in := &p.Code[k]
		in.Prepare(l.Exact)
		if n := in.Keeps(); n > 0 {
			in.Keep = kept
			kept += n
		}
	}
	l.layout.Kept = machine.Span{Start: l.layout.Computed.End, End: kept}
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

// complete appends the last instruction to the code, after which it does not grow any more.
func (l *lowering) complete() {
	if l.pending {
		l.place(&l.last)
		if n := len(l.code); n == 0 || !l.on(Repeats) || l.Exact || !repeat(&l.code[n-1], &l.last.Inst) {
			l.code = append(reserve(l.code, l.settled, l.toSettle), l.last.Inst)
		}
	}
	l.pending = false
}

// place sets the operands of the machine's instruction: places for the slots of in.
func (l *lowering) place(in *instruction) {
	m := &in.Inst
	at := func(s slot) int32 {
		if s == machine.None || l.inMat(s) {
			return s
		}
		return s - l.layout.MatLen()
	}
	m.Z, m.C, m.X, m.Y = at(in.z), at(in.c), at(in.x), at(in.y)
	m.MatX, m.MatY = l.inMat(in.x), l.inMat(in.y)
	for i, s := range in.index { // nothing else has this slice, whose slots become places
		if in.index[i] = at(s); l.inMat(s) {
			in.index[i] = machine.InMat(s)
		}
	}
	if in.index != nil {
		m.More = &machine.More{Index: in.index}
	}
}

// parts splits the code.
func (l *lowering) parts() (all []Part) {
	for i := range l.code {
		together := batchable(&l.code[i])
		if n := len(all); n == 0 || together || all[n-1].Together {
			all = append(all, Part{Start: i, Together: together})
		}
		all[len(all)-1].End = i + 1
	}
	return all
}

// batchable reports whether one matrix-matrix product does what the instruction does for many
// samples.
func batchable(in *machine.Inst) bool { return in.HasMatrix() && in.MatY && !in.MatX }
