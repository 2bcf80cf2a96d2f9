package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn"
)

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, layers := range map[string][]int{"3-1.json": {3, 1}, "2-2.json": {2, 2}} {
		net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), layers[0], nn.Dense{Units: layers[1]})
		if err := net.Save(name); err != nil {
			t.Fatal(err)
		}
	}
	wrong := func(value, flag, want string) string {
		return fmt.Sprintf("moons: invalid value %q for flag -%s: want %s", value, flag, want)
	}
	moons(t.Context()).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"word for a seed", "-seed one", 2, wrong("one", "seed", "a whole number from 0 to 1844674407")},
		{"too few points", "-points 3", 2, wrong("3", "points", "a whole number from 4 to 10000\nusage: ")},
		{"negative noise", "-noise -0.1", 2, wrong("-0.1", "noise", "a number from 0 to 10\nusage: ")},
		{"no noise", "-noise 0 -epochs 0 -out p", 0, ""},
		{"largest noise", "-noise 10 -epochs 0 -out p", 0, ""},
		{"too much noise", "-noise 10.1", 2, wrong("10.1", "noise", "a number from 0 to 10\nusage: ")},
		{"NaN", "-rate NaN", 2, wrong("NaN", "rate", "a number from 1e-09 to 1000\nusage: ")},
		{"word for a rate", "-rate fast", 2, wrong("fast", "rate", "a number from 1e-09 to 1000\nusage: ")},
		{"rate 0", "-rate 0", 2, wrong("0", "rate", "a number from 1e-09 to 1000\nusage: ")},
		{"infinite factor", "-alpha Inf", 2, wrong("Inf", "alpha", "a number from 0 to 1000\nusage: ")},
		{"negative epochs", "-epochs -1", 2, wrong("-1", "epochs", "a whole number from 0 to 100000\nusage: ")},
		{"negative batch", "-batch -1", 2, wrong("-1", "batch", "a whole number from 0 to 10000\nusage: ")},
		{"no such flag", "-momentum 0.9", 2, "moons: flag provided but not defined: -momentum\nusage: "},
		{"leftover", "7", 2, `moons: argument 1 is "7", want only flags and their values`},
		{
			"an unknown kind of picture", "-show net.pdf", 2,
			`moons: invalid value "net.pdf" for flag -show: net.pdf: the ending is ".pdf", want one of`,
		},
		{
			"a file for a folder", "-out file", 1,
			"moons: folder for pictures: mkdir file: not a directory\n",
		},
		{"no network", "-out p -load none.json", 1, "moons: nn: Load: open none.json: no such file"},
		{"not a network", "-out p -load file", 1, "moons: nn: Load: file: the file is cut off"},
		{
			"three inputs", "-out p -load 3-1.json", 1,
			"moons: 3-1.json: the network has 3 inputs and 1 outputs, want 2 and 1\n",
		},
		{
			"two outputs", "-out p -load 2-2.json", 1,
			"moons: 2-2.json: the network has 2 inputs and 2 outputs, want 2 and 1\n",
		},
		{"a folder for the network", "-save p", 1, "moons: p: it is a folder, want the name of a file\n"},
		{
			"no folder for the network", "-save no/net.json", 1,
			"moons: no/net.json: there is no folder no to write the file in\n",
		},
		{
			"no folder for the graph", "-show no/net.svg", 1,
			"moons: no/net.svg: there is no folder no to write the file in\n",
		},
		{
			"one file for both", "-save net.svg -show net.svg", 2,
			"moons: -show and -save: net.svg and net.svg are the same file, want different ones\nusage: ",
		},
		{
			"overflow", "-out p -alpha 1000", 1, "moons: train: epoch 9, batch 1 of 1: " +
				"(dot, in layer2.neuron1.z) is -Inf for the row Data.X[94]; " +
				"want a smaller -rate than 1, or a smaller -alpha than 1000\n",
		},
	})
}

// Numbers that overflow are an error, and not an empty picture, even if only the last step makes
// them overflow.
func TestLastStepOverflows(t *testing.T) {
	stdout, stderr := moons(t.Context()).Fails(t, "-alpha 1000 -epochs 8 -out "+t.TempDir())
	if !strings.Contains(stdout, "data loss +Inf") || !strings.Contains(stderr, "want finite numbers") {
		t.Errorf("stdout: %s\nstderr: %s", stdout, stderr)
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	got := moons(t.Context()).Output(t, "-h")
	const names = "seed points noise epochs rate alpha batch eager load save out show"
	for name := range strings.FieldsSeq(names) {
		if !strings.Contains(got, "\n  -"+name+" ") {
			t.Errorf("-%s is not in:\n%s", name, got)
		}
	}
	if n := strings.Count(got, "\n  -"); n != 12 {
		t.Errorf("%d flags, want 12:\n%s", n, got)
	}
}
