package main

import (
	"bufio"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/lesson"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/internal/slow"
)

// reference returns the losses and the names that the original program computes with CPython 3.11 on the
// names which this program carries.
func reference(t *testing.T) (losses []float64, names []string) {
	t.Helper()
	f, err := os.Open("testdata/names2018.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "#"):
		case len(losses) < 1000:
			x, err := strconv.ParseFloat(line, 64)
			if err != nil {
				t.Fatal(err)
			}
			losses = append(losses, x)
		default:
			names = append(names, line)
		}
	}
	if len(losses) != 1000 || len(names) != 20 {
		t.Fatalf("the reference has %d losses and %d names, want 1000 and 20", len(losses), len(names))
	}
	return losses, names
}

// defaults returns a stage with the default flags but for the mode, and its model.
func defaults(t *testing.T, mode string) (*stage, *model) {
	t.Helper()
	l, err := lesson.New(new(strings.Builder), settings.Settings{
		Mode: mode, Seed: 42, Stage: 5, Steps: 1000, Out: t.TempDir(),
		Shape: shape{Width: 16, Heads: 4, Layers: 1, Context: 16},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{Lesson: l, letters: l.Letters}
	for _, text := range l.Texts {
		s.texts = append(s.texts, s.tokens(text))
	}
	m := newModel(s.letters, s.Shape, s.Draw)
	if n := s.Shape.Params(len(s.letters)); n != len(m.params()) {
		t.Fatalf("the model has %d parameters, Params says %d", len(m.params()), n)
	}
	return s, m
}

func newTrainer(t *testing.T, s *stage, m learner) *trainer {
	t.Helper()
	tr, err := s.trainer(m)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// In every mode, the losses are those of the original program within 1e-12 of themselves, and the names
// are the same. exp, ln and pow of package math and of the kernels differ from CPython's in the last
// bit; measured is 1e-15. A graph for every text takes long, so that fewer steps are done in that mode;
// then the names are others.
func TestReference(t *testing.T) {
	losses, names := reference(t)
	for _, mode := range []string{settings.Fast, settings.Exact, settings.Eager} {
		t.Run(mode, func(t *testing.T) {
			steps := len(losses)
			if mode == settings.Eager && !slow.Wanted() {
				steps = 100
			}
			s, m := defaults(t, mode)
			tr, at := newTrainer(t, s, m), 0
			train := tr.train
			if mode == settings.Eager {
				train = tr.trainEagerly
			}
			err := train(s.texts, s.Optimizer(), 0, steps, 1, func(loss float64) error {
				if math.Abs(loss-losses[at]) > 1e-12*losses[at] {
					t.Errorf("step %d: the loss is %v, want %v", at+1, loss, losses[at])
				}
				at++
				return nil
			})
			if err != nil || at != steps {
				t.Fatalf("%d steps, %v", at, err)
			}
			if steps < len(losses) {
				return
			}
			if mode != settings.Eager {
				tr.shared.Store()
			}
			var tape gradus.Tape
			var got []string
			for range names {
				got = append(got, m.sample(&tape, s.Rand.Choice, 0.5))
			}
			if diff := cmp.Diff(names, got); diff != "" {
				t.Errorf("the names (-want +got):\n%s", diff)
			}
		})
	}
}

// The mean over all texts is the sum of all their losses, each as often as it has predictions: computed
// one by one it is the same up to rounding.
func TestMean(t *testing.T) {
	s, m := defaults(t, settings.Fast)
	s.texts = s.texts[:300]
	tr := newTrainer(t, s, m)
	mean, predictions, err := tr.mean(s.texts)
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0
	for _, text := range s.texts {
		loss := m.loss(gradus.Values(text))
		sum += loss.Data * float64(len(text)-1)
		n += len(text) - 1
	}
	if want := sum / float64(n); math.Abs(mean-want) > 1e-13 || predictions != n {
		t.Errorf("the mean over %d predictions is %v, want %v over %d", predictions, mean, want, n)
	}
	lengths := map[int]bool{}
	for _, text := range s.texts {
		lengths[len(text)] = true
	}
	if len(lengths) < 5 || !slices.ContainsFunc(s.texts, func(x []float64) bool { return len(x) > 10 }) {
		t.Errorf("the texts have the lengths %v, want more", lengths)
	}
}
