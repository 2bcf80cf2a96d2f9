package compile

import (
	"slices"

	"github.com/gradus-go/gradus/replay/internal/machine"
)

// slots returns the slots of nodes.
func (l *lowering) slots(nodes []int32) []slot {
	s := make([]slot, len(nodes))
	for i, a := range nodes {
		s[i] = l.slot[a]
	}
	return s
}

// runs splits lists of slots, of the same length, into runs: in a run each slot of a list lies
// right behind the slot before it, in the same memory. It returns where the runs start, and then
// the length of the lists. The next call overwrites them.
func (l *lowering) runs(lists ...[]slot) []int {
	starts := l.starts[:0]
	for j := range lists[0] {
		if !l.follow(j, lists...) {
			starts = append(starts, j)
		}
	}
	starts = append(starts, len(lists[0]))
	l.starts = starts
	return starts
}

// follow reports whether in each list slot j lies right behind the one before, in the same memory.
func (l *lowering) follow(j int, lists ...[]slot) bool {
	for _, s := range lists {
		if j == 0 || s[j] != s[j-1]+1 || l.inMat(s[j]) != l.inMat(s[j-1]) {
			return false
		}
	}
	return true
}

// areRun reports whether slots are a single run.
func (l *lowering) areRun(slots []slot) bool {
	for j := range slots {
		if j > 0 && !l.follow(j, slots) {
			return false
		}
	}
	return true
}

// lattice reports whether lists of n slots, one list after the other, go on in the same steps: of 0 or 1
// within a list, and from list to list. It returns both.
func lattice(slots []slot, n int) (step int8, next slot, ok bool) {
	if n == 1 || slots[1] == slots[0]+1 {
		step = 1
	}
	if len(slots) > n {
		next = slots[n] - slots[0]
	}
	for i, s := range slots {
		if s != slots[0]+slot(i/n)*next+slot(i%n)*slot(step) {
			return 0, 0, false
		}
	}
	return step, next, true
}

// tooMany reports whether it is cheaper to copy n operands side by side than to run an
// instruction for each of the runs.
func tooMany(runs []int, n int) bool { return len(runs)-1 > 1+n/8 }

// packed returns slots that hold the same numbers side by side: the slots themselves if they are
// side by side, or else those of copies. like is the instruction that the copies are for.
func (l *lowering) packed(slots []slot, like *instruction) []slot {
	if l.areRun(slots) {
		return slots
	}
	first := l.emit(&instruction{
		Code: machine.Pack, N: int32(len(slots)), Active: like.Active, Main: like.Main,
		X: machine.None, Y: machine.None, C: machine.None, More: &machine.More{Index: slices.Clone(slots)},
	}, len(slots))
	copies := make([]slot, len(slots))
	for j := range copies {
		copies[j] = first + int32(j)
	}
	return copies
}
