package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// A slot is a place in the combined memory of Mat and V, in which Mat comes first.
type slot = int32

// An instruction is a [machine.Inst] whose result and operands are slots still. Linking turns them into
// places.
type instruction machine.Inst

// grow adds an instruction of one element to in, if it does the same to the operands that come
// next in memory. It reports whether it did.
//
// Elements are computed in order. In arithmetic, an element may be an operand of those behind it. In a Max
// and a Min it may be so only as x, and of the next alone: of the largest of many numbers, say. In a Where
// and in a function of one number it may not be one, and two elements of the latter have different operands.
func (in *instruction) grow(next *instruction) bool {
	if !in.like(next) || in.Z+in.N != next.Z || in.Y == machine.None && next.X >= in.Z {
		return false
	}
	switch in.Code {
	case machine.Max, machine.Min, machine.Where:
		scan := in.Code != machine.Where && in.X+1 == in.Z
		if !scan && next.X >= in.Z || max(next.Y, next.C) >= in.Z {
			return false
		}
	}
	x, xok := in.step(in.XStep, in.X, next.X)
	y, yok := in.step(in.YStep, in.Y, next.Y)
	c, cok := in.step(in.CStep, in.C, next.C)
	if !xok || !yok || !cok || in.Y == machine.None && x == 0 {
		return false
	}
	in.XStep, in.YStep, in.CStep = x, y, c
	in.Once = next.Once && (in.Once || in.N == 1)
	in.N++
	return true
}

// step returns the step from one element to the next of an operand at a slot, and whether the next element is
// where it leads. The second element decides it.
func (in *instruction) step(s int8, at, next slot) (step int8, ok bool) {
	if in.N == 1 && at != machine.None && next == at+1 {
		s = 1
	}
	return s, next == at+int32(s)*in.N
}

// like reports whether two instructions do the same, element by element.
func (in *instruction) like(next *instruction) bool {
	switch in.Code {
	case machine.Pack, machine.Dense, machine.Transposed, machine.Total, machine.Nary,
		machine.Softmax, machine.LogSumExp, machine.Norm:
		return false
	}
	if in.Code == machine.Pick && !in.samePick(next) {
		return false
	}
	return alike((*machine.Inst)(in), (*machine.Inst)(next))
}

// alike reports whether two instructions do the same, and want the gradients of the same operands.
func alike(a, b *machine.Inst) bool {
	return a.Code == b.Code && a.Op == b.Op && a.Active == b.Active && a.Main == b.Main &&
		a.GradX == b.GradX && a.GradY == b.GradY && a.GradC == b.GradC
}
