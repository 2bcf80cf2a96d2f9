package train

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
)

// digits is a 784-30-10 net and noise of the size of MNIST's pictures to train it with.
func digits(samples, batch int) Config {
	rng := rand.New(rand.NewPCG(1, 0))
	c := Config{
		Net:  nn.NewMLP(rng, 784, nn.Stack(nn.Dense{Activation: nn.Sigmoid}, 30, 10)...),
		Loss: nn.SumSquaredErrors, Optimizer: optim.NewSGD(optim.Constant(1e-6)),
		Batch: batch, Epochs: 1, Workers: 1,
	}
	for range samples {
		x, t := make([]float64, 784), make([]float64, 10)
		for i := range x {
			x[i] = rng.Float64()
		}
		t[rng.IntN(10)] = 1
		c.Data.X, c.Data.T = append(c.Data.X, x), append(c.Data.T, t)
	}
	return c
}

// BenchmarkRun trains the 784-30-10 net for an epoch, once the net is recorded.
func BenchmarkRun(b *testing.B) {
	const samples = 1024
	for _, bm := range []struct {
		name           string
		batch, workers int
		eager          bool
	}{
		{"Batch32", 32, 1, false},
		{"Batch1", 1, 1, false},
		{"Batch32/AllCores", 32, 0, false},
		{"Batch32/Eager", 32, 1, true},
	} {
		b.Run(bm.name, func(b *testing.B) {
			c := digits(samples, bm.batch)
			c.Workers, c.Eager = bm.workers, bm.eager
			e, err := c.engine()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := c.run(context.Background(), e); err != nil {
					b.Fatal(err)
				}
			}
			perSample(b, samples)
		})
	}
}

func perSample(b *testing.B, samples int) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(samples), "ns/sample")
}

// BenchmarkParts measures what a batch consists of.
func BenchmarkParts(b *testing.B) {
	for _, batch := range []int{1, 32} {
		c := digits(1024, batch)
		r, err := newReplayed(c)
		if err != nil {
			b.Fatal(err)
		}
		order := rand.New(rand.NewPCG(1, 0)).Perm(1024)
		inputs := make([]float64, batch*794)
		gather := func(i int) {
			r.begin(1, order[i*batch:(i+1)*batch])
			for s := range r.samples {
				r.gather(s, inputs[s*794:][:794])
			}
		}
		for _, bm := range []struct {
			name string
			f    func(i int)
		}{
			{"Gather", gather},
			{"Mean", func(int) { r.batch.GradMean(inputs) }},
			{"Program", func(int) {
				for s := range batch {
					r.program.Forward(inputs[s*794 : (s+1)*794]...)
					r.program.Backward()
				}
			}},
			{"Sum", func(int) { floats.Sum(r.program.Gradient()) }},
			{"Step", func(int) { c.Optimizer.Step(r.program.Numbers(), r.program.Gradient()) }},
		} {
			b.Run(fmt.Sprintf("%s/Batch%d", bm.name, batch), func(b *testing.B) {
				for i := 0; b.Loop(); i = (i + 1) % (1024 / batch) {
					bm.f(i)
				}
				perSample(b, batch)
			})
		}
	}
}

// BenchmarkPredict computes the outputs of the 784-30-10 net with a Predictor that is kept, with a
// new one for every call, and with Forward.
func BenchmarkPredict(b *testing.B) {
	c := digits(1024, 1)
	kept, err := NewPredictor(c.Net)
	if err != nil {
		b.Fatal(err)
	}
	again := func(x [][]float64) ([][]float64, error) {
		p, err := NewPredictor(c.Net)
		if err != nil {
			return nil, err
		}
		return p.Predict(x)
	}
	for _, rows := range []int{1, 33, 100, 1024} {
		x := c.Data.X[:rows]
		if _, err := kept.Predict(c.Data.X); err != nil {
			b.Fatal(err)
		}
		for _, bm := range []struct {
			name string
			f    func(x [][]float64) ([][]float64, error)
		}{
			{"Kept", kept.Predict},
			{"New", again},
			{"Forward", func(x [][]float64) ([][]float64, error) { return kept.forward(x), nil }},
		} {
			b.Run(fmt.Sprintf("%s/Rows%d", bm.name, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := bm.f(x); err != nil {
						b.Fatal(err)
					}
				}
				perSample(b, rows)
			})
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	c := digits(1024, 1)
	for b.Loop() {
		if _, err := newReplayed(c); err != nil {
			b.Fatal(err)
		}
	}
}
