package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// A power is z = x^y, where no gradient of y is wanted. Most often y is a constant, such as 2 in the square
// of an error and −½ in a norm.

var pow = builtin.Pow.Op()

// power computes a power. The numbers are those of the op, but for subnormal ones.
func (m *Machine) power(in *Inst) {
	z, x := in.numbers(m.V)
	y := m.V[in.Y]
	n, whole := elementary.WholeExponent(y)
	switch {
	case !in.hasOneExponent():
		in.powers(m.V)
	case y == 2:
		kernel.Mul(z, x, x)
	case whole && in.N > 1:
		wholePowers(z, x, n)
	case y == -1:
		kernel.Div(z, one, x)
	case y == -0.5:
		kernel.InverseSqrt(z, x)
	default:
		in.powers(m.V)
	}
}

// powers computes a power, element by element.
func (in *Inst) powers(v []float64) {
	x, y := int(in.X), int(in.Y)
	for i := range v[in.Z:][:in.N] {
		v[int(in.Z)+i] = elementary.Pow(v[x], v[y])
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

// wholePowers computes z = xⁿ, as elementary.Whole does, for many elements at a time.
func wholePowers(z, x []float64, n int) {
	var squares [64]float64 // x, x², x⁴ and so on
	for len(z) > 0 {
		count := copy(squares[:], x[:len(z)])
		s, none := squares[:count], true
		for k := n; ; {
			switch {
			case k&1 == 0:
			case none:
				none = false
				copy(z, s)
			default:
				kernel.Mul(z[:count], z[:count], s)
			}
			if k >>= 1; k == 0 {
				break
			}
			kernel.Mul(s, s, s)
		}
		z, x = z[count:], x[count:]
	}
}

// hasOneExponent reports whether all elements of a power have the same exponent, and none is the operand of
// another.
func (in *Inst) hasOneExponent() bool {
	return in.N == 1 || in.XStep == 1 && in.YStep == 0 && in.isApart()
}

// powerBack is the reverse of power: gx += gz·y·x^(y−1). For a few y it needs no other power than z.
func (m *Machine) powerBack(in *Inst) {
	for i := in.N - 1; i >= 0; i-- {
		px := in.X + i*int32(in.XStep)
		x, y, z := m.V[px], m.V[in.Y+i*int32(in.YStep)], m.V[in.Z+i]
		var d float64
		switch {
		case y == 0: // it ignores x
			continue
		case y == 2:
			d = 2 * x
		case y == 3:
			d = 3 * float64(x*x)
		case y == -1:
			d = -float64(z * z)
		case math.Abs(y) == 0.5 && 0 < x && x <= math.MaxFloat64:
			d = y * z / x
		default:
			d = elementary.PowSlope(x, y)
		}
		m.G[px] += float64(m.G[in.Z+i] * d)
	}
}
