package unlisted

import (
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
)

// Captured returns the first Values of two kinds that two graphs share, and that each should have made anew;
// nil if there is none. known are the parameters and masks, which both have.
//
//   - A leaf that is neither known nor a constant. A loss or an activation of the caller's has it from
//     elsewhere, so that nothing trains it, and a recording would keep its number. A leaf that is made anew
//     for each graph is as good as a constant.
//   - What was computed from one that is known, before Forward was called. It is stale: its number stays what
//     it was, whatever becomes of the parameter.
func Captured(known, first, second []*gradus.Value) (leaf, stale *gradus.Value) {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	one, two := gradus.Topo(first...), gradus.Topo(second...)
	mark := func(list []*gradus.Value, as uint32) { // of what is marked already, the mark stays
		for _, v := range list {
			if state := sorting.State(v); *state&sorting.Counts == 0 {
				*state |= as
			}
		}
	}
	defer func() {
		sorting.Clear(known)
		sorting.Clear(one)
	}()
	const isKnown, isSeen = 1, 2
	mark(known, isKnown)
	mark(one, isSeen)
	has := func(v *gradus.Value, as uint32) bool { return *sorting.State(v)&sorting.Counts == as }
	knows := func(v *gradus.Value) bool { return has(v, isKnown) }
	for _, v := range two {
		switch {
		case v.IsConst() || !has(v, isSeen):
		case v.Op() == nil && leaf == nil:
			leaf = v
		case stale == nil && slices.ContainsFunc(v.Parents(), knows):
			stale = v
		}
	}
	return leaf, stale
}
