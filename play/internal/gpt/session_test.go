package gpt

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/internal/recipe"
)

// newSession returns a session with these settings.
func newSession(tb testing.TB, settings Settings) *Session {
	tb.Helper()
	s, err := NewSession(settings)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// train takes all steps up to the given one.
func train(tb testing.TB, s *Session, until int) (p Progress) {
	tb.Helper()
	for p.More = true; p.More; {
		var err error
		if p, err = s.Train(Training{Until: until}); err != nil {
			tb.Fatal(err)
		}
	}
	if p.Step != min(until, p.Steps) {
		tb.Fatalf("training stopped after step %d, want %d", p.Step, until)
	}
	return p
}

// sampled returns the names that a session makes up.
func sampled(tb testing.TB, s *Session, count int, temperature string) (names []string) {
	tb.Helper()
	for more := true; more; {
		n, err := s.Sample(Sampling{Asked: Asked{Temperature: temperature}, Count: count})
		if err != nil {
			tb.Fatal(err)
		}
		names, more = nil, n.More
		for _, made := range n.Names {
			names = append(names, made.Text)
		}
	}
	return names
}

// The losses are those of the original program within 1e-12 of themselves, and the names are the same:
// natively, and as WebAssembly under node.
func TestReference(t *testing.T) {
	f, err := os.Open("../../../examples/gpt/testdata/names2018.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	var losses []float64
	var names []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if x, err := strconv.ParseFloat(lines.Text(), 64); err == nil && len(losses) < recipe.Steps {
			losses = append(losses, x)
		} else if !strings.HasPrefix(lines.Text(), "#") {
			names = append(names, lines.Text())
		}
	}
	s := newSession(t, Settings{})
	p := train(t, s, recipe.Steps)
	if len(losses) != recipe.Steps || len(names) != recipe.Samples || len(p.Losses) != len(losses) {
		t.Fatalf("%d losses, want %d; %d names", len(p.Losses), len(losses), len(names))
	}
	for i, want := range losses {
		if got := p.Losses[i]; math.Abs(got-want) > 1e-12*want {
			t.Errorf("step %d: the loss is %v, want %v", i+1, got, want)
		}
		last := losses[max(0, i-99) : i+1]
		if mean := floats.Sum(last) / float64(len(last)); math.Abs(p.Means[i]-mean) > 1e-12*mean {
			t.Errorf("step %d: the mean is %v, want %v", i+1, p.Means[i], mean)
		}
	}
	if first, err := s.Point(At{Step: 1}); first.Name != "myliah" || first.Window != 1 || err != nil {
		t.Errorf("the first step is %+v, %v", first, err)
	}
	if diff := cmp.Diff(names, sampled(t, s, recipe.Samples, "")); diff != "" {
		t.Errorf("the names (-want +got):\n%s", diff)
	}
	got := p.Rows[9]
	if len(p.Rows) != 10 || got.Loss.Text != "2.4928" || got.Mean.Text != "2.3877" || got.Names[3] != names[3] {
		t.Errorf("the last of %d rows is %+v", len(p.Rows), got)
	}
}

// The parameters after training are those of the program itself, to the bit, and so are the names.
func TestExample(t *testing.T) {
	settings := Settings{Width: "8", Heads: "2", Layers: "2", Context: "6", Steps: "40", Batch: "3", Seed: "7"}
	command, err := Command(Asked{Settings: settings, Temperature: "0.8"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "go run ./examples/gpt -width 8 -heads 2 -layers 2 -context 6 -steps 40 -batch 3 -seed 7 " +
		"-temperature 0.8"
	if command != want {
		t.Errorf("the command is\n%s, want\n%s", command, want)
	}
	file := filepath.Join(t.TempDir(), "model.json")
	args := strings.Fields(command + " -quick -save " + file)
	run := exec.CommandContext(t.Context(), args[0], args[1:]...)
	run.Dir = "../../.."
	output, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var saved struct{ Params []float64 }
	if err := json.Unmarshal(text, &saved); err != nil {
		t.Fatal(err)
	}
	s := newSession(t, settings)
	train(t, s, s.steps)
	names := sampled(t, s, recipe.Samples, "0.8")
	if diff := cmp.Diff(saved.Params, numbers(s.model.params())); diff != "" {
		t.Errorf("the parameters (-example +session):\n%s", diff)
	}
	got := strings.Join(strings.Fields(strings.ReplaceAll(string(output), "(empty)", "")), " ")
	if want := strings.Join(strings.Fields(strings.Join(names, ", ")), " "); !strings.Contains(got, want) {
		t.Errorf("%q are not the names in:\n%s", names, output)
	}
}

// Steps one by one, in slices of any length, with questions in between and starting anew are the same steps.
func TestPause(t *testing.T) {
	settings := Settings{Width: "8", Heads: "2", Steps: "200", Batch: "2"}
	whole := newSession(t, settings)
	want := train(t, whole, 200)
	s, all := newSession(t, settings), []float64{}
	for n := 0; len(all) < 200; n++ {
		p, err := s.Train(Training{Known: len(all), Most: 1 + n%7})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Losses...)
		if n%5 == 0 {
			if _, err := s.Read(Question{Name: "emma", Head: "2"}); err != nil {
				t.Fatal(err)
			}
			sampled(t, s, 2, "2")
		}
	}
	if diff := cmp.Diff(want.Losses, all); diff != "" {
		t.Errorf("the losses (-whole +paused):\n%s", diff)
	}
	if diff := cmp.Diff(want.Rows, s.rows); diff != "" {
		t.Errorf("the rows (-whole +paused):\n%s", diff)
	}
	if diff := cmp.Diff(sampled(t, whole, 20, ""), sampled(t, s, 20, "")); diff != "" {
		t.Errorf("the names (-whole +paused):\n%s", diff)
	}
	if p, err := s.Train(Training{Until: 7}); p.Step != 200 || p.More || err != nil {
		t.Errorf("training goes back to step %d, more: %t, %v", p.Step, p.More, err)
	}
}

// Names depend on the step and on the temperature, and on nothing else.
func TestSample(t *testing.T) {
	settings := Settings{Width: "8", Heads: "2"}
	s, other := newSession(t, settings), newSession(t, settings)
	train(t, s, 7)
	hot, cold := sampled(t, s, 5, "1"), sampled(t, s, 5, "0.1")
	if diff := cmp.Diff(hot, sampled(t, s, 5, "1")); diff != "" || cmp.Equal(hot, cold) {
		t.Errorf("cold are %q, hot (-first +second):\n%s", cold, diff)
	}
	train(t, s, 90)
	train(t, other, 90)
	other.trainer.shared.Store()
	later := sampled(t, s, 5, "1")
	if diff := cmp.Diff(sampled(t, other, 5, "1"), later); diff != "" || cmp.Equal(hot, later) {
		t.Errorf("after more steps (-other +same session):\n%s", diff)
	}
}

// A rate that is too large ends in a sentence, which all later questions get, too.
func TestDiverges(t *testing.T) {
	s := newSession(t, Settings{})
	s.adam = recipe.Adam(recipe.Falling(1e200, 1000))
	var err error
	for n := 0; n < 100 && err == nil; n++ {
		_, err = s.Train(Training{Most: 10})
	}
	const want = "the steps are too large; want a smaller rate than 0.01"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("training ends with %v, want %q", err, want)
	}
	if _, got := s.Read(Question{Name: "emma"}); got != err { //nolint:errorlint // the very error
		t.Errorf("Read fails with %v", got)
	}
	if _, got := s.Sample(Sampling{Count: 1}); got != err { //nolint:errorlint // the very error
		t.Errorf("Sample fails with %v", got)
	}
}

// A loss that is infinite is written as a view writes it.
func TestInfiniteLoss(t *testing.T) {
	s := newSession(t, Settings{})
	const want = "the loss of step 1 is ∞: the steps are too large; want a smaller rate than 0.01"
	if err := s.add(math.Inf(1)); fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
