package machine

import (
	"github.com/gradus-go/gradus/internal/kernel"
)

// longVector is how many elements arithmetic has at least if a kernel computes it.
const longVector = 12

// isVector reports whether a kernel can compute the instruction. No element may be the operand of another. In
// arithmetic there must be many elements, and operands that are vectors must be the same or have no place in
// common, since the kernels write the gradients of both at once. If exact is true, the latter holds for all
// functions, and no operand of several elements may be one number: its gradient is a sum, which has an order.
func (in *Inst) isVector(exact bool) bool {
	switch in.Code {
	case Neg, Square, ReLU:
		return true
	case Add, Sub, Mul, Div, MulAdd:
		if in.N < longVector || in.XStep == 0 && in.YStep == 0 {
			return false
		}
	case Max, Min, Where:
	default:
		return false
	}
	if !in.isApart() {
		return false
	}
	var vectors []int32
	for _, o := range in.operands() {
		switch {
		case o.at == None:
		case o.step == 0 && exact && in.N > 1:
			return false
		case o.step == 1:
			vectors = append(vectors, o.at)
		}
	}
	oneByOne := !exact && (in.Code == Max || in.Code == Min || in.Code == Where)
	for _, x := range vectors {
		for _, y := range vectors {
			if !oneByOne && x < y && y < x+in.N {
				return false
			}
		}
	}
	return true
}

// An operand lies at a place, or is None. From one element to the next it moves on by its step.
type operand struct {
	at   int32
	step int8
}

// operands returns the operands X, Y and C.
func (in *Inst) operands() [3]operand {
	return [...]operand{{in.X, in.XStep}, {in.Y, in.YStep}, {in.C, in.CStep}}
}

// isApart reports whether no element is the operand of another.
func (in *Inst) isApart() bool {
	for _, o := range in.operands() {
		if o.at != None && o.at+int32(o.step)*(in.N-1) >= in.Z {
			return false
		}
	}
	return true
}

// vector returns an operand: n elements, one if the step is 0, or nil if the instruction lacks it.
func (in *Inst) vector(v []float64, at int32, step int8) []float64 {
	switch {
	case at == None:
		return nil
	case step == 0:
		return v[at:][:1]
	}
	return v[at:][:in.N]
}

// The derivatives of sums and differences.
var one, minusOne = []float64{1}, []float64{-1}

// Functions of two numbers, by kernels.
var ofTwo = [1 << 8]func(z, x, y []float64){
	Add: kernel.Add, Sub: kernel.Sub, Mul: kernel.Mul, Div: kernel.Div, Max: kernel.Max, Min: kernel.Min,
}

// compute computes the instruction by a kernel.
func (in *Inst) compute(v []float64) {
	z, x, y := v[in.Z:][:in.N], in.vector(v, in.X, in.XStep), in.vector(v, in.Y, in.YStep)
	switch in.Code {
	case Neg:
		kernel.Mul(z, x, minusOne)
	case Square:
		kernel.Mul(z, x, x)
	case ReLU:
		kernel.ReLU(z, x)
	case Where:
		kernel.Choose(z, x, y, in.vector(v, in.C, in.CStep))
	case MulAdd:
		kernel.MulAdd(z, x, y, in.vector(v, in.C, in.CStep))
	default:
		ofTwo[in.Code](z, x, y)
	}
}

// computeBack is the reverse of compute.
func (in *Inst) computeBack(v, g []float64) {
	x, gx := in.vector(v, in.X, in.XStep), in.vector(g, in.X, in.XStep)
	y, gy := in.vector(v, in.Y, in.YStep), in.vector(g, in.Y, in.YStep)
	switch gz := g[in.Z:][:in.N]; in.Code {
	case Neg:
		kernel.Sub(gx, gx, gz)
	case Square:
		kernel.SquareGrad(gx, gz, x)
	case ReLU:
		kernel.ReLUGrad(gx, gz, x)
	case Add:
		kernel.HandOn(gx, gz, one)
		kernel.HandOn(gy, gz, one)
	case Sub:
		kernel.HandOn(gx, gz, one)
		kernel.HandOn(gy, gz, minusOne)
	case Mul:
		in.factorsBack(gx, gy, gz, x, y)
	case Div:
		if z := v[in.Z:][:in.N]; len(gx) == len(gy) {
			kernel.DivGrad(gx, gy, gz, y, z)
		} else {
			kernel.DivGradOne(gx, gy, gz, y, z, in.GradY)
		}
	case Max, Min:
		if in.Code == Min {
			x, y = y, x
		}
		if in.GradX {
			kernel.LargerGrad(gx, gz, x, y)
		}
		if in.GradY {
			kernel.LargerGrad(gy, gz, y, x)
		}
	case Where:
		if in.GradY {
			kernel.ReLUGrad(gy, gz, x)
		}
		if in.GradC {
			kernel.ElseGrad(in.vector(g, in.C, in.CStep), gz, x)
		}
	case MulAdd:
		kernel.HandOn(in.vector(g, in.C, in.CStep), gz, one)
		in.factorsBack(gx, gy, gz, x, y)
	}
}

// factorsBack hands the gradients of a product on to both factors, or to the one whose gradient is wanted.
func (in *Inst) factorsBack(gx, gy, gz, x, y []float64) {
	switch {
	case in.Code == Mul && !in.GradX:
		kernel.HandOn(gy, gz, x)
	case in.Code == Mul && !in.GradY:
		kernel.HandOn(gx, gz, y)
	case len(gx) == len(gy):
		kernel.MulGrad(gx, gy, gz, x, y)
	case len(gy) == 1:
		d := kernel.ScaleGrad(gx, gz, x, y[0])
		gy[0] += d // which may be one of gx
	default:
		d := kernel.ScaleGrad(gy, gz, y, x[0])
		gx[0] += d
	}
}
