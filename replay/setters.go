package replay

// batchable reports whether one matrix-matrix product does what the instruction does for
// many samples.
func (l *lowering) batchable(in *inst) bool {
	return in.code == opDense && l.inMat(in.y) && !l.inMat(in.x)
}

// owners of a place in gmat, by who came first in Backward's order.
const (
	nobody = iota
	adder  // an instruction that adds to what is there
	setter // one that writes it

	many = 4 // a bit: others came later
)

// setters finds the instructions that are the first, in Backward's order, to touch a part of
// gmat. They write it, so that it need not be cleared before. It returns who owns each place.
func (l *lowering) setters() []uint8 {
	owner := make([]uint8, l.nmat)
	touch := func(at, n int32, by uint8) {
		for i := at; i < at+n; i++ {
			if owner[i] == nobody {
				owner[i] = by
			} else {
				owner[i] |= many
			}
		}
	}
	for k := len(l.code) - 1; k >= 0; k-- {
		in := &l.code[k]
		for _, at := range in.index {
			if l.inMat(at) {
				touch(at, 1, adder)
			}
		}
		if in.code != opDense {
			continue
		}
		if l.inMat(in.x) {
			touch(in.x, in.n, adder)
		}
		if !l.inMat(in.y) || !in.gradY {
			continue
		}
		in.set = l.batchable(in) && in.all(owner, nobody)
		by := uint8(adder)
		if in.set {
			by = setter
		}
		for r := range in.m {
			touch(in.y+r*in.lda, in.n, by)
		}
	}
	for k := range l.code {
		in := &l.code[k]
		in.alone = in.set && in.all(owner, setter)
	}
	return owner
}

// all reports whether one and the same owns all elements of a matrix.
func (in *inst) all(owner []uint8, who uint8) bool {
	for r := range in.m {
		for _, o := range owner[in.y+r*in.lda:][:in.n] {
			if o != who {
				return false
			}
		}
	}
	return true
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
		in.choose(l.on(Reassociation))
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
