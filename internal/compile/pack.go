package compile

import "github.com/gradus-go/gradus/internal/machine"

// inMat reports whether a slot is in mat.
func (l *lowering) inMat(slot int32) bool { return 0 <= slot && slot < l.nmat }

// follows reports whether b lies right behind a, in the same memory.
func (l *lowering) follows(a, b int32) bool {
	return l.slot[b] == l.slot[a]+1 && l.inMat(l.slot[a]) == l.inMat(l.slot[b])
}

// slots returns the slots of nodes.
func (l *lowering) slots(nodes []int32) []int32 {
	s := make([]int32, len(nodes), len(nodes)+1)
	for i, a := range nodes {
		s[i] = l.slot[a]
	}
	return s
}

// runs returns where the runs among n places start, and n: a place that does not follow the
// one before starts a run.
func (l *lowering) runs(n int, follows func(j int) bool) []int {
	starts := []int{}
	for j := range n {
		if j == 0 || !follows(j) {
			starts = append(starts, j)
		}
	}
	return append(starts, n)
}

// tooMany reports whether copying n operands side by side is cheaper than an instruction
// for each of the runs.
func tooMany(runs []int, n int) bool { return len(runs)-1 > 1+n/8 }

// packed returns slots that hold the same numbers side by side: the same slots if they are,
// else copies.
func (l *lowering) packed(slots []int32, like *machine.Inst) []int32 {
	together := true
	for j := range slots[1:] {
		together = together && slots[j+1] == slots[j]+1 && l.inMat(slots[j]) == l.inMat(slots[j+1])
	}
	if together {
		return slots
	}
	first := l.pack(slots, like)
	copies := make([]int32, len(slots))
	for j := range copies {
		copies[j] = first + int32(j)
	}
	return copies
}

// pack emits a copy of the slots, side by side, for the use of an instruction.
func (l *lowering) pack(slots []int32, like *machine.Inst) int32 {
	return l.emit(machine.Inst{
		Code: machine.Pack, Index: slots, N: int32(len(slots)), X: machine.None, Y: machine.None, C: machine.None,
		Active: like.Active, Main: like.Main,
	}, len(slots))
}
