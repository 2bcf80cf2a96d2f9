package machine

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/builtin"
)

// A Pick is as many nodes as it has columns, whatever the index is: of a row, between rows, of no row, NaN.
// The gradients of rows that are not picked stay as they are, even where that of the result is NaN.
func TestPick(t *testing.T) {
	op, nan, negativeZero := builtin.Pick.Op(), math.NaN(), math.Copysign(0, -1)
	indexes := []float64{
		0, negativeZero, 1, 2, 3, 4, -1, 0.49999999999999994, -0.49999999999999994, 0.5, -0.5, 1.5, 2.25, 1.75, 2.5,
		3.49, 4.49, math.Inf(1), math.Inf(-1), 0x1p40, -0x1p40, math.MaxFloat64, nan,
	}
	for _, size := range [][2]int32{{1, 1}, {4, 1}, {1, 3}, {4, 2}, {4, 16}, {3, 20}} {
		for _, lda := range []int32{size[1], size[1] + 3, 1, 0} { // apart, with gaps, over each other, one row
			for _, inMat := range []bool{false, true} {
				for _, index := range indexes {
					for _, gz := range []float64{0.25, nan} {
						in := Inst{
							Code: Pick, Op: op, X: 7, Y: 20, MatY: inMat, YStep: 1, C: None, Z: results, M: size[0], N: size[1],
							LDA: lda, Active: true, Main: true, GradY: true,
						}
						in.Prepare(false)
						code := []Inst{in}
						m := newMachine(code)
						m.V[in.X] = index
						m.G[in.Z+in.N-1] = gz
						r := newReference(m)
						m.Forward(code)
						m.Backward(code, false)
						for j := range in.N {
							r.pick(&in, j)
						}
						what := fmt.Sprintf("index %v, gradient %v: ", index, gz)
						near(t, &in, what+"v", m.V, r.v, keeps)
						near(t, &in, what+"g", m.G, r.g, keeps)
						near(t, &in, what+"gmat", m.GMat, r.gmat, matLen)
					}
				}
			}
		}
	}
}

// With several indexes, each picks a row: of its own table, or of the same one. One index is of no row.
func TestPicks(t *testing.T) {
	for _, n := range []int32{1, 3, 16} {
		for _, table := range []struct {
			inMat bool
			yk    int32
		}{{true, 0}, {false, 0}, {false, 4 * n}, {false, 1}} {
			for _, xk := range []int32{0, 1, 2} {
				in := Inst{
					Code: Pick, Op: builtin.Pick.Op(), X: 7, Y: 20, MatY: table.inMat, YStep: 1, C: None, Z: results, M: 4,
					N: n, LDA: n, Active: true, Main: true, GradY: true,
					More: &More{K: 3, XK: xk, YK: table.yk},
				}
				in.Prepare(false)
				code := []Inst{in}
				m := newMachine(code)
				m.V[in.X], m.V[in.X+xk], m.V[in.X+2*xk] = 2, 4, 0
				r := newReference(m)
				m.Forward(code)
				m.Backward(code, false)
				for k := in.K - 1; k >= 0; k-- {
					one := in
					one.K, one.X, one.Y, one.Z = 1, in.X+k*xk, in.Y+k*table.yk, in.Z+k*n
					for j := range n {
						r.pick(&one, j)
					}
				}
				near(t, &in, "v", m.V, r.v, keeps)
				near(t, &in, "g", m.G, r.g, keeps)
				near(t, &in, "gmat", m.GMat, r.gmat, matLen)
			}
		}
	}
}

// pick computes column j of a Pick of one index, forward and backward, by the op.
func (r reference) pick(in *Inst, j int32) {
	var x, g []*float64
	for i := range in.M + 1 {
		inMat, at := in.MatY, in.Y+(i-1)*in.LDA+j
		if i == 0 {
			inMat, at = false, in.X
		}
		v, d := r.at(inMat, at)
		x, g = append(x, v), append(g, d)
	}
	numbers := numbers(x)
	r.v[in.Z+j] = in.Op.Eval(numbers...)
	dx := make([]float64, len(x))
	in.Op.Partials(dx, numbers, r.v[in.Z+j])
	for i := range g {
		if !in.Op.Ignores(i, numbers...) {
			*g[i] += r.g[in.Z+j] * dx[i]
		}
	}
}

// A batch adds the gradient of each sample's row to the same matrix, sample by sample.
func TestPickOfSamples(t *testing.T) {
	in := Inst{
		Code: Pick, Op: builtin.Pick.Op(), X: 0, Y: 0, MatY: true, YStep: 1, C: None, Z: 1, M: 3, N: 2, LDA: 2,
		Active: true, Main: true, GradY: true,
	}
	in.Prepare(false)
	code := []Inst{in}
	m := New(code, 1)
	m.Mat, m.GMat = []float64{1, 2, 3, 4, 5, 6}, make([]float64, 6)
	for s, index := range []float64{2, 0, 2} {
		m.V, m.G = []float64{index, 0, 0}, []float64{0, 1, float64(s)}
		m.Forward(code)
		if got, want := m.V[1:], m.Mat[int(index)*2:][:2]; !slices.Equal(got, want) {
			t.Errorf("sample %d: %v, want %v", s, got, want)
		}
		m.Backward(code, false)
	}
	if want := []float64{1, 1, 0, 0, 2, 2}; !slices.Equal(m.GMat, want) {
		t.Errorf("the gradient of the table is %v, want %v", m.GMat, want)
	}
}
