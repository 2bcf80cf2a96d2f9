package optim_test

import (
	"testing"

	"github.com/gradus-go/gradus/nn/optim"
)

// benchmarkStep takes steps with the parameters of a 784-30-10 net.
func benchmarkStep(b *testing.B, o optim.Optimizer) {
	b.Helper()
	x, grad := make([]float64, 23860), make([]float64, 23860)
	for i := range x {
		x[i], grad[i] = float64(i%17-8)/8, float64(i%13-6)/6
	}
	o.Step(x, grad) // takes its memory
	b.ReportAllocs()
	for b.Loop() {
		o.Step(x, grad)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/parameter")
}

// The rate is small enough for parameters to stay normal numbers in any number of steps.
var benchmarkRate = optim.Constant(1e-12)

func BenchmarkSGD(b *testing.B) { benchmarkStep(b, optim.NewSGD(benchmarkRate)) }

func BenchmarkMomentum(b *testing.B) {
	benchmarkStep(b, &optim.SGD{Rate: benchmarkRate, Momentum: 0.9})
}

func BenchmarkAdam(b *testing.B) { benchmarkStep(b, optim.NewAdam(benchmarkRate)) }

func BenchmarkAdamW(b *testing.B) { benchmarkStep(b, optim.NewAdamW(benchmarkRate)) }

func BenchmarkClippedSGD(b *testing.B) {
	benchmarkStep(b, optim.Clip(optim.NewSGD(benchmarkRate), 1))
}
