package machine

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/builtin"
)

// Instructions of one element in a row compute, to the bit, what they compute one by one.
func TestOnes(t *testing.T) {
	const leaves, most = 4, 8
	codes := []Opcode{
		MulAdd, Add, Sub, Mul, Div, Square, Neg, Sqrt, ReLU, Exp, Log, Log1p, Tanh, Sigmoid, Unary, Max,
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		code := make([]Inst, 1+r.IntN(most))
		for k := range code {
			z := int32(leaves + k)
			in := Inst{Code: codes[r.IntN(len(codes))], N: 1, Z: z, GradX: true, GradY: true}
			if in.Code == Unary {
				in.Op = builtin.Sin.Op()
			}
			in.X, in.Y, in.C = r.Int32N(z), r.Int32N(z), r.Int32N(z)
			if r.IntN(3) > 0 {
				in.X = z - 1
			}
			if r.IntN(4) == 0 {
				in.Y = in.X
			}
			if in.Code >= Neg && in.Code < Max || in.Code == Unary {
				in.Y, in.C = None, None
			}
			in.Active, in.Main = r.IntN(8) > 0, r.IntN(8) > 0
			in.Prepare(false)
			code[k] = in
		}
		all := r.IntN(2) == 0
		row, single := New(code, 1), New(code, 1)
		row.V, row.G = make([]float64, leaves+most), make([]float64, leaves+most)
		for i := range row.V {
			row.V[i], row.G[i] = r.NormFloat64(), r.NormFloat64()
		}
		single.V, single.G = slices.Clone(row.V), slices.Clone(row.G)
		row.Forward(code)
		row.Backward(code, all)
		for k := range code {
			single.Forward(code[k : k+1])
		}
		for k := range code {
			k = len(code) - 1 - k
			single.Backward(code[k:k+1], all)
		}
		if !sameBits(row.V, single.V) || !sameBits(row.G, single.G) {
			t.Fatalf("%v, all %t:\nnumbers %v, one by one %v\ngradients %v, one by one %v",
				code, all, row.V, single.V, row.G, single.G)
		}
	}
}

// sameBits reports whether x and y have the same numbers. Two NaN are the same.
func sameBits(x, y []float64) bool {
	return slices.EqualFunc(x, y, func(a, b float64) bool {
		return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
	})
}
