package gradus_test

import (
	"math"
	"runtime"
	"testing"

	"github.com/gradus-go/gradus"
)

// parameters returns n leaves with numbers in [-1, 1].
func parameters(n int) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Sin(float64(i))
	}
	return gradus.Values(x)
}

// A tanhNet is a network of tanh neurons whose layers have the given widths. It keeps the
// slices that a forward pass fills, so that a benchmark measures the graph alone.
type tanhNet struct {
	parameters []*gradus.Value // bias and weights of each neuron in turn
	out        [][]*gradus.Value
}

func newTanhNet(widths ...int) *tanhNet {
	var n int
	net := &tanhNet{}
	for i, width := range widths[1:] {
		n += width * (widths[i] + 1)
		net.out = append(net.out, make([]*gradus.Value, width))
	}
	net.parameters = parameters(n)
	return net
}

// forward builds the net with one Mul and one Add a weight.
func (net *tanhNet) forward(x []*gradus.Value) *gradus.Value {
	p := net.parameters
	for _, out := range net.out {
		for j := range out {
			z := p[0]
			for i := range x {
				z = z.Add(p[1+i].Mul(x[i]))
			}
			out[j], p = z.Tanh(), p[1+len(x):]
		}
		x = out
	}
	return x[0]
}

// forwardDot builds the net with one Dot a neuron.
func (net *tanhNet) forwardDot(x []*gradus.Value) *gradus.Value {
	p := net.parameters
	for _, out := range net.out {
		for j := range out {
			out[j] = p[0].Add(gradus.Dot(p[1:1+len(x)], x)).Tanh()
			p = p[1+len(x):]
		}
		x = out
	}
	return x[0]
}

// interior returns the number of nodes under v that were computed.
func interior(v *gradus.Value) (n int) {
	for _, u := range gradus.Topo(v) {
		if u.Op() != nil {
			n++
		}
	}
	return n
}

// reportPerNode reports time and memory for each of the nodes in a step.
func reportPerNode(b *testing.B, nodes int, step func()) {
	b.Helper()
	step() // a tape takes its memory
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for b.Loop() {
		step()
		n++
	}
	b.StopTimer()
	runtime.ReadMemStats(&after)
	steps := float64(n) * float64(nodes)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/steps, "ns/node")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/steps, "B/node")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/steps, "allocs/node")
}

// BenchmarkNet builds and differentiates a 2-16-16-1 tanh net, 337 parameters.
func BenchmarkNet(b *testing.B) {
	net := newTanhNet(2, 16, 16, 1)
	numbers := []float64{0.5, -0.25}
	var tape gradus.Tape
	for _, bm := range []struct {
		name    string
		forward func([]*gradus.Value) *gradus.Value
		taped   bool
	}{
		{"Heap", net.forward, false},
		{"Tape", net.forward, true},
		{"HeapDot", net.forwardDot, false},
		{"TapeDot", net.forwardDot, true},
	} {
		b.Run(bm.name, func(b *testing.B) {
			nodes := interior(bm.forward(gradus.Values(numbers)))
			x := gradus.Values(numbers)
			reportPerNode(b, nodes, func() {
				if bm.taped {
					tape.Reset()
					x[0], x[1] = tape.New(numbers[0]), tape.New(numbers[1])
				}
				bm.forward(x).Backward()
			})
		})
	}
}

// BenchmarkDot builds and differentiates one dot product of parameters and inputs; a "node"
// is a pair of these. MulAdd is the same sum written with single operations.
func BenchmarkDot(b *testing.B) {
	const n = 784
	w, x := parameters(n), make([]*gradus.Value, n)
	var tape gradus.Tape
	for _, bm := range []struct {
		name string
		leaf func(x float64) *gradus.Value
		dot  func(w, x []*gradus.Value) *gradus.Value
	}{
		{"Heap", gradus.New, gradus.Dot},
		{"Tape", tape.New, gradus.Dot},
		{"TapeMulAdd", tape.New, func(w, x []*gradus.Value) *gradus.Value {
			z := w[0].Mul(x[0])
			for i := range n - 1 {
				z = z.Add(w[1+i].Mul(x[1+i]))
			}
			return z
		}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			reportPerNode(b, n, func() {
				tape.Reset()
				for i := range x {
					x[i] = bm.leaf(1)
				}
				bm.dot(w, x).Backward()
			})
		})
	}
}

// BenchmarkChain builds and differentiates a chain of ten million nodes.
func BenchmarkChain(b *testing.B) {
	const n = 10_000_000
	x := gradus.New(1)
	reportPerNode(b, n, func() {
		v := x
		for range n {
			v = v.Neg()
		}
		v.Backward()
	})
}
