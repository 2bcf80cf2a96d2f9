package linear

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"
)

// gram returns a random matrix mᵀ·m with n rows, which is positive definite, with what stands above its
// diagonal as NaN: nobody reads it. It also returns the matrix as gonum has it.
func gram(rng *rand.Rand, n int) (a [][]float64, sym *mat.SymDense) {
	m := mat.NewDense(2*n, n, nil)
	m.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, m)
	var dense mat.Dense
	dense.Mul(m.T(), m)
	sym = mat.NewSymDense(n, nil)
	for i := range n {
		row := make([]float64, n)
		for j := range n {
			row[j] = dense.At(i, j)
			if j > i {
				sym.SetSym(i, j, row[j])
				row[j] = math.NaN()
			}
		}
		sym.SetSym(i, i, row[i])
		a = append(a, row)
	}
	return a, sym
}

func TestSolve(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for _, n := range []int{1, 2, 3, 10, 49} {
		a, sym := gram(rng, n)
		b := make([]float64, n)
		for i := range b {
			b[i] = rng.NormFloat64()
		}
		var cholesky mat.Cholesky
		var want mat.VecDense
		if !cholesky.Factorize(sym) {
			t.Fatal("not positive definite")
		}
		if err := cholesky.SolveVecTo(&want, mat.NewVecDense(n, b)); err != nil {
			t.Fatal(err)
		}
		got, ok := Solve(a, b)
		if !ok {
			t.Fatalf("%d×%d: not positive definite", n, n)
		}
		// The condition number is below 100, and the error below that times n roundings.
		if diff := cmp.Diff(want.RawVector().Data, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%d×%d (-gonum +got):\n%s", n, n, diff)
		}
	}
}

func TestSolveNotPositiveDefinite(t *testing.T) {
	for name, a := range map[string][][]float64{
		"zero":     {{0}},
		"negative": {{-1}},
		"NaN":      {{math.NaN()}},
		"saddle":   {{1, 2}, {2, 1}},
		"singular": {{1, 1}, {1, 1}},
	} {
		if x, ok := Solve(a, make([]float64, len(a))); ok {
			t.Errorf("%s: %v, want false", name, x)
		}
	}
}

func TestEigenvalues(t *testing.T) {
	for _, test := range []struct{ a, b, d, smaller, larger float64 }{
		{2, 0, 1, 1, 2}, {1, 2, 1, -1, 3}, {4, 2, 1, 0, 5}, {1, -2, 4, 0, 5}, {0, 0, 0, 0, 0},
	} {
		smaller, larger := Eigenvalues([][]float64{{test.a, test.b}, {test.b, test.d}})
		if smaller != test.smaller || larger != test.larger {
			t.Errorf("%+v: %v and %v", test, smaller, larger)
		}
	}
}
