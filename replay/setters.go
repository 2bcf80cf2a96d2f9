package replay

// batchable reports whether one matrix-matrix product does what the instruction does for
// many samples.
func (l *lowering) batchable(in *inst) bool {
	return in.code == opDense && l.inMat(in.y) && !l.inMat(in.x)
}

// setters finds the instructions that are the first, in Backward's order, to touch a part of
// gmat. They write it, so that it need not be cleared before. It returns the other parts.
func (l *lowering) setters() (stale [][2]int32) {
	const added, set = 1, 2
	state := make([]uint8, l.nmat) // of each place: who came first
	touch := func(at, n int32, by uint8) {
		for i := range state[at : at+n] {
			if state[at+int32(i)] == 0 {
				state[at+int32(i)] = by
			}
		}
	}
	for k := len(l.code) - 1; k >= 0; k-- {
		in := &l.code[k]
		for _, at := range in.index {
			if l.inMat(at) {
				touch(at, 1, added)
			}
		}
		if in.code != opDense {
			continue
		}
		if l.inMat(in.x) {
			touch(in.x, in.n, added)
		}
		if !l.inMat(in.y) || !in.gradY {
			continue
		}
		in.set = l.batchable(in)
		for r := range in.m {
			for _, s := range state[in.y+r*in.lda:][:in.n] {
				in.set = in.set && s == 0
			}
		}
		by := uint8(added)
		if in.set {
			by = set
		}
		for r := range in.m {
			touch(in.y+r*in.lda, in.n, by)
		}
	}
	return stretches(state, func(s uint8) bool { return s != set })
}

// stretches returns where the elements of s for which ok holds begin and end.
func stretches(s []uint8, ok func(uint8) bool) (all [][2]int32) {
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && ok(s[i]) {
			i++
		}
		if i > start {
			all = append(all, [2]int32{int32(start), int32(i)})
		}
	}
	return all
}

// address turns the slots in the code into places in v, or in mat where the flag says so.
func (l *lowering) address() {
	for k := range l.code {
		in := &l.code[k]
		in.z -= l.nmat
		if in.matX = l.inMat(in.x); !in.matX {
			in.x -= l.nmat
		}
		if in.matY = l.inMat(in.y); !in.matY {
			in.y -= l.nmat
		}
		if in.c != none {
			in.c -= l.nmat
		}
		if in.code == opNary {
			for i := range in.index {
				in.index[i] -= l.nmat
			}
		}
	}
}
