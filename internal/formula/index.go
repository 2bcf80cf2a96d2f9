package formula

import (
	"hash/maphash"
	"math"

	"github.com/gradus-go/gradus"
)

// An index holds formulas, each once, and finds the one that equals another in a time that does not depend on
// how many there are.
type index struct {
	all    []Expr
	places map[uint64]int // in all, by hashes; if the hash is that of another formula, by the next one
}

// place returns the place of a formula in all, where it puts one that is new.
func (x *index) place(e Expr) (place int, isNew bool) {
	if x.places == nil {
		x.places = map[uint64]int{}
	}
	for h := e.hash(); ; h++ {
		switch i, isTaken := x.places[h]; {
		case !isTaken:
			x.places[h] = len(x.all)
			x.all = append(x.all, e)
			return len(x.all) - 1, true
		case x.all[i].equals(e):
			return i, false
		}
	}
}

var seed = maphash.MakeSeed()

// hash returns the same number for equal formulas, in whatever order their factors are.
func (e Expr) hash() uint64 {
	h := maphash.Comparable(seed, struct {
		kind  kind
		value uint64 // the bits, as equals compares them
		of    *gradus.Value
		op    *gradus.Op
	}{e.kind, math.Float64bits(e.value), e.of, e.op})
	for _, a := range e.args {
		h += 3 * a.hash() // and 9 times what is one level deeper
	}
	for _, u := range e.under {
		h += 5 * u.hash()
	}
	return h
}
