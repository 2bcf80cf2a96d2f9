package main

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
)

// All variants compute the same, those in Python too if it is installed. The last batch has fewer
// images than the others: 6 of 70 at batch 32. There are two rounds because a variant that trained
// on from where its first epoch had ended would differ from the others in the second.
func TestVariantsAgree(t *testing.T) {
	s, err := start(70)
	t.Log(s.about)
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.processes {
		got, want := slices.Contains(p.variants, "NumPy"), p.threads == 1 || p.BLASThreads == p.threads
		if got != want {
			t.Errorf("NumPy with %d threads of %d takes part: %v", p.BLASThreads, p.threads, got)
		}
		if slices.Contains(p.variants, "PyTorch") && p.TorchThreads != p.threads {
			t.Errorf("PyTorch with %d threads, want %d", p.TorchThreads, p.threads)
		}
	}
	want := []string{"plain Go", "gradus, 1 worker", "gradus, 2 workers"}
	if regexp.MustCompile(`NumPy \d`).MatchString(s.about) {
		want = append(want, "NumPy, 1 thread")
		if !strings.Contains(s.about, "; NumPy on 2 threads is missing: apt-get install ") {
			want = append(want, "NumPy, 2 threads")
		}
	}
	if regexp.MustCompile(`PyTorch \d`).MatchString(s.about) {
		want = append(want, "PyTorch, 1 thread", "PyTorch, 2 threads")
	}
	for _, w := range ways {
		results, err := measure(w, s.variants(w), 2, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.variant)
			if r.time <= 0 {
				t.Errorf("batch %d, %s: %v, want a time", w.batch, r.variant, r.time)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("batch %d: variants (-want +got):\n%s", w.batch, diff)
		}
	}
}

// Plain Go computes what a graph of Values computes that is built anew for each batch.
func TestByGraph(t *testing.T) {
	s := newSession(5)
	s.order = []int{3, 0, 4, 1, 2}
	for _, w := range []way{{1, 0.01}, {2, 0.1}, {4, 0.1}} {
		net, sum := newNet(), 0.0
		for rows := range slices.Chunk(s.order, w.batch) {
			var losses []*gradus.Value
			for _, i := range rows {
				y := net.Forward(gradus.Values(s.data.X[i])...)
				losses = append(losses, gradus.LogSumExp(y...).Sub(y[s.images.labels[i]]))
				sum += losses[len(losses)-1].Data
			}
			gradus.Mean(losses...).Backward()
			for _, p := range net.Params() {
				p.Data -= w.rate * p.Grad
				p.ZeroGrad()
			}
		}
		got := s.plain(w)
		if want := sum / 5; !near(got.loss, want) {
			t.Errorf("batch %d: mean loss %v, want %v", w.batch, got.loss, want)
		}
		if want := floats.Norm(numbers(net), 2); !near(got.norm, want) {
			t.Errorf("batch %d: norm %v, want %v", w.batch, got.norm, want)
		}
	}
}

// A network that guesses has a mean loss of ln 10. That of an epoch is less, because the network
// learns.
func TestLearns(t *testing.T) {
	s := newSession(3000)
	for i := range s.images.labels {
		s.order = append(s.order, i)
	}
	for _, w := range ways {
		if got := s.plain(w).loss; got > math.Log(10)/2 {
			t.Errorf("batch %d: mean loss %.2f, want less than half of that of guessing", w.batch, got)
		}
	}
}

// scripted returns a variant that trains nothing and returns these outcomes, one per epoch.
func scripted(name string, outcomes ...outcome) variant {
	return variant{name, func() (outcome, error) {
		if len(outcomes) == 0 {
			return outcome{}, errors.New("is at its end")
		}
		o := outcomes[0]
		outcomes = outcomes[1:]
		return o, nil
	}}
}

func TestMeasure(t *testing.T) {
	const loss, near = 0.5, 0.5 + 4e-13
	a := scripted("a", outcome{4, loss, 6}, outcome{2, loss, 6}, outcome{3, loss, 6})
	b := scripted("b", outcome{1, near, 6}, outcome{6, loss, 6}, outcome{5, loss, 6})
	var turns []string
	got, err := measure(ways[1], []variant{a, b}, 3, func(v string) { turns = append(turns, v) })
	if err != nil {
		t.Fatal(err)
	}
	want := []result{{"a", ways[1], outcome{2, loss, 6}, 1}, {"b", ways[1], outcome{1, near, 6}, 0.5}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{}, way{}, outcome{})); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(strings.Fields("a b a b a b"), turns); diff != "" {
		t.Errorf("turns (-want +got):\n%s", diff)
	}
}

func TestMeasureFails(t *testing.T) {
	ok, nan := outcome{1, 0.5, 6}, math.NaN()
	for _, test := range []struct {
		name, want string
		a, b       []outcome
	}{
		{"nothing wrong", "", []outcome{ok, ok}, []outcome{ok, ok}},
		{"at first", "batch 1, b: an epoch has a mean loss of 0.500000000001, and parameters of norm 6 at " +
			"its end, want those of a, 0.5 and 6", []outcome{ok}, []outcome{{1, 0.500000000001, 6}}},
		{"less", "loss of 0.499999999999, and", []outcome{ok}, []outcome{{1, 0.499999999999, 6}}},
		{"norm", "norm 6.00000000001 at", []outcome{ok}, []outcome{{1, 0.5, 6.00000000001}}},
		{"later", "loss of 0.6, and", []outcome{ok, ok}, []outcome{ok, {1, 0.6, 6}}},
		{"NaN", "loss of NaN, and", []outcome{ok}, []outcome{{1, nan, 6}}},
		{"NaN as norm", "norm NaN at", []outcome{ok}, []outcome{{1, 0.5, nan}}},
		{"NaN as yardstick", "batch 1, a: an epoch has", []outcome{{1, nan, 6}}, nil},
		{"error", "batch 1, b: is at its end", []outcome{ok, ok}, []outcome{ok}},
	} {
		t.Run(test.name, func(t *testing.T) {
			variants := []variant{scripted("a", test.a...), scripted("b", test.b...)}
			_, err := measure(ways[0], variants, 2, func(string) {})
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func BenchmarkEpoch(b *testing.B) {
	s := newSession(1024)
	for _, w := range ways {
		for workers := 1; workers <= 2; workers++ {
			b.Run(fmt.Sprintf("Batch%d/Workers%d", w.batch, workers), func(b *testing.B) {
				for b.Loop() {
					if _, err := s.gradus(w, workers, nil); err != nil {
						b.Fatal(err)
					}
				}
				images := float64(b.N * len(s.images.labels))
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/images, "ns/image")
			})
		}
	}
}
