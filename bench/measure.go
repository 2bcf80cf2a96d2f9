package bench

import (
	"fmt"
	"runtime"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
)

// rounds is how many turns each variant gets.
const rounds = 7

// A Timing is what one variant of a row took.
type Timing struct {
	Row, Variant string
	NS           float64 // of an iteration: one sample, forward and backward
	PerNode      float64 // NS by the interior nodes of the eager graph
	Bytes        float64 // allocated in an iteration; -1 if that is not known
	Allocs       float64
	Ratio        float64 // NS by that of the yardstick
}

// A Session measures rows in one run, with one Python process if there is one.
type Session struct {
	turn   time.Duration
	tick   func(what string)
	python *python.Process
	// Python says which versions of NumPy and PyTorch take part, or how to install them.
	Python string
}

// Start begins a session in which each variant is timed for about d in each of its 7 turns,
// or for one iteration if that is longer. It calls tick, unless that is nil, before each
// turn. Close ends the session.
func Start(d time.Duration, tick func(what string)) *Session {
	s := &Session{turn: d, tick: tick}
	if tick == nil {
		s.tick = func(string) {}
	}
	s.python, s.Python = python.Start(python.Bench, 1)
	return s
}

// Close ends the Python process.
func (s *Session) Close() error { return s.python.Close() }

// Rows returns the names of the rows, in the order of the table.
func Rows() (names []string) {
	for _, r := range rows() {
		names = append(names, r.name)
	}
	return names
}

// Measure checks the variants of a row against each other and times them. The first Timing
// is that of the yardstick.
//
// It returns an error if there is no such row or if two variants disagree.
func (s *Session) Measure(name string) ([]Timing, error) {
	for _, r := range rows() {
		if r.name == name {
			v, err := r.variants(s.python)
			if err == nil {
				err = r.check(v)
			}
			if err != nil {
				return nil, err
			}
			return s.time(r.name, v, r.scalar().nodes())
		}
	}
	return nil, fmt.Errorf("there is no row %q, want one of Rows", name)
}

// time lets the variants take turns.
func (s *Session) time(row string, variants []variant, nodes int) ([]Timing, error) {
	timings, n := make([]Timing, len(variants)), make([]int, len(variants))
	for round := range rounds {
		for i, v := range variants {
			s.tick(row + ", " + v.name)
			if round == 0 {
				t, err := s.calibrate(&v)
				if err != nil {
					return nil, fmt.Errorf("row %s, variant %s: %w", row, v.name, err)
				}
				n[i] = t
			}
			t, err := v.run(n[i])
			if err != nil {
				return nil, fmt.Errorf("row %s, variant %s: %w", row, v.name, err)
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

// calibrate returns how many steps fill a turn.
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

// run times n steps, after one that warms the caches up, and divides by their samples.
func (v *variant) run(n int) (Timing, error) {
	samples := float64(n * max(v.samples, 1))
	if v.step == nil {
		ns, err := v.time(n)
		return Timing{NS: ns / samples, Bytes: -1, Allocs: -1}, err
	}
	runtime.GC() // so that nobody pays for what the variant before left behind
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
