package optim_test

import (
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

const benchmarkParams = 23860 // of a 784-30-10 net

// benchmarkStep takes steps with the parameters of a 784-30-10 net.
func benchmarkStep(b *testing.B, o optim.Optimizer) {
	b.Helper()
	x, grad := make([]float64, benchmarkParams), make([]float64, benchmarkParams)
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

func BenchmarkNesterov(b *testing.B) {
	benchmarkStep(b, &optim.SGD{Rate: benchmarkRate, Momentum: 0.9, Nesterov: true})
}

func BenchmarkRMSProp(b *testing.B) { benchmarkStep(b, optim.NewRMSProp(benchmarkRate)) }

func BenchmarkCenteredRMSProp(b *testing.B) {
	o := optim.NewRMSProp(benchmarkRate)
	o.Momentum, o.Centered = 0.9, true
	benchmarkStep(b, o)
}

func BenchmarkAdam(b *testing.B) { benchmarkStep(b, optim.NewAdam(benchmarkRate)) }

func BenchmarkAdamW(b *testing.B) { benchmarkStep(b, optim.NewAdamW(benchmarkRate)) }

func BenchmarkClippedSGD(b *testing.B) {
	benchmarkStep(b, optim.Clip(optim.NewSGD(benchmarkRate), 1))
}

// benchmarkGroups takes steps of AdamW with decay on weights alone. There are as many biases as in a
// 784-30-10 net, each so many parameters after the one before.
func benchmarkGroups(b *testing.B, apart int) {
	b.Helper()
	params := gradus.Values(make([]float64, benchmarkParams))
	var biases []*gradus.Value
	for i := range 40 {
		biases = append(biases, params[i*apart])
	}
	bare := optim.NewAdamW(benchmarkRate)
	bare.WeightDecay = 0
	o := optim.NewGroups(optim.NewAdamW(benchmarkRate), optim.Group{Params: biases, Optimizer: bare})
	o.Bind(params)
	benchmarkStep(b, o)
}

func BenchmarkGroupsSideBySide(b *testing.B) { benchmarkGroups(b, 1) }

func BenchmarkGroupsApart(b *testing.B) { benchmarkGroups(b, 500) }
