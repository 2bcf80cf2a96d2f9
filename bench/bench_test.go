package bench

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
	"github.com/gradus-go/gradus/internal/slow"
)

// slowest is a row whose check takes seconds.
const slowest = "2-1000-1000-2"

// startPython starts the Python process, which ends with the test, and returns it with the text
// that says what is installed. The process is nil if NumPy is missing.
func startPython(tb testing.TB) (*python.Process, string) {
	tb.Helper()
	p, about := python.Start(python.Bench, 1)
	tb.Log(about)
	tb.Cleanup(func() {
		if err := p.Close(); err != nil {
			tb.Error(err)
		}
	})
	return p, about
}

// A session that knows about Python does not start it again.
func TestOnePython(t *testing.T) {
	s := Start(time.Microsecond, nil)
	s.Python = "no Python"
	if _, err := s.Measure("product"); err != nil || s.python != nil || s.Python != "no Python" {
		t.Errorf("Python is %q after Measure, error %v, want it as it was before", s.Python, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// All variants of each row compute the same, those in Python too if it is installed.
func TestVariantsAgree(t *testing.T) {
	p, about := startPython(t)
	for _, r := range rows() {
		if r.name == slowest && !slow.Wanted() {
			continue
		}
		t.Run(r.name, func(t *testing.T) {
			variants, err := r.checked(p)
			if err != nil {
				t.Fatal(err)
			}
			pytorch := slices.ContainsFunc(variants, func(v variant) bool { return v.name == "PyTorch" })
			if want := r.load != nil && strings.Contains(about, ", PyTorch "); pytorch != want {
				t.Errorf("PyTorch takes part: %v, want %v", pytorch, want)
			}
		})
	}
}

// The check finds a wrong number wherever it is.
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
		{
			"a number is missing", func(r *result) { r.grad = r.grad[1:] },
			"gradient: there are 28 numbers, want 29 as plain Go has",
		},
		{
			"an update that others do not make", func(r *result) { r.params = r.grad },
			"updated parameters: there are 29 numbers, want 0 as plain Go has",
		},
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

// The package comment says that the yardsticks do not allocate.
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
	// The sum of a neuron begins with its bias, so each weight has two nodes, a Mul and an Add.
	// Each neuron has one more for its activation. The loss has two nodes for each output, a Sub
	// and a Square, and one for the sum of the two squares.
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
	p, _ := startPython(b)
	for _, r := range rows() {
		b.Run(r.name, func(b *testing.B) {
			variants, err := r.checked(p)
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
