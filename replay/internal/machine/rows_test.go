package machine

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/kernel"
)

// rowElements calls f for each element of a Softmax, a LogSumExp or a Norm. Of a Softmax and a Norm the first
// operand is the one whose share the element is. Behind the row, a Norm has its gain and its bias.
func (r reference) rowElements(in *Inst, f func(z int32, x []*float64, g []*float64)) {
	for row := range in.M {
		var x, g []*float64
		for j := range in.N {
			v, d := r.at(false, in.X+row*in.LDA+j)
			x, g = append(x, v), append(g, d)
		}
		if in.Code == LogSumExp {
			f(in.Z+row, x, g)
			continue
		}
		for j := range in.N {
			x, g := append(x[j:in.N:in.N], x[:j]...), append(g[j:in.N:in.N], g[:j]...)
			for _, at := range []int32{in.Y, in.C} {
				if at != None {
					v, d := r.at(false, at+j)
					x, g = append(x, v), append(g, d)
				}
			}
			f(in.Z+row*in.N+j, x, g)
		}
	}
}

// softmaxOf returns the share of the first number in the softmax, and its derivatives.
func softmaxOf(x []float64) (z float64, dx []float64) {
	dx = make([]float64, len(x))
	sum := 0.0
	for i := range x {
		dx[i] = math.Exp(x[i])
		sum += dx[i]
	}
	z = dx[0] / sum
	for i := range dx {
		dx[i] *= -z / sum
	}
	dx[0] += z
	return z, dx
}

// normOf returns the first number of a row by the norm of the row, times the gain plus the bias, and its
// derivatives.
func normOf(in *Inst, x []float64) (z float64, dx []float64) {
	n := &in.Norm
	row, rest, mean, sum := x[:in.N], x[in.N:], 0.0, 0.0
	if n.Centered {
		for _, v := range row {
			mean += v / float64(in.N)
		}
	}
	for _, v := range row {
		sum += (v - mean) * (v - mean)
	}
	q, gain := sum*n.Mul/n.Div+n.Epsilon, 1.0
	s, d := math.Pow(q, -0.5), row[0]-mean
	if in.Y != None {
		gain = rest[0]
	}
	dx = make([]float64, len(x))
	for i, v := range row {
		dx[i] = -gain * d * math.Pow(q, -1.5) * n.Mul / n.Div * (v - mean)
		if n.Centered {
			dx[i] -= gain * s / float64(in.N)
		}
	}
	dx[0] += gain * s
	z = d * s * gain
	if in.Y != None {
		dx[in.N] = d * s
	}
	if in.C != None {
		z, dx[len(x)-1] = z+rest[len(rest)-1], 1
	}
	return z, dx
}

func TestNorms(t *testing.T) {
	for _, n := range []int32{2, 9, 20} {
		for _, m := range []int32{1, 3} {
			for _, gap := range []int32{0, 2} {
				for _, centered := range []bool{false, true} {
					in := Inst{Code: Norm, M: m, N: n, LDA: n + gap, X: 10, Y: None, C: None, Z: results}
					norm := kernel.Norm{N: int(n), Centered: centered, Mul: 2, Div: float64(n), Epsilon: 0.1}
					in.More = &More{Norm: norm}
					check(t, in)
					in.Y = 100
					check(t, in)
					in.C = 130
					check(t, in)
					in.Y, in.C = None, 11 // a bias that is also in the row
					check(t, in)
				}
			}
		}
	}
}

func TestRows(t *testing.T) {
	for _, m := range []int32{1, 3} {
		for _, n := range []int32{1, 2, 9, 20} {
			for _, gap := range []int32{0, 2} {
				in := Inst{Code: Softmax, M: m, N: n, LDA: n + gap, X: 10, Y: None, C: None, Z: results}
				check(t, in)
				in.Shift = true
				check(t, in)
				in.Code, in.Op = LogSumExp, builtin.LogSumExp.Op()
				check(t, in)
			}
		}
	}
}

// A row of large or infinite numbers, or with a NaN, has the values and derivatives of the nodes that
// it stands for.
func TestSpecialRows(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, x := range [][]float64{
		{1e16, 1e16 - 2},
		{1e17, 1e17},
		{-1e300, 3},
		{800, -800},
		{-inf, 0},
		{-inf, -inf},
		{inf, 0},
		{inf, inf, 1},
		{inf, -inf},
		{nan, 1},
		{inf, nan},
		{-inf, nan},
		{math.Copysign(0, -1), 0},
		{-750, -750, -800},
		{inf},
		{nan},
		{-inf},
		{2},
	} {
		n := int32(len(x))
		for _, in := range []Inst{
			{Code: Softmax}, {Code: Softmax, Shift: true}, {Code: LogSumExp, Op: builtin.LogSumExp.Op()},
		} {
			in.M, in.N, in.LDA, in.X, in.Z, in.Keep, in.Active, in.Main = 1, n, n, 0, n, 2*n, true, true
			in.Y, in.C = None, None
			in.Prepare(false)
			code := []Inst{in}
			m := New(code, 1)
			m.V, m.G = make([]float64, 3*n+1), make([]float64, 2*n)
			copy(m.V, x)
			m.G[n] = 1
			m.Forward(code)
			m.Backward(code, false)
			operands := gradus.Values(x)
			z := rowOf(&in, operands)
			z[0].Backward()
			for i, v := range z {
				if got := m.V[in.Z+int32(i)]; !same(got, v.Data) {
					t.Errorf("%v of %v: result %d is %v, want %v", &in, x, i, got, v.Data)
				}
			}
			for i, v := range operands {
				if got := m.G[i]; !same(got, v.Grad) {
					t.Errorf("%v of %v: gradient %d is %v, want %v", &in, x, i, got, v.Grad)
				}
			}
		}
	}
}

// A cross-entropy has the value and the derivatives of its op, to the bit if it must be exact.
func TestCrossEntropy(t *testing.T) {
	inf, op := math.Inf(1), builtin.SoftmaxCrossEntropy.Op()
	for _, y := range [][]float64{
		{},
		{1},
		{0.5, -1.25, 3, 2.75, -800},
		{1e17, 1e17 - 64},
		{-inf, 0},
		{-inf, -inf},
		{inf, 0},
		{inf, inf, 1},
		{math.NaN(), 1},
		make([]float64, 40),
	} {
		for _, exact := range []bool{false, true} {
			for right := range max(len(y), 1) {
				x := slices.Concat(y, make([]float64, len(y)))
				in := Inst{Code: Nary, Op: op, X: None, Y: None, C: None, N: 1, Active: true, Main: true, More: new(More)}
				for i := range x {
					in.Index = append(in.Index, int32(i))
				}
				if in.Z = int32(len(x)); len(y) > 0 {
					x[len(y)], x[len(y)+right] = 0.25, 0.75
				}
				in.Keep = in.Z + 1
				in.Prepare(exact)
				m := New([]Inst{in}, 1)
				m.V, m.G = slices.Concat(x, make([]float64, 1+in.Keeps())), make([]float64, len(x)+1)
				m.G[in.Z] = 2
				m.Forward([]Inst{in})
				m.Backward([]Inst{in}, false)
				z, dx := op.Eval(x...), make([]float64, len(x))
				op.Partials(dx, x, z)
				if got := m.V[in.Z]; !same(got, z) || exact && other(got, z) {
					t.Errorf("logits %v, class %d, exact %t: %v, want %v", y, right, exact, got, z)
				}
				for i, d := range dx {
					if got := m.G[i]; !same(got, 2*d) || exact && other(got, 2*d) {
						t.Errorf("logits %v, class %d, exact %t: derivative %d is %v, want %v", y, right, exact, i, got, 2*d)
					}
				}
			}
		}
	}
}

// Rows of logits and of probabilities may lie anywhere, over each other or all in one place.
func TestCrossEntropies(t *testing.T) {
	for _, k := range []int32{0, 1, 3} {
		for _, n := range []int32{1, 3, 27} {
			for _, xk := range []int32{0, 1, n, n + 2} {
				for _, yk := range []int32{0, n} {
					check(t, Inst{
						Code: CrossEntropy, Op: builtin.SoftmaxCrossEntropy.Op(), X: 10, Y: 400, C: None, Z: results,
						N: n, More: &More{K: k, XK: xk, YK: yk},
					})
				}
			}
		}
	}
}

// rowOf returns the nodes that a row stands for.
func rowOf(in *Inst, x []*gradus.Value) []*gradus.Value {
	switch {
	case in.Code == LogSumExp:
		return []*gradus.Value{gradus.LogSumExp(x...)}
	case in.Shift:
		return gradus.Softmax(x...)
	}
	var z []*gradus.Value
	for _, v := range x {
		z = append(z, v.Exp())
	}
	sum := gradus.Sum(z...)
	for i, e := range z {
		z[i] = e.Div(sum)
	}
	return z
}

// same reports whether two numbers are equal but for a few roundings, or both NaN.
func same(x, y float64) bool {
	return x == y || x != x && y != y || math.Abs(x-y) <= 4*0x1p-53*max(math.Abs(y), 0.25)
}
