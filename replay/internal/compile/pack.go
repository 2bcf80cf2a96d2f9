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

// tooMany reports whether it is cheaper to copy n operands side by side than to run so many instructions.
func tooMany(instructions, n int) bool { return instructions > 1+n/8 }

// packed returns slots that hold the same numbers side by side: the slots themselves if they are
// side by side, or else those of copies. like is the instruction that the copies are for.
func (l *lowering) packed(slots []slot, like *instruction) []slot {
	if l.areRun(slots) {
		return slots
	}
	first, copies := l.copied(slots, like), make([]slot, len(slots))
	for j := range copies {
		copies[j] = first + int32(j)
	}
	return copies
}

// A copies is where the copies of some numbers lie.
type copies struct {
	index []int32 // of the Pack that makes them
	first slot
}

// A copyForm is what copies of the same numbers, for instructions alike, have in common.
type copyForm struct {
	n            int
	first, last  slot // of the numbers
	active, main bool
}

// copied returns the first of the slots, side by side in V, that hold copies of numbers: of those that are
// there already, or else of new ones. If the numbers must be exact, all are new: the gradients of copies that
// are used twice are added up before they come to the others.
func (l *lowering) copied(slots []slot, like *instruction) slot {
	form := copyForm{len(slots), slots[0], slots[len(slots)-1], like.Active, like.Main}
	if c, ok := l.copies[form]; ok && !l.Exact && l.areCopied(slots, c.index) {
		return c.first
	}
	index := slices.Clone(slots)
	first := l.emit(&instruction{
		Code: machine.Pack, N: int32(len(slots)), Active: like.Active, Main: like.Main,
		X: machine.None, Y: machine.None, C: machine.None, More: &machine.More{Index: index},
	}, len(slots))
	l.complete() // which turns the slots in the index into places
	l.copies[form] = copies{index, first}
	return first
}

// areCopied reports whether the index of a Pack has the places of slots.
func (l *lowering) areCopied(slots []slot, index []int32) bool {
	return slices.EqualFunc(slots, index, func(s slot, place int32) bool { return l.placeOf(s) == place })
}
