package bench

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
)

// rounds is the number of turns that each variant gets.
const rounds = 7

// A Timing is how long one variant of a row takes. An iteration is one sample, forward and
// backward.
type Timing struct {
	Row, Variant string
	NS           float64 // nanoseconds per iteration, in the fastest turn
	PerNode      float64 // NS divided by the number of interior nodes of the eager graph
	Bytes        float64 // allocated per iteration; -1 for a variant in Python: it is not known
	Allocs       float64 // allocations per iteration; -1 as for Bytes
	Ratio        float64 // NS divided by that of the yardstick
}

// A Session measures rows in one run. [Start] makes one.
type Session struct {
	turn   time.Duration
	tick   func(what string)
	python *python.Process // nil before a row is measured, and if NumPy is not installed

	// Python says which versions of NumPy and PyTorch are used, or how to install them. It is "" until
	// a row is measured.
	Python string
}

// Start begins a session. Each variant will run for about d in each of its 7 turns, or for one
// iteration if that takes longer. Before each turn, the session calls tick with the names of the row
// and of the variant, unless tick is nil. [Session.Close] ends the session.
func Start(d time.Duration, tick func(what string)) *Session {
	s := &Session{turn: d, tick: tick}
	if tick == nil {
		s.tick = func(string) {}
	}
	return s
}

// Close ends the session's Python process, if there is one. It returns an error if the process failed.
//
// It panics if s was not made by [Start].
func (s *Session) Close() error {
	s.mustBeStarted("Close")
	return s.python.Close()
}

func (s *Session) mustBeStarted(method string) {
	if s == nil || s.tick == nil {
		panic("bench: Session." + method + ": the Session was not started, want one made by Start")
	}
}

// Rows returns the names of the rows, in the order of the table.
func Rows() (names []string) {
	for _, r := range rows() {
		names = append(names, r.name)
	}
	return names
}

// Measure compares the results of all variants of a row, and then times the variants. The first
// Timing is that of the yardstick, plain Go. The first call starts a Python process if NumPy is
// installed.
//
// It returns an error if there is no row of that name, or if two variants compute different
// results. It panics if s was not made by [Start].
func (s *Session) Measure(name string) ([]Timing, error) {
	s.mustBeStarted("Measure")
	for _, r := range rows() {
		if r.name == name {
			if s.Python == "" {
				s.python, s.Python = python.Start(python.Bench, 1)
			}
			v, err := r.checked(s.python)
			if err != nil {
				return nil, err
			}
			return s.time(r.name, v, r.scalar().nodes())
		}
	}
	return nil, fmt.Errorf("bench: there is no row %q, want one of %s", name, strings.Join(Rows(), ", "))
}

// time lets the variants take turns and returns the fastest turn of each.
func (s *Session) time(row string, variants []variant, nodes int) ([]Timing, error) {
	timings, n := make([]Timing, len(variants)), make([]int, len(variants))
	for round := range rounds {
		for i, v := range variants {
			s.tick(row + ", " + v.name)
			if round == 0 {
				t, err := s.calibrate(&v)
				if err != nil {
					return nil, fmt.Errorf("bench: row %s, variant %s: %w", row, v.name, err)
				}
				n[i] = t
			}
			t, err := v.run(n[i])
			if err != nil {
				return nil, fmt.Errorf("bench: row %s, variant %s: %w", row, v.name, err)
			}
			if round == 0 || t.NS < timings[i].NS {
				t.Row, t.Variant, t.PerNode = row, v.name, t.NS/float64(nodes)
				timings[i] = t
			}
		}
	}
	for i := range timings {
		timings[i].Ratio = timings[i].NS / timings[0].NS
	}
	return timings, nil
}

// calibrate returns the number of steps that fill a turn, at least 1.
func (s *Session) calibrate(v *variant) (int, error) {
	for n := 1; ; n *= 4 {
		t, err := v.run(n)
		if err != nil {
			return 0, err
		}
		step := t.NS * float64(max(v.samples, 1))
		if all := step * float64(n); 4*all > float64(s.turn) || n > 1<<30 {
			return max(int(float64(s.turn)/step), 1), nil
		}
	}
}

// run times n steps, after one that warms the caches up, and returns the time and the allocations
// per sample.
func (v *variant) run(n int) (Timing, error) {
	samples := float64(n * max(v.samples, 1))
	if v.step == nil {
		ns, err := v.time(n)
		return Timing{NS: ns / samples, Bytes: -1, Allocs: -1}, err
	}
	runtime.GC() // so that no variant pays for the garbage of the one before it
	if n > 1 {
		v.step()
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	for range n {
		v.step()
	}
	ns := time.Since(start).Seconds() * 1e9
	runtime.ReadMemStats(&after)
	return Timing{
		NS:     ns / samples,
		Bytes:  float64(after.TotalAlloc-before.TotalAlloc) / samples,
		Allocs: float64(after.Mallocs-before.Mallocs) / samples,
	}, nil
}
