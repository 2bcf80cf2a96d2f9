package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/formula"
)

const line = "# five points near 3x + 4\nx, t\n0, 4.1\n0.5, 5.4\n1, 7.1\n1.5, 8.6\n2, 9.9\n"

// fitted runs fit and returns the parameters that it prints, by their names.
func fitted(t *testing.T, stdin string, args ...string) (numbers map[string]float64, output string) {
	t.Helper()
	status, stdout, stderr := call(t, stdin, append([]string{"fit"}, args...)...)
	if status != 0 || stderr != "" {
		t.Fatalf("%q: exit status %d, stderr %s", args, status, stderr)
	}
	g, err := formula.Read(stdout)
	if err != nil {
		t.Fatalf("%q prints what is no text with formulas: %v", args, err)
	}
	numbers = map[string]float64{}
	for _, v := range g.Parameters {
		numbers[v.Name()] = v.Data
	}
	return numbers, stdout
}

// One step of gradient descent gives the updated parameters that the tutorial prints.
func TestFitTutorial(t *testing.T) {
	got, _ := fitted(t, "", tutorial, "-rate", "0.01", "-steps", "1")
	want := map[string]float64{
		"W2": -0.9961254438099973, "b2": 0.006224593312018546,
		"W1": 0.4985371974647304, "b1": -0.001462802535269576,
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-14, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Both methods find the line of least squares, w = Σ(x − x̄)(t − t̄)/Σ(x − x̄)² and b = t̄ − w·x̄.
func TestFitLine(t *testing.T) {
	want := map[string]float64{"w": 2.96, "b": 4.06}
	for name, args := range map[string][]string{
		"descent": {"-steps", "2000"}, "newton": {"-method", "newton"},
	} {
		got, out := fitted(t, line, append([]string{"L = (w·x + b − t)²; w = 0, b = 0", "-data", "-"}, args...)...)
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if n := strings.Count(out, "\n#"); name == "newton" && n > 4 || n > 22 {
			t.Errorf("%s: %d losses:\n%s", name, n, out)
		}
	}
}

// What -data has is no parameter.
func TestFitWithoutParameters(t *testing.T) {
	status, _, stderr := call(t, "x\n3\n", "fit", "y = x²", "-data", "-")
	want := "gradus: there is no parameter that y depends on; want one such as w = 0.5\n"
	if status != 2 || stderr != want {
		t.Errorf("exit status %d, stderr %q; want 2, %q", status, stderr, want)
	}
}

// Empty lines and lines of spaces are no rows.
func TestFitEmptyLines(t *testing.T) {
	const formulas = "L = (w − t)²; w = 1; t = 0; x = 0"
	_, want, _ := call(t, "x,t\n1,2\n3,4\n", "fit", formulas, "-data", "-", "-steps", "3")
	const spaced = "\nx,t\n\n1,2\n  \n3,4\n \t\n\n "
	status, got, stderr := call(t, spaced, "fit", formulas, "-data", "-", "-steps", "3")
	if status != 0 || got != want || want == "" {
		t.Errorf("exit status %d, stdout %q, stderr %q, want %q", status, got, stderr, want)
	}
}

// Rows have numbers, as many as there are names.
func TestFitRefusesData(t *testing.T) {
	for data, want := range map[string]string{
		"x\n":        "standard input: want a row with names, and rows with numbers",
		"1,2\n3,4\n": "standard input: line 1: the first row has the number 1; want names of columns there",
		"x;t\n1;2\n": `standard input: line 1: column 1 is called "x;t"; want a name that formulas can have, ` +
			"such as x, and commas between the columns",
		"x,t,\n1,2,\n":               `line 1: column 3 is called ""`,
		"x,step\n1,2\n":              `column 2 is called "step"`,
		"x,y = t\n1,2\n":             `column 2 is called "y = t"`,
		"x,t y\n1,2\n":               `column 2 is called "t y"`,
		"x,t\n1,2\n3\n":              "line 3: the number of cells is 1; want 2",
		"x,t\n1,2\n3,\n":             `standard input: line 3: t is "": it is no number in decimal notation`,
		"# two\n\nx,t\n\n1,2\n1,,\n": "line 6: the number of cells is 3; want 2",
		"# two\n\nx,t\n\n1,2\n1,a\n": `standard input: line 6: t is "a": it is no number in decimal notation`,
		"x,t\n\"1\n\",a\n":           `standard input: line 3: t is "a": it is no number in decimal notation`,
		"x,t\n1,1_000\n":             `standard input: line 2: t is "1_000": it is no number in decimal notation`,
		"x,t\n1,0x1p3\n":             `standard input: line 2: t is "0x1p3": it is no number in decimal notation`,
		"x,t\n1,1e999\n":             `standard input: line 2: t is "1e999": its size is over 1.8e308`,
		"x,t\n1e-400,1\n":            `standard input: line 2: x is "1e-400": it is so small that it would be 0`,
		"x,t\n1,NaN\n":               `standard input: line 2: t is "NaN": it is no number in decimal notation`,
		"x,the t\n1,2\n":             `standard input: line 1: column 2 is called "the t"`,
		"x,x \n1,2\n":                "line 1: columns 1 and 2 are both called x; want a name for each",
		"x,t\n1,2\n3,4,5":            "line 3: the number of cells is 3; want 2",
		"# two\n\nx,x\n":             "standard input: line 3: columns 1 and 2 are both called x",
		"x,t\n1,2\n3,4\"\n": `standard input: parse error on line 3, column 4: bare " in non-quoted-field; want ` +
			"quotes around a whole cell, or none",
	} {
		status, stdout, stderr := call(t, data, "fit", "L = (w·x − t)²; w = 1; t = 0", "-data", "-")
		stderr = strings.ReplaceAll(stderr, "\n    ", " ")
		if status != 2 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%q: exit status %d, stdout %q, stderr %s; want 2 and %s", data, status, stdout, stderr, want)
		}
	}
}

// The data have no exponents next to a name e, nor have the numbers that fit prints, which can be read again.
func TestFitNextToE(t *testing.T) {
	const formulas = "L = x·w² + e"
	_, out, stderr := call(t, "x,e\n0.00001,1\n1e30,3\n", "fit", formulas, "w=0.00000001", "-data=-", "-rate=0")
	g, err := formula.Read(formulas, out, "e = 1; x = 1")
	if err != nil || stderr != "" || g.Value("w").Data != 1e-8 {
		t.Errorf("stderr %s, and reading what it prints: %v\n%s", stderr, err, out)
	}
}

// A comment above the names does not hide in which line they stand.
func TestFitDataAreNoFormulas(t *testing.T) {
	_, _, stderr := call(t, "# two\n\nx,y\n1,2\n", "fit", "y = w·x; L = y²", "w=1", "-data", "-")
	want := "gradus: formula: line 1, column 1: y is defined twice, first in line 3 of\n    standard input\n" +
		"\ty = w·x; L = y²\n\t^\n"
	if stderr != want {
		t.Errorf("stderr %q, want %q", stderr, want)
	}
}

// Spaces around names, and what some programs write before the first one, are not part of them.
func TestFitTrimsNames(t *testing.T) {
	_, rows, _ := strings.Cut(line, "x, t\n")
	want, _ := fitted(t, line, "L = (w·x + b − t)²", "w=1", "b=4", "-data", "-")
	for _, head := range []string{"\ufeffx,t\n", " x ,\tt \r\n", "\ufeff\"x\", \"t\"\n", "\ufeff# none\nx,t\n"} {
		got, out := fitted(t, head+rows, "L = (w·x + b − t)²", "w=1", "b=4", "-data", "-")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s\n%s", head, diff, out)
		}
	}
}

// Where the loss curves downwards, Newton's method still goes down.
func TestFitNewtonGoesDown(t *testing.T) {
	got, out := fitted(t, "", "L = (w² − 1)²; w = 0.1", "-method", "newton")
	if diff := cmp.Diff(map[string]float64{"w": 1}, got, cmpopts.EquateApprox(1e-9, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, out)
	}
}

// The units of the parameters do not matter: one step of Newton's method finds where a bowl is deepest. It is
// an end, too, where second derivatives are so large that no step is right.
func TestFitNewtonUnits(t *testing.T) {
	for _, text := range []string{
		"L = a² + 1e17·b²; a = 1; b = 1", "L = 4e307·a² + b²; a = 1e-3; b = 1", "L = a² + 1e-300·b²; a = 3; b = 7",
	} {
		got, out := fitted(t, "", text, "-method", "newton", "-steps", "2")
		if diff := cmp.Diff(map[string]float64{"a": 0, "b": 0}, got, cmpopts.EquateApprox(0, 1e-15)); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", text, diff, out)
		}
	}
	for _, text := range []string{
		"L = 1e308·sin(a)·b; a = 1; b = 1", "L = −8e307·a² + 1e300·b·a; a = 1e-3; b = 1",
		"L = 1e-310·a² + 1e300·a·b; a = 1; b = 1",
	} {
		if status, _, stderr := call(t, "", "fit", text, "-method", "newton"); status != 1 {
			t.Errorf("%s: exit status %d, want 1; stderr %s", text, status, stderr)
		}
	}
}

// What fit prints takes the place of the numbers that there were. Only those of -by are fitted.
func TestFitIsRead(t *testing.T) {
	numbers, out := fitted(t, line, "L = (w·x + b − t)²", "w=1", "b=4", "-data=-", "-by=w", "-method=newton")
	if len(numbers) != 1 {
		t.Errorf("fitted are %v, want w alone", numbers)
	}
	status, stdout, stderr := call(t, out, "eval", "y = w·x", "w=7", "x=1", "-", "-by", "w")
	want := fmt.Sprintf("\nw                 parameter   %v ", numbers["w"])
	if status != 0 || stderr != "" || !strings.Contains(stdout, want) {
		t.Errorf("exit status %d, stderr %q, want %s in:\n%s", status, stderr, want, stdout)
	}
}

// Ctrl-C ends fitting: the parameters are printed as they are.
func TestFitInterrupted(t *testing.T) {
	p, err := solve([]formula.File{{Text: "L = w²; w = 1"}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.newFit(false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out strings.Builder
	want := "#  step  L\n#     0  1\n# interrupted\nw = 1\n"
	if err := f.run(ctx, &out, &out, 0.1, 100); err != nil || out.String() != want {
		t.Errorf("prints %q, error %v", &out, err)
	}
}
