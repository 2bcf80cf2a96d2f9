package replay_test

import (
	"math"
	"math/rand/v2"
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
		clear(p.Gradient())
		if got, want := p.Forward(float64(i)), 2*x.Data*x.Data; got != want {
			t.Errorf("row %d: %v, want %v", i, got, want)
		}
		p.Backward()
		for j, v := range table {
			want := 0.0
			if i == j {
				want = 4 * x.Data
			}
			if got := p.Grad(v); got != want {
				t.Errorf("row %d: gradient of row %d is %v, want %v", i, j, got, want)
			}
		}
	}
	if got := p.Forward(4); !math.IsNaN(got) {
		t.Errorf("row 4 of 4: %v, want NaN", got)
	}
}

// bigram returns the loss −ln softmax(W·e)ᵢ of the next token i, where e is the row of the token in W: the
// matrix of the logits is the table, too.
func bigram(w []*gradus.Value, width int, token, next *gradus.Value) *gradus.Value {
	rows := slices.Collect(slices.Chunk(w, width))
	e, logits := make([]*gradus.Value, width), make([]*gradus.Value, len(rows))
	for j := range e {
		column := make([]*gradus.Value, len(rows))
		for i, row := range rows {
			column[i] = row[j]
		}
		e[j] = gradus.Pick(token, column...)
	}
	for i, row := range rows {
		logits[i] = gradus.Dot(row, e)
	}
	return gradus.LogSumExp(logits...).Sub(gradus.Pick(next, logits...))
}

// Each sample of a batch picks rows of its own, and the gradients of the table are the sums of theirs, the
// same to the bit on any number of goroutines.
func TestPickBatch(t *testing.T) {
	const vocabulary, width, samples = 7, 5, 150
	rng := rand.New(rand.NewPCG(4, 5))
	w, x := leaves(rng, vocabulary*width), gradus.Values([]float64{0, 0})
	p := record(t, replay.Recorder{Inputs: x, Params: w}, bigram(w, width, x[0], x[1]))
	inputs := make([]float64, 2*samples)
	for i := range inputs {
		inputs[i] = float64(rng.IntN(vocabulary)) + 0.9*(rng.Float64()-0.5)
	}
	want := make([]float64, samples)
	for s := range want {
		loss := bigram(w, width, gradus.New(inputs[2*s]), gradus.New(inputs[2*s+1]))
		loss.Backward()
		want[s] = loss.Data
	}
	var first []float64
	for workers := 1; workers <= 3; workers++ {
		outputs := p.JoinAlways().Batch(samples, workers).GradSum(inputs)
		for s, got := range outputs {
			if !(math.Abs(got-want[s]) <= 1e-14) {
				t.Fatalf("the loss of sample %d is %v, want %v", s, got, want[s])
			}
		}
		for _, v := range w {
			if got := p.Grad(v); !(math.Abs(got-v.Grad) <= 1e-12) {
				t.Errorf("%d workers: a gradient is %v, want %v", workers, got, v.Grad)
			}
		}
		if first == nil {
			first = slices.Clone(p.Gradient())
		} else if !slices.Equal(p.Gradient(), first) {
			t.Errorf("%d workers: the gradients are %v, want %v as of one worker", workers, p.Gradient(), first)
		}
	}
}

// Tokens that are no row make the loss NaN, but add nothing to the gradients of the table, as in the graph.
// If a token is NaN, so are these.
func TestPickNoRow(t *testing.T) {
	w, x := gradus.Values([]float64{1, 2, 3, 4}), gradus.Values([]float64{0})
	row := []*gradus.Value{gradus.Pick(x[0], w[0], w[2]), gradus.Pick(x[0], w[1], w[3])}
	p := record(t, replay.Recorder{Inputs: x, Params: w}, row[0].Add(row[1]))
	for _, tt := range []struct {
		token     float64
		out, grad float64 // grad is that of each parameter
	}{
		{2, math.NaN(), 0}, {-1, math.NaN(), 0}, {0.5, math.NaN(), 0}, {math.NaN(), math.NaN(), math.NaN()},
	} {
		same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
		if got := p.Forward(tt.token); !same(got, tt.out) {
			t.Errorf("token %v: the output is %v, want %v", tt.token, got, tt.out)
		}
		p.Backward()
		for i, got := range p.Gradient() {
			if !same(got, tt.grad) {
				t.Errorf("token %v: gradient %d is %v, want %v", tt.token, i, got, tt.grad)
			}
		}
	}
}
