package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// autodiff returns the numbers that run prints in the column autodiff.
func autodiff(s setup) []quantity {
	net := newNetwork(s)
	net.forward()
	net.backward()
	q := slices.Concat(numbers(net.z, net.a, net.y, net.L),
		gradients(net.y, net.W2, net.b2, net.a, net.W1, net.b1))
	net.update(s.eta)
	return append(q, numbers(net.W2, net.b2, net.W1, net.b1)...)
}

// For z ≥ 0 the engine computes the sigmoid with the tutorial's formula, so that every number has
// the same bits as in the derivation by hand, on every architecture. For z < 0 the engine computes
// eᶻ/(1 + eᶻ), which may differ in the last place. L is up to 128 here, so that this makes some 1e-14.
func TestHandDerivationAndAutodiff(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	uniform := func() float64 { return 4*rng.Float64() - 2 }
	for range 2000 {
		s := setup{
			x: uniform(), t: 10 + uniform(), W1: uniform(), b1: uniform(),
			W2: uniform(), b2: uniform(), eta: rng.Float64(),
		}
		same := cmp.Comparer(func(x, y float64) bool { return x == y })
		if s.W1*s.x+s.b1 < 0 {
			same = cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) <= 5e-14 })
		}
		diff := cmp.Diff(derive(s), autodiff(s), same, cmp.AllowUnexported(quantity{}))
		if diff != "" {
			t.Fatalf("%v (-hand +autodiff):\n%s", s, diff)
		}
	}
}

// If the two computations differ, the output says so, both in the table with the tutorial's numbers
// and in the one without.
func TestHandDerivationDiffers(t *testing.T) {
	byHand, found := derive(tutorialSetup), autodiff(tutorialSetup)
	byHand[3].value = math.Nextafter(byHand[3].value, 1)
	byHand[7].value *= 1.002
	const count = "Here 12 of 14 agree to the last bit.\n"
	for _, texts := range [][]printed{nil, tutorialOutput} {
		var out bytes.Buffer
		compare(&out, texts, byHand, found)
		if !bytes.Contains(out.Bytes(), []byte(count)) {
			t.Errorf("output lacks %q:\n%s", count, &out)
		}
		if row := regexp.MustCompile(`(?m)^dL_da .* 2$`); texts == nil && !row.Match(out.Bytes()) {
			t.Errorf("output lacks a row that matches %v:\n%s", row, &out)
		}
	}
}

func TestNamesAreTheTutorials(t *testing.T) {
	names := func(q []quantity) (names []string) {
		for _, q := range q {
			names = append(names, q.name)
		}
		return names
	}
	var want []string
	for _, p := range tutorialOutput {
		want = append(want, p.name)
	}
	if diff := cmp.Diff(want, names(derive(tutorialSetup))); diff != "" {
		t.Errorf("hand derivation (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, names(autodiff(tutorialSetup))); diff != "" {
		t.Errorf("autodiff (-want +got):\n%s", diff)
	}
}

func TestReproduced(t *testing.T) {
	const y = 0x1.3eb2fep-1 // a float32, the tutorial's a, whose last unit is 2⁻²⁴
	for _, test := range []struct {
		name string
		like func(string, float64) bool
		text string
		x    float64
		want bool
	}{
		{"rounded down", likeNumPy, "0.62245933", 0.622459334999, true},
		{"rounded up", likeNumPy, "0.62245933", 0.622459325001, true},
		{"a decimal off", likeNumPy, "0.62245933", 0.622459335001, false},
		{"zeros at the end", likeNumPy, "0.4985372", 0.498537197, true},
		{"no zeros, but more digits", likeNumPy, "0.4985372", 0.49853721, false},
		{"whole", likeNumPy, "1.", 1, true},
		{"other sign", likeNumPy, "0.5", -0.5, false},
		{"equal", likePyTorch, "0.622459352016449", y, true},
		{"one unit above", likePyTorch, "0.622459352016449", y + 0x1p-24, true},
		{"one unit below", likePyTorch, "0.622459352016449", y - 0x1p-24, true},
		{"more above", likePyTorch, "0.622459352016449", y + 0x1.001p-24, false},
		{"more below", likePyTorch, "0.622459352016449", y - 0x1.001p-24, false},
		{"one unit of a negative number", likePyTorch, "-0.622459352016449", -y - 0x1p-24, true},
		{"more of a negative number", likePyTorch, "-0.622459352016449", -y - 0x1.001p-24, false},
		{"no number", likePyTorch, "0,6", 0.6, false},
	} {
		if got := test.like(test.text, test.x); got != test.want {
			t.Errorf("%s: %v is like %q: %t, want %t", test.name, test.x, test.text, got, test.want)
		}
	}
}

func TestLogged(t *testing.T) {
	var got []int
	for step := range 1001 {
		if logged(step) {
			got = append(got, step)
		}
	}
	want := []int{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

// If the loss is larger at the end than at the start, the output says so.
func TestTrainingFails(t *testing.T) {
	for args, want := range map[string]bool{"-steps 9": false, "-eta 5": true, "-eta 5 -steps 9": true} {
		out := strings.Join(strings.Fields(golden.Program(command).Output(t, args)), " ")
		said := strings.Contains(out, " The loss went from 0.19373 at the start to ") &&
			strings.Contains(out, " less than -eta 5.")
		if said != want {
			t.Errorf("%s: says that training has failed: %t, want %t:\n%s", args, said, want, out)
		}
	}
}

// The loss is below the goal for the first time after 917 updates, not after 916. The output says so
// even if training goes on.
func TestGoal(t *testing.T) {
	const first = "After step 917, L < 1e-12 for the first time.\n"
	for steps, want := range map[int]bool{916: false, 917: true, 1500: true} {
		var out bytes.Buffer
		if err := train(&out, tutorialSetup, steps); err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(out.Bytes(), []byte(first)); got != want {
			t.Errorf("%d steps: says %q: %t, want %t\n%s", steps, first, got, want, &out)
		}
	}
}
