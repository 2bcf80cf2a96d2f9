package replay_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// The index of Pick is an input: one recording serves all rows of a table, and a batch of them.
func TestPick(t *testing.T) {
	table, w := gradus.Values([]float64{3, -1, 4, 1.5}), gradus.New(2)
	token := gradus.New(0)
	z := gradus.Pick(token, table...)
	r := replay.Recorder{Inputs: []*gradus.Value{token}, Params: slices.Concat(table, []*gradus.Value{w})}
	p, err := r.Record(z.Mul(z).Mul(w))
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range table {
		clear(p.Grad())
		if got, want := p.Forward(float64(i)), 2*x.Data*x.Data; got != want {
			t.Errorf("row %d: %v, want %v", i, got, want)
		}
		p.Backward()
		for j, v := range table {
			want := 0.0
			if i == j {
				want = 4 * x.Data
			}
			if got := p.Grad()[p.Index(v)]; got != want {
				t.Errorf("row %d: gradient of row %d is %v, want %v", i, j, got, want)
			}
		}
	}
	if got := p.Forward(4); !math.IsNaN(got) {
		t.Errorf("row 4 of 4: %v, want NaN", got)
	}
}
