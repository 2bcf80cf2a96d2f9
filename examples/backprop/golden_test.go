package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// tolerance is the relative difference that an error of some units in the last place of math.Exp
// may make.
const tolerance = 1e-14

// rule lets numbers differ by the tolerance, except those that are copied from the tutorial.
func rule() golden.Rule {
	var texts []string
	for _, p := range tutorialOutput {
		texts = append(texts, p.numpy, p.pytorch)
	}
	return golden.Within(tolerance, texts...)
}

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		name string // of the file
		args string
	}{
		{"default", ""},
		{"steps917", "-steps 917"}, // L < 1e-12 for the first time
		{"eta", "-eta 0.1 -steps 91"},
		{"other", "-x 2 -t 0.25 -W1 -0.3 -b1 0.9 -W2 1.5 -b2 -0.125 -eta 0.1 -steps 13"},
	} {
		t.Run(test.name, func(t *testing.T) {
			golden.Program(command).Compare(t, test.args, test.name+".golden", rule())
		})
	}
}

func TestRule(t *testing.T) {
	for _, p := range tutorialOutput {
		for _, text := range []string{p.numpy, p.pytorch} {
			if text != "" && rule()(text, text+"0") == "" {
				t.Errorf("%s: %s0 passes for the tutorial's %s", p.name, text, text)
			}
		}
	}
	if diff := rule()("0.6224593312018546", "0.6224593312018547"); diff != "" {
		t.Errorf("a unit in the last place (-want +got):\n%s", diff)
	}
	if rule()("0.6224593312018546", "0.6224593312018646") == "" {
		t.Error("a hundred units in the last place pass")
	}
}

// The golden files can be written again with -update; these numbers cannot. They come from a run of
// the tutorial's code with NumPy 1.24.
func TestKnownNumbers(t *testing.T) {
	var out bytes.Buffer
	cfg := config{setup: tutorialSetup, steps: 1}
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
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(tolerance, 0)); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}
