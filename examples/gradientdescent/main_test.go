package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// The order of sums, which depends on the kernels of a machine, and math.Exp, whose last bit differs
// between architectures, change more digits than are printed only. A difference of 1e-9 is allowed
// because a printed number may be rounded the other way.
func TestGolden(t *testing.T) {
	for _, test := range []struct {
		name, args string
		pictures   int
	}{
		{"small", "-sections 1-2,6", 1},
		{"seed7", "-sections 1 -seed 7", 0},
		{"quick", "-sections 3-5 -width 100 -iterations 3000", 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := test.args + " -out pictures"
			got := golden.Program(command).Compare(t, args, test.name+".golden", golden.Within(1e-9))
			if err := golden.Pictures("pictures", got, test.pictures); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wrong := func(value, flag, want string) string {
		return fmt.Sprintf("gradientdescent: invalid value %q for flag -%s: want %s\nusage: ", value, flag, want)
	}
	golden.Program(command).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"a picture of the graph", "-sections 6 -show graph.svg", 0, ""},
		{"a negative seed", "-seed -1", 2, wrong("-1", "seed", "a whole number from 0 to 4294967295")},
		{
			"a section too many", "-sections 1-7", 2,
			wrong("1-7", "sections", "whole numbers from 1 to 6, ascending, as in 1,2-6"),
		},
		{"no neurons", "-width 0", 2, wrong("0", "width", "a whole number from 1 to 5000")},
		{"no iterations", "-iterations 0", 2, wrong("0", "iterations", "a whole number from 1 to 1000000")},
		{"no such flag", "-rate 1", 2, "gradientdescent: flag provided but not defined: -rate\nusage: "},
		{
			"a file for a folder", "-sections 2 -out file", 1,
			"gradientdescent: folder for pictures: mkdir file: not a directory\n",
		},
	})
	if text, err := os.ReadFile("graph.svg"); err != nil || !strings.Contains(string(text), "layer3.neuron2") {
		t.Errorf("%.200s, %v, want a picture with the name of a neuron", text, err)
	}
}
