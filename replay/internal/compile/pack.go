package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// inMat reports whether a slot is in mat.
func (l *lowering) inMat(slot int32) bool { return 0 <= slot && slot < l.nmat }

// slots returns the slots of nodes.
func (l *lowering) slots(nodes []int32) []int32 {
	s := make([]int32, len(nodes))
	for i, a := range nodes {
		s[i] = l.slot[a]
	}
	return s
}

// runs returns where the runs in lists of slots start, and their length: a run ends where in
// one of the lists the next slot does not lie right behind, in the same memory.
func (l *lowering) runs(lists ...[]int32) []int {
	starts := []int{}
	for j := range lists[0] {
		follows := j > 0
		for _, s := range lists {
			follows = follows && s[j] == s[j-1]+1 && l.inMat(s[j]) == l.inMat(s[j-1])
		}
		if !follows {
			starts = append(starts, j)
		}
	}
	return append(starts, len(lists[0]))
}

// tooMany reports whether copying n operands side by side is cheaper than an instruction
// for each of the runs.
func tooMany(runs []int, n int) bool { return len(runs)-1 > 1+n/8 }

// packed returns slots that hold the same numbers side by side: the same slots if they are,
// else copies for the use of an instruction.
func (l *lowering) packed(slots []int32, like *machine.Inst) []int32 {
	if len(l.runs(slots)) == 2 {
		return slots
	}
	first := l.emit(machine.Inst{
		Code: machine.Pack, Index: slots, N: int32(len(slots)), X: machine.None, Y: machine.None,
		C: machine.None, Active: like.Active, Main: like.Main,
	}, len(slots))
	copies := make([]int32, len(slots))
	for j := range copies {
		copies[j] = first + int32(j)
	}
	return copies
}
