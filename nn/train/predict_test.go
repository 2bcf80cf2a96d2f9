package train_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

func newPredictor(t *testing.T, net nn.Model) *train.Predictor {
	t.Helper()
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func predict(t *testing.T, p *train.Predictor, x [][]float64) [][]float64 {
	t.Helper()
	y, err := p.Predict(x)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// The outputs are those of Forward, up to rounding: the sums have 21 and 9 terms of the size of 1,
// and a recording may add them up in another order.
func TestPredict(t *testing.T) {
	twice := nn.NewActivation("twice", func(z *gradus.Value) *gradus.Value {
		if z.Data > 0 { // which cannot be replayed
			return z.Mul(gradus.New(2))
		}
		return z
	})
	for _, a := range []nn.Activation{nn.Tanh, twice} {
		rng := newRand()
		net := nn.NewMLP(rng, 20, nn.Dense{Units: 8, Activation: a}, nn.Dense{Units: 2})
		p := newPredictor(t, net)
		for _, n := range []int{0, 1, 32, 33, 1024, 1025, 2100, 0, 1, 32, 33} {
			x, want := [][]float64{}, [][]float64{}
			for range n {
				row := make([]float64, 20)
				for i := range row {
					row[i] = rng.NormFloat64()
				}
				y := net.Forward(gradus.Values(row)...)
				x, want = append(x, row), append(want, []float64{y[0].Data, y[1].Data})
			}
			got := predict(t, p, x)
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("%d rows, %s (-graph +Predict):\n%s", n, a.Name(), diff)
			}
			for i := range got { // a row can be appended to without harm to the next
				_ = append(got[i], math.NaN())
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("%d rows, %s, share memory:\n%s", n, a.Name(), diff)
			}
		}
	}
}

func TestPredictRagged(t *testing.T) {
	for _, n := range []int{3, 300} {
		x := make([][]float64, n)
		for i := range x {
			x[i] = []float64{1, 2}
		}
		x[2] = []float64{1, 2, 3}
		_, err := newPredictor(t, small().Net).Predict(x)
		if want := "train: Predict: x[2] has 3 inputs, want 2"; fmt.Sprint(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// A NaN in one row leaves the outputs of the others alone.
func TestPredictNaN(t *testing.T) {
	x := make([][]float64, 100)
	for i := range x {
		x[i] = []float64{1}
	}
	x[40][0] = nan
	y := predict(t, newPredictor(t, line(2)), x)
	for i := range y {
		if math.IsNaN(y[i][0]) != (i == 40) || i != 40 && y[i][0] != 2 {
			t.Errorf("y = %v for x = %v", y[i], x[i])
		}
	}
}
