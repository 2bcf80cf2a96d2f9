package replay_test

import (
	"runtime"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// BenchmarkRecord records 2-1000-1000-2 written with one Mul and one Add a weight: 3 million
// nodes. It reports the time and the memory of Record, by node and in all; the graph itself
// is not counted.
func BenchmarkRecord(b *testing.B) {
	x, w := values(2), values(3*1000+1001*1000+1001*2)
	write := writers["left chain, bias last"]
	scaled := func(z *gradus.Value) *gradus.Value { return gradus.New(0.01).Mul(z).Sigmoid() }
	h := layer(1000, w, x, write, scaled)
	h = layer(1000, w[3000:], h, write, scaled)
	y := layer(2, w[3000+1001*1000:], h, write, scaled)
	loss := y[0].Square().Add(y[1].Square())
	nodes := float64(len(gradus.Topo(loss)))
	for _, bm := range []struct {
		name    string
		without replay.Pass
	}{{"AllPasses", 0}, {"NoPasses", allPasses}} {
		b.Run(bm.name, func(b *testing.B) {
			var before, after runtime.MemStats
			var p *replay.Program
			runtime.GC()
			runtime.ReadMemStats(&before)
			for b.Loop() {
				var err error
				r := replay.Recorder{Inputs: x, Params: w, Without: bm.without}
				if p, err = r.Record(loss); err != nil {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			n := float64(b.N)
			b.ReportMetric(nodes, "nodes")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n/nodes, "ns/node")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/n/1e6, "MB")
			p.Forward(1, 1)
		})
	}
}
