package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// The owner of a gradient in Mat is the first instruction of Backward that contributes to it.
const (
	nobody = iota
	adder  // an instruction that adds to the gradient
	setter // an instruction that writes the gradient

	many    = 4 // a flag: later instructions of Backward contribute to the gradient, too
	updated = 8 // a flag: Descend updates the place together with its gradient
)

// setters finds the instructions that are the first of Backward to contribute to all gradients of
// their matrix. Such an instruction writes the gradients, so that they need not be cleared
// before. It returns the owner of each place.
func (l *lowering) setters() []uint8 {
	owner := make([]uint8, l.layout.MatLen())
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
		if in.Code == machine.Pack {
			for _, at := range in.Index {
				if at < 0 {
					touch(machine.InMat(at), 1, adder)
				}
			}
		}
		if !in.HasMatrix() && in.Code != machine.Pick {
			continue
		}
		if in.MatX {
			touch(in.X, in.N, adder)
			for k := range int32(in.Vectors() - 1) {
				touch(in.X+(k+1)*in.XK, in.N, adder)
			}
		}
		if !in.MatY || !in.GradY {
			continue
		}
		in.Set = batchable(in) && allOwned(in, owner, nobody)
		by := uint8(adder)
		if in.Set {
			by = setter
		}
		rows, columns := in.Matrix()
		for r := range rows {
			touch(in.Y+r*in.LDA, columns, by)
		}
	}
	for k := range l.code {
		in := &l.code[k]
		in.Alone = in.Set && (in.More == nil || in.Steps == 0) && in.Code == machine.Dense &&
			in.Y >= l.layout.MatParams.Start && allOwned(in, owner, setter)
		if in.Alone {
			for r := range in.M {
				for i := range owner[in.Y+r*in.LDA:][:in.N] {
					owner[in.Y+r*in.LDA+int32(i)] |= updated
				}
			}
		}
	}
	for i := range owner[:l.layout.MatParams.Start] {
		owner[i] |= setter // as if: nothing reads the gradients of constants, which need not be cleared
	}
	return owner
}

// allOwned reports whether every element of a matrix has the given owner.
func allOwned(in *machine.Inst, owner []uint8, who uint8) bool {
	rows, columns := in.Matrix()
	for r := range rows {
		for _, o := range owner[in.Y+r*in.LDA:][:columns] {
			if o != who {
				return false
			}
		}
	}
	return true
}

// stretches returns the stretches of s in which ok holds for every element.
func stretches(s []uint8, ok func(uint8) bool) (all []machine.Span) {
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && ok(s[i]) {
			i++
		}
		if i > start {
			all = append(all, machine.Span{Start: int32(start), End: int32(i)})
		}
	}
	return all
}
