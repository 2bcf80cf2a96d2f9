package link

import "github.com/gradus-go/gradus/replay/internal/machine"

// A code is one whose places are slots still: those below nmat are in Mat.
type code struct {
	insts          []machine.Inst
	constMat, nmat int32
}

func (l *code) inMat(slot int32) bool { return 0 <= slot && slot < l.nmat }

// batchable reports whether one matrix-matrix product does what the instruction does for
// many samples.
func (l *code) batchable(in *machine.Inst) bool {
	return in.Code == machine.Dense && l.inMat(in.Y) && !l.inMat(in.X)
}

// owners of a place in gmat, by who came first in Backward's order.
const (
	nobody = iota
	adder  // an instruction that adds to what is there
	setter // one that writes it

	many    = 4 // a bit: others came later
	updated = 8 // a bit: Descend updates the place together with its gradient
)

// setters finds the instructions that are the first, in Backward's order, to touch a part of
// gmat. They write it, so that it need not be cleared before. It returns who owns each place.
func (l *code) setters() []uint8 {
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
	for k := len(l.insts) - 1; k >= 0; k-- {
		in := &l.insts[k]
		for _, at := range in.Index {
			if l.inMat(at) {
				touch(at, 1, adder)
			}
		}
		if in.Code != machine.Dense {
			continue
		}
		if l.inMat(in.X) {
			touch(in.X, in.N, adder)
		}
		if !l.inMat(in.Y) || !in.GradY {
			continue
		}
		in.Set = l.batchable(in) && all(in, owner, nobody)
		by := uint8(adder)
		if in.Set {
			by = setter
		}
		for r := range in.M {
			touch(in.Y+r*in.LDA, in.N, by)
		}
	}
	for k := range l.insts {
		in := &l.insts[k]
		if in.Alone = in.Set && in.Y >= l.constMat && all(in, owner, setter); in.Alone {
			for r := range in.M {
				for i := range owner[in.Y+r*in.LDA:][:in.N] {
					owner[in.Y+r*in.LDA+int32(i)] |= updated
				}
			}
		}
	}
	return owner
}

// all reports whether one and the same owns all elements of a matrix.
func all(in *machine.Inst, owner []uint8, who uint8) bool {
	for r := range in.M {
		for _, o := range owner[in.Y+r*in.LDA:][:in.N] {
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
func (l *code) address(reassociate bool) {
	for k := range l.insts {
		in := &l.insts[k]
		in.Prepare(reassociate)
		in.Z -= l.nmat
		if in.MatX = l.inMat(in.X); !in.MatX {
			in.X -= l.nmat
		}
		if in.MatY = l.inMat(in.Y); !in.MatY {
			in.Y -= l.nmat
		}
		if in.C != machine.None {
			in.C -= l.nmat
		}
		if in.Code == machine.Nary {
			for i := range in.Index {
				in.Index[i] -= l.nmat
			}
		}
	}
}
