package machine

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/builtin"
)

// eachVector calls f with instructions of many elements whose operands lie before each other, are the same,
// overlap, and are results of the instruction itself.
func eachVector(f func(in Inst)) {
	for i, code := range []Opcode{Add, Sub, Mul, Div, MulAdd} {
		op := []builtin.Kind{builtin.Add, builtin.Sub, builtin.Mul, builtin.Div, builtin.Other}[i].Op()
		for steps := range int8(8) {
			for _, place := range [][3]int32{
				{100, 300, 500},
				{100, 100, 500},
				{100, 300, 300},
				{100, 300, 100},
				{100, 110, 500},
				{100, 300, 320},
				{100, 300, 80},
				{results - 30, 300, 500},
				{results - 29, 300, 500},
				{300, results - 30, 500},
				{300, results - 1, 500},
				{300, 500, results - 29},
			} {
				in := Inst{
					Code: code, Op: op, Z: results, N: 30, X: place[0], XStep: steps & 1, Y: place[1],
					YStep: steps >> 1 & 1, C: None,
				}
				if code == MulAdd {
					in.C, in.CStep = place[2], steps>>2
				}
				f(in)
			}
		}
	}
}

// mayBeVector says by the places of all elements what isVector must say.
func mayBeVector(in *Inst, exact bool) bool {
	begins := map[int32]int32{} // where the vector begins in which a place lies
	for _, o := range [][2]int32{{in.X, int32(in.XStep)}, {in.Y, int32(in.YStep)}, {in.C, int32(in.CStep)}} {
		at, step := o[0], o[1]
		if at == None {
			continue
		}
		for place := at; place <= at+step*(in.N-1); place++ {
			start, ok := begins[place]
			if place >= in.Z || step == 0 && exact || step == 1 && ok && start != at {
				return false
			}
			if step == 1 {
				begins[place] = at
			}
		}
	}
	return in.XStep+in.YStep > 0
}

// A kernel computes an instruction of many elements unless one is the operand of another, or operands have
// some places in common, or an order must be kept.
func TestVector(t *testing.T) {
	eachVector(func(in Inst) {
		for _, exact := range []bool{false, true} {
			in.Prepare(exact)
			if got, want := in.form == vector, mayBeVector(&in, exact); got != want {
				t.Errorf("%v, exact %t: by a kernel %t, want %t", &in, exact, got, want)
			}
		}
		check(t, in)
		in.N = 1
		check(t, in)
	})
}

// Kernels compute the same bits as the code for any elements where an order must be kept.
func TestVectorBits(t *testing.T) {
	eachVector(func(in Inst) {
		in.Active, in.Main, in.GradX, in.GradY = true, true, true, true
		for _, v := range []float64{1, 0, math.Copysign(0, -1), -1, math.Inf(1), math.NaN()} {
			in.Prepare(true)
			fast := newMachine([]Inst{in})
			for i := in.X; i < in.Z; i += 7 {
				fast.V[i] = v
			}
			slow := *fast
			slow.V, slow.G = slices.Clone(fast.V), slices.Clone(fast.G)
			fast.Forward([]Inst{in})
			fast.Backward([]Inst{in}, false)
			in.form = in.Code
			slow.Forward([]Inst{in})
			slow.Backward([]Inst{in}, false)
			for i := range slow.V {
				if other(fast.V[i], slow.V[i]) || other(fast.G[i], slow.G[i]) {
					t.Fatalf("%v with %v: v[%d] = %v and g[%d] = %v, want %v and %v",
						&in, v, i, fast.V[i], i, fast.G[i], slow.V[i], slow.G[i])
				}
			}
		}
	})
}

// other reports whether two numbers differ in their bits and are not both NaN.
func other(x, y float64) bool {
	return math.Float64bits(x) != math.Float64bits(y) && !(math.IsNaN(x) && math.IsNaN(y))
}

// The gradient of a factor or divisor that nobody reads is not computed, that of the other is.
func TestVectorOneGradient(t *testing.T) {
	for _, kind := range []builtin.Kind{builtin.Mul, builtin.Div} {
		for _, x := range []bool{false, true} {
			for steps := range int8(3) {
				in := Inst{
					Code: CodeOf(kind.Op()), Op: kind.Op(), X: 100, Y: 300, C: None, Z: results, N: 30,
					XStep: 1 - steps&1, YStep: 1 - steps>>1, Active: true, Main: true, GradX: x, GradY: !x,
				}
				in.Prepare(false)
				m := newMachine([]Inst{in})
				r := newReference(m)
				m.Forward([]Inst{in})
				r.forward(&in)
				m.Backward([]Inst{in}, false)
				r.backward(&in)
				unread := Span{300, 330}
				if !x {
					unread = Span{100, 130}
				}
				copy(unread.Of(m.G), unread.Of(r.g))
				near(t, &in, "g", m.G, r.g, keeps)
			}
		}
	}
}
