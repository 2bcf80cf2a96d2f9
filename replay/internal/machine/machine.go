package machine

// A Machine is the memory in which a program runs: numbers, and their gradients.
//
// Mat holds the parameters and constants that only matrix-vector products and Picks read. It is the same for
// all samples. V holds all other numbers. Each sample has its own V and G, Stride apart.
type Machine struct {
	Mat, V, GMat, G []float64
	Samples, Stride int
	Rate            float64 // the rate of the step of gradient descent that Backward takes, or 0

	x, dx  []float64 // operands of a function without an opcode, and its derivatives
	scaled []float64 // for descend
	turned []float64 // for times: a matrix, transposed
	most   int       // how many samples there are at most, even if there are fewer now
}

// New returns a machine for one sample or, at once, up to most. It allocates only the scratch space for
// functions and matrices: the caller must set Mat, V, GMat and G and, if there are several samples, their
// number. The bits of a sample do not depend on how many there are, but on most they may.
func New(code []Inst, most int) *Machine {
	widest, vectors, turned := 3, 0, 0
	m := &Machine{Samples: 1, most: most}
	for i := range code {
		switch in := &code[i]; in.Code {
		case Nary:
			widest = max(widest, len(in.Index))
		case Dense, Transposed:
			if in.Alone {
				vectors = max(vectors, in.Vectors())
			}
			if m.isBetterTransposed(in) {
				turned = max(turned, int(in.M)*int(in.N))
			}
		}
	}
	m.x, m.dx = make([]float64, widest), make([]float64, widest)
	m.scaled, m.turned = make([]float64, descendRows*vectors), make([]float64, turned)
	return m
}

// Cost returns about how many nanoseconds the instruction takes for a sample: a tenth for each element of a
// matrix, and five for any other element.
func (in *Inst) Cost() (ns float64) {
	switch {
	case in.HasMatrix():
		return float64(in.M) * float64(in.N) * float64(in.Vectors()) / 10
	case in.Code == Pick, in.Code == CrossEntropy:
		return 5 * float64(in.N) * float64(in.Vectors())
	}
	return 5 * float64(in.N) * float64(max(in.M, 1))
}

// MayPanic reports whether the instruction is a function without an opcode of its own, which may be the
// caller's.
func (in *Inst) MayPanic() bool { return in.Code == Unary || in.Code == Binary || in.Code == Nary }
