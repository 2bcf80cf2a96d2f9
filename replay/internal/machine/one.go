package machine

import "github.com/gradus-go/gradus/internal/elementary"

// Small programs have instructions of one element in a row. The first operand of most is the result of the
// one before, which is still in a register, and would come from memory a few cycles later.

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
			z = float64(x*v[in.Y]) + v[in.C]
		case oneAdd:
			z = x + v[in.Y]
		case oneSub:
			z = x - v[in.Y]
		case oneMul:
			z = x * v[in.Y]
		case oneSquare:
			z = x * x
		case oneSigmoid:
			z = elementary.Sigmoid(x)
		}
		at = in.Z
		v[at] = z
	}
	return len(code)
}

// onesBack is the reverse of ones for the instructions of one element with which the code ends. Those that
// Backward need not run are among those that it counts.
func onesBack(code []Inst, v, g []float64, all bool) int {
	gz, at := 0.0, int32(None) // the gradient of the last first operand, and its place
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
			g[in.C] += gz
			dx, dy = float64(gz*v[in.Y]), float64(gz*x)
		case oneAdd:
			dx, dy = gz, gz
		case oneSub:
			dx, dy = gz, -gz
		case oneMul:
			dx, dy = float64(gz*v[in.Y]), float64(gz*x)
		case oneSquare:
			dx = float64(gz * (2 * x))
		case oneSigmoid:
			dx = float64(gz * (v[in.Z] * (1 - v[in.Z])))
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
