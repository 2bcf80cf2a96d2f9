package gradcheck_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/nn"
)

// The time that it takes to explain a wrong derivative grows little faster than the graph.
func BenchmarkWrongClaim(b *testing.B) {
	for _, samples := range []int{2, 4, 8, 16} {
		rng := rand.New(rand.NewPCG(1, 0))
		net := nn.NewMLP(rng, 2, append(nn.Stack(nn.Dense{Activation: nn.Tanh}, 8, 8), nn.Dense{Units: 1})...)
		losses := make([]*gradus.Value, samples)
		for k := range losses {
			y := net.Forward(gradus.New(float64(k)), gradus.New(1))
			losses[k] = nn.MeanSquaredError(y, []*gradus.Value{gradus.New(1)})
		}
		L := gradus.Mean(losses...).As("L")
		nodes := len(gradus.Topo(L))
		b.Run(fmt.Sprint(nodes, " nodes"), func(b *testing.B) {
			for b.Loop() {
				d := gradcheck.Derivation{"dL/dlayer1.neuron1.w1": 1.5}
				if _, err := gradcheck.CheckDerivation(L, d); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(nodes), "ns/node")
		})
	}
}
