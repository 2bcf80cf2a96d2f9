package bench

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
)

const largest = "2-1000-1000-2" // takes seconds

// TestVariantsAgree checks all variants, and those of Python if it is there.
func TestVariantsAgree(t *testing.T) {
	p, about := python.Start(python.Bench, 1)
	t.Log(about)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, r := range rows() {
		if testing.Short() && r.name == largest {
			continue
		}
		t.Run(r.name, func(t *testing.T) {
			variants, err := r.variants(p)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.check(variants); err != nil {
				t.Error(err)
			}
			pytorch := slices.ContainsFunc(variants, func(v variant) bool { return v.name == "PyTorch" })
			if want := r.net != nil && strings.Contains(about, ", PyTorch "); pytorch != want {
				t.Errorf("PyTorch takes part: %v, want %v", pytorch, want)
			}
		})
	}
}

// TestCheck checks that the check finds a wrong number anywhere.
func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(r *result)
		want   string
	}{
		{"nothing wrong", func(*result) {}, ""},
		{"rounding", func(r *result) { r.grad[5] *= 1 + 1e-14 }, ""},
		{"output", func(r *result) { r.out *= 1 + 1e-11 }, "the output is"},
		{"NaN", func(r *result) { r.out = math.NaN() }, "the output is NaN"},
		{"first layer", func(r *result) { r.grad[0] += 1e-6 }, "gradient: number 0 of its layer"},
		{"last bias", func(r *result) { r.grad[28] *= 1.001 }, "gradient: number 7 of its layer"},
		{"one lacks", func(r *result) { r.grad = r.grad[1:] }, "gradient: 28 numbers, plain Go has 29"},
		{"an update", func(r *result) { r.params = r.grad }, "updated parameters: 29 numbers"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := rows()[1]
			variants := r.byHand()[:2]
			result, err := variants[1].result()
			if err != nil {
				t.Fatal(err)
			}
			test.change(&result)
			variants[1].result = constant(result)
			err = r.check(variants)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func constant(r result) func() (result, error) { return func() (result, error) { return r, nil } }

// TestPlainAllocatesNothing holds the yardsticks to what the package comment says.
func TestPlainAllocatesNothing(t *testing.T) {
	for _, r := range rows() {
		for _, v := range r.byHand() {
			if v.name != "gonum" && testing.AllocsPerRun(2, v.step) > 0 {
				t.Errorf("row %s, variant %s allocates", r.name, v.name)
			}
		}
	}
}

func TestNodes(t *testing.T) {
	// A weight takes two nodes, a neuron one for its activation and the loss two for each
	// output and one for each sum.
	if got, want := rows()[1].scalar().nodes(), 2*(6+9+6)+8+2*2+1; got != want {
		t.Errorf("2-3-3-2 has %d nodes, want %d", got, want)
	}
}

func TestGrowth(t *testing.T) {
	s := &Session{turn: time.Microsecond, tick: func(string) {}}
	for along, want := range map[string]int{"width": 2, "depth": 2, "batch": 3} {
		curves, err := s.growth(along, 16)
		if err != nil {
			t.Fatal(err)
		}
		if len(curves) != want {
			t.Errorf("%s: %d curves, want %d", along, len(curves), want)
		}
		for _, c := range curves {
			if n := len(c.X); n < 2 || c.X[n-1] != 16 || len(c.NS) != n || slices.Min(c.NS) <= 0 {
				t.Errorf("%s: curve %+v, want positive times up to 16", along, c)
			}
		}
	}
}

func Benchmark(b *testing.B) {
	p, about := python.Start(python.Bench, 1)
	b.Log(about)
	b.Cleanup(func() {
		if err := p.Close(); err != nil {
			b.Error(err)
		}
	})
	for _, r := range rows() {
		b.Run(r.name, func(b *testing.B) {
			variants, err := r.variants(p)
			if err == nil {
				err = r.check(variants)
			}
			if err != nil {
				b.Fatal(err)
			}
			nodes, plain := float64(r.scalar().nodes()), 0.0
			for _, v := range variants {
				b.Run(v.name, func(b *testing.B) {
					t, err := v.run(b.N)
					if err != nil {
						b.Fatal(err)
					}
					if v.name == yardstick {
						plain = t.NS
					}
					b.ReportMetric(t.NS, "ns/op")
					b.ReportMetric(t.NS/nodes, "ns/node")
					if t.Bytes >= 0 {
						b.ReportAllocs()
						b.ReportMetric(t.Bytes, "B/op")
						b.ReportMetric(t.Allocs, "allocs/op")
					}
					if plain > 0 {
						b.ReportMetric(t.NS/plain, "ratio")
					}
				})
			}
		})
	}
}
