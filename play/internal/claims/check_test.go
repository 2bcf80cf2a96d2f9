package claims_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/cputime"
	"github.com/gradus-go/gradus/play/internal/claims"
	"github.com/gradus-go/gradus/play/internal/written"
)

const (
	formulas = "x = 0.7; p = sin(x); q = x² + 3x\nf = p·q # the diamond"
	lines    = "df/dp = q\n\ndf/dq =\ndf/dx = q·cos(x) + p·(x + 3)\ndq/dx = 2x +\nso what\ndp/dx = cos(x)"
)

func TestCheck(t *testing.T) {
	got, err := claims.Check(claims.Asked{F: formulas, D: lines})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.Picture, "grad -") || strings.Contains(got.Picture, "grad 2.59") {
		t.Errorf("the picture has the answers:\n%s", got.Picture)
	}
	want := claims.Checked{
		First: 3, Right: 2, All: 6, Says: "2 of 6 right.", Picture: got.Picture,
		Lines: []claims.Line{
			{
				Name: "df/dp", State: "right", Says: "Right.", Pieces: []claims.Piece{{Text: "df/dp = q"}},
				Node: "n1", Value: "2.59",
			},
			{State: "blank", Pieces: []claims.Piece{{}}},
			{Name: "df/dq", State: "open", Pieces: []claims.Piece{{Text: "df/dq ="}}},
			{
				Name: "df/dx", State: "wrong", Says: "“(x + 3)” stands where ∂q/∂x belongs.",
				Pieces: []claims.Piece{{Text: "df/dx = q·cos(x) + p·"}, {Text: "(x + 3)", Mark: "wrong"}},
				Factor: "∂q/∂x", Edge: "n0-n5",
			},
			{
				Name: "dq/dx", State: "bad", Pieces: []claims.Piece{{Text: "dq/dx = 2x "}, {Text: "+", Mark: "fault"}},
				Note: &written.Note{Line: 1, Column: 13, Text: "dq/dx = 2x +", Before: 12, Message: "the formula ends " +
					"where a number, a name or a bracket was expected"},
			},
			{
				State: "bad", Pieces: []claims.Piece{{Text: "s", Mark: "fault"}, {Text: "o what"}},
				Note: &written.Note{Line: 1, Column: 1, Text: "so what", Message: "want a derivative and its formula, " +
					"such as dL/dw = (y − t)·x"},
			},
			{Name: "dp/dx", State: "right", Says: "Right.", Pieces: []claims.Piece{{Text: "dp/dx = cos(x)"}}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, l := range got.Lines {
		if l.Edge != "" && !strings.Contains(got.Picture, `<g id="`+l.Edge+`" class="edge">`) {
			t.Errorf("the picture has no edge %s", l.Edge)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ f, d, faults, err string }{
		{f: "y = x²", d: "dy/dx = 2x", faults: "x is not defined; want a line such as x = 0.5"},
		{f: "y = x²; dy/dx = 2x; x = 1", faults: "dy/dx is a derivative: write it in a line of its own, below"},
		{f: "y = (x; x = )", faults: "the bracket is not closed; want ) / ) stands where a number, a name or a " +
			"bracket was expected"},
		{f: "y = 1/x; x = 0", faults: "y is ∞, and dy/dx is -∞; want numbers at which both are finite"},
		{f: "x = 1; y = x" + strings.Repeat("·x", 1000), faults: "the graph has 1001 values; want at most 1000"},
		{f: "", faults: "the text is empty; want a definition such as y = 2x + 1"},
		{f: "y = 2x; x = 1", d: strings.Repeat("\n", 100), err: "there are 101 derivatives; want at most 100"},
		{d: strings.Repeat("x", 20_001), err: "the text has 20001 characters; want at most 20000"},
	} {
		got, err := claims.Check(claims.Asked{F: tt.f, D: tt.d})
		var faults []string
		for _, n := range got.Faults {
			faults = append(faults, n.Message)
		}
		if text := strings.Join(faults, " / "); text != tt.faults {
			t.Errorf("%s: the faults are %s, want %s", tt.f, text, tt.faults)
		}
		if (err != nil || tt.err != "") && (err == nil || err.Error() != tt.err) {
			t.Errorf("%s: error %v, want %s", tt.f, err, tt.err)
		}
		if err == nil && (got.Right != 0 || len(got.Lines) != 1 || got.Says != "The formulas cannot be read yet.") {
			t.Errorf("%s: %+v", tt.f, got)
		}
	}
}

func TestAnswer(t *testing.T) {
	got, err := claims.Answer(claims.Sought{F: formulas, Name: "df/dx"})
	if err != nil || strings.Count(got.Text, `class="equation"`) != 5 || !strings.Contains(got.Text, "<mfrac>") {
		t.Errorf("error %v, answer\n%s", err, got.Text)
	}
	for name, want := range map[string]string{
		"d²f/dx²": "d²f/dx² is a higher derivative, for which there is no derivation to show",
		"df/dz":   "want the names of two values, as in dL/dW2; the graph has f, q, p, x",
		"dp/dq":   "show: p is not computed from q",
	} {
		if _, err := claims.Answer(claims.Sought{F: formulas, Name: name}); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

// The program and the command check the same lines, and say the same.
func TestCode(t *testing.T) {
	asked := claims.Asked{
		F: "it's = 0.7 # `quoted`\np = sin(it's); f = p²", D: "df/dp = 2p\nbad\ndf/dit's = df/dp·cos(p)\n",
	}
	command, err := claims.Command(asked)
	if err != nil {
		t.Fatal(err)
	}
	echo := strings.Replace(command.Text, "gradus check", `printf '%s|'`, 1)
	out, err := exec.CommandContext(t.Context(), "sh", "-c", echo).Output()
	if want := asked.F + "|df/dp = 2p|df/dit's = (2p)·cos(p)|"; err != nil || string(out) != want {
		t.Errorf("a shell reads %q, error %v, want %q", out, err, want)
	}
	program, err := claims.Go(asked)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(program.Text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = exec.CommandContext(t.Context(), "go", "run", file).CombinedOutput()
	want := "df/dp = 1.288435374 is right (16 digits shared, tolerance 1e-06)\n" +
		"df/dit's = 1.030194076 is wrong, it is 0.98544973 (1 digit shared, tolerance 1e-06)\n" +
		"  first wrong factor: ∂p/∂it's; what would explain it:\n    ∂p/∂it's: sin′(p) where sin′(it's) belongs\n"
	if diff := cmp.Diff(want, string(out)); diff != "" || err != nil {
		t.Errorf("error %v, -want +got:\n%s", err, diff)
	}
	for _, d := range []string{"", "df/dp =", "df/dz = 3", "df/dx = ("} {
		if _, err := claims.Go(claims.Asked{F: formulas, D: d}); err == nil {
			t.Errorf("%q gives a program", d)
		}
		if _, err := claims.Command(claims.Asked{F: formulas, D: d}); err == nil {
			t.Errorf("%q gives a command", d)
		}
	}
}

func TestExercise(t *testing.T) {
	got, err := claims.Exercise(claims.Asked{D: "dL/dy = y − t\n\nso what\nd²L/dw dv=3 # a secret"})
	if want := "dL/dy = \nd²L/dw dv = "; err != nil || got.Text != want {
		t.Errorf("%q, error %v, want %q", got.Text, err, want)
	}
	if _, err := claims.Exercise(claims.Asked{D: "so what"}); err == nil {
		t.Error("an exercise without a line")
	}
}

// Hostile texts are checked soon, and the pieces of a line are its text.
func TestHostile(t *testing.T) {
	for _, a := range []claims.Asked{
		{F: "y = x" + strings.Repeat("·x", 900) + "; x = 1", D: "dy/dx = x" + strings.Repeat("·x", 9000)},
		{
			F: "y = " + strings.Repeat("(", 900) + "x" + strings.Repeat(")", 900) + "; x = 1",
			D: "dy/dx = " + strings.Repeat("(", 9000),
		},
		{F: "<script>alert(1)</script> = 1; y = 2", D: "d<b>/d<i> = 1"},
		{F: formulas, D: strings.Repeat("df/dx = q·cos(x) + p·(x + 3)\n", 99)},
		{F: "x = 1; a0 = x; " + chained(450) + "y = a450²", D: "dy/dx = 3\ndy/da1 = a1\nda450/dx = 7"},
	} {
		begin := cputime.Used()
		got, err := claims.Check(a)
		took := cputime.Used() - begin
		if piecesOf(got) != a.D {
			t.Errorf("the pieces of %.50q are %.50q", a.D, piecesOf(got))
		}
		if took > time.Minute || err != nil { // which would be for ever, for a person
			t.Errorf("%.50s, %.50s: %v, error %v", a.F, a.D, took, err)
		}
	}
}

// chained returns definitions of values that are computed one from the other.
func chained(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("i", number(i+1), "j", number(i)).Replace("ai = aj·1.01; "))
	}
	return b.String()
}

func number(i int) string {
	text, _ := json.Marshal(i)
	return string(text)
}

// FuzzCheck checks any lines about any formulas. The pieces of each line are its text.
func FuzzCheck(f *testing.F) {
	f.Add(formulas, lines)
	f.Add("a = 2; f = −a³ − √a", "df/da = −3a² − 1/(2√a)\nd²f/da² = df/da\n∂f/∂a = -12.35·½")
	f.Add("x = 1.5; W1 = 2; z = W1·x; a = σ(z); L = ½(a − x)²",
		"dL/dW1 = −[(a + x)]·(z·(−1/2))/(1 − a)·x·2·π\ndL/da = a − x\ndL/dz = dL/da/(a(1 − a))·0/0")
	f.Fuzz(func(t *testing.T, formulas, lines string) {
		lines = string([]rune(lines)) // as JSON has it
		asked := claims.Asked{F: formulas, D: lines}
		checked, err := claims.Check(asked)
		if err == nil && piecesOf(checked) != lines {
			t.Errorf("the pieces of %q are %q", lines, piecesOf(checked))
		}
		if _, err := json.Marshal(checked); err != nil {
			t.Error(err)
		}
		_, _ = claims.Go(asked)
	})
}

// piecesOf returns the lines that the pieces are.
func piecesOf(c claims.Checked) string {
	texts := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		for _, p := range l.Pieces {
			texts[i] += p.Text
		}
	}
	return strings.Join(texts, "\n")
}
