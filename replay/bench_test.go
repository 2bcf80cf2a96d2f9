package replay_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// BenchmarkRecord records 2-1000-1000-2 written with one Mul and one Add a weight: 3 million
// nodes. It reports the time of Record and the memory that it allocates, by node; the graph itself
// is not counted.
func BenchmarkRecord(b *testing.B) {
	x, w := graphs.Values(2), graphs.Values(3*1000+1001*1000+1001*2)
	write := graphs.Writers["left chain, bias last"]
	scaled := func(z *gradus.Value) *gradus.Value { return gradus.New(0.01).Mul(z).Sigmoid() }
	h := graphs.Layer(1000, w, x, write, scaled)
	h = graphs.Layer(1000, w[3000:], h, write, scaled)
	y := graphs.Layer(2, w[3000+1001*1000:], h, write, scaled)
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
				r := without(replay.Recorder{Inputs: x, Params: w}, bm.without)
				if p, err = r.Record(loss); err != nil {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			n := float64(b.N)
			b.ReportMetric(nodes, "nodes")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n/nodes, "ns/node")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/n/nodes, "B/node")
			p.Forward(1, 1)
		})
	}
}

// BenchmarkRecordLinear records graphs of growing size whose time by node should not grow:
// sums that have no product to tell them apart, and products with one factor in common.
func BenchmarkRecordLinear(b *testing.B) {
	for name, build := range map[string]func(n int) *gradus.Value{
		"SumsWithoutProducts": func(n int) *gradus.Value {
			x, z := graphs.Values(2), []*gradus.Value{}
			for range n {
				z = append(z, gradus.Sum(x[0], x[1], gradus.New(1)).Tanh())
			}
			return gradus.LogSumExp(z...)
		},
		"Euler": func(n int) *gradus.Value {
			y, dt := gradus.New(1), gradus.New(0.01)
			for range n {
				y = y.Add(dt.Mul(y.Sin()))
			}
			return y
		},
	} {
		for _, n := range []int{1e3, 1e4, 1e5} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				z := build(n)
				r := replay.Recorder{Params: params(z)}
				for b.Loop() {
					if _, err := r.Record(z); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(3*n), "ns/node")
			})
		}
	}
}

// params returns the leaves of a graph.
func params(z *gradus.Value) (leaves []*gradus.Value) {
	for _, v := range gradus.Topo(z) {
		if v.Op() == nil {
			leaves = append(leaves, v)
		}
	}
	return leaves
}
