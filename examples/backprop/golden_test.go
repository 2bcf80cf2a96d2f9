package main

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		name string // of the file
		args string
	}{
		{"default", ""},
		{"steps917", "-steps 917"}, // the first number of updates with L < 1e-12
		{"other", "-x 2 -t 0.25 -W1 -0.3 -b1 0.9 -W2 1.5 -b2 -0.125 -eta 0.1 -steps 13"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := command(strings.Fields(test.args), &stdout, &stderr)
			if status != 0 || stderr.Len() > 0 {
				t.Fatalf("exit status %d, want 0; stderr: %s", status, &stderr)
			}
			for line := range strings.Lines(stdout.String()) {
				if n := utf8.RuneCountInString(line); n > 120 {
					t.Errorf("%d columns do not fit in a terminal: %s", n, line)
				}
			}
			checkGolden(t, filepath.Join("testdata", test.name+".golden"), stdout.String())
		})
	}
}

// checkGolden compares got with the file, byte by byte if all numbers have the same bits.
// Where math.Exp, which may differ in the last bit between architectures, has changed one,
// it allows for the difference and for the padding that depends on it.
func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := string(b)
	if slices.Equal(strings.Fields(want), strings.Fields(got)) {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("layout differs from %s (-want +got):\n%s", file, diff)
		}
		return
	}
	if diff := cmp.Diff(words(want), words(got), cmp.Comparer(sameWord)); diff != "" {
		t.Errorf("output differs from %s (-want +got):\n%s", file, diff)
	}
}

func words(text string) (lines [][]string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Fields(line))
	}
	return lines
}

// sameWord reports whether two words are the same, or numbers with a relative difference
// that some units in the last place of math.Exp explain. What the tutorial prints is text.
func sameWord(v, w string) bool {
	if v == w {
		return true
	}
	for _, p := range tutorialOutput {
		for _, text := range []string{p.numpy, p.pytorch} {
			if v == text || w == text {
				return false
			}
		}
	}
	return near(number(v), number(w))
}

func near(x, y float64) bool {
	return math.Abs(x-y) <= 1e-14*min(math.Abs(x), math.Abs(y))
}

func TestSameWord(t *testing.T) {
	for _, test := range []struct {
		name, v, w string
		want       bool
	}{
		{"the same", "autodiff", "autodiff", true},
		{"other words", "autodiff", "hand", false},
		{"a unit in the last place", "0.6224593312018546", "0.6224593312018547", true},
		{"a hundred units", "0.6224593312018546", "0.6224593312018646", false},
		{"of the tutorial", "0.622459352016449", "0.6224593520164491", false},
		{"of the tutorial, rounded", "0.62245933", "0.622459330", false},
		{"other sign", "0.25", "-0.25", false},
		{"other count", "14", "13", false},
		{"punctuation", "0.01:", "0.01", false},
	} {
		if got := sameWord(test.v, test.w); got != test.want {
			t.Errorf("%s: sameWord(%q, %q) = %t", test.name, test.v, test.w, got)
		}
		if got := sameWord(test.w, test.v); got != test.want {
			t.Errorf("%s: sameWord(%q, %q) = %t", test.name, test.w, test.v, got)
		}
	}
}

// The golden files can be written anew at any time; these numbers cannot. They are from a
// run of the tutorial's code in NumPy 1.24.
func TestKnownNumbers(t *testing.T) {
	var out bytes.Buffer
	cfg := config{setup: tutorialSetup, steps: 1, tutorial: tutorialOutput}
	if err := run(&out, cfg); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for line := range strings.Lines(out.String()) {
		if f := strings.Fields(line); len(f) == 3 && f[1] == "=" {
			got[f[0]], _ = strconv.ParseFloat(f[2], 64)
		}
	}
	want := map[string]float64{
		"z": 0.5, "a": 0.6224593312018546, "y": -0.6224593312018546, "L": 0.19372780950013005,
		"dL_dy": -0.6224593312018546, "dL_da": 0.6224593312018546,
		"dL_dW2": -0.3874556190002601, "dL_db2": -0.6224593312018546,
		"dL_dW1": 0.14628025352695762, "dL_db1": 0.14628025352695762,
		"W2": -0.9961254438099973, "b2": 0.006224593312018546,
		"W1": 0.4985371974647304, "b1": -0.001462802535269576,
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(near)); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}
