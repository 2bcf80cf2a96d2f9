package machine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// The memory that the tests run in: operands first, then room for results and what is kept.
const (
	matLen  = 2000
	vLen    = 2000
	results = 1000 // where results begin
	keeps   = 1900 // where kept numbers begin
)

// String returns the instruction as a line, with operands such as v[2:5] and mat[0:6].
func (in *Inst) String() string {
	return in.Format(func(inMat bool, at, n int32) string {
		memory := "v"
		if inMat {
			memory = "mat"
		}
		return memory + bracket(at, at+n)
	})
}

// newMachine returns a machine full of numbers that suit every function, 0.3 to 1.7, and of
// gradients.
func newMachine(code []Inst) *Machine {
	r := rand.New(rand.NewPCG(1, 2))
	m := New(code, 1)
	random := func(n int, lo, hi float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = lo + (hi-lo)*r.Float64()
		}
		return x
	}
	m.Mat, m.V = random(matLen, 0.3, 1.7), random(vLen, 0.3, 1.7)
	m.GMat, m.G = random(matLen, -1, 1), random(vLen, -1, 1)
	m.Stride = vLen
	return m
}

// A reference computes an instruction, element by element, as its comment says.
type reference struct{ mat, v, gmat, g []float64 }

func newReference(m *Machine) reference {
	return reference{slices.Clone(m.Mat), slices.Clone(m.V), slices.Clone(m.GMat), slices.Clone(m.G)}
}

// at returns the number, and the gradient, at a place.
func (r reference) at(inMat bool, place int32) (x, g *float64) {
	if inMat {
		return &r.mat[place], &r.gmat[place]
	}
	return &r.v[place], &r.g[place]
}

// elements calls f for each element, with the place of its result, and with its operands and their
// gradients.
func (r reference) elements(in *Inst, f func(z int32, x []*float64, g []*float64)) {
	add := func(x, g []*float64, inMat bool, place int32) ([]*float64, []*float64) {
		v, d := r.at(inMat, place)
		return append(x, v), append(g, d)
	}
	switch in.Code {
	case Pack:
		for i, at := range in.Index {
			x, g := add(nil, nil, at < 0, max(at, InMat(at)))
			f(in.Z+int32(i), x, g)
		}
	case Dense, Transposed:
		for i := range in.M * int32(in.Vectors()) {
			k, row := i/in.M, i%in.M
			var x, g []*float64
			for j := range in.N {
				at := in.Y + k*in.YK + row*in.LDA + j
				if in.Code == Transposed {
					at = in.Y + k*in.YK + j*in.LDA + row
				}
				x, g = add(x, g, in.MatY, at)
				x, g = add(x, g, in.MatX, in.X+k*in.XK+j)
				if !in.GradX {
					g[len(g)-1] = new(float64)
				}
			}
			if in.C != None {
				x, g = add(x, g, false, in.C+k*in.CK+row*int32(in.CStep))
			}
			f(in.Z+i, x, g)
		}
	case Total:
		var x, g []*float64
		for j := range in.N {
			x, g = add(x, g, false, in.X+j)
		}
		if in.C != None {
			x, g = add(x, g, false, in.C)
		}
		f(in.Z, x, g)
	case Softmax, LogSumExp, Norm:
		r.rowElements(in, f)
	case CrossEntropy:
		for k := range int32(in.Vectors()) {
			var x, g []*float64
			for i := range 2 * in.N {
				place := in.X + k*in.XK + i
				if i >= in.N {
					place = in.Y + k*in.YK + i - in.N
				}
				x, g = add(x, g, false, place)
			}
			f(in.Z+k, x, g)
		}
	case Nary:
		var x, g []*float64
		for _, place := range in.Index {
			x, g = add(x, g, false, place)
		}
		f(in.Z, x, g)
	default:
		for i := range in.N {
			x, g := add(nil, nil, in.MatX, in.X+i*int32(in.XStep))
			if in.Code == MulAdd || in.Op.Arity() > 1 {
				x, g = add(x, g, in.MatY, in.Y+i*int32(in.YStep))
			}
			if in.Code == MulAdd || in.Op.Arity() == 3 {
				x, g = add(x, g, false, in.C+i*int32(in.CStep))
			}
			f(in.Z+i, x, g)
		}
	}
}

func btoi(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// definition returns the value of an element and its partial derivatives.
func definition(in *Inst, x []float64) (z float64, dx []float64) {
	dx = make([]float64, len(x))
	switch in.Code {
	case Pack:
		return x[0], []float64{1}
	case Total:
		for i := range x {
			z, dx[i] = z+x[i], 1
		}
	case Softmax:
		return softmaxOf(x)
	case Norm:
		return normOf(in, x)
	case Dense, Transposed, MulAdd:
		for i := 0; i+1 < len(x); i += 2 {
			z += x[i] * x[i+1]
			dx[i], dx[i+1] = x[i+1], x[i]
		}
		if len(x)%2 == 1 {
			z, dx[len(x)-1] = z+x[len(x)-1], 1
		}
	default:
		z = in.Op.Eval(x...)
		in.Op.Partials(dx, x, z)
	}
	return z, dx
}

func (r reference) forward(in *Inst) {
	r.elements(in, func(z int32, x, _ []*float64) {
		r.v[z], _ = definition(in, numbers(x))
	})
}

func (r reference) backward(in *Inst) {
	var steps []func()
	r.elements(in, func(z int32, x, g []*float64) {
		_, dx := definition(in, numbers(x))
		steps = append(steps, func() {
			gz := r.g[z]
			for i := range g {
				*g[i] += gz * dx[i]
			}
		})
	})
	for _, step := range slices.Backward(steps) {
		step()
	}
}

func numbers(x []*float64) []float64 {
	n := make([]float64, len(x))
	for i := range x {
		n[i] = *x[i]
	}
	return n
}

// near compares memories, within the rounding of sums of a few dozen numbers of about 1.
func near(t *testing.T, in *Inst, what string, got, want []float64, upTo int) {
	t.Helper()
	for i := range want[:upTo] {
		if math.IsNaN(want[i]) && math.IsNaN(got[i]) || got[i] == want[i] { // arcsin beyond 1; an index of ∞
			continue
		}
		if !(math.Abs(got[i]-want[i]) <= 1e-12*(1+math.Abs(want[i]))) {
			t.Fatalf("%v: %s[%d] = %v, want %v", in, what, i, got[i], want[i])
		}
	}
}

// check runs an instruction forward and backward, and compares the memory with the reference.
func check(t *testing.T, in Inst) {
	t.Helper()
	in.Active, in.Main, in.GradX, in.GradY, in.GradC = true, true, true, true, in.C != None
	if in.Vectors() > 1 && in.XK < in.N && in.YK == 0 { // vectors that overlap
		in.GradX = false
	}
	in.Keep = keeps
	in.Prepare(false)
	code := []Inst{in}
	m := newMachine(code)
	clear(in.Silent().Of(m.G)) // nothing else hands a gradient to these
	r := newReference(m)
	m.Forward(code)
	r.forward(&in)
	v := slices.Clone(m.V)
	copy(in.Silent().Of(v), in.Silent().Of(r.v)) // nor reads their numbers
	near(t, &in, "v", v, r.v, keeps)
	m.Backward(code, false)
	r.backward(&in)
	copy(in.Silent().Of(m.G), in.Silent().Of(r.g)) // nor reads their gradients
	near(t, &in, "g", m.G, r.g, keeps)
	near(t, &in, "gmat", m.GMat, r.gmat, matLen)
}

// checkThird checks a function of two numbers, or one of three with every form of the third.
func checkThird(t *testing.T, in Inst) {
	t.Helper()
	if in.Op.Arity() == 2 {
		check(t, in)
		return
	}
	for _, in.C = range []int32{50, in.X, in.Y, in.X + 1} {
		for _, in.CStep = range []int8{0, 1} {
			check(t, in)
		}
	}
}

// Every function runs by its opcode as by its definition, in every form of its operands.
func TestFunctions(t *testing.T) {
	own := gradus.Func1("own", math.Sin, math.Cos)
	own2 := gradus.Func2("own", math.Hypot, func(x, y float64) float64 { return x / math.Hypot(x, y) },
		func(x, y float64) float64 { return y / math.Hypot(x, y) })
	for _, op := range append(gradus.Ops(), own, own2) {
		if CodeOf(op) == Nary {
			check(t, Inst{
				Code: CodeOf(op), Op: op, X: None, Y: None, C: None, Z: results, N: 1,
				More: &More{Index: []int32{3, 1, 4, 1, 5, 9}},
			})
			continue
		}
		for _, n := range []int32{1, 2, 7, 40} {
			for _, step := range []int8{0, 1} {
				in := Inst{Code: CodeOf(op), Op: op, X: 10, Y: None, C: None, Z: results, N: n, XStep: step}
				if op.Arity() == 1 {
					if step == 1 || n == 1 {
						check(t, in)
					}
					continue
				}
				for _, yStep := range []int8{0, 1} {
					in.Y, in.YStep = 100, yStep
					checkThird(t, in)
					in.Y = in.X // the same operand twice
					checkThird(t, in)
				}
			}
		}
	}
}

// Powers without a gradient of the exponent have the gradients that the op says, within 10⁻¹²: far from 1
// math.Pow is off by up to 10⁻¹³.
func TestPower(t *testing.T) {
	inf := math.Inf(1)
	testPower(t, []float64{
		0.25, 3, 0x1p1000, 0x1p-600, 0x1p-1074, 0, math.Copysign(0, -1), -1, inf, -inf, math.NaN(),
	})
	testPower(t, []float64{0.25, 3, 0x1p1000, 0x1p-600, 0x1p-1074, 7, 0.1, 2, 11, 1e9})
	x := make([]float64, 150) // more than are computed at a time
	for i := range x {
		x[i] = 1.5 - float64(i)/50
	}
	testPower(t, x)
}

func testPower(t *testing.T, x []float64) {
	t.Helper()
	n := int32(len(x))
	for _, exponent := range []float64{2, -1, 0.5, -0.5, 3, 4, 7, 13, 64, 65, 0, 1.5, math.NaN()} {
		for _, base := range []int32{0, n + 1} { // n + 1: each result is the base of the next
			var numbers, gradients [2][]float64
			for k, gradY := range []bool{false, true} {
				in := Inst{
					Code: Binary, Op: pow, X: base, XStep: 1, Y: n, C: None, Z: n + 2, N: n,
					Active: true, Main: true, GradX: true, GradY: gradY,
				}
				in.Prepare(false)
				m := New([]Inst{in}, 1)
				m.V, m.G = append(slices.Clone(x), exponent, 1.5), make([]float64, 2*n+2)
				m.V = append(m.V, slices.Repeat([]float64{2}, int(n))...) // numbers of before
				for i := range m.G {
					m.G[i] = 1
				}
				m.Forward([]Inst{in})
				m.Backward([]Inst{in}, false)
				gradients[k] = slices.Delete(m.G, int(n), int(n)+1) // but that of the exponent
				numbers[k] = m.V
			}
			if !sameBits(numbers[0], numbers[1]) {
				t.Errorf("x^%v: %v, want %v", exponent, numbers[0], numbers[1])
			}
			for i, want := range gradients[1] {
				if got := gradients[0][i]; !(math.Abs(got-want) <= 1e-12*math.Abs(want)) && got != want && want == want {
					t.Errorf("x^%v, gradient %d: %v, want %v", exponent, i, got, want)
				}
			}
		}
	}
}

// Exponents may differ from element to element.
func TestPowersOfDifferentExponents(t *testing.T) {
	in := Inst{
		Code: Binary, Op: pow, X: 0, XStep: 1, Y: 3, YStep: 1, C: None, Z: 6, N: 3,
		Active: true, Main: true, GradX: true,
	}
	in.Prepare(false)
	m := New([]Inst{in}, 1)
	m.V, m.G = []float64{5, 7, 3, 2, 3, 4, 0, 0, 0}, slices.Repeat([]float64{1}, 9)
	m.Forward([]Inst{in})
	m.Backward([]Inst{in}, false)
	z, g := m.V[6:], m.G[:3]
	if !slices.Equal(z, []float64{25, 343, 81}) || !slices.Equal(g, []float64{11, 148, 109}) {
		t.Errorf("5², 7³ and 3⁴ are %v, with gradients %v, each and 1", z, g)
	}
}

func TestMulAdd(t *testing.T) {
	for _, n := range []int32{1, 2, 9} {
		for steps := range 8 {
			check(t, Inst{
				Code: MulAdd, X: 10, Y: 100, C: 200, Z: results, N: n,
				XStep: int8(steps & 1), YStep: int8(steps >> 1 & 1), CStep: int8(steps >> 2),
			})
		}
		// each the addend of the next
		check(t, Inst{Code: MulAdd, X: 10, Y: 100, C: results - 1, Z: results, N: n, XStep: 1, YStep: 1, CStep: 1})
	}
}

func TestTotal(t *testing.T) {
	for _, n := range []int32{0, 1, 2, 5, 100} {
		for _, c := range []int32{None, 7} {
			check(t, Inst{Code: Total, X: 10, Y: None, C: c, Z: results, N: n, XStep: 1})
		}
	}
}

func TestPack(t *testing.T) {
	inV := func(start, end int32) (index []int32) {
		for at := start; at < end; at++ {
			index = append(index, at)
		}
		return index
	}
	mat := func(start, end int32) (index []int32) {
		for _, at := range inV(start, end) {
			index = append(index, InMat(at))
		}
		return index
	}
	for _, tt := range []struct {
		form  Opcode
		index []int32
	}{
		{Pack, []int32{InMat(7), InMat(0), 0, 5, 5, InMat(3), 4, InMat(5)}},
		{Pack, slices.Concat(inV(4, 10), mat(2, 9), mat(9, 12), inV(0, 7))},
		{Pack, slices.Concat(inV(4, 4+longRun), inV(5, 5+longRun))},
		{packV, slices.Concat(inV(4, 4+longRun), inV(5, 4+longRun))},
		{packV, []int32{7, 0, 1, 5, 5, 3}},
	} {
		in := Inst{Code: Pack, X: None, Y: None, C: None, Z: results, N: int32(len(tt.index))}
		in.More = &More{Index: tt.index}
		check(t, in)
		if in.Prepare(false); in.form != tt.form {
			t.Errorf("the form of %v is %d, want %d", &in, in.form, tt.form)
		}
	}
}

func TestDense(t *testing.T) {
	for _, size := range [][2]int32{{1, 1}, {1, 9}, {1, 40}, {2, 2}, {3, 3}, {2, 7}, {5, 4}, {30, 20}, {17, 3}} {
		for _, gap := range []int32{0, 2} {
			for _, inMat := range [][2]bool{{false, true}, {true, false}, {false, false}, {true, true}} {
				for _, c := range [][2]int32{{None, 0}, {200, 0}, {200, 1}} {
					in := Inst{
						Code: Dense, M: size[0], N: size[1], LDA: size[1] + gap, XStep: 1, YStep: 1,
						X: 3, MatX: inMat[0], Y: 300, MatY: inMat[1], C: c[0], CStep: int8(c[1]), Z: results,
					}
					check(t, in)
					in.Code, in.LDA = Transposed, size[0]+gap
					check(t, in)
				}
			}
		}
	}
}

// One matrix times several vectors, which lie side by side, apart, or overlap if their gradients are not
// wanted. The addends may be the same for all.
func TestDenseVectors(t *testing.T) {
	for _, size := range [][3]int32{
		{1, 1, 4}, {1, 9, 4}, {2, 2, 4}, {5, 4, 4}, {20, 10, 4}, {9, 5, 8}, {17, 16, 24},
	} {
		for _, gap := range []int32{0, 3, 1 - size[1]} {
			for _, inMat := range [][2]bool{{false, true}, {true, false}, {false, false}} {
				in := Inst{
					Code: Dense, M: size[0], N: size[1], LDA: size[1], XStep: 1, YStep: 1,
					X: 3, MatX: inMat[0], Y: 300, MatY: inMat[1], C: None, Z: results,
					More: &More{K: size[2], XK: size[1] + gap},
				}
				transposed := in
				transposed.Code, transposed.LDA = Transposed, size[0]
				for _, in := range []Inst{in, transposed} {
					check(t, in)
					for _, in.CStep = range []int8{0, 1} {
						for _, in.CK = range []int32{0, 1, size[0], size[0] + 1} {
							in.C = 200
							check(t, in)
						}
					}
				}
			}
		}
	}
}

// Several matrices, each times a vector of its own: they lie side by side, apart or over each other, and so
// do the vectors, or all are one. A matrix may be its own vector.
func TestDenseOwnMatrices(t *testing.T) {
	for _, size := range [][2]int32{{1, 1}, {1, 4}, {1, 16}, {4, 1}, {16, 1}, {3, 8}, {8, 3}, {5, 7}, {20, 12}} {
		for _, step := range []int32{1, size[0] * size[1], size[0]*size[1] + 3} {
			for _, xk := range []int32{0, 1, size[1], size[1] + 2} {
				in := Inst{
					Code: Dense, M: size[0], N: size[1], LDA: size[1], XStep: 1, YStep: 1,
					X: 3, Y: 200, C: None, Z: results, More: &More{K: 3, XK: xk, YK: step},
				}
				transposed := in
				transposed.Code, transposed.LDA = Transposed, size[0]
				for _, in := range []Inst{in, transposed} {
					check(t, in)
					for _, in.CStep = range []int8{0, 1} {
						for _, in.CK = range []int32{0, 1, size[0]} {
							in.C = 100
							check(t, in)
						}
					}
				}
				if in.X = in.Y; size[0] == 1 {
					check(t, in)
				}
			}
		}
	}
}

// The gradients of matrices and of vectors are computed if they are wanted.
func TestDenseOwnMatricesGradients(t *testing.T) {
	for _, code := range []Opcode{Dense, Transposed} {
		for wanted := range 4 {
			in := Inst{
				Code: code, M: 4, N: 4, LDA: 4, XStep: 1, YStep: 1, X: 3, Y: 200, C: None, Z: results,
				Active: true, Main: true, GradX: wanted&1 != 0, GradY: wanted&2 != 0, More: &More{K: 2, XK: 4, YK: 16},
			}
			in.Prepare(false)
			m := newMachine([]Inst{in})
			before := slices.Clone(m.G)
			m.Backward([]Inst{in}, false)
			for what, at := range map[string]Span{"x": {3, 11}, "y": {200, 232}} {
				got, want := !slices.Equal(at.Of(m.G), at.Of(before)), map[string]bool{"x": in.GradX, "y": in.GradY}[what]
				if got != want {
					t.Errorf("%v: the gradients of %s change: %t, want %t", &in, what, got, want)
				}
			}
		}
	}
}

// Many samples at once are each sample by itself, whether they or the vectors of each are more.
func TestDenseVectorsOfSamples(t *testing.T) {
	in := Inst{
		Code: Dense, M: 9, N: 5, LDA: 5, XStep: 1, YStep: 1, X: 3, Y: 300, MatY: true, C: 200, CStep: 1, Z: results,
		Active: true, Main: true, GradX: true, GradY: true, GradC: true, More: &More{K: 3, XK: 6, CK: 9},
	}
	transposed := in
	transposed.Code, transposed.LDA = Transposed, 9
	for _, in := range []Inst{in, transposed} {
		for _, in.Set = range []bool{false, true} {
			for _, samples := range []int{2, 5} {
				code := []Inst{in}
				code[0].Prepare(false)
				all := newMachine(code)
				one := newMachine(code)
				scratch := New(code, samples)
				all.most, all.turned = scratch.most, scratch.turned
				all.V, all.G, all.Samples = slices.Repeat(all.V, samples), slices.Repeat(all.G, samples), samples
				for i := range all.V {
					all.V[i] += float64(i / vLen) // each sample has numbers of its own
				}
				v, g := slices.Clone(all.V), slices.Clone(all.G)
				for s := range samples {
					one.V, one.G = v[s*vLen:][:vLen], g[s*vLen:][:vLen]
					one.Forward(code)
				}
				all.Dense(&code[0])
				near(t, &in, "v", all.V, v, len(v))
				all.Backward(code, false)
				for s := range samples {
					one.V, one.G = v[s*vLen:][:vLen], g[s*vLen:][:vLen]
					one.Backward(code, false)
					code[0].Set = false
				}
				near(t, &in, "g", all.G, g, len(g))
				near(t, &in, "gmat", all.GMat, one.GMat, matLen)
			}
		}
	}
}

// A sample has the same bits alone as among as many as there may be.
func TestOneOfSamples(t *testing.T) {
	const most = 12
	for _, code := range []Opcode{Dense, Transposed} {
		for _, size := range [][2]int32{{3, 2}, {3, 3}, {8, 4}, {9, 5}, {5, 9}, {16, 16}} {
			for _, vectors := range []int32{0, 3} {
				in := Inst{
					Code: code, M: size[0], N: size[1], LDA: size[1], XStep: 1, YStep: 1,
					X: 3, Y: 300, MatY: true, C: 200, CStep: 1, Z: results,
					Active: true, Main: true, GradX: true, GradY: true, GradC: true,
				}
				if vectors > 0 {
					in.More = &More{K: vectors, XK: 20, CK: size[0]}
				}
				if code == Transposed {
					in.LDA = size[0]
				}
				in.Prepare(false)
				all := New([]Inst{in}, most)
				numbers := newMachine([]Inst{in})
				all.Mat, all.GMat, all.Stride, all.Samples = numbers.Mat, numbers.GMat, vLen, most
				all.V, all.G = slices.Repeat(numbers.V, most), slices.Repeat(numbers.G, most)
				one := *all
				one.Samples, one.V, one.G = 1, slices.Clone(numbers.V), slices.Clone(numbers.G)
				for _, m := range []*Machine{all, &one} {
					m.Dense(&in)
					m.Backward([]Inst{in}, false)
				}
				if last := (most - 1) * vLen; !slices.Equal(one.V, all.V[last:]) || !slices.Equal(one.G, all.G[last:]) {
					t.Errorf("%v: one sample has other bits than the last of %d", &in, most)
				}
			}
		}
	}
}

// Set writes the gradient of the matrix over what is there, and Alone with a rate updates the
// matrix in place of it.
func TestDenseSetAndDescend(t *testing.T) {
	for _, size := range [][2]int32{{1, 5}, {3, 3}, {20, 30}} {
		in := Inst{
			Code: Dense, M: size[0], N: size[1], LDA: size[1], XStep: 1, YStep: 1, X: 3, Y: 300, MatY: true,
			C: None, Z: results, Active: true, Main: true, GradX: true, GradY: true, Set: true, Alone: true,
		}
		in.Prepare(false)
		code := []Inst{in}
		m := newMachine(code)
		r := newReference(m)
		rows := Span{in.Y, in.Y + in.M*in.LDA}
		clear(rows.Of(r.gmat))
		r.backward(&in)
		m.Backward(code, false)
		near(t, &in, "gmat", m.GMat, r.gmat, matLen)
		near(t, &in, "g", m.G, r.g, vLen)

		m = newMachine(code)
		m.Rate = 0.1
		m.Backward(code, false)
		for i := range rows.Of(r.mat) {
			rows.Of(r.mat)[i] -= 0.1 * rows.Of(r.gmat)[i]
		}
		near(t, &in, "mat", m.Mat, r.mat, matLen)
		near(t, &in, "g", m.G, r.g, vLen)

		// What the first output does not depend on has a gradient of 0.
		in.Main = false
		code[0] = in
		m = newMachine(code)
		m.Backward(code, false)
		if slices.ContainsFunc(rows.Of(m.GMat), func(g float64) bool { return g != 0 }) {
			t.Errorf("%v: gradients %v of an output that is not differentiated, want 0", &in, rows.Of(m.GMat))
		}
	}
}

// Set does the same for a matrix that is transposed.
func TestTransposedSet(t *testing.T) {
	in := Inst{
		Code: Transposed, M: 5, N: 3, LDA: 5, XStep: 1, YStep: 1, X: 3, Y: 300, MatY: true, C: None, Z: results,
		Active: true, Main: true, GradX: true, GradY: true, Set: true,
	}
	for _, main := range []bool{true, false} {
		in.Main = main
		in.Prepare(false)
		m := newMachine([]Inst{in})
		r := newReference(m)
		clear(r.gmat[in.Y:][:15])
		if main {
			r.backward(&in)
		}
		m.Backward([]Inst{in}, false)
		near(t, &in, "gmat", m.GMat, r.gmat, matLen)
		near(t, &in, "g", m.G, r.g, vLen)
	}
}

// A product of many factors is computed in another order only if it may be, and with the same result.
func TestScan(t *testing.T) {
	for _, n := range []int32{1, 5, longScan - 1, longScan, longScan + 3, 200} {
		in := Inst{
			Code: Mul, Op: builtin.Mul.Op(), X: results - 1, Y: 10, C: None, Z: results, N: n, XStep: 1,
			YStep: 1, Once: true,
		}
		check(t, in)
		in.Once = false
		check(t, in)
		in.Once = true
		for exact, want := range map[bool]int32{false: btoi(n >= longScan), true: 0} {
			in.Prepare(exact)
			if got := in.Keeps(); got != want {
				t.Errorf("a product of %d factors, exact %t, keeps %d numbers, want %d", n, exact, got, want)
			}
		}
	}
	// Eight factors whose product is 2⁶⁴ might overflow with others: computed as written.
	in := Inst{
		Code: Mul, Op: builtin.Mul.Op(), X: results - 1, Y: 10, C: None, Z: results, N: 65, XStep: 1,
		YStep: 1, Once: true, Keep: keeps,
	}
	in.Prepare(false)
	for _, exponent := range []int{7, 8} {
		m := newMachine([]Inst{in})
		want := m.V[results-1]
		for i := range m.V[10:75] {
			m.V[10+i] = math.Ldexp(1, exponent*(1-2*(i/16%2)))
			want *= m.V[10+i]
		}
		m.Forward([]Inst{in})
		if got := m.V[results+64]; got != want {
			t.Errorf("factors of 2^±%d: the product is %v, want %v", exponent, got, want)
		}
		if fast := m.V[keeps] == 1; fast != (8*exponent < 64) {
			t.Errorf("factors of 2^±%d: computed in another order %t", exponent, fast)
		}
	}
}

func TestString(t *testing.T) {
	add := builtin.Add.Op()
	for _, tt := range []struct {
		in   Inst
		want string
	}{
		{
			Inst{Code: Pack, X: None, Y: None, C: None, Z: 4, N: 2, More: &More{Index: []int32{InMat(0), 9}}},
			"v[4:6] = mat[0], v[9]",
		},
		{
			Inst{
				Code: Pack, X: None, Y: None, C: None, Z: 20, N: 17,
				More: &More{Index: []int32{0, 2, 4, 6, 8, 1, 3, 5, 7, 0, 2, 4, 6, 8, 10, 12, 9}},
			},
			"v[20:37] = v[0], v[2], v[4], v[6], …, v[9]",
		},
		{
			Inst{Code: Dense, M: 2, N: 3, LDA: 3, XStep: 1, YStep: 1, MatY: true, X: 1, Y: 6, C: 0, CStep: 1, Z: 4},
			"v[4:6] = mat[6:12]·v[1:4] + v[0:2]",
		},
		{
			Inst{Code: Transposed, M: 2, N: 3, LDA: 4, XStep: 1, YStep: 1, MatY: true, X: 1, Y: 6, C: None, Z: 4},
			"v[4:6] = mat[6:16]ᵀ·v[1:4]",
		},
		{
			Inst{
				Code: Dense, M: 2, N: 3, LDA: 3, XStep: 1, YStep: 1, MatY: true, X: 1, Y: 6,
				C: 0, CStep: 1, Z: 4, More: &More{K: 2, XK: 1},
			},
			"v[4:8] = mat[6:12]·[v[1:4] v[2:5]] + v[0:2]",
		},
		{
			Inst{
				Code: Transposed, M: 2, N: 3, LDA: 2, XStep: 1, YStep: 1, MatY: true, X: 1, Y: 6,
				C: 13, CStep: 1, Z: 21, More: &More{K: 4, XK: 3, CK: 2},
			},
			"v[21:29] = mat[6:12]ᵀ·[v[1:4] v[4:7] … v[10:13]] + [v[13:15] v[15:17] … v[19:21]]",
		},
		{
			Inst{
				Code: Dense, M: 2, N: 1, LDA: 1, XStep: 1, YStep: 1, MatY: true, X: 1, Y: 6,
				C: 13, CStep: 0, Z: 21, More: &More{K: 3, XK: 1, CK: 1},
			},
			"v[21:27] = mat[6:8]·[v[1] v[2] v[3]] + [v[13] v[14] v[15]]",
		},
		{
			Inst{
				Code: Dense, M: 2, N: 4, LDA: 5, XStep: 1, YStep: 1, X: 1, Y: 9,
				C: 0, CStep: 1, Z: 27, More: &More{K: 2, XK: 4, YK: 9},
			},
			"v[27:31] = [v[9:18] v[18:27]]·[v[1:5] v[5:9]] + v[0:2]",
		},
		{
			Inst{
				Code: Transposed, M: 4, N: 1, LDA: 4, XStep: 1, YStep: 1, X: 1, Y: 6, C: None, Z: 27,
				More: &More{K: 3, YK: 4},
			},
			"v[27:39] = [v[6:10] v[10:14] v[14:18]]ᵀ·v[1]",
		},
		{Inst{Code: Dense, M: 1, N: 1, LDA: 1, XStep: 1, YStep: 1, X: 1, Y: 6, C: None, Z: 4}, "v[4] = v[6]·v[1]"},
		{Inst{Code: MulAdd, X: 1, Y: 2, C: 3, Z: 4, N: 1}, "v[4] = v[2] · v[1] + v[3]"},
		{Inst{Code: Total, X: 1, Y: None, C: 0, Z: 4, N: 3, XStep: 1}, "v[4] = sum(v[1:4]) + v[0]"},
		{Inst{Code: Add, Op: add, X: 1, Y: 3, C: None, Z: 5, N: 2, XStep: 1}, "v[5:7] = v[1:3] + v[3]"},
		{Inst{Code: Binary, Op: builtin.Pow.Op(), X: 1, Y: 3, C: None, Z: 5, N: 1}, "v[5] = ^(v[1], v[3])"},
		{
			Inst{Code: Exp, Op: builtin.Exp.Op(), X: 1, Y: None, C: None, Z: 5, N: 2, XStep: 1},
			"v[5:7] = exp(v[1:3])",
		},
		{
			Inst{
				Code: Nary, Op: builtin.LogSumExp.Op(), X: None, Y: None, C: None, Z: 5, N: 1,
				More: &More{Index: []int32{1, 2}},
			},
			"v[5] = logsumexp(v[1], v[2])",
		},
		{
			Inst{Code: LogSumExp, Op: builtin.LogSumExp.Op(), X: 1, Y: None, C: None, Z: 9, M: 2, N: 3, LDA: 4},
			"v[9:11] = logsumexp(2 rows of v[1:8])",
		},
		{
			Inst{Code: Softmax, X: 1, Y: None, C: None, Z: 9, M: 1, N: 3, LDA: 3, Shift: true},
			"v[9:12] = softmax(v[1:4])",
		},
		{
			Inst{Code: Softmax, X: 1, Y: None, C: None, Z: 9, M: 3, N: 2, LDA: 2},
			"v[9:15] = exp(3 rows of v[1:7])/Σ",
		},
		{
			Inst{
				Code: Pick, Op: builtin.Pick.Op(), X: 3, Y: 6, MatY: true, YStep: 1, C: None, Z: 9, M: 3, N: 2, LDA: 4,
			},
			"v[9:11] = pick(v[3], 3 rows of mat[6:16])",
		},
		{
			Inst{Code: Pick, Op: builtin.Pick.Op(), X: 3, Y: 6, YStep: 1, C: None, Z: 9, M: 1, N: 2, LDA: 0},
			"v[9:11] = pick(v[3], v[6:8])",
		},
	} {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestLayoutName(t *testing.T) {
	l := Layout{
		MatConsts: Span{0, 2}, MatParams: Span{2, 5},
		Params: Span{0, 1}, Consts: Span{1, 3}, Inputs: Span{3, 4}, Computed: Span{4, 9}, Kept: Span{9, 10},
	}
	for _, tt := range []struct {
		inMat bool
		at, n int32
		want  string
	}{
		{true, 0, 2, "c[0:2]"},
		{true, 2, 3, "w[0:3]"},
		{true, 1, 2, "(c[1], w[0])"},
		{false, 0, 1, "w[3]"},
		{false, 1, 2, "c[2:4]"},
		{false, 3, 1, "x[0]"},
		{false, 4, 5, "t[0:5]"},
		{false, 2, 3, "(c[3], x[0], t[0])"},
	} {
		if got := l.Name(tt.inMat, tt.at, tt.n); got != tt.want {
			t.Errorf("%d places from %d on, in Mat %t: %q, want %q", tt.n, tt.at, tt.inMat, got, tt.want)
		}
	}
	if got, want := fmt.Sprint(l.Slots(), l.AllParams(), l.Constants()), "15 {2 6} 4"; got != want {
		t.Errorf("slots, parameters and constants: %s, want %s", got, want)
	}
}

func TestCost(t *testing.T) {
	cost := 0.0
	for _, in := range []Inst{
		{Code: Tanh, N: 10},
		{Code: Dense, M: 30, N: 100},
		{Code: Exp, N: 2},
		{Code: Transposed, M: 10, N: 10},
		{Code: Softmax, M: 3, N: 2},
		{Code: Pick, M: 27, N: 16},
	} {
		if cost += in.Cost(); in.MayPanic() {
			t.Errorf("%v may panic, want that of functions without an opcode alone", in.Code)
		}
	}
	if cost != 480 {
		t.Errorf("cost %v, want 5·10 + 3000/10 + 5·2 + 100/10 + 5·3·2 + 5·16", cost)
	}
	if !(&Inst{Code: Unary}).MayPanic() {
		t.Error("a function without an opcode may not panic, want that it may: it may be the caller's")
	}
}

// A machine has memory for the step of gradient descent of a matrix that Backward updates at once, and none
// for the many vectors of other instructions.
func TestNewMemory(t *testing.T) {
	for alone, want := range map[bool]int{true: 1000 * descendRows, false: 0} {
		code := []Inst{{Code: Dense, M: 1, N: 4, More: &More{K: 1000}, Alone: alone}}
		if got := len(New(code, 1).scaled); got != want {
			t.Errorf("alone %t: memory for %d numbers, want %d", alone, got, want)
		}
	}
}
