package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/formulary"
)

const tutorial = "testdata/tutorial.txt"

var micrograd = []string{
	"y = tanh(w1*x1 + w2*x2 + b)", "x1=2", "x2=0", "w1=-3", "w2=1", "b=6.8813735870195432",
}

func TestGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"introduction": nil,
		"help":         {"-h"},
		"help-derive":  {"derive", "-h"},
		"eval":         {"eval", tutorial},
		"eval-json":    {"eval", tutorial, "-json", "-by", "W1,z"},
		"eval-long-names": {
			"eval", "the_weight_of_a_neuron = 2; const c = 3", "y = the_weight_of_a_neuron/c; r = y²; q = c²", "-of=r",
		},
		"derive":        {"derive", tutorial},
		"derive-of-y":   {"derive", tutorial, "-of", "y", "-by", "W1,a"},
		"derive-latex":  {"derive", "-latex", tutorial},
		"derive-mathml": {"derive", "-mathml", "y = σ(w·x)", "w=0", "x=2"},
		"derive-lesson": append([]string{"derive"}, micrograd...),
		"derive-wide":   {"derive", "y = a·exp(a)·sin(a)·cos(a)·tanh(a)·ln(a)·b·exp(b)·sin(b)", "a=2", "b=3"},
		"trace":         {"trace", tutorial},
		"trace-lesson":  append([]string{"trace"}, micrograd...),
		"trace-v1": {
			"trace", "v1 = sin(x·w·exp(x))·cos(x·w·exp(w)); y = v1·sin(x·w·exp(x))·cos(x·w·exp(w))", "x=1", "w=2",
		},
		"graph":        {"graph", tutorial},
		"graph-all":    {"graph", tutorial, "-all"},
		"graph-shared": {"graph", "a = w·x; b = tanh(a); L = (a + b)·b/a", "w=2", "x=3"},
		"hessian":      {"hessian", tutorial},
		"sweep":        {"sweep", "y = x·x·x·w", "w=0.5", "x=2", "-by=x"},
		"torch":        {"torch", tutorial},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name+".golden", output(t, args...)) })
	}
}

// The file of eight lines gives the numbers that the tutorial prints, as NumPy 1.24 computes them.
func TestTutorial(t *testing.T) {
	var e struct {
		Of     string
		Values []struct {
			Name            string
			Value, Gradient float64
		}
	}
	if err := json.Unmarshal([]byte(output(t, "eval", "-json", tutorial)), &e); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, v := range e.Values {
		got[v.Name], got["dL_d"+v.Name] = v.Value, v.Gradient
	}
	for name, want := range map[string]float64{
		"z": 0.5, "a": 0.6224593312018546, "y": -0.6224593312018546, "L": 0.19372780950013005,
		"dL_dy": -0.6224593312018546, "dL_da": 0.6224593312018546,
		"dL_dW2": -0.3874556190002601, "dL_db2": -0.6224593312018546,
		"dL_dW1": 0.14628025352695762, "dL_db1": 0.14628025352695762,
	} {
		if !cmp.Equal(want, got[name], cmpopts.EquateApprox(1e-14, 0)) {
			t.Errorf("%s = %v, want %v", name, got[name], want)
		}
	}
}

// A derivation with numbers that are not finite says where they come from.
func TestDeriveTrouble(t *testing.T) {
	want := `a = √(x) = 0
y = a² = 0
dy/da = 2a = 0
da/dx = ½/a = ∞
dy/dx = dy/da · da/dx = (0)(∞) = NaN
The values are finite, but not all gradients: the local derivative of a at 0 is
    ∞. Times 0, that is NaN, which is no number.
`
	if diff := cmp.Diff(want, output(t, "derive", "a = √x; y = a²", "x=0")); diff != "" {
		t.Errorf("wrong output (-want +got):\n%s", diff)
	}
	// The sign of −0, which is 0 elsewhere, explains that of ∞.
	want = "z = −x = 0\ny = 1/z = -∞\ndy/dz = −y/z = -∞\ndz/dx = −1\ndy/dx = dy/dz · dz/dx = (-∞)(-1) = ∞\n" +
		"y is -∞: 1 / -0 is infinite, or too large for a floating-point number.\n"
	if diff := cmp.Diff(want, output(t, "derive", "z = −x; y = 1/z", "x=0")); diff != "" {
		t.Errorf("wrong output (-want +got):\n%s", diff)
	}
	// The derivative by an input is not asked for.
	want = "y = w·√(x) = 0\ndy/dw = √(x) = 0\n"
	if diff := cmp.Diff(want, output(t, "derive", "input x = 0; w = 2; y = w·√x")); diff != "" {
		t.Errorf("wrong output (-want +got):\n%s", diff)
	}
}

// The neuron of the lesson on micrograd: its output, and the gradients by x1, x2, w1 and w2.
func TestLesson(t *testing.T) {
	got := output(t, append([]string{"derive"}, micrograd...)...)
	for _, want := range []string{
		") = 0.7071\n", "dy/dx1 = (1 − y²)·w1 = -1.5\n", "dy/dx2 = (1 − y²)·w2 = 0.5\n",
		"dy/dw1 = (1 − y²)·x1 = 1\n", "dy/dw2 = (1 − y²)·x2 = 0\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

// indented returns the lines of a text that begin with four spaces, without them.
func indented(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "    "); ok && !strings.HasPrefix(rest, " ") {
			lines = append(lines, strings.TrimSuffix(rest, "\n"))
		}
	}
	return lines
}

// The example in the introduction prints what stands there.
func TestIntroduction(t *testing.T) {
	lines := indented(about("introduction"))
	command, want := strings.TrimPrefix(lines[0], "$ "), strings.Join(lines[1:], "\n")+"\n"
	got, err := shell(t, command)
	if err != nil || got != want {
		t.Errorf("%s prints %q, error %v; want %q", command, got, err, want)
	}
}

// The command in the README prints what stands there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "\n    go run ./cmd/gradus ")
	command, after, _ := strings.Cut(after, "\n\n```\n")
	want, _, _ := strings.Cut(after, "```\n")
	if got, err := shell(t, "gradus "+command); err != nil || got != want {
		t.Errorf("gradus %s (-README +got), error %v:\n%s", command, err, cmp.Diff(want, got))
	}
}

// Every command has help with examples that work.
func TestHelp(t *testing.T) {
	commands := newRoot(nil, nil, nil).Commands
	if len(commands) < 6 {
		t.Fatalf("%d commands", len(commands))
	}
	for _, c := range commands {
		help := output(t, c.Name, "-h")
		examples := indented(help)
		if len(examples) == 0 {
			t.Errorf("the help of %s has no example", c.Name)
		}
		switch c.Name {
		case "completion", "play", "learn": // for other shells than sh; TestPlay; in a folder of its own
			continue
		}
		for _, example := range examples {
			if !strings.Contains(example, "gradus "+c.Name+" ") && c.Name != "version" {
				t.Errorf("the help of %s has the line %s, want an example of it", c.Name, example)
			}
			out, err := shell(t, example)
			if c.Name == "check" { // the derivation has a mistake in it
				checkStatus(t, err)
				continue
			}
			if err != nil || out == "" {
				t.Errorf("%s: prints %q, error %v", example, out, err)
			}
			checkWidth(t, out)
		}
		if got := output(t, "help", c.Name); got != help {
			t.Errorf("gradus help %s prints %s", c.Name, got)
		}
		for _, args := range [][]string{{"-h", "y = 2x"}, {"y = 2x", "x=1", "-h"}} { // as one asks for it
			if got := output(t, append([]string{c.Name}, args...)...); got != help {
				t.Errorf("gradus %s %q prints %s", c.Name, args, got)
			}
		}
	}
}

// Learn has commands, and takes a folder.
func TestHelpOfLearn(t *testing.T) {
	help := output(t, "help", "learn")
	for _, args := range []string{"learn -h", "learn folder -h", "learn -h folder"} {
		if got := output(t, strings.Fields(args)...); got != help {
			t.Errorf("gradus %s prints %s", args, got)
		}
	}
	if got := output(t, "learn", "hint", "-h"); !strings.HasPrefix(got, "usage: gradus learn hint ") {
		t.Errorf("gradus learn hint -h prints %s", got)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		args   string // separated by |
		status int
		want   string // all of stderr, with every error on one line, without the name of the program
	}{
		{"deriv", 2, `there is no command deriv; did you mean derive? "gradus -h" lists all`},
		{"y = 2x|x=3", 2, "a command must stand before the formulas, as in gradus eval 'y = 2x'"},
		{
			"derive|-lates", 2,
			"there is no flag -lates; did you mean -latex?\n\"gradus derive -h\" explains the flags",
		},
		{"derive|y = 2x|-of", 2, "flag needs an argument: -of\n\"gradus derive -h\" explains the flags"},
		{"-helf", 2, "there is no flag -helf; did you mean -help?\n\"gradus -h\" explains the flags"},
		{
			"eval", 2,
			"there is no formula; want one such as 'y = 2x + 1', a file, or - for standard input",
		},
		{
			"eval|net.txt", 2,
			"there is no file \"net.txt\"; want a file, a formula in quotes such as 'y = 2*x + 1', " +
				"or a number without spaces such as x=3",
		},
		{"eval|testdata", 2, "testdata: it is a folder, want a file"},
		{"fit|y = x²|x=3|-data|testdata", 2, "testdata: it is a folder, want a file"},
		{"eval|x=3|y=4", 2, "there are numbers, but no formula; want one such as y = 2x + 1"},
		{
			"eval|y = x²|y=3|x=1", 2, "there are numbers, but no formula; want one such as y = 2x + 1 " +
				"(y = 3 takes the place of the formula of y)",
		},
		{
			"eval|y = x²; z = y + 1|x=1|y=3", 2, "no formula has x; the names in formulas are y, z " +
				"(y = 3 takes the place of the formula of y)",
		},
		{
			"eval|-of|y|y = x²; z = y + 1; x = 1|y=3", 2, "-of: y is a number; want the name of a formula " +
				"(y = 3 takes the place of the formula of y)",
		},
		{"eval|y = 2x|x=3|-of|q", 2, "-of: q is not defined; the names are y, x"},
		{"eval|y = 2x|x=3|-of|x", 2, "-of: x is a number; want the name of a formula"},
		{"derive|y = 2x|x=3|-by|x,w", 2, "-by: w is not defined; the names are y, x"},
		{
			"--version", 2,
			"there is no flag -version; did you mean the command gradus version?\n" +
				"\"gradus -h\" explains the flags",
		},
		{
			"learn|grade|nobody|-limit|5", 2, `invalid value "5" for flag -limit: want a number with a unit, such ` +
				"as 30s or 2m\n\"gradus learn grade -h\" explains the flags",
		},
		{
			"derive|y = 2x|x=3|-by|y", 2,
			"-by: y is what is derived; want names of values that it is computed from",
		},
		{"go|y = 2x|x=3|-func|a b", 2, `-func: the name is "a b", want an identifier such as Gradient`},
		{"go|y = 2x|x=3|-func|f", 2, "-func: the name is f, want a name that begins with a capital letter"},
		{"go|y = 2x|x=3|-package|a b", 2, `-package: the name is "a b", want an identifier such as generated`},
		{"learn|a|b", 2, "want one folder to write the course into, not 2"},
		{"learn|check|a|b", 2, "want one exercise, not 2"},
		{"learn|grade", 2, "want the folders of learners, as in gradus learn grade class/*"},
		{
			"learn|grade|nobody|-csv|t|-json|t", 2,
			"-csv and -json: t and t are the same file, want different ones",
		},
		{
			"learn|grade|nobody|-json|t|-classroom|./t", 2,
			"-json and -classroom: t and ./t are the same file, want different ones",
		},
		{"learn|grade|nobody", 1, "course: stat nobody: no such file or directory"},
		{"derive|y = 2x|x=3|w=4|-by|w", 2, "-by: y does not depend on w"},
		{
			"derive|y = k·x|const k=3|x=2|-by|k", 2,
			"-by: k is a constant; nothing is differentiated with respect to it",
		},
		{"derive|y = k²|const k=3", 2, "y depends on no number with a name; want one such as x in y = 2x"},
		{
			"derive|y = W3·x|W2=1|x=2", 2,
			"formula: line 1, column 5: W3 is not defined; did you mean W2?\n\ty = W3·x\n\t    ^",
		},
		{"graph|y = 2x|x=3|-o|no/g.svg", 1, "no/g.svg: there is no folder no to write the file in"},
		{
			"graph|y = 2x|x=3|-o|g.gif", 2,
			`g.gif: the ending is ".gif", want one of .dot .mmd .svg .html .tex .txt, or .png`,
		},
		{
			"fit|y = x²|x=3|-data|testdata/tutorial.txt", 2,
			`testdata/tutorial.txt: line 2: column 1 is called "input x = 1"; want a name that formulas can have, ` +
				"such as x, and commas between the columns",
		},
		{"fit|y = x²|x=3|-data|none", 2, "-data: there is no file none"},
		{"fit|y = x²|x=3|-data|-", 2, "standard input: want a row with names, and rows with numbers"},
		{
			"fit|y = x²|x=3|-steps|-1", 2,
			"invalid value \"-1\" for flag -steps: want a whole number from 0 to 100000\n" +
				"\"gradus fit -h\" explains the flags",
		},
		{
			"fit|y = x²|x=3|-method|simplex", 2,
			"invalid value \"simplex\" for flag -method: want one of descent, newton\n" +
				"\"gradus fit -h\" explains the flags",
		},
		{
			"fit|y = ln(x)|x=0|-o|f.svg", 1, "y is -∞ at step 0, or a derivative is not finite there; " +
				"want other numbers to begin with",
		},
		{
			"fit|y = x²|x=1|-rate|1.5|-steps|3", 1, "y has grown from 1 to 64: the steps are too long; " +
				"want a smaller -rate than 1.5",
		},
		{
			"fit|y = ln(x)|x=3|-rate|100", 1, "y is NaN at step 1, or a derivative is not finite there; " +
				"want a smaller -rate than 100, or other numbers to begin with",
		},
		{"fit|z = w·x; y = z²|w=1|x=2|-by|w,z", 2, "-by: z is computed from other values; want names of numbers"},
		{
			"fit|y = w·x|w=1|-by|w,x|-data|testdata/x.csv", 2,
			"-by: x is a column of the data; want names of other numbers",
		},
		{"check|dL/dw = 2", 2, "there are derivatives, but no formula; want one such as y = 2x + 1"},
		{
			"eval|-", 2,
			"formula: standard input, line 1, column 1: the text is empty; want a definition such as y = 2x + 1",
		},
		{"eval|-|-", 2, "- is standard input, which can be read once; want a file in place of the other -"},
		{"fit|-|-data|-", 2, "- is standard input, which can be read once; want a file in place of the other -"},
		{"derive|y = 2x|x=3|-latex|-mathml", 2, "-latex and -mathml exclude each other; want one of them"},
		{"graph|y = 2x|x=3|-all|-o|g.html", 2, "-all: g.html: want a file that ends in .svg, .png, .dot or .mmd"},
		{"version|y = 2x", 2, "y = 2x: want no argument"},
		{"check|y = 2x|x=3", 2, "there is no derivative to check; want one such as 'dL/dw = -0.3875'"},
		{
			"check|y = 2x|x=3|dy/dx = 2|dy / dx = 2.0", 2, "formula: line 1, column 1: dy/dx is given twice, first " +
				"as dy/dx = 2; want it once\n\tdy / dx = 2.0\n\t^",
		},
		{
			"check|y = 2x|x=3; dy/dw = 2", 2, "formula: line 1, column 6: want the names of two values, as in " +
				"dL/dW2; the graph has y, x\n\tx=3; dy/dw = 2\n\t     ^",
		},
		{
			"check|y = 2x|x=3; dy/dx = 2w", 2,
			"formula: line 1, column 15: w is not defined\n\tx=3; dy/dx = 2w\n\t              ^",
		},
		{
			"check|y = 2x|x=3|dy/dx = 0,3", 2, "formula: line 1, column 10: , follows 0; want an operator or the " +
				"end of the formula, and a point, not a comma, in a number\n\tdy/dx = 0,3\n\t         ^",
		},
		{"sweep|y = ln(x)|x=0", 2, "y is -∞, and dy/dx is ∞; want numbers at which both are finite"},
		{"sweep|y = exp(x)|x=-∞", 2, "x is -∞, want a finite number"},
		{"check|y = ln(x)|x=-1|dy/dx = -1", 2, "y is NaN, and dy/dx is NaN; want numbers at which both are finite"},
		{"hessian|y = ln(x)|x=-1", 2, "y is NaN; want numbers at which it is none"},
		{
			"eval|y = 3x // 2|x=5", 2, "formula: line 1, column 8: // begins a comment, and no division; want / for " +
				"a division, and # before a comment that may be a number or a name\n\ty = 3x // 2\n\t       ^",
		},
		{"eval|y = w·x|w=1|x=3|w=2", 2, "w=2: w has a number already, in w=1; want one of them"},
		{
			"eval|y = w·x|input w = 1; x = 3|x=2", 2,
			"x=2: x has a number already, in input w = 1; x = 3; want one of them",
		},
		{
			"fit|y = w·x|w=1|x=1|-data|testdata/x.csv", 2,
			"x=1: x is a column of testdata/x.csv, too; want one of them",
		},
		{
			"fit|z = w²; x = 2z; y = x² + z|w=1|-data|testdata/x.csv", 2,
			"formula: line 1, column 9: x is defined twice, first in line 1 of testdata/x.csv\n" +
				"\tz = w²; x = 2z; y = x² + z\n\t        ^",
		},
		{"eval|W = 1; y = W·x|x=1|w=2", 2, "no formula has w; the names in formulas are W, y, x"},
		{
			"eval|y = 2x|x=1|-zzz", 2,
			"there is no flag -zzz; the flags are -of, -by, -json, -h\n\"gradus eval -h\" explains the flags",
		},
		{
			"eval|y = 2x|x=1|-json=maybe", 2, `invalid value "maybe" for flag -json: want true or false` +
				"\n\"gradus eval -h\" explains the flags",
		},
		{
			"eval|y = 2x|x=1|-by|x|-by|y", 2, `invalid value "y" for flag -by: it is given twice` +
				"\n\"gradus eval -h\" explains the flags",
		},
		{"help|evla", 2, `there is no command evla; did you mean eval? "gradus -h" lists all`},
		{"completion|x", 2, `there is no command x; "gradus completion -h" lists all`},
		{"evla|-h", 2, `there is no command evla; did you mean eval? "gradus -h" lists all`},
		{
			"-json|eval|y = 2x", 2,
			"there is no flag -json here; the flags of a command stand behind it\n\"gradus -h\" explains the flags",
		},
		{"sweep|y = x·w|x=0|w=1|-by|x,w", 2, "-by: x,w is not the name of one number"},
		{"sweep|v = 2x; y = v²|x=0|-by|v", 2, "-by: v is not the name of one number"},
		{"sweep|y = 2x|x=0|-o|s.gif", 2, `s.gif: the ending is ".gif", want .png or .svg`},
		{"torch|y = 2x|x=0|-o|m.txt", 2, `m.txt: the ending is ".txt", want .py`},
		{"torch|y = 2x|x=0|-o|a b.py", 2, `torch: Write: "a b" cannot be the name of a module of Python, want ` +
			"letters, digits and underscores, as in model"},
		{"torch|y = 2x|x=0|-o|no/m.py", 1, "no/m.py: there is no folder no to write the file in"},
		{"sweep|y = 2x|x=0|-o|no/s.svg", 1, "no/s.svg: there is no folder no to write the file in"},
		{"completion|tcsh", 2, `there is no command tcsh; did you mean zsh? "gradus completion -h" lists all`},
	} {
		var args []string
		if test.args != "" {
			args = strings.Split(test.args, "|")
		}
		status, stdout, stderr := call(t, "", args...)
		if status != test.status || status == 2 && stdout != "" {
			t.Errorf("%s: exit status %d, want %d; stdout: %s", test.args, status, test.status, stdout)
		}
		got := strings.ReplaceAll(strings.TrimPrefix(stderr, "gradus: "), "\n    ", " ")
		if diff := cmp.Diff(test.want+"\n", got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.args, diff)
		}
	}
}

// An error in one of several texts names the file, and counts lines in it: whatever the order in which the
// texts are read, numbers last.
func TestPlaces(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"numbers.txt": "w = 0.5\nb = 1\n", "net.txt": "# a neuron\ninput x = 1\ny = w·x + b\n",
		"loss.txt": "\r\nL = ½(y − u)²\n", "again.txt": "\n\ny = 3w\n", "none.txt": "",
		"claims.txt": "dy/dw = x\ndy/db = q\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for args, want := range map[string]string{
		"numbers.txt net.txt loss.txt":  "loss.txt, line 2, column 11: u is not defined; ",
		"net.txt - numbers.txt":         "standard input, line 1, column 1: $ ",
		"net.txt again.txt numbers.txt": "again.txt, line 3, column 1: y @ line 3 of net.txt\n",
		"y=w again.txt w=1":             "again.txt, line 3, column 1: y @ line 1 of another text\n",
		"net.txt numbers.txt y=w":       "line 1, column 1: y @ line 3 of net.txt\n",
		"numbers.txt y=w;y=b":           "line 1, column 5: y @ line 1\n",
		"none.txt":                      "none.txt, line 1, column 1: the text is empty; ",
	} {
		status, _, stderr := call(t, "$ y", append([]string{"eval"}, strings.Fields(args)...)...)
		stderr = strings.ReplaceAll(stderr, "\n    ", " ")
		want = "gradus: formula: " + strings.NewReplacer("$ ", "'$' is not part of a formula",
			"@", "is defined twice, first in").Replace(want)
		if status != 2 || !strings.HasPrefix(stderr, want) {
			t.Errorf("eval %s: exit status %d, stderr %q; want 2, %q…", args, status, stderr, want)
		}
	}
	_, _, stderr := call(t, "", "check", "net.txt", "numbers.txt", "claims.txt")
	want := "gradus: formula: claims.txt, line 2, column 9: q is not defined"
	if !strings.HasPrefix(stderr, want) {
		t.Errorf("check: stderr %q, want %q…", stderr, want)
	}
}

// Texts are put together, and numbers take the place of those that are there.
func TestMerge(t *testing.T) {
	for _, test := range []struct {
		texts, want string // separated by |
	}{
		{"y = 2x|x=3", "y = 2x|x = 3"},
		{"x=3|y = 2x|z = y²", "y = 2x|z = y²|x = 3"},
		{"y = 2x; x = 1 # x = 2|x=3", "y = 2x; x = 3 # x = 2"},
		{"input x = 1, t = 0; y = x + t|t=-∞|x=1e-3", "input x = 0.001, t = -∞; y = x + t"},
		{"input x = 1; y = x|x=NaN", "input x = NaN; y = x"},
		{"const k=1/2 //half;\ny=k·x|input x=2|k=7", "const k= 7 //half;|y=k·x|input x = 2"},
		{"W1=7|y = W1·x\nW1 = 1\n|x = 2", "y = W1·x|W1 = 7|x = 2"},
		{"z = max(a, b), y = z²|z=5", "z = 5, y = z²"},
		{"z = max(a, b)·|x|; y = z²|a=1; b=2|const x=3", "z = max(a, b)·|x|; y = z²|a = 1|b = 2|const x = 3"},
		{"y = x1 + x; x1 = 1; x = 2|x=3", "y = x1 + x; x1 = 1; x = 3"},
		{"x=3", "x = 3"},
		{"y = 2x\n|x=3\n", "y = 2x|x = 3"},
	} {
		var texts []formula.File
		for part := range strings.SplitSeq(strings.ReplaceAll(test.texts, "|x|", "¦"), "|") {
			texts = append(texts, formula.File{Text: strings.ReplaceAll(part, "¦", "|x|")})
		}
		want := strings.ReplaceAll(strings.ReplaceAll(test.want, "|x|", "¦"), "|", "\n")
		wanted, err := formula.Read(strings.ReplaceAll(want, "¦", "|x|"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := formula.ReadFiles(formulary.NumbersLast(texts)...)
		if err != nil {
			t.Errorf("%s: %v", test.texts, err)
			continue
		}
		if diff := cmp.Diff(wanted.String(), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.texts, diff)
		}
	}
}

// What another text says of a name has no influence on the gradients if a number is given.
func TestNumbersTakeTheirPlace(t *testing.T) {
	given := output(t, "eval", tutorial, "W1=-0.25", "x=3")
	g, err := formula.Read("input x = 3, t = 0; W1 = -0.25; b1 = 0; W2 = -1; b2 = 0; z = W1·x + b1; a = σ(z); " +
		"y = W2·a + b2; L = ½(y − t)²")
	if err != nil {
		t.Fatal(err)
	}
	if want := output(t, "eval", g.String()); given == want || !like(sortedLines(want), sortedLines(given)) {
		t.Errorf("%s\nwant\n%s", given, want)
	}
}

func sortedLines(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.Sorted(slices.Values(lines)), "\n")
}

// JSON has no NaN and no infinities.
func TestJSON(t *testing.T) {
	out := output(t, "eval", "-json", "y = x/0; a = ln(x); b = ln(-x)/z; L = y + a + b", "x=2", "const z=1")
	var e struct {
		Of     string
		Values []struct {
			Name, Kind      string
			Value, Gradient any
		}
	}
	if err := json.Unmarshal([]byte(out), &e); err != nil {
		t.Fatal(err)
	}
	got := map[string][]any{}
	for _, v := range e.Values {
		got[v.Name] = []any{v.Kind, v.Value, v.Gradient}
	}
	want := map[string][]any{
		"y": {"formula", "Infinity", 1.0},
		"a": {"formula", 0.6931471805599453, 1.0},
		"b": {"formula", "NaN", 1.0},
		"L": {"formula", "NaN", 1.0},
		"x": {"parameter", 2.0, "NaN"},
		"z": {"constant", 1.0, nil},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-14, 0)); diff != "" || e.Of != "L" {
		t.Errorf("of %s (-want +got):\n%s", e.Of, diff)
	}
}

func TestStandardInput(t *testing.T) {
	status, stdout, stderr := call(t, "y = 2x\nx = 3\n", "derive", "-", "x=4")
	if want := "y = 2x = 8\ndy/dx = 2\n"; status != 0 || stdout != want || stderr != "" {
		t.Errorf("exit status %d, stdout %q, stderr %q; want 0, %q", status, stdout, stderr, want)
	}
	if status, _, stderr := call(t, "x = 3\nunused = 4\n", "eval", "y = 2x", "-"); status != 0 {
		t.Errorf("with a number that is not used: exit status %d, stderr %q", status, stderr)
	}
	got, err := shell(t, "printf 'y = 2x\nx = 3\n' | gradus eval - | head -n 1")
	if want := "name              kind        value                    dy/d…\n"; err != nil || got != want {
		t.Errorf("in a pipe: %q, %v; want %q", got, err, want)
	}
}

// An output that cannot be written is reported once, by whatever command.
func TestOutputFails(t *testing.T) {
	r, full := io.Pipe()
	_ = r.CloseWithError(errors.New("no space left on device"))
	for _, c := range newRoot(nil, nil, nil).Commands {
		var stderr strings.Builder
		args := []string{c.Name, "y = 2x", "x=3"}
		switch c.Name {
		case "check":
			args = append(args, "dy/dx = 2")
		case "version":
			args = args[:1]
		case "play", "learn", "completion": // which have no formulas
			continue
		}
		status := command(t.Context(), args, strings.NewReader(""), full, &stderr)
		if want := "gradus: no space left on device\n"; status != 1 || stderr.String() != want {
			t.Errorf("%s: exit status %d, stderr %q; want 1 and %q", c.Name, status, stderr.String(), want)
		}
	}
}

// Flags may stand after arguments, with one dash or two.
func TestFlagsAnywhere(t *testing.T) {
	want := output(t, "derive", "-of", "a", "-latex", tutorial)
	for _, args := range [][]string{
		{"derive", tutorial, "-of", "a", "-latex"},
		{"derive", "--of=a", tutorial, "--latex"},
		{"derive", "-latex", tutorial, "-of=a"},
	} {
		if got := output(t, args...); got != want {
			t.Errorf("%q prints %s", args, got)
		}
	}
}

// A shell asks the program what may follow.
func TestCompletion(t *testing.T) {
	for args, want := range map[string]string{
		"":         "derive:write out",
		"derive -": "-latex:print LaTeX",
	} {
		got, err := shell(t, "gradus "+args+" --generate-shell-completion")
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("after gradus %s: %q, error %v; want %q in it", args, got, err, want)
		}
	}
	for _, name := range []string{"bash", "zsh", "fish"} {
		script := output(t, "completion", name)
		if !strings.Contains(script, "gradus") {
			t.Errorf("the script for %s is %q", name, script)
		}
		if path, err := exec.LookPath(name); err == nil {
			c := exec.Command(path, "-n")
			c.Stdin = strings.NewReader(script)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%s: %v, %s", name, err, out)
			}
		}
	}
}

// Any two flags of a command work together, or are refused before anything is printed.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	formulas := "input x = 1; w = 2; b = 1; y = w·x + b; L = y²"
	for name, flags := range map[string][]string{
		"derive":  {"-of=y", "-of=L", "-of=q", "-by=w", "-by=w,y", "-by=L", "-latex"},
		"trace":   {"-of=y", "-of=x"},
		"eval":    {"-of=y", "-of=", "-by=w,b", "-by=,", "-json"},
		"graph":   {"-of=y", "-all", "-o=g.svg", "-o=g.html", "-o=g.DOT", "-o=g.mmd", "-o=g.png"},
		"check":   {"-of=L", "dL/dy = 6", "dy/dw = x", "dL/dw = 2y·x"},
		"hessian": {"-of=y", "-by=w", "-by=b,y"},
		"fit":     {"-of=y", "-by=w", "-by=x", "-method=newton", "-rate=0.01", "-steps=0", "-steps=3", "-o=f.png"},
		"sweep":   {"-of=y", "-by=w", "-by=b,w", "-o=s.png", "-o=s.SVG", "-o=s.pdf"},
		"torch":   {"-of=y", "-of=q", "-o=m.py", "-o=m.txt", "-o=m-n.py", "-o=no/m.py"},
	} {
		for i, first := range flags {
			for _, second := range flags[i:] {
				status, stdout, stderr := call(t, "", name, first, formulas, second)
				if (status == 0) != (stderr == "") || status != 0 && stdout != "" {
					t.Errorf("%s %s %s: exit status %d, stdout %q, stderr %q", name, first, second, status, stdout, stderr)
				}
			}
		}
	}
}

// What is drawn into a file is a picture.
func TestFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct{ args, file, want string }{
		{"graph|y = 2x|x=3|-o|g.svg", "g.svg", "<svg"},
		{"graph|y = 2x|x=3|-o|g.dot", "g.dot", "digraph"},
		{"graph|y = 2x|x=3|-o|g.html", "g.html", "<!DOCTYPE html>"},
		{"sweep|y = x³|x=3|-o|s.svg", "s.svg", "central difference"},
		{"sweep|y = x·x|x=0|-o|f.svg", "f.svg", "forward difference"}, // the central one is exact
		{"fit|y = x²|x=3|-o|f.svg", "f.svg", "Fitting the parameters of y"},
		{"sweep|y = x³|x=3|-o|s.png", "s.png", "PNG"},
		{"torch|y = w·x|x=3|w=2|-o|t.py", "t.py", "class Model(torch.nn.Module):"},
		{"torch|y = w·x|x=3|w=2|-o|t.py", "t_train.py", "import t as module"},
		{"torch|y = w·x|x=3|w=2|-o|t.py", "t.npz", "w.npy"},
	} {
		output(t, strings.Split(test.args, "|")...)
		text, err := os.ReadFile(test.file)
		if err != nil || !strings.Contains(string(text), test.want) {
			t.Errorf("%s: %v, want %q in %.100s", test.args, err, test.want, text)
		}
	}
}

// No flag has the usage of another kind of value than the help says. The usage does not begin with the name
// of the value, which stands before it: -method METHOD METHOD.
func TestFlagsHaveUsage(t *testing.T) {
	for _, c := range everyCommand(newRoot(nil, nil, nil)) {
		for _, f := range c.Flags {
			_, isSwitch := f.(*cli.BoolFlag)
			value, text := placeholder(f)
			if text == "" || isSwitch != (value == "") || value != "" && strings.HasPrefix(text, value) {
				t.Errorf("%s: the usage of %v is %q, with the value %q", c.Name, f.Names(), text, value)
			}
		}
	}
}

// A flag that is given twice is an error, whatever its kind: one of the two would be overlooked.
func TestFlagsOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	flagsOnceBelow(t, newRoot(nil, nil, nil))
}

// flagsOnceBelow gives each flag of a command and those below it twice, and three arguments, which no command
// takes. Path is what stands before the flags.
func flagsOnceBelow(t *testing.T, c *cli.Command, path ...string) {
	t.Helper()
	values := map[string]string{"method": "newton", "rate": "1", "steps": "1", "limit": "1s"}
	for _, f := range c.Flags {
		name := f.Names()[0]
		given := "-" + name + "=true"
		if value := values[name]; value != "" {
			given = "-" + name + "=" + value
		}
		args := append(slices.Clone(path), given, given, "a", "b", "c")
		status, _, stderr := call(t, "", args...)
		if status != 2 || !strings.Contains(stderr, " for flag -"+name+": it is given twice\n") {
			t.Errorf("%q: exit status %d, stderr %s", args, status, stderr)
		}
	}
	for _, sub := range c.Commands {
		flagsOnceBelow(t, sub, append(slices.Clone(path), sub.Name)...)
	}
}

// everyCommand returns a command and those below it.
func everyCommand(c *cli.Command) []*cli.Command {
	all := []*cli.Command{c}
	for _, sub := range c.Commands {
		all = append(all, everyCommand(sub)...)
	}
	return all
}

// What a command is called stands apart from what it does, in each page of help and in the comment of the
// program.
func TestHelpInColumns(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	root := newRoot(nil, nil, nil)
	for _, c := range root.Commands {
		if !strings.Contains(string(doc), "\n//\t"+c.Name+"  ") {
			t.Errorf("doc.go does not list %s", c.Name)
		}
	}
	for _, page := range []string{"-h", "fit -h", "learn -h", "learn grade -h", "torch -h"} {
		help := output(t, strings.Fields(page)...)
		for line := range strings.Lines(help) {
			word := strings.Fields(line)
			if strings.HasPrefix(line, "  -") && len(word) > 2 && strings.ToUpper(word[1]) == word[1] &&
				!strings.Contains(line, word[1]+"  ") {
				t.Errorf("%s: two columns touch in %s", page, line)
			}
		}
	}
}

// A graph is a picture in any of the forms that people can look at.
func TestGraphFiles(t *testing.T) {
	for _, name := range []string{"g.png", "g.svg", "g.dot", "g.mmd", "g.html"} {
		file := filepath.Join(t.TempDir(), name)
		if got := output(t, "graph", tutorial, "-o", file); got != "" {
			t.Errorf("%s: the output is %q, want none", name, got)
		}
		content, err := os.ReadFile(file)
		if err != nil || len(content) < 300 || strings.HasPrefix(string(content), "\x89PNG") != (name == "g.png") {
			t.Errorf("%s has %d bytes that begin with %.8q, %v", name, len(content), content, err)
		}
	}
}

// Lines fit a terminal, however long names are, as long as a name and a number fit into a line.
func TestLongNames(t *testing.T) {
	const net = "the_predicted_number = weight_of_the_input·the_only_input + the_only_bias_there_is;" +
		"the_loss_of_the_sample = (the_predicted_number − the_number_to_predict)²·σ(weight_of_the_input);" +
		"weight_of_the_input = 0.123456789; the_only_input = -1.23456789;" +
		"the_only_bias_there_is = 1.23456789e-100;" +
		"the_number_to_predict = -1.23456789e-100"
	for _, command := range []string{"derive", "trace", "eval", "graph", "hessian", "sweep", "fit"} {
		checkWidth(t, output(t, command, net))
	}
}

// Many results of one long graph do not take a time that grows with the square.
func TestManyResults(t *testing.T) {
	text := "x = 1\ny0 = x + 1\n"
	for i := range 2000 {
		text += fmt.Sprintf("y%d = sin(y%d)\nz%d = y2000 + %d\n", i+1, i, i, i)
	}
	p, err := solve([]formula.File{{Text: text}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(1, func() { err = p.mustUse([]string{"x=1"}) }); err != nil || n > 10_000 {
		t.Errorf("error %v, %v allocations", err, n)
	}
}

// A file has every operation, too, if that is wanted.
func TestGraphAll(t *testing.T) {
	text := "x = 1; y = x" + strings.Repeat(" + sin(x)", 70)
	for _, ending := range []string{".dot", ".mmd", ".svg", ".PNG"} {
		var sizes []int64
		for _, args := range [][]string{{"-o"}, {"-all", "-o"}} {
			file := filepath.Join(t.TempDir(), "graph"+ending)
			output(t, append([]string{"graph", text}, append(args, file)...)...)
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, info.Size())
		}
		if sizes[1] < 2*sizes[0] {
			t.Errorf("%s: %d bytes with -all, %d without", ending, sizes[1], sizes[0])
		}
	}
}

// A file that is read is not written over, under whatever name.
func TestKeepsFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "x,t\n1,2\n"
	for _, name := range []string{"f.svg", "f.py", "f.go"} {
		if err := os.WriteFile(name, []byte("y = w·x; w = 2; x = 1"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(os.WriteFile("d.png", []byte(text), 0o644), os.Symlink("f.svg", "link.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for args, file := range map[string]string{
		"graph f.svg -o f.svg":                     "f.svg",
		"graph x=3 f.svg -o ./f.svg":               "./f.svg",
		"graph f.svg -o link.svg":                  "link.svg",
		"sweep f.svg -o f.svg":                     "f.svg",
		"go f.go -o f.go":                          "f.go",
		"torch f.py -o f.py":                       "f.py",
		"fit L=(w*x-t)^2 w=0 -data d.png -o d.png": "d.png",
	} {
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		status, _, stderr := call(t, "", strings.Fields(args)...)
		want := "gradus: -o: " + file + " is read, and would be written over; want another file\n"
		if after, err := os.ReadFile(file); status != 2 || stderr != want || string(before) != string(after) {
			t.Errorf("%s: exit status %d, stderr %q, the file has %q, %v; want 2, %q, and the file as it was",
				args, status, stderr, after, err, want)
		}
	}
}
