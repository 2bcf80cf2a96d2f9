package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// curvature returns the program with a context that can interrupt it.
func curvature(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int { return command(ctx, args, stdout, stderr) }
}

// Sums are added up in the same order on every machine. The last bits of exp and tanh, which differ between
// architectures, change no digit that is printed.
func TestGolden(t *testing.T) {
	for _, test := range []struct {
		name, args string
		pictures   int
	}{
		{"default", "", 3},
		{"diverges", "-sections 2-3 -seed 1 -rate 0.3 -steps 5", 2},
		{"untrained", "-sections 3 -steps 0", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := "-out pictures " + test.args
			got := curvature(t.Context()).Compare(t, args, test.name+".golden", golden.Exact)
			if err := golden.Pictures("pictures", got, test.pictures); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewFolder(t *testing.T) {
	curvature(t.Context()).NewFolder(t, "-sections 1", 1)
}

func TestShow(t *testing.T) {
	t.Chdir(t.TempDir())
	out := curvature(t.Context()).Output(t, "-sections 1 -out p -show graph.txt")
	if want := "\n\n== Graph, in graph.txt\n\n== Pictures, "; !strings.Contains(out, want) {
		t.Errorf("%q is not in:\n%s", want, out)
	}
	text, err := os.ReadFile("graph.txt")
	// The first student studied for half an hour: ∂²E/∂w² = ½·½·p(1 − p) with p = σ(½w + b).
	for _, want := range []string{"σ(½w + b)(1 − σ(½w + b))", "1 E″ 1 ½v1(1 − v1) 0.5 "} {
		if err != nil || !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
			t.Errorf("%v, or no %q in:\n%s", err, want, text)
		}
	}
}

// An interrupted program keeps what is finished, and draws the network as it is. Its exit status is 0.
func TestInterrupted(t *testing.T) {
	for _, test := range []struct {
		name     string
		calls    int    // of the context before it is cancelled
		want     string // in the output
		last     string // the last section in the output
		pictures int
	}{
		{"at once", 0, "interrupted in section 1\n", "interrupted", 0},
		{"in section 1", 500, "\ninterrupted in section 1\n", "== 1.", 0},
		{"in section 2", 1 + 6 + 1024 + 1 + 20, "\ninterrupted in section 2\n", "== 2.", 1},
		{"in section 3", 1 + 6 + 1024 + 1 + 50 + 1 + 6, "\n     6      ", "== 3.", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			got := curvature(golden.Countdown(t.Context(), test.calls)).Output(t, "-out "+folder)
			if !strings.Contains(got, test.want) || !strings.Contains(got, "interrupted in section ") {
				t.Errorf("want %q and where it was interrupted in the output:\n%s", test.want, got)
			}
			before, _, _ := strings.Cut(got, "\n== Pictures")
			if i := strings.LastIndex(before, "== "); i >= 0 && !strings.HasPrefix(before[i:], test.last) {
				t.Errorf("the last section is %.20q, want %s", before[i:], test.last)
			}
			if err := golden.Pictures(folder, got, test.pictures); err != nil {
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
		return fmt.Sprintf("curvature: invalid value %q for flag -%s: want %s\nusage: ", value, flag, want)
	}
	const rate = "a number from 1e-09 to 1000"
	curvature(t.Context()).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"smallest rate", "-sections 2 -rate 1e-9 -out p", 0, ""},
		{"largest rate", "-sections 2 -rate 1000 -out p", 0, ""},
		{"rate 0", "-rate 0", 2, wrong("0", "rate", rate)},
		{"negative rate", "-rate -0.1", 2, wrong("-0.1", "rate", rate)},
		{"NaN", "-rate NaN", 2, wrong("NaN", "rate", rate)},
		{"negative steps", "-steps -1", 2, wrong("-1", "steps", "a whole number from 0 to 10000")},
		{"half a step", "-steps 0.5", 2, wrong("0.5", "steps", "a whole number from 0 to 10000")},
		{"word for a seed", "-seed one", 2, wrong("one", "seed", "a whole number from 0 to 18446744073709551615")},
		{
			"a section too many", "-sections 4", 2,
			wrong("4", "sections", "whole numbers from 1 to 3, ascending, as in 1,2-3"),
		},
		{"no such flag", "-epochs 1", 2, "curvature: flag provided but not defined: -epochs\nusage: "},
		{"leftover", "7", 2, `curvature: argument 1 is "7", want only flags and their values` + "\nusage: "},
		{
			"a graph of what is not run", "-sections 2-3 -show graph.svg", 2,
			"curvature: -show draws the graph of section 1, which -sections 2-3 leaves out\nusage: ",
		},
		{
			"no folder for the graph", "-show none/graph.svg", 1,
			"curvature: none/graph.svg: there is no folder none to write the file in\n",
		},
		{
			"a file for a folder", "-out file", 1,
			"curvature: folder for pictures: mkdir file: not a directory\n",
		},
	})
}

func TestHelpNamesEveryFlag(t *testing.T) {
	got := curvature(t.Context()).Output(t, "-h")
	for name := range strings.FieldsSeq("sections seed rate steps out show") {
		if !strings.Contains(got, "\n  -"+name+" ") {
			t.Errorf("-%s is not in:\n%s", name, got)
		}
	}
	if n := strings.Count(got, "\n  -"); n != 6 {
		t.Errorf("%d flags, want 6:\n%s", n, got)
	}
}
