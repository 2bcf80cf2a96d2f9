package marquardt

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// record returns r(x) = a·exp(b·x) − 2·exp(−x/2), recorded with these a and b.
func record(t *testing.T, a, b float64) *replay.Program {
	t.Helper()
	x, va, vb := gradus.New(1).As("x"), gradus.New(a).As("a"), gradus.New(b).As("b")
	r := va.Mul(vb.Mul(x).Exp()).Sub(x.Mul(-0.5).Exp().Mul(2))
	p, err := replay.Recorder{Inputs: []*gradus.Value{x}, Params: []*gradus.Value{va, vb}}.Record(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A fit finds the parameters with which all residuals are 0, and its sum falls at each step. From two of the
// starts, with hardly any damping, some of the steps tried are too long.
func TestStep(t *testing.T) {
	for _, start := range [][2]float64{{1, 0.5}, {1, 3}, {0.1, -2}} {
		p := record(t, start[0], start[1])
		f := New(p, []float64{0, 0.5, 1, 2, 3})
		f.Damping = 1e-6
		steps := 0
		for last := f.Sum; f.Step() && steps < 100; last = f.Sum {
			if !(f.Sum < last) {
				t.Fatalf("from %v: the sum is %v after %v, want less", start, f.Sum, last)
			}
			steps++
		}
		diff := cmp.Diff([]float64{2, -0.5}, p.Numbers(), cmpopts.EquateApprox(0, 1e-12))
		if diff != "" || steps > 30 {
			t.Errorf("from %v: %d steps, want at most 30 (-want +got):\n%s", start, steps, diff)
		}
	}
}

// Where the undamped step is too long, the step is (JᵀJ + Damping·1)⁻¹·(−Jᵀr) with a larger damping, which
// then falls to a tenth.
func TestDamping(t *testing.T) {
	p := record(t, 0.1, -2)
	f := New(p, []float64{0, 0.5, 1, 2, 3})
	f.Damping = 1e-6
	a, b := f.equations()
	sum := f.Sum
	if !f.Step() || !(f.Sum < sum) || f.Damping < 1e-5 {
		t.Fatalf("the sum is %v after %v, and the damping %v; want a smaller sum and more than 1e-5",
			f.Sum, sum, f.Damping)
	}
	s := []float64{p.Numbers()[0] - 0.1, p.Numbers()[1] + 2}
	damping := 10 * f.Damping
	got := []float64{
		(a[0][0]+damping)*s[0] + a[1][0]*s[1],
		a[1][0]*s[0] + (a[1][1]+damping)*s[1],
	}
	if diff := cmp.Diff(b, got, cmpopts.EquateApprox(0, 1e-13)); diff != "" {
		t.Errorf("(JᵀJ + damping·1)·s (-want +got):\n%s", diff)
	}
}

// If no damping makes the sum smaller, the parameters stay what they are.
func TestNoStep(t *testing.T) {
	p := record(t, 1, 0.5)
	f := New(p, []float64{0, 1, 2})
	f.Sum, f.Damping = 0, 1e-30 // no sum is smaller, and after 30 trials the damping is still small
	if f.Step() || !cmp.Equal([]float64{1, 0.5}, p.Numbers()) {
		t.Errorf("a step to %v, want none", p.Numbers())
	}
}

// JᵀJ and −Jᵀr are those of the derivatives exp(b·x) and a·x·exp(b·x).
func TestEquations(t *testing.T) {
	const a, b = 1.25, 0.5
	points := []float64{0, 0.5, 1, 2}
	var jj [2][2]float64
	var jr [2]float64
	for _, x := range points {
		r := a*math.Exp(b*x) - 2*math.Exp(-x/2)
		row := [2]float64{math.Exp(b * x), a * x * math.Exp(b*x)}
		for i := range row {
			jr[i] -= row[i] * r
			for j := range row {
				jj[i][j] += row[i] * row[j]
			}
		}
	}
	gotA, gotB := New(record(t, a, b), points).equations()
	near := cmpopts.EquateApprox(1e-14, 0)
	if diff := cmp.Diff([][]float64{jj[0][:1], jj[1][:]}, gotA, near); diff != "" {
		t.Errorf("JᵀJ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(jr[:], gotB, near); diff != "" {
		t.Errorf("−Jᵀr (-want +got):\n%s", diff)
	}
}
