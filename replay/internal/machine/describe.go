package machine

import "github.com/gradus-go/gradus/internal/listing"

// Describe returns the instruction with slots for places. The first place in V has the slot nmat.
func (in *Inst) Describe(nmat int32) listing.Inst {
	slot := func(inMat bool, at int32) int32 {
		if at != None && !inMat {
			at += nmat
		}
		return at
	}
	code := listing.Code(in.Code)
	if in.Code >= Add {
		code = [...]listing.Code{1: listing.Unary, 2: listing.Binary, 3: listing.Ternary}[in.Op.Arity()]
	}
	z := listing.Inst{
		Code: code, Op: in.Op, Shift: in.Shift, Z: slot(false, in.Z),
		X: listing.Operand{At: slot(in.MatX, in.X), Step: int32(in.XStep)},
		Y: listing.Operand{At: slot(in.MatY, in.Y), Step: int32(in.YStep)},
		C: listing.Operand{At: slot(false, in.C), Step: int32(in.CStep)},
		M: in.M, N: in.N, LDA: in.LDA, K: int32(in.Vectors()), XK: in.more().XK, CK: in.more().CK,
	}
	for _, at := range in.more().Index {
		z.Index = append(z.Index, slot(at < 0, max(at, InMat(at)))) // of the two, one is negative
	}
	return z
}
