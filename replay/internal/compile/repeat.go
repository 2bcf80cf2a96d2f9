package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// A matrix of more rows or elements is multiplied by itself: its own kernels take less time than those for
// several matrices.
const mostRows, mostElements = 16, 96

// repeat reports whether two instructions, one right after the other, multiply matrices of the same size,
// each by a vector of its own: the rows of several norms, or the heads of attention. If so, the first becomes
// one that does what both do. It may do that for several already, whose operands lie at equal distances.
func repeat(first, next *machine.Inst) bool {
	if !next.HasMatrix() && next.XStep == next.YStep { // as most are
		return false
	}
	a, b := asProduct(first), asProduct(next)
	if !a.HasMatrix() || a.MatX || a.MatY || b.MatX || b.MatY || !alike(&a, &b) || a.M != b.M || a.N != b.N ||
		a.LDA != b.LDA || a.CStep != b.CStep || b.Vectors() > 1 {
		return false
	}
	n, apart := int32(a.Vectors()), machine.More{XK: b.X - a.X, YK: b.Y - a.Y, CK: b.C - a.C}
	if n > 1 {
		apart = *a.More
	}
	rows, columns := b.Matrix()
	if columns%4 != 0 || // kernels have rows of whole vectors
		rows > mostRows || rows*columns > mostElements ||
		apart.YK < 1 || apart.XK < 0 || apart.CK < 0 || a.C == machine.None && apart.CK > 0 ||
		b.X != a.X+n*apart.XK || b.Y != a.Y+n*apart.YK || b.C != a.C+n*apart.CK || b.Z != a.Z+n*a.M ||
		max(b.X+b.N, b.Y+b.LDA*(rows-1)+columns, b.C+b.M) > a.Z { // an operand is a result
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

// asProduct returns a vector times a number as the product of a matrix, whose only row is the vector: its
// transpose times the number. All other instructions stay as they are.
func asProduct(in *machine.Inst) machine.Inst {
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
	}
	return z
}
