package train_test

import (
	"testing"

	"github.com/gradus-go/gradus"
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
		{32, 32},     // a graph for each row
		{33, 1 + 32}, // one is recorded, and 32 are compared
		{31, 0}, {1, 1}, {1000, 4},
	} {
		*m.calls = 0
		x := make([][]float64, tt.rows)
		for i := range x {
			x[i] = []float64{1, float64(i)}
		}
		if _, err := p.Predict(x); err != nil || *m.calls != tt.calls {
			t.Errorf("call %d, of %d rows: error %v, %d calls of Forward, want %d", i+1, tt.rows, err, *m.calls, tt.calls)
		}
	}
}
