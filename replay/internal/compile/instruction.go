package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// A slot is a place in the combined memory of Mat and V, in which Mat comes first.
type slot = int32

// An instruction is a [machine.Inst] whose operands are slots still. Linking turns them into
// places of the Inst.
type instruction struct {
	machine.Inst
	z, x, y, c slot   // the result and the operands, machine.None for one that it lacks
	index      []slot // the operands of a Pack and of a function of any number of numbers
}

// grow adds an instruction of one element to in, if it does the same to the operands that come
// next in memory. It reports whether it did.
//
// Elements are computed in order. An element of a function of two numbers may depend on those
// before it. An element of a function of one number may not.
func (in *instruction) grow(next *instruction) bool {
	if !in.like(next) || in.z+in.N != next.z || in.y == machine.None && next.x >= in.z {
		return false
	}
	grown := *in
	for _, o := range []struct {
		at, next slot
		step     *int8
	}{
		{in.x, next.x, &grown.XStep}, {in.y, next.y, &grown.YStep}, {in.c, next.c, &grown.CStep},
	} {
		if in.N == 1 && o.at != machine.None && o.next == o.at+1 {
			*o.step = 1
		}
		if o.next != o.at+int32(*o.step)*in.N {
			return false
		}
	}
	grown.N++
	grown.Once = next.Once && (in.Once || in.N == 1)
	*in = grown
	return true
}

// like reports whether two instructions do the same, element by element.
func (in *instruction) like(next *instruction) bool {
	switch in.Code {
	case machine.Pack, machine.Dense, machine.Transposed, machine.Total, machine.Nary:
		return false
	}
	return in.Code == next.Code && in.Op == next.Op && in.Active == next.Active &&
		in.Main == next.Main && in.GradX == next.GradX && in.GradY == next.GradY
}
