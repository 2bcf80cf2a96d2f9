package kernel

// Repeat fills z with x, again and again. It panics if len(x) does not divide len(z).
func Repeat(z, x []float64) {
	mustDivide(z, x)
	for n := copy(z, x); n < len(z); n *= 2 {
		copy(z[n:], z[:n])
	}
}

// RepeatGrad is the reverse of Repeat: it adds to each element of gx the gradients gz of all its copies, in
// any order. It panics as Repeat does.
func RepeatGrad(gz, gx []float64) {
	switch n := len(gx); n {
	case len(gz):
		Add(gx, gx, gz)
	case 1:
		gx[0] += Sum(gz)
	default:
		mustDivide(gz, gx)
		MulNN(gx, n, one, 0, 0, gz, n, 1, n, len(gz)/n, true)
	}
}

func mustDivide(z, x []float64) {
	if len(x) != len(z) && (len(x) == 0 || len(z)%len(x) != 0) {
		panic("kernel: the length of a vector does not divide that of its copies")
	}
}
