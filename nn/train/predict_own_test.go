package train_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/train"
)

// counting is a model that counts the calls of Forward.
type counting struct {
	masked
	calls *int
}

func (m counting) Forward(x ...*gradus.Value) []*gradus.Value {
	*m.calls++
	return m.masked.Forward(x...)
}

// A model of one's own is recorded by the first call with more than 32 rows, and compared now and then.
func TestPredictCountsCalls(t *testing.T) {
	m := counting{newMasked(), new(int)}
	p, err := train.NewPredictor(m)
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range []struct{ rows, calls int }{
		{32, 2 + 32}, // the first row is tried, and then there is a graph for each row
		{33, 1 + 32}, // one is recorded, and 32 are compared
		{31, 0}, {1, 1}, {1000, 4},
	} {
		*m.calls = 0
		x := make([][]float64, tt.rows)
		for i := range x {
			x[i] = []float64{1, float64(i)}
		}
		if _, err := p.Predict(x); err != nil || *m.calls != tt.calls {
			t.Errorf("call %d, of %d rows: error %v, %d calls of Forward, want %d", i+1, tt.rows, err, *m.calls,
				tt.calls)
		}
	}
}

// A Predictor of a model of one's own computes what Forward does, with masks off, and records it again
// when its parameters are other ones.
func TestPredictOwn(t *testing.T) {
	m := newMasked()
	p, err := train.NewPredictor(&m)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 0))
	for _, n := range []int{5, 100, 5, 200} {
		if n == 200 {
			m = newMasked()
			m.w[0] = gradus.New(-3).As("w1")
		}
		x := make([][]float64, n)
		for i := range x {
			x[i] = []float64{rng.NormFloat64(), rng.NormFloat64()}
		}
		y, err := p.Predict(x)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range x {
			want := m.Forward(gradus.Values(row)...)
			for k, v := range want {
				if !(math.Abs(y[i][k]-v.Data) < 1e-14) {
					t.Fatalf("of %d rows, row %d has %v, want %v", n, i, y[i][k], v.Data)
				}
			}
		}
		if _, err := p.Predict([][]float64{{1}, {2, 3}}); err == nil {
			t.Error("rows of different lengths are predicted, want an error")
		}
	}
}

// Rows that the model refuses are an error, and no panic: they come from data.
func TestPredictRefused(t *testing.T) {
	p, err := train.NewPredictor(layer.NewLayerNorm(3))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 100} {
		_, err := p.Predict(make([][]float64, n))
		const want = "train: Predict: layer: LayerNorm.Forward: got 0 inputs, want a multiple of 3, not 0"
		if err == nil || err.Error() != want {
			t.Errorf("%d rows: error %v, want %s", n, err, want)
		}
	}
	y, err := p.Predict([][]float64{{1, 2, 3}})
	if err != nil || y[0][1] != 0 {
		t.Errorf("afterwards: %v, error %v, want the middle of three numbers to become 0", y, err)
	}
}

// A fixed model has the same outputs for all rows.
type fixed struct{ params, y []*gradus.Value }

func (f fixed) Params() []*gradus.Value                  { return f.params }
func (f fixed) Forward(...*gradus.Value) []*gradus.Value { return f.y }

// A model without outputs has nothing to predict.
func TestPredictWithoutOutputs(t *testing.T) {
	for want, y := range map[string][]*gradus.Value{"[]": nil, "[1, a constant <nil>]": {gradus.Const(1), nil}} {
		w := gradus.New(1)
		for _, n := range []int{1, 100} {
			p, err := train.NewPredictor(fixed{[]*gradus.Value{w}, y})
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Predict(rows(make([]float64, n)...))
			want := "train: Predict: Forward returned " + want + ", want one or more Values"
			if got != nil || message(err) != want {
				t.Errorf("%d rows: %v, error %v, want %s", n, got, err, want)
			}
		}
	}
}

// A model that cannot be recorded, since a parameter of it is a constant, is computed by its Forward.
func TestPredictWithoutRecording(t *testing.T) {
	two := gradus.Const(2)
	p, err := train.NewPredictor(model{two, func(x *gradus.Value) *gradus.Value { return two.Mul(x) }})
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 100)
	x[99] = 7
	for range 2 {
		if y, err := p.Predict(rows(x...)); err != nil || y[99][0] != 14 {
			t.Fatalf("%v, error %v, want 14 at the end", y, err)
		}
	}
}
