package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/tidy"
)

func TestMain(m *testing.M) { os.Exit(tidy.Main(m)) }

// gradientdescent returns the program with a context that can interrupt it.
func gradientdescent(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int { return command(ctx, args, stdout, stderr) }
}

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
		{"quick", "-sections 3-5 -width 100 -iterations 3000", 7},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := test.args + " -out pictures"
			got := gradientdescent(t.Context()).Compare(t, args, test.name+".golden", golden.Within(1e-9))
			if err := golden.Pictures("pictures", got, test.pictures); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestShow(t *testing.T) {
	t.Chdir(t.TempDir())
	out := gradientdescent(t.Context()).Output(t, "-sections 1 -out p -show graph.html")
	const want = "\n\n== Graph, in graph.html (open it in a browser)\n\n== "
	if _, err := os.Stat("graph.html"); err != nil || !strings.Contains(out, want) {
		t.Errorf("%v, or %q is not in:\n%s", err, want, out)
	}
}

// An interrupted program keeps what is finished: the lines printed, and a picture of the curves that
// are complete. Its exit status is 0.
func TestInterrupted(t *testing.T) {
	for _, test := range []struct {
		name, args string
		calls      int    // of the context before it is cancelled
		want       string // in the output, which ends before the next section
		pictures   int
	}{
		{"at once", "-sections 2,6", 0, "interrupted in section 2\n", 0},
		{"with one curve", "-sections 2,6", 9000, "\n      0.8872          0.7134", 1},
		{"in the first run of section 4", "-sections 4,6", 3, "\ninterrupted in section 4\n", 0},
		{"after it", "-sections 4,6 -iterations 100", 500, "0.01            E = ", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			ctx := golden.Countdown(t.Context(), test.calls)
			got := gradientdescent(ctx).Output(t, "-width 20 -out "+folder+" "+test.args)
			if !strings.Contains(got, test.want) || !strings.Contains(got, "\ninterrupted in section ") ||
				strings.Contains(got, "== 6.") {
				t.Errorf("want %q in the output, and no section 6:\n%s", test.want, got)
			}
			if err := golden.Pictures(folder, got, test.pictures); err != nil {
				t.Error(err)
			}
		})
	}
}

// At its end the program lists the claims that it has not tested, each with its section.
func TestUntested(t *testing.T) {
	const title = "\n== Claims that were not tested\n"
	for _, test := range []struct {
		name, args string
		calls      int // of the context before it is cancelled
		want       string
	}{
		{"all sections", "-sections 1-6", 1 << 30, ""},
		{"some sections", "-sections 1,3-6", 1 << 30, "section 2  after 1000 iterations the output matches " +
			"the targets exactly\n"},
		{"interrupted", "-sections 1-3,5-6", 600, "section 2  after 1000 iterations the output matches " +
			"the targets exactly\nsection 3  after 10,000 iterations it doesn't work at all\nsection 3  the " +
			"gradients are 0\nsection 4  the network learns now\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx := golden.Countdown(t.Context(), test.calls)
			got := gradientdescent(ctx).Output(t, "-width 10 -iterations 20 -out "+t.TempDir()+" "+test.args)
			_, list, printed := strings.Cut(got, title)
			if printed != (test.want != "") || !strings.HasPrefix(list, test.want) {
				t.Errorf("the list is %q, want it to begin with %q", list, test.want)
			}
		})
	}
}

// The text's wide network does not learn, and one that is as narrow as the first does.
func TestWide(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"-width 100", "true:     iterations to within 0.005 of the targets: stands still after 300. E still has " +
			"its first value, to the last bit; the gradients say why\n"},
		{"-width 3", "false:    iterations to within 0.005 of the targets: 1773\n"},
	} {
		got := gradientdescent(t.Context()).Output(t, "-sections 3 -out "+t.TempDir()+" "+test.args)
		want := "the text: after 10,000 iterations it doesn't work at all\n" + test.want
		if unwrapped := strings.ReplaceAll(got, "\n          ", " "); !strings.Contains(unwrapped, want) {
			t.Errorf("%s: want %q in the output:\n%s", test.args, want, got)
		}
	}
}

// A program that takes more than two seconds says so before it begins.
func TestSeconds(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"", "This takes about 11 seconds. Ctrl-C ends it early and keeps what is finished.\n"},
		{"-sections 1,4 -width 2000", "This takes about 24 seconds. "},
		{"-sections 1-2,6", ""},
		{"-width 100", ""},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		got := gradientdescent(ctx).Output(t, test.args)
		if !strings.HasPrefix(got, test.want) || test.want == "" && strings.Contains(got, "takes") {
			t.Errorf("%q: the output begins with %.100q, want %q", test.args, got, test.want)
		}
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
	gradientdescent(t.Context()).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"a picture of the graph", "-sections 1 -show graph.svg", 0, ""},
		{
			"a picture of what is not run", "-sections 2-3 -show graph.svg", 2,
			"gradientdescent: -show draws the graph of section 1, which -sections 2-3 leaves out\nusage: ",
		},
		{
			"no folder for the graph", "-show none/graph.svg", 1,
			"gradientdescent: none/graph.svg: there is no folder none to write the file in\n",
		},
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
