package machine

import "github.com/gradus-go/gradus/internal/kernel"

// Sums, differences and products of vectors are the instructions of which a recurrent network has most. Where
// the gradients are vectors, too, they take addresses, as narrow matrices do.

// isLong reports whether the instruction, of which isVector is true, has the form long.
func (in *Inst) isLong() bool {
	if !kernel.IsLong(int(in.N)) {
		return false
	}
	switch in.Code {
	case Add, Sub:
		return in.XStep == 1 && in.YStep == 1
	case Mul:
		return (in.XStep == 1 || !in.GradX) && (in.YStep == 1 || !in.GradY)
	case MulAdd:
		return in.XStep == 1 && in.YStep == 1 && in.CStep == 1
	}
	return false
}

// operand returns the address of an operand: of N numbers, or of one if the step is 0.
func (in *Inst) operand(v []float64, place int32, step int8) *float64 {
	return first(v, place, (in.N-1)*int32(step)+1)
}

// long computes the instruction.
func (in *Inst) long(v []float64) {
	if !kernel.HasAssembly { // no instruction has the form: the compiler leaves out what follows
		return
	}
	z, n, xs, ys := first(v, in.Z, in.N), int(in.N), int(in.XStep), int(in.YStep)
	x, y := in.operand(v, in.X, in.XStep), in.operand(v, in.Y, in.YStep)
	switch in.Code {
	case Add:
		kernel.AddAt(z, x, xs, y, ys, n)
	case Sub:
		kernel.SubAt(z, x, xs, y, ys, n)
	case Mul:
		kernel.MulAt(z, x, xs, y, ys, n)
	default: // MulAdd
		kernel.MulAddAt(z, x, xs, y, ys, first(v, in.C, in.N), 1, n)
	}
}

// longBack is the reverse of long.
func (in *Inst) longBack(v, g []float64) {
	if !kernel.HasAssembly {
		return
	}
	gz, n := first(g, in.Z, in.N), int(in.N)
	gx, gy := in.operand(g, in.X, in.XStep), in.operand(g, in.Y, in.YStep)
	x, y := in.operand(v, in.X, in.XStep), in.operand(v, in.Y, in.YStep)
	switch {
	case in.Code == Add:
		kernel.AddAt(gx, gx, 1, gz, 1, n)
		kernel.AddAt(gy, gy, 1, gz, 1, n)
	case in.Code == Sub:
		kernel.AddAt(gx, gx, 1, gz, 1, n)
		kernel.SubAt(gy, gy, 1, gz, 1, n)
	case in.Code == Mul && !in.GradX:
		kernel.MulAddAt(gy, gz, 1, x, int(in.XStep), gy, 1, n)
	case in.Code == Mul && !in.GradY:
		kernel.MulAddAt(gx, gz, 1, y, int(in.YStep), gx, 1, n)
	default:
		if in.Code == MulAdd {
			gc := first(g, in.C, in.N)
			kernel.AddAt(gc, gc, 1, gz, 1, n)
		}
		kernel.MulGradAt(gx, gy, gz, x, y, n)
	}
}
