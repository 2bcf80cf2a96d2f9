package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

func TestExitStatus(t *testing.T) {
	const usage = "\nusage: backprop [-W1 0.5] [-W2 -1] [-b1 0] [-b2 0] [-eta 0.01] [-show file]\n" +
		"       [-steps 1] [-t 0] [-x 1]\n"
	const finite = ": want a finite number such as 0.5" + usage
	const tooLarge = " or the numbers to start from are too large\n"
	const whole = ": want a whole number from 1 to 1000000" + usage
	calls := []golden.Call{ // stderr without its beginning, "backprop: "
		{"help", "-h", 0, ""},
		{
			"a folder that does not exist", "-show no/x.svg", 1,
			"no/x.svg: there is no folder no to write the file in\n",
		},
		{"all flags", "-x 2 -t 1 -W1 3 -b1 4 -W2 5 -b2 6 -eta 1e-3 -steps 7", 0, ""},
		{"word for a number", "-x one", 2, `invalid value "one" for flag -x` + finite},
		{"empty number", "-t=", 2, `invalid value "" for flag -t` + finite},
		{"NaN", "-W1 NaN", 2, `invalid value "NaN" for flag -W1` + finite},
		{"Inf", "-b1 Inf", 2, `invalid value "Inf" for flag -b1` + finite},
		{"-Inf", "-W2 -Inf", 2, `invalid value "-Inf" for flag -W2` + finite},
		{"beyond a double", "-b2 1e309", 2, `invalid value "1e309" for flag -b2` + finite},
		{"two numbers", "-eta 0.01,0.1", 2, `invalid value "0.01,0.1" for flag -eta` + finite},
		{"no step", "-steps 0", 2, `invalid value "0" for flag -steps` + whole},
		{"negative step", "-steps -1", 2, `invalid value "-1" for flag -steps` + whole},
		{"too many steps", "-steps 1000001", 2, `invalid value "1000001" for flag -steps` + whole},
		{"broken step", "-steps 1.5", 2, `invalid value "1.5" for flag -steps` + whole},
		{"no number", "-eta", 2, "flag needs an argument: -eta" + usage},
		{"no such flag", "-lr 0.1", 2, "flag provided but not defined: -lr" + usage},
		{"no such case", "-w1 0.1", 2, "flag provided but not defined: -w1" + usage},
		{"leftover", "-steps 2 917 -x 1", 2, `argument 3 is "917", want only flags and ` +
			"their values" + usage},
		{"diverges at once", "-eta 1e200 -steps 10", 1, "the loss L is +Inf at step 1 of 10, " +
			"want a finite number: -eta 1e+200" + tooLarge},
		{"diverges later", "-eta 3 -W2 3 -t 1 -x -1 -steps 1000", 1, "the loss L is +Inf at step " +
			"512 of 1000, want a finite number: -eta 3" + tooLarge},
		{"infinite from the start", "-t 1e200", 1, "the loss L is +Inf at step 0 of 1, " +
			"want a finite number: -eta 0.01" + tooLarge},
		{"Inf · 0 in the gradient of W1", "-W1 -1000 -W2 1e300 -b2 1e100", 1, "the loss L is NaN " +
			"at step 1 of 1, want a finite number: -eta 0.01" + tooLarge},
		{"saturated by an infinite z", "-x 1e200 -W1 1e200 -b1 -1e308", 0, ""},
	}
	for i := range calls {
		if calls[i].Stderr != "" {
			calls[i].Stderr = "backprop: " + calls[i].Stderr
		}
	}
	golden.Program(command).Calls(t, calls)
}

// The graph is that of the parameters before the update.
func TestShow(t *testing.T) {
	t.Chdir(t.TempDir())
	out := golden.Program(command).Output(t, "-show graph.txt")
	const want = "\n\n== Graph, in graph.txt\n\nUpdated Parameters:\n"
	if !strings.Contains(out, want) {
		t.Errorf("%q is not in:\n%s", want, out)
	}
	text, err := os.ReadFile("graph.txt")
	if err != nil || !strings.Contains(string(text), "dy/dW2 = a = 0.6225") {
		t.Errorf("%v, want the derivation in:\n%s", err, text)
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, args string
		steps      int
		numpy      int // numbers that NumPy prints and that can be compared
	}{
		{"defaults", "-steps=1", 1, 14},
		{"steps change no number of the table", "-steps 1000000", 1_000_000, 14},
		{"defaults, spelled out", "-x 1.0 -t 0 -W1 5e-1 -b1 -0 -W2 -1 -b2 0 -eta .01", 1, 14},
		{"another input", "-x 2", 1, 0},
		{"another target", "-t 1", 1, 0},
		{"another W1", "-W1 1", 1, 0},
		{"another b1", "-b1 1", 1, 0},
		{"another W2", "-W2 1", 1, 0},
		{"another b2", "-b2 1", 1, 0},
		{"another learning rate", "-eta 0.02", 1, 10}, // all but the four updated parameters
		{"another learning rate and input", "-eta 0.02 -x 2", 1, 0},
	} {
		cfg, numpy := parse(t, test.args), 0
		for _, p := range cfg.tutorial() {
			if p.numpy != "" {
				numpy++
			}
		}
		if cfg.steps != test.steps || numpy != test.numpy {
			t.Errorf("%s: %d steps, %d numbers compared; want %d, %d",
				test.name, cfg.steps, numpy, test.steps, test.numpy)
		}
	}
	want := setup{x: 2, t: 3, W1: 4, b1: 5, W2: 6, b2: 7, eta: 8}
	if got := parse(t, "-x 2 -t 3 -W1 4 -b1 5 -W2 6 -b2 7 -eta 8").setup; got != want {
		t.Errorf("all flags: %v; want %v", got, want)
	}
}

func parse(t *testing.T, args string) config {
	t.Helper()
	cfg := config{setup: tutorialSetup, steps: 1}
	if err := cfg.flags().Parse(strings.Fields(args)); err != nil {
		t.Error(err)
	}
	return cfg
}

func TestHelp(t *testing.T) {
	for _, flag := range []string{"-h", "-help", "--help"} {
		var stdout, stderr bytes.Buffer
		if got := command([]string{flag}, &stdout, &stderr); got != 0 {
			t.Errorf("%s: exit status %d, want 0", flag, got)
		}
		if stderr.Len() > 0 {
			t.Errorf("%s: stderr is %q, want nothing", flag, &stderr)
		}
		const about = "\n\nBackprop replicates \"Backpropagation Tutorial with a Simple Neural Network\" and\n"
		if !strings.Contains(stdout.String(), about) {
			t.Errorf("%s: help does not say %q:\n%s", flag, about, &stdout)
		}
		for _, want := range []string{"-x", "-t", "-W1", "-b1", "-W2", "-b2", "-eta", "-steps"} {
			if !strings.Contains(stdout.String(), "\n  "+want+" ") {
				t.Errorf("%s: help does not explain %s:\n%s", flag, want, &stdout)
			}
		}
	}
}

// If autodiff does not reproduce a number of the tutorial, the table marks it, the last line counts
// it, the error names it, and the exit status is 1.
func TestFallsShort(t *testing.T) {
	for _, test := range []struct {
		name           string
		wrong          printed // replaces the tutorial's
		row, last, err string
	}{
		{
			"last digit of NumPy's",
			printed{"dL_dW1", "0.14628026", "0.14628025889396667"},
			"0.14628026 (7!) 0.14628025889396667 (7)", "NumPy 13 of 14, to the last digit; PyTorch 8 of 8,",
			"autodiff does not reproduce the digits that NumPy prints for dL_dW1",
		},
		{
			"a digit more",
			printed{"W1", "0.49853721", ""},
			"0.49853721 (7!) –", "NumPy 13 of 14, to the last digit; PyTorch 8 of 8,",
			"autodiff does not reproduce the digits that NumPy prints for W1",
		},
		{
			"two units of a float32",
			printed{"a", "0.62245933", "0.6224594116210938"},
			"0.62245933 (8) 0.6224594116210938 (6!)", "NumPy 14 of 14, to the last digit; PyTorch 7 of 8,",
			"autodiff does not reproduce the digits that PyTorch prints for a",
		},
		{
			"no number",
			printed{"y", "-0,62245933", "-0.62"},
			"-0,62245933 (0!) -0.62 (2!)", "NumPy 13 of 14, to the last digit; PyTorch 7 of 8,",
			"autodiff does not reproduce the digits that NumPy prints for y\n" +
				"autodiff does not reproduce the digits that PyTorch prints for y",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			right := tutorialOutput
			t.Cleanup(func() { tutorialOutput = right })
			tutorialOutput = slices.Clone(right)
			i := slices.IndexFunc(right, func(p printed) bool { return p.name == test.wrong.name })
			tutorialOutput[i] = test.wrong

			stdout, stderr := golden.Program(command).Fails(t, "")
			if diff := cmp.Diff("backprop: "+test.err+"\n", stderr); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
			if last := golden.LastLine(stdout); !strings.Contains(last, test.last) {
				t.Errorf("the last line is %q, want %q in it", last, test.last)
			}
			lines := strings.Split(strings.TrimSpace(stdout), "\n")
			unmarked := func(line string) bool {
				return !strings.Contains(line, "!)") || strings.Contains(line, "(8!) marks a number")
			}
			rows := slices.DeleteFunc(lines, unmarked)
			want := test.wrong.name + " " + test.row + " "
			if len(rows) != 1 || !strings.HasPrefix(strings.Join(strings.Fields(rows[0]), " "), want) {
				t.Errorf("marked rows: %q, want one that begins %q", rows, want)
			}
		})
	}
}

func TestOutputFails(t *testing.T) {
	errFull := errors.New("no space left on device")
	r, full := io.Pipe()
	_ = r.CloseWithError(errFull)
	var stderr bytes.Buffer
	if got := command(nil, full, &stderr); got != 1 {
		t.Errorf("exit status %d, want 1", got)
	}
	if diff := cmp.Diff("backprop: "+errFull.Error()+"\n", stderr.String()); diff != "" {
		t.Errorf("stderr (-want +got):\n%s", diff)
	}
}
