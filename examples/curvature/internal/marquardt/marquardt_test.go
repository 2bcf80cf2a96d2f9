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

// A fit finds the parameters with which all residuals are 0, and its sum falls at each step.
func TestStep(t *testing.T) {
	p := record(t, 1, 0.5)
	f := New(p, []float64{0, 0.5, 1, 2, 3})
	steps := 0
	for last := f.Sum; f.Step(); last = f.Sum {
		if !(f.Sum < last) {
			t.Fatalf("the sum is %v after %v, want less", f.Sum, last)
		}
		steps++
	}
	if diff := cmp.Diff([]float64{2, -0.5}, p.Data(), cmpopts.EquateApprox(0, 1e-12)); diff != "" || steps > 20 {
		t.Errorf("after %d steps, want at most 20 (-want +got):\n%s", steps, diff)
	}
	data := append([]float64(nil), p.Data()...)
	if f.Step() || !cmp.Equal(data, p.Data()) {
		t.Errorf("a step without effect goes from %v to %v", data, p.Data())
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
