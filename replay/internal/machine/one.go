package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/kernel"
)

// Small programs, and those that compute one number after the other, have instructions of one element in a
// row. An operand of most is the result of the one before, which is still in a register, and would come from
// memory a few cycles later.

// isOne reports whether the instruction has a form for one element.
func (in *Inst) isOne() bool { return oneMulAdd <= in.form && in.form <= oneSigmoid }

// ones runs the instructions of one element with which the code begins, and returns how many there are.
func ones(code []Inst, v []float64) int {
	z, at := 0.0, int32(None) // the result of the one before, and its place
	for k := range code {
		in := &code[k]
		if !in.isOne() {
			return k
		}
		x := z
		if in.X != at {
			x = v[in.X]
		}
		switch in.form {
		case oneMulAdd:
			c := z
			if in.C != at {
				c = v[in.C]
			}
			z = float64(x*v[in.Y]) + c
		case oneAdd:
			z = x + v[in.Y]
		case oneSub:
			z = x - v[in.Y]
		case oneMul:
			z = x * v[in.Y]
		case oneDiv:
			z = x / v[in.Y]
		case oneSquare:
			z = x * x
		case oneNeg:
			z = -x
		case oneSqrt:
			z = math.Sqrt(x)
		case oneReLU:
			z = max(x, 0)
		case oneSigmoid:
			z = kernel.SigmoidOf(x)
		}
		at = in.Z
		v[at] = z
	}
	return len(code)
}

// onesBack is the reverse of ones for the instructions of one element with which the code ends. Those that
// Backward need not run are among those that it counts.
func onesBack(code []Inst, v, g []float64, all bool) int {
	gz, at := 0.0, int32(None) // the last gradient of an operand, and its place
	for k := len(code) - 1; k >= 0; k-- {
		in := &code[k]
		if !in.isOne() {
			return len(code) - 1 - k
		}
		if !in.Active || !in.Main && !all {
			continue
		}
		if in.Z != at {
			gz = g[in.Z]
		}
		var dx, dy float64
		switch x := v[in.X]; in.form {
		case oneMulAdd:
			g[in.X] += float64(gz * v[in.Y])
			g[in.Y] += float64(gz * x)
			gz, at = g[in.C]+gz, in.C
			g[at] = gz
			continue
		case oneAdd:
			dx, dy = gz, gz
		case oneSub:
			dx, dy = gz, -gz
		case oneMul:
			dx, dy = float64(gz*v[in.Y]), float64(gz*x)
		case oneDiv:
			dx, dy = float64(gz*(1/v[in.Y])), float64(gz*(-v[in.Z]/v[in.Y]))
		case oneSquare:
			dx = float64(gz * (2 * x))
		case oneNeg:
			dx = -gz
		case oneReLU:
			dx = throughReLU(gz, x)
		case oneSqrt, oneSigmoid:
			dx = float64(gz * slopeAt(v[in.Z], in.form == oneSigmoid))
		}
		gz, at = g[in.X]+dx, in.X
		g[at] = gz
		if in.form < oneSquare { // two operands
			g[in.Y] += dy
			if in.Y == at {
				at = None
			}
		}
	}
	return len(code)
}

// slopeAt returns the derivative of σ, or of √, where its result is z.
func slopeAt(z float64, isSigmoid bool) float64 {
	if isSigmoid {
		return float64(z * (1 - z))
	}
	return 1 / (2 * z)
}

// throughReLU returns what ReLU hands on of a gradient: all of it if x is positive, else nothing. Where x is
// NaN, so is the gradient.
func throughReLU(gz, x float64) float64 {
	switch {
	case x > 0:
		return gz
	case x <= 0:
		return 0
	}
	return x
}

// anyOneBack is the reverse of any for one element of a function of one number.
func (m *Machine) anyOneBack(in *Inst) {
	x, dx := m.V[in.X:][:1], m.dx[:1]
	in.Op.Partials(dx, x, m.V[in.Z])
	if dx[0] != 0 || !in.Op.Ignores(0, x...) {
		m.G[in.X] += float64(m.G[in.Z] * dx[0])
	}
}
