package shapes_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/show"
	"github.com/gradus-go/gradus/source"
	"github.com/gradus-go/gradus/source/torch"
)

// A reader is a function that reads a whole graph.
type reader struct {
	name string
	read func(root *gradus.Value) error
}

// readers are all functions that read whole graphs.
var readers = []reader{
	{"Topo", func(root *gradus.Value) error { gradus.Topo(root); return nil }},
	{"Backward", func(root *gradus.Value) error { root.Backward(); return nil }},
	{"Record", func(root *gradus.Value) error { _, err := replay.Record(root); return err }},
	{"Derive", func(root *gradus.Value) error {
		d, err := show.Derive(root)
		if err == nil {
			_, _ = d.String(), d.LaTeX()
		}
		return err
	}},
	{"Trace", func(root *gradus.Value) error { show.Trace(root); return nil }},
	{"Page", func(root *gradus.Value) error { _, err := show.Page(root); return err }},
	{"DOT", func(root *gradus.Value) error { show.DOT(root, show.FoldAuto); return nil }},
	{"Mermaid", func(root *gradus.Value) error { show.Mermaid(root, show.FoldAuto); return nil }},
	{"Text", func(root *gradus.Value) error { _, err := formula.Text(root); return err }},
	{"Go", func(root *gradus.Value) error { _, err := source.Go{}.Graph(root); return err }},
	{"Module", func(root *gradus.Value) error {
		p, err := replay.Record(root)
		if err == nil {
			_, err = torch.Module(p)
		}
		return err
	}},
	{"SVG", func(root *gradus.Value) error { show.SVG(root, show.FoldAuto); return nil }},
	{"Check", check},
	{"CheckDerivation", checkDerivation},
}

// checkDerivation claims the last leaf's derivative with a wrong sign.
func checkDerivation(root *gradus.Value) error {
	root.ZeroGrad()
	root.Backward()
	var leaf *gradus.Value
	for _, v := range gradus.Topo(root) {
		if v.Op() == nil && v.Name() != "" {
			leaf = v
		}
	}
	_, err := gradcheck.CheckDerivation(root, gradcheck.Derivation{"dL/d" + leaf.Name(): -leaf.Grad})
	return err
}

// check compares the derivative with respect to the leaf x0.
func check(root *gradus.Value) error {
	order := gradus.Topo(root)
	x0 := order[slices.IndexFunc(order, func(v *gradus.Value) bool { return v.Name() == "x0" })]
	return gradcheck.Check(func() *gradus.Value {
		values := map[*gradus.Value]*gradus.Value{}
		for _, v := range order {
			if values[v] = v; v.Op() != nil {
				operands := make([]*gradus.Value, len(v.Parents()))
				for i, p := range v.Parents() {
					operands[i] = values[p]
				}
				values[v] = v.Op().Apply(operands...)
			}
		}
		return values[root]
	}, x0)
}

// The memory that a reader takes grows no faster than the graph, or little faster. That of a reader
// that follows every path, or that writes every formula out, would grow with the square at least:
// sixteen times.
func TestReaders(t *testing.T) {
	tried := readers
	if !slow.Wanted() {
		tried = readers[:len(readers)-2] // Check and CheckDerivation take as long as all others
	}
	allocated := func(r reader, s shapes.Shape, n int) float64 {
		root := s.Make(n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := r.read(root); err != nil {
			t.Errorf("%s of %s: %v", r.name, s.Name, err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	for _, r := range tried {
		for _, s := range shapes.All {
			small, large := allocated(r, s, 1000), allocated(r, s, 4000)
			if large > 8*max(small, 1000) { // Backward takes none of its own: a byte a node is nothing
				t.Errorf("%s of %s takes %.0f bytes for 1,000 nodes and %.1f times as many for 4,000, want at most 8",
					r.name, s.Name, small, large/small)
			}
		}
	}
}

// The time grows with the graph, and not with its paths.
func BenchmarkReaders(b *testing.B) {
	for _, r := range readers {
		for _, s := range shapes.All {
			for _, n := range []int{100, 1000, 10_000} {
				if r.name == "Go" && n > 1000 {
					continue // of most shapes, Go would have more statements than it writes
				}
				root := s.Make(n)
				nodes := float64(len(gradus.Topo(root)))
				b.Run(fmt.Sprintf("%s/%s/%d", r.name, s.Name, n), func(b *testing.B) {
					for b.Loop() {
						if err := r.read(root); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/nodes, "ns/node")
				})
			}
		}
	}
}
