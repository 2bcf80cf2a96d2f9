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

// largeGraphs have 3n to 5n nodes and are no networks. Most of their nodes have instructions of their own, so
// that this is where Record takes most time and memory for a node.
var largeGraphs = []struct {
	name  string
	bytes float64 // which Record allocates for a node at most
	build func(n int) *gradus.Value
}{
	{"SumsWithoutProducts", 150, func(n int) *gradus.Value { // no product tells them apart
		x, z := graphs.Values(2), []*gradus.Value{}
		for range n {
			z = append(z, gradus.Sum(x[0], x[1], gradus.New(1)).Tanh())
		}
		return gradus.LogSumExp(z...)
	}},
	{"Euler", 150, func(n int) *gradus.Value { // products with one factor in common
		y, dt := gradus.New(1), gradus.New(0.01)
		for range n {
			y = y.Add(dt.Mul(y.Sin()))
		}
		return y
	}},
	{"Constants", 135, func(n int) *gradus.Value {
		y := gradus.New(1)
		for k := range n {
			y = y.Mul(float64(k%7) / 10).Add(0.25).Tanh()
		}
		return y
	}},
	{"Tree", 130, func(n int) *gradus.Value {
		z := graphs.Values(n)
		for ; len(z) > 1; z = z[2:] {
			z = append(z, z[0].Mul(z[1]).Sub(z[0]))
		}
		return z[0]
	}},
}

// BenchmarkRecordLinear records graphs of growing size. Their time by node should not grow.
func BenchmarkRecordLinear(b *testing.B) {
	for _, g := range largeGraphs {
		for _, n := range []int{1e3, 1e4, 1e5} {
			b.Run(fmt.Sprintf("%s/%d", g.name, n), func(b *testing.B) {
				z := g.build(n)
				nodes, r := len(gradus.Topo(z)), replay.Recorder{Params: params(z)}
				for b.Loop() {
					if _, err := r.Record(z); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(nodes), "ns/node")
			})
		}
	}
}

// Record takes little memory for a node, in few allocations.
func TestRecordMemory(t *testing.T) {
	for _, g := range largeGraphs {
		z := g.build(1e4)
		nodes, r := float64(len(gradus.Topo(z))), replay.Recorder{Params: params(z)}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		record(t, r, z)
		runtime.ReadMemStats(&after)
		bytes, allocs := float64(after.TotalAlloc-before.TotalAlloc)/nodes, float64(after.Mallocs-before.Mallocs)
		t.Logf("%s: %.0f bytes a node, %.0f allocations", g.name, bytes, allocs)
		if !testing.Short() && bytes > g.bytes { // with the race detector, slices.Grow takes memory twice
			t.Errorf("%s: Record takes %.0f bytes a node, want at most %.0f", g.name, bytes, g.bytes)
		}
		if allocs > nodes/100 {
			t.Errorf("%s: Record takes %.0f allocations for %.0f nodes, want few", g.name, allocs, nodes)
		}
	}
}

// params returns the leaves of a graph that are not constants.
func params(z *gradus.Value) (leaves []*gradus.Value) {
	for _, v := range gradus.Topo(z) {
		if v.Op() == nil && !v.IsConst() {
			leaves = append(leaves, v)
		}
	}
	return leaves
}
