package machine

import (
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/kernel"
)

// eachDense calls f with products of every form and of some sizes.
func eachDense(f func(in Inst)) {
	for _, code := range []Opcode{Dense, Transposed} {
		for _, size := range [][2]int32{{3, 2}, {4, 3}, {3, 5}, {8, 4}, {9, 5}, {5, 16}} {
			for _, vectors := range []int32{0, 2} {
				in := Inst{
					Code: code, M: size[0], N: size[1], LDA: size[1], XStep: 1, YStep: 1,
					X: 3, Y: 300, MatY: true, C: 200, CStep: 1, Z: results, Active: true, Main: true,
				}
				if vectors > 0 {
					in.More = &More{K: vectors, XK: 20, CK: size[0]}
				}
				if code == Transposed {
					in.LDA = size[0]
				}
				f(in)
			}
		}
	}
}

// Gradients that are not wanted stay as they are.
func TestDenseWanted(t *testing.T) {
	eachDense(func(in Inst) {
		for wanted := range 8 {
			in.GradX, in.GradY, in.GradC = wanted&1 > 0, wanted&2 > 0, wanted&4 > 0
			in.Prepare(false)
			code := []Inst{in}
			for _, most := range []int{1, 2} {
				m := newMachine(code)
				m.most = most
				r := newReference(m)
				m.Backward(code, false)
				before := newReference(m)
				copy(before.gmat, r.gmat)
				copy(before.g, r.g)
				r.backward(&in)
				if !in.GradY {
					copy(r.gmat, before.gmat)
				}
				if !in.GradC {
					addends := Span{in.C, in.C + in.M*int32(in.Vectors())}
					copy(addends.Of(r.g), addends.Of(before.g))
				}
				near(t, &in, "gmat", m.GMat, r.gmat, matLen)
				near(t, &in, "g", m.G, r.g, vLen)
			}
		}
	})
}

// The last of several steps hands the gradient of the matrix on for all of them.
func TestDenseSteps(t *testing.T) {
	const steps, xd, zd = 3, 17, 23
	eachDense(func(in Inst) {
		if in.More != nil {
			return
		}
		in.GradX, in.GradY, in.GradC, in.More = true, true, true, &More{Steps: steps, XD: xd, ZD: zd}
		for _, in.Set = range []bool{false, true} {
			in.Prepare(false)
			code := []Inst{in}
			for _, most := range []int{1, 2} {
				m := newMachine(code)
				m.most = most
				r := newReference(m)
				m.Backward(code, false)
				if in.Set {
					clear(r.gmat[in.Y:][:in.M*in.N])
				}
				g := slices.Clone(r.g)
				for k := range int32(steps) {
					step := in
					step.X, step.Z, r.g = in.X+k*xd, in.Z+k*zd, slices.Clone(g)
					r.backward(&step)
				}
				near(t, &in, "gmat", m.GMat, r.gmat, matLen)
				r.g = g
				r.gmat = slices.Clone(r.gmat)
				r.backward(&in) // the other gradients are those of the last step alone
				near(t, &in, "g", m.G, r.g, vLen)
			}
		}
	})
}

// Forms that take addresses panic if an operand is not all there, and do not read what lies behind it.
func TestTooShort(t *testing.T) {
	const end = 40 // of the memory
	panics := func(in Inst) {
		t.Helper()
		in.Active, in.Main, in.GradX, in.GradY, in.GradC = true, true, true, true, true
		if in.Prepare(false); !in.HasMatrix() {
			in.form = long // Prepare has chosen another one, as the operands lie behind the results
		}
		m := New([]Inst{in}, 1)
		m.Mat, m.GMat = make([]float64, end), make([]float64, end)
		m.V, m.G = make([]float64, end), make([]float64, end)
		for name, run := range map[string]func(){
			"Forward":  func() { m.Forward([]Inst{in}) },
			"Backward": func() { m.Backward([]Inst{in}, false) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s of %v reads behind its memory, want a panic", name, &in)
					}
				}()
				run()
			}()
		}
	}
	for _, code := range []Opcode{Add, Sub, Mul, MulAdd} {
		if !kernel.HasAssembly { // nothing has the form long
			break
		}
		for _, at := range []int32{end - 15, end - 1} {
			panics(Inst{Code: code, N: 16, XStep: 1, YStep: 1, CStep: 1, X: at, Z: end - 16})
			panics(Inst{Code: code, N: 16, XStep: 1, YStep: 1, CStep: 1, Y: at, Z: end - 16})
		}
	}
	if kernel.HasAssembly {
		panics(Inst{Code: MulAdd, N: 16, XStep: 1, YStep: 1, CStep: 1, C: end - 15, Z: end - 16})
	}
	dense := Inst{Code: Dense, M: 4, N: 8, LDA: 8, XStep: 1, YStep: 1, CStep: 1, MatY: true, Z: end - 4}
	for _, change := range []func(in *Inst){
		func(in *Inst) { in.Y = end - 31 },
		func(in *Inst) { in.X = end - 7 },
		func(in *Inst) { in.C = end - 3 },
		func(in *Inst) { in.Z = end - 3 },
	} {
		in := dense
		change(&in)
		panics(in)
	}
}

// A step of gradient descent changes the matrix that nothing else uses, for all vectors, with the gradient of
// x or without it. Other matrices have gradients.
func TestDescend(t *testing.T) {
	eachDense(func(in Inst) {
		if in.Code == Transposed {
			return
		}
		in.GradY, in.Set, in.C = true, true, None
		for _, in.Alone = range []bool{true, false} {
			for _, in.GradX = range []bool{true, false} {
				in.Prepare(false)
				code := []Inst{in}
				m := newMachine(code)
				r := newReference(m)
				clear(r.gmat[in.Y:][:in.M*in.LDA])
				r.backward(&in)
				if in.Alone {
					for i := in.Y; i < in.Y+in.M*in.LDA; i++ {
						r.mat[i] -= 0.1 * r.gmat[i]
					}
					copy(r.gmat, m.GMat)
				}
				m.Rate = 0.1
				m.Backward(code, false)
				near(t, &in, "mat", m.Mat, r.mat, matLen)
				near(t, &in, "gmat", m.GMat, r.gmat, matLen)
				near(t, &in, "g", m.G, r.g, vLen)
			}
		}
	})
}

// Where rows lie apart, Set writes, and an output that is not differentiated clears, the matrix alone.
func TestSetRowsApart(t *testing.T) {
	eachDense(func(in Inst) {
		in.LDA, in.GradY, in.Set, in.C = in.LDA+3, true, true, None
		rows, columns := in.Matrix()
		for _, in.Main = range []bool{true, false} {
			in.Prepare(false)
			m := newMachine([]Inst{in})
			r := newReference(m)
			for row := range rows {
				clear(r.gmat[in.Y+row*in.LDA:][:columns])
			}
			if in.Main {
				r.backward(&in)
			}
			m.Backward([]Inst{in}, false)
			near(t, &in, "gmat", m.GMat, r.gmat, matLen)
			near(t, &in, "g", m.G, r.g, vLen)
		}
	})
}

// What no parameter has an influence on has no gradient.
func TestInactive(t *testing.T) {
	in := Inst{Code: Square, X: 1, XStep: 1, Y: None, C: None, Z: results, N: 5, Main: true}
	in.Prepare(false)
	m := newMachine([]Inst{in})
	want := slices.Clone(m.G)
	for _, all := range []bool{false, true} {
		m.Backward([]Inst{in}, all)
		near(t, &in, "g", m.G, want, vLen)
	}
}

// There is memory for the largest matrix that is transposed, if any is.
func TestTurned(t *testing.T) {
	dense := func(m, n, k int32) Inst { return Inst{Code: Dense, M: m, N: n, LDA: n, More: &More{K: k, XK: n}} }
	own, other := dense(9, 5, 8), Inst{Code: Softmax, M: 9, N: 5}
	own.YK = 45
	large := 45 // of the matrix of 9 rows of 5
	if !kernel.IsBetterTransposed(8, 9, 5) {
		large = 0
	}
	for _, tt := range []struct {
		code       []Inst
		most, want int
	}{
		{[]Inst{dense(9, 5, 8), dense(8, 4, 8)}, 1, large},
		{[]Inst{dense(9, 5, 2)}, 4, large},
		{[]Inst{dense(9, 5, 0)}, 8, large},
		{[]Inst{dense(9, 5, 2)}, 3, 0},
		{[]Inst{dense(9, 5, 7)}, 1, 0},
		{[]Inst{own, other}, 8, 0},
	} {
		if got := len(New(tt.code, tt.most).turned); got != tt.want {
			t.Errorf("%v, %d samples: memory for %d numbers, want %d", &tt.code[0], tt.most, got, tt.want)
		}
	}
}
