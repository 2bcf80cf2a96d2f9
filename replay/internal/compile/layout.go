package compile

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A lowering turns the nodes of a rewrite into instructions. It gives every node a place,
// its slot. Slots are numbered through two memories: first mat, then v:
//
//	mat   constants, then parameters, that only matrix-vector products read
//	v     the other parameters, the other constants, the inputs, what is computed
//
// In a batch every sample has a v of its own, and all share mat.
type lowering struct {
	*rewrite
	slot    []int32
	next    int32 // the next free slot
	code    []machine.Inst
	classes map[*gradus.Op]int32 // functions in the order in which they came

	constMat, nmat      int32 // the number of constants in mat, and of all in it
	loose, consts, temp int32 // in v: parameters end, constants end, what is computed begins
	end                 int32 // and where that ends, and what instructions keep begins
}

const unplaced = -1

// newLowering places the leaves: rows of a matrix side by side, and their addends too.
func newLowering(w *rewrite) *lowering {
	l := &lowering{rewrite: w, slot: make([]int32, len(w.Ops)), classes: map[*gradus.Op]int32{}}
	for i := range l.slot {
		l.slot[i] = unplaced
	}
	inMat := l.matrixLeaves()
	var size [2]int32 // of mat, by role
	for i := range w.Ops {
		if inMat[i] {
			size[w.role[i]]++
		}
	}
	l.constMat, l.nmat = size[constant], size[constant]+size[param]
	next := [2]int32{constant: 0, param: l.constMat}
	l.eachLeafOfSums(func(i int32) {
		if inMat[i] {
			l.slot[i] = next[w.role[i]]
			next[w.role[i]]++
		}
	})
	l.placeInV()
	return l
}

// matrixLeaves finds the parameters and constants that nothing but matrix-vector products
// of more than one term reads.
func (l *lowering) matrixLeaves() []bool {
	in, out := make([]bool, len(l.Ops)), make([]bool, len(l.Ops))
	for _, group := range l.groups {
		for _, k := range group {
			s := &l.sums[k]
			to := in
			if len(group)*len(s.pairs) < 2 {
				to = out
			}
			for _, p := range s.pairs {
				to[p.row], to[p.shared] = true, true
			}
			for _, a := range s.addends {
				out[a] = true
			}
		}
	}
	for i := range l.Ops {
		if l.role[i] == computed {
			for _, a := range l.Operands(int32(i)) {
				out[a] = true
			}
		}
	}
	for _, i := range l.Outputs {
		out[i] = true
	}
	for i := range in {
		in[i] = in[i] && !out[i] && l.role[i] <= constant
	}
	return in
}

// eachLeafOfSums calls f for every leaf without a slot among the factors of sums: those of
// matrices first, row by row.
func (l *lowering) eachLeafOfSums(f func(i int32)) {
	place := func(i int32) {
		if l.slot[i] == unplaced && l.role[i] <= constant {
			f(i)
		}
	}
	for _, many := range []bool{true, false} {
		for _, group := range l.groups {
			if many != (len(group) > 1) {
				continue
			}
			for _, k := range group {
				for _, p := range l.sums[k].pairs {
					place(p.row)
				}
			}
			for _, p := range l.sums[group[0]].pairs {
				place(p.shared)
			}
		}
	}
}

// placeInV places the leaves that are not in mat.
func (l *lowering) placeInV() {
	l.next = l.nmat
	place := func(i int32, r role) {
		if l.slot[i] == unplaced && l.role[i] == r {
			l.slot[i] = l.next
			l.next++
		}
	}
	for _, r := range []role{param, constant, input} {
		l.eachAddend(func(i int32) { place(i, r) })
		for i := range l.Ops {
			place(int32(i), r)
		}
		switch r {
		case param:
			l.loose = l.next
		case constant:
			l.consts = l.next
		}
	}
	l.temp = l.next
}

// eachAddend calls f for the addends of matrix-vector products, column by column.
func (l *lowering) eachAddend(f func(i int32)) {
	for _, group := range l.groups {
		for a := range l.sums[group[0]].addends {
			for _, k := range group {
				if i := l.sums[k].addends[a]; l.role[i] != input {
					f(i)
				}
			}
		}
	}
}
