package machine

import (
	"slices"

	"github.com/gradus-go/gradus/internal/kernel"
)

// longVector is how many elements an instruction has at least if a kernel computes it.
const longVector = 12

// vectorCodes are the opcodes of which a kernel computes long vectors.
var vectorCodes = []Opcode{Add, Sub, Mul, Div, MulAdd, Neg, Square, ReLU}

// isVector reports whether a kernel can compute the instruction: it has many elements, none is the operand
// of another, and operands that are vectors are the same or have no place in common. If exact is true, no
// operand may be one number for all elements: its gradient is a sum, which has an order.
func (in *Inst) isVector(exact bool) bool {
	if !slices.Contains(vectorCodes, in.Code) || in.N < longVector || in.XStep == 0 && in.YStep == 0 {
		return false
	}
	var vectors []int32
	for _, o := range [...]struct {
		at   int32
		step int8
	}{{in.X, in.XStep}, {in.Y, in.YStep}, {in.C, in.CStep}} {
		switch {
		case o.at == None:
		case o.at+int32(o.step)*(in.N-1) >= in.Z, o.step == 0 && exact:
			return false
		case o.step == 1:
			vectors = append(vectors, o.at)
		}
	}
	for _, x := range vectors {
		for _, y := range vectors {
			if x < y && y < x+in.N {
				return false
			}
		}
	}
	return true
}

// vector returns an operand: n elements, or one if the step is 0.
func (in *Inst) vector(v []float64, at int32, step int8) []float64 {
	if step == 0 {
		return v[at:][:1]
	}
	return v[at:][:in.N]
}

// The derivatives of sums and differences.
var one, minusOne = []float64{1}, []float64{-1}

// compute computes the instruction by a kernel.
func (in *Inst) compute(v []float64) {
	z, x := v[in.Z:][:in.N], in.vector(v, in.X, in.XStep)
	switch in.Code {
	case Neg:
		kernel.Mul(z, x, minusOne)
		return
	case Square:
		kernel.Mul(z, x, x)
		return
	case ReLU:
		kernel.ReLU(z, x)
		return
	}
	switch y := in.vector(v, in.Y, in.YStep); in.Code {
	case Add:
		kernel.Add(z, x, y)
	case Sub:
		kernel.Sub(z, x, y)
	case Mul:
		kernel.Mul(z, x, y)
	case Div:
		kernel.Div(z, x, y)
	case MulAdd:
		kernel.MulAdd(z, x, y, in.vector(v, in.C, in.CStep))
	}
}

// computeBack is the reverse of compute.
func (in *Inst) computeBack(v, g []float64) {
	gz, x, gx := g[in.Z:][:in.N], in.vector(v, in.X, in.XStep), in.vector(g, in.X, in.XStep)
	switch in.Code {
	case Neg:
		handOn(gx, gz, minusOne)
		return
	case Square:
		kernel.SquareGrad(gx, gz, x)
		return
	case ReLU:
		kernel.ReLUGrad(gx, gz, x)
		return
	}
	y, gy := in.vector(v, in.Y, in.YStep), in.vector(g, in.Y, in.YStep)
	switch in.Code {
	case Add:
		handOn(gx, gz, one)
		handOn(gy, gz, one)
	case Sub:
		handOn(gx, gz, one)
		handOn(gy, gz, minusOne)
	case Mul:
		in.factorsBack(gx, gy, gz, x, y)
	case Div:
		in.quotientBack(gx, gy, gz, y, v[in.Z:][:in.N])
	case MulAdd:
		handOn(in.vector(g, in.C, in.CStep), gz, one)
		in.factorsBack(gx, gy, gz, x, y)
	}
}

// factorsBack hands the gradients of a product on to both factors, or to the one whose gradient is wanted.
func (in *Inst) factorsBack(gx, gy, gz, x, y []float64) {
	switch {
	case in.Code == Mul && !in.GradX:
		handOn(gy, gz, x)
	case in.Code == Mul && !in.GradY:
		handOn(gx, gz, y)
	case len(gx) == len(gy):
		kernel.MulGrad(gx, gy, gz, x, y)
	default:
		handOn(gx, gz, y)
		handOn(gy, gz, x)
	}
}

// quotientBack is computeBack for Div.
func (in *Inst) quotientBack(gx, gy, gz, y, z []float64) {
	var sum float64 // what is added to the gradient of the operand that is one number
	switch {
	case len(gx) == len(gy):
		kernel.DivGrad(gx, gy, gz, y, z)
	case len(gx) == 1:
		for i, g := range gz {
			sum += float64(g * (1 / y[i]))
			gy[i] += float64(g * (-z[i] / y[i]))
		}
		gx[0] += sum
	default:
		handOn(gx, gz, []float64{1 / y[0]})
		for i := 0; in.GradY && i < len(gz); i++ {
			sum += float64(gz[i] * (-z[i] / y[0]))
		}
		gy[0] += sum
	}
}

// handOn adds gz·d to the gradient of an operand whose derivative is d. Both may be one number for all
// elements.
func handOn(g, gz, d []float64) {
	switch n := len(gz); {
	case len(g) == n:
		kernel.MulAdd(g, gz, d, g)
	case len(d) == n:
		kernel.MulNT(g, 1, gz, n, d, n, 1, 1, n, true)
	default:
		g[0] += float64(kernel.Sum(gz) * d[0])
	}
}
