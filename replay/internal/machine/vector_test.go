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
	for i, code := range []Opcode{Add, Sub, Mul, Div, MulAdd, Max, Min, Where} {
		op := []builtin.Kind{
			builtin.Add, builtin.Sub, builtin.Mul, builtin.Div, builtin.Other, builtin.Max, builtin.Min, builtin.Where,
		}[i].Op()
		for steps := range int8(8) {
			for _, place := range [][3]int32{
				{100, 300, 500},
				{100, 100, 500},
				{100, 300, 300},
				{100, 300, 100},
				{100, 110, 500},
				{100, 129, 500},
				{300, 100, 329},
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
				if code == MulAdd || code == Where {
					in.C, in.CStep = place[2], steps>>2
				}
				f(in)
			}
		}
	}
}

// mayBeVector says by the places of all elements what isVector must say.
func mayBeVector(in *Inst, exact bool) bool {
	selects := in.Code == Max || in.Code == Min || in.Code == Where
	if !selects && (in.N < longVector || in.XStep+in.YStep == 0) {
		return false
	}
	begins := map[int32]int32{} // where the vector begins in which a place lies
	for _, o := range [][2]int32{{in.X, int32(in.XStep)}, {in.Y, int32(in.YStep)}, {in.C, int32(in.CStep)}} {
		at, step := o[0], o[1]
		if at == None {
			continue
		}
		for place := at; place <= at+step*(in.N-1); place++ {
			start, ok := begins[place]
			overlaps := step == 1 && ok && start != at
			if place >= in.Z || step == 0 && exact && in.N > 1 || overlaps && (exact || !selects) {
				return false
			}
			if step == 1 {
				begins[place] = at
			}
		}
	}
	return true
}

// A kernel computes an instruction of many elements unless one is the operand of another, or operands have
// some places in common, or an order must be kept.
func TestVector(t *testing.T) {
	eachVector(func(in Inst) {
		for _, in.N = range []int32{30, longVector, longVector - 1, 1} {
			for _, exact := range []bool{false, true} {
				in.Prepare(exact)
				if got, want := in.form == vector || in.form == long, mayBeVector(&in, exact); got != want {
					t.Errorf("%v, exact %t: by a kernel %t, want %t", &in, exact, got, want)
				}
			}
			check(t, in)
		}
	})
	for _, code := range []Opcode{Neg, Square, ReLU} {
		in := Inst{Code: code, X: 100, XStep: 1, Y: None, C: None, Z: results, N: 2}
		if in.Prepare(false); in.form != vector {
			t.Errorf("no kernel computes opcode %d", code)
		}
	}
}

// Kernels compute the same bits as the code for any elements where an order must be kept.
func TestVectorBits(t *testing.T) {
	eachVector(func(in Inst) {
		in.Active, in.Main, in.GradX, in.GradY, in.GradC = true, true, true, true, true
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

// A gradient that nobody reads is not computed, but for that of a product with an addend or of a quotient of
// two vectors, where it costs little. The others are.
func TestVectorWanted(t *testing.T) {
	for _, kind := range []builtin.Kind{builtin.Mul, builtin.Div, builtin.Max, builtin.Min, builtin.Where} {
		for wanted := range 4 {
			for steps := range int8(4) {
				in := Inst{
					Code: CodeOf(kind.Op()), Op: kind.Op(), X: 100, Y: 300, C: None, Z: results, N: 30,
					XStep: steps & 1, YStep: steps >> 1, Active: true, Main: true,
					GradX: wanted&1 > 0, GradY: wanted&2 > 0,
				}
				first, second := in.X, in.Y // whose gradients are wanted
				if in.Code == Where {
					in.C, in.CStep, in.GradC = 500, steps&1, in.GradX
					first = in.C
				}
				in.Prepare(false)
				if in.form != vector && in.form != long || in.Code == Mul && wanted == 0 {
					continue
				}
				m := newMachine([]Inst{in})
				for i := in.X; i < in.X+in.N; i += 2 {
					m.V[i] *= -1
				}
				r := newReference(m)
				m.Forward([]Inst{in})
				r.forward(&in)
				before := slices.Clone(r.g)
				m.Backward([]Inst{in}, false)
				r.backward(&in)
				for k, at := range []int32{first, second} {
					operand := Span{at, at + in.N}
					switch read := wanted>>k&1 > 0; {
					case read:
					case in.Code != Div:
						copy(operand.Of(r.g), operand.Of(before))
					case k == 1 && in.YStep == 0:
						copy(operand.Of(r.g), operand.Of(before))
					default:
						copy(operand.Of(r.g), operand.Of(m.G))
					}
				}
				near(t, &in, "g", m.G, r.g, keeps)
			}
		}
	}
}

// A product with an addend has the gradients of all three, whatever is wanted.
func TestMulAddWanted(t *testing.T) {
	in := Inst{
		Code: MulAdd, X: 100, Y: 300, C: 500, Z: results, N: 30, XStep: 1, YStep: 1, CStep: 1,
		Active: true, Main: true,
	}
	in.Prepare(false)
	m := newMachine([]Inst{in})
	r := newReference(m)
	m.Backward([]Inst{in}, false)
	r.backward(&in)
	near(t, &in, "g", m.G, r.g, vLen)
}
