package compile

import (
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

var softmaxEntropy = builtin.SoftmaxCrossEntropy.Op()

// A matrix of more rows or elements is multiplied by itself: its own kernels take less time than those for
// several matrices.
const mostRows, mostElements = 16, 96

// repeat reports whether two instructions, one right after the other, do the same with operands of their own:
// they multiply matrices of one size, each by a vector, as the heads of attention do, pick from tables of one
// size, or are cross-entropies. If so, the first becomes one that does what both do. It may do that for
// several already, whose operands lie at equal distances.
func repeat(first, next *machine.Inst) bool {
	if !next.HasMatrix() && next.XStep == next.YStep && next.Op != softmaxEntropy { // as most are
		return false
	}
	a, b := asRepeated(first), asRepeated(next)
	if !alike(&a, &b) || a.MatX || a.MatY != b.MatY || a.M != b.M || a.N != b.N || a.LDA != b.LDA ||
		a.CStep != b.CStep || b.MatX || b.Vectors() > 1 {
		return false
	}
	n, apart := int32(a.Vectors()), machine.More{XK: b.X - a.X, YK: b.Y - a.Y, CK: b.C - a.C}
	if n > 1 {
		apart = *a.More
	}
	x, y, z := sizes(&b)
	end := b.X + x // of the operands in V
	if !b.MatY {
		end = max(end, b.Y+y)
	}
	if b.C != machine.None {
		end = max(end, b.C+b.M)
	}
	if z == 0 || !mayRepeat(&a, apart.YK) || apart.XK < 0 || apart.YK < 0 || apart.CK < 0 ||
		a.C == machine.None && apart.CK > 0 ||
		b.X != a.X+n*apart.XK || b.Y != a.Y+n*apart.YK || b.C != a.C+n*apart.CK || b.Z != a.Z+n*z ||
		end > a.Z { // an operand is a result
		return false
	}
	if n == 1 {
		a.More = new(machine.More)
	}
	*a.More = apart
	a.K = n + 1
	*first = a
	return true
}

// sizes returns how many places the operands X and Y and the results of an instruction take: of a product, a
// Pick or a cross-entropy, without repetitions. Of all others it returns zeros.
func sizes(in *machine.Inst) (x, y, z int32) {
	switch in.Code {
	case machine.Dense, machine.Transposed:
		rows, columns := in.Matrix()
		return in.N, in.LDA*(rows-1) + columns, in.M
	case machine.Pick:
		return 1, in.LDA*(in.M-1) + in.N, in.N
	case machine.CrossEntropy:
		return in.N, in.N, 1
	}
	return 0, 0, 0
}

// mayRepeat reports whether there is code for an instruction with several second operands that lie so far
// apart.
func mayRepeat(in *machine.Inst, apart int32) bool {
	if !in.HasMatrix() {
		return !in.MatY || apart == 0 // one table in Mat
	}
	rows, columns := in.Matrix()
	return !in.MatY && apart > 0 && columns%4 == 0 && // kernels have rows of whole vectors
		rows <= mostRows && rows*columns <= mostElements
}

// asRepeated returns an instruction in the form in which it can be repeated. A vector times a number is the
// product of a matrix, whose only row is the vector: its transpose times the number. A cross-entropy has its
// logits side by side, and its targets. All other instructions stay as they are.
func asRepeated(in *machine.Inst) machine.Inst {
	z := *in
	switch {
	case in.Code == machine.Dense && in.N == 1 && in.LDA == 1:
		z.Code, z.LDA = machine.Transposed, in.M
	case in.Code == machine.Mul && in.XStep != in.YStep:
		z.Code, z.Op, z.Once, z.XStep, z.YStep = machine.Transposed, nil, false, 1, 1
		z.M, z.N, z.LDA = in.N, 1, in.N
		if in.XStep == 1 {
			z.X, z.Y, z.GradX, z.GradY = in.Y, in.X, in.GradY, in.GradX
		}
	case in.Code == machine.Nary && in.Op == softmaxEntropy && len(in.Index) > 0:
		n := len(in.Index) / 2
		if y, t := in.Index[:n], in.Index[n:]; isRun(y) && isRun(t) {
			z.Code, z.More, z.X, z.Y, z.N = machine.CrossEntropy, nil, y[0], t[0], int32(n)
		}
	}
	return z
}

// isRun reports whether places lie side by side.
func isRun(places []int32) bool {
	for i, at := range places {
		if at != places[0]+int32(i) {
			return false
		}
	}
	return true
}
