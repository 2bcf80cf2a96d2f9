package formulas_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/play/internal/formulas"
	"github.com/gradus-go/gradus/play/internal/written"
)

// told returns the notes of the view as lines, with a caret under the place.
func told(notes []written.Note) string {
	var b strings.Builder
	for _, n := range notes {
		if n.Line > 0 {
			place := fmt.Sprintf("%d:%d ", n.Line, n.Column)
			b.WriteString(place + n.Text + "\n" + strings.Repeat(" ", len(place)+n.Before) + "^ ")
		}
		b.WriteString(n.Message + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestNotes(t *testing.T) {
	for _, tt := range []struct {
		name, f, of string
		want        string // the faults, or else the value and the notes
	}{
		{"nothing", "", "", "1:1 \n    ^ the text is empty; want a definition such as y = 2x + 1"},
		{"a formula alone", "x^2 + w", "", "y = 3: x, w have no numbers yet. They are 1, 2 and so on here; " +
			"write definitions " +
			"such as x = 0.5, or drag them."},
		{"a fault in it", "x^2 + )", "", "1:7 x^2 + )\n          ^ ) stands where a number, a name or a " +
			"bracket was expected"},
		{"two faults", "y = w·x +\nL = (y − t²", "", "1:10 y = w·x +\n              ^ the formula ends where " +
			"a number, a name or a " +
			"bracket was expected\n2:5 L = (y − t²\n        ^ the bracket is not closed; want )"},
		{"a name of a function", "y = softmax(x)", "", "1:5 y = softmax(x)\n        ^ softmax is not defined; " +
			"it is several numbers; " +
			"want one, such as exp(x1 − logsumexp(x1..x3)), the first of three"},
		{"an unknown function", "y = sine(x)", "", "1:5 y = sine(x)\n        ^ sine is not defined; did you " +
			"mean sin?"},
		{"a misspelt name", "weight = 2\ny = weigth²", "", "y = 1: 2:5 y = weigth²\n        ^ weigth has no " +
			"number; it is 1 here. " +
			"Did you mean weight?\nweigth has no number yet. It is 1 here; write a definition such as weigth = " +
			"0.5, or drag it."},
		{"numbers alone", "w = 3", "", "there are numbers, but no formula; want one such as y = 2x + 1"},
		{"a choice that is gone", "x = 3; y = x²", "z", "y = 9: z is not defined; the names are x, y"},
		{"a choice of a number", "x = 3; y = x²", "x", "y = 9: x is a number; want the name of a formula"},
		{"an interior result", "x = 3; a = x²; y = 2a", "a", "a = 9: "},
		{"a far place", "y = " + strings.Repeat("x + ", 100) + "+", "", "1:405 x + x + x + x + x + x + x + x " +
			"+ x + x + +\n" +
			"                                              ^ + stands where a number, a name or a bracket was " +
			"expected"},
	} {
		s, err := formulas.Show(formulas.Asked{F: tt.f, Of: tt.of})
		got := told(s.Faults)
		if len(s.Faults) == 0 {
			got = s.Of + " = " + s.Value.Text + ": " + told(s.Notes)
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: error %v, got\n%s\nwant\n%s", tt.name, err, got, tt.want)
		}
	}
	if _, err := formulas.Show(formulas.Asked{F: strings.Repeat("x", 20_001)}); err == nil {
		t.Error("20,001 characters: no error")
	}
}

// A number that is dragged or typed changes in the text, and nothing else does.
func TestSet(t *testing.T) {
	for _, tt := range []struct{ name, f, of, to, want string }{
		{"a number", "w = 0.5; y = w²", "w", "-1.25", "w = -1.25; y = w²"},
		{"as it was typed", "w = 0.5; y = w²", "w", " ½ ", "w = ½; y = w²"},
		{"an input", "input x = 1, t = 0 # t = 5\ny = x·t", "t", "3", "input x = 1, t = 3 # t = 5\ny = x·t"},
		{"a constant", "y = c·x; x = 2\nconst c = 10  // many", "c", "1000", "y = c·x; x = 2\nconst c = 1000  " +
			"// many"},
		{"a comment in front", "# so, x = 1\n\tx = 2\ny = x²", "x", "7", "# so, x = 1\n\tx = 7\ny = x²"},
		{"a formula of numbers", "x = max(1, 2)/3; y = x²", "x", "4", "the text has no number for x that " +
			"could be changed; " +
			"want a definition such as w = 0.5"},
		{"names that begin alike", "x1 = 1; x = 2; x′ = 3; y = x·x1·x′", "x", "5", "x1 = 1; x = 5; x′ = 3; y " +
			"= x·x1·x′"},
		{"a large number", "x = 1; e1 = 2; y = x·e1", "x", "2e1", "x = 20; e1 = 2; y = x·e1"},
		{"no number yet", "y = w·x", "x", "0.25", "y = w·x\nw = 1; x = 0.25"},
		{"a formula alone", "w·x", "w", "3", "y = w·x\nw = 3; x = 2"},
		{"no number", "w = 0.5; y = w²", "w", "x", `"x" is no number; want one such as -0.5, 1e-3 or ½`},
		{
			"two definitions", "w = 0.5; y = w²", "w", "1; v = 2",
			`"1; v = 2" is no number; want one such as -0.5, 1e-3 or ½`,
		},
		{"a comment", "w = 0.5, v = 2; y = v·w²", "w", "1 # no", "w = 1, v = 2; y = v·w²"},
		{"infinity", "w = 0.5; y = w²", "w", "-∞", "w = -∞; y = w²"},
		{"a result", "w = 0.5; y = w²", "y", "1", "the text has no number for y that could be changed; want a " +
			"definition such as w = 0.5"},
		{"a fault", "w = 0.5; y = w²)", "w", "1", "w = 0.5; y = w²)"},
	} {
		s, err := formulas.Show(formulas.Asked{F: tt.f, Name: tt.of, To: tt.to})
		got := s.F
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A sentence says where a number comes from that is not finite.
func TestTrouble(t *testing.T) {
	for _, tt := range []struct{ f, want string }{
		{"x = 2; y = ln(x)", ""},
		{"x = -1; u = ln(x); y = 2u", "u is NaN, which is no number: ln has none at -1. What is computed from " +
			"it is NaN, too."},
		{"x = 0; y = 1/x", "y is ∞: 1 / 0 is infinite, or too large for a floating-point number."},
		{"x = 0; y = ln(x)", "y is -∞: ln of 0 is infinite, or too large for a floating-point number."},
		{"x = 710; y = exp(x) - 1", "exp is ∞: exp of 710 is infinite, or too large for a floating-point number."},
		{"x = ∞; y = 2x", "x is ∞, and so may be what is computed from it."},
		{"x = 1; y = x − ∞", "A number is ∞, and so may be what is computed from it."},
		{"x = 0; y = √x", "The values are finite, but not all gradients: the local derivative of y at 0 is ∞."},
		{"x = 0; a = √x; y = a²", "The values are finite, but not all gradients: the local derivative of a at 0 " +
			"is ∞. Times 0, that is NaN, which is no number."},
		{"x = 1e-300; a = 1e200; b = -1e200; y = (a·x)·b", "The values are finite, but not all gradients: the " +
			"local derivative of · at 1e+200, 1e-300 is 1e+200. Times -1e+200, that is too large for a " +
			"floating-point number."},
		{"x = 1e-300; a = 1e308; y = a·x + a·x·1", "The values are finite, but not all gradients: the " +
			"contributions to that of x have a sum that is too large for a floating-point number."},
	} {
		if got := shown(t, tt.f).Trouble; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.f, got, tt.want)
		}
	}
}

// The sliders reach beyond their numbers, and step in round numbers.
func TestControls(t *testing.T) {
	s := shown(t, "input x = 1, t = 0; w = -0.3; v = 1000; tiny = 1e-310; nan = NaN; y = w·x·v·tiny·nan·u")
	got := ""
	for _, c := range s.Controls {
		got += fmt.Sprintln(c.Name, c.Kind, c.Guessed, c.Value.Exact, c.Gradient != nil, c.Min, c.Max, c.Step)
	}
	want := `x input false 1 true -2 2 0.02
t input false 0 false -2 2 0.02
w parameter false -0.3 true -1 1 0.01
v parameter false 1000 true -2000 2000 20
tiny parameter false 1e-310 true -2 2 0.02
nan parameter false NaN true -2 2 0.02
u parameter true 1 true -2 2 0.02
`
	if got != want {
		t.Errorf("the controls are\n%s\nwant\n%s", got, want)
	}
}

// Of a large formula the view shows a part, and says so.
func TestLarge(t *testing.T) {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, "w%d=%d\n", i, i)
	}
	b.WriteString("y = sum(w0..w599)²")
	s := shown(t, b.String())
	if len(s.Rows) != 500 || len(s.Controls) != 60 || len(s.Derivation) > 100_000 {
		t.Errorf("%d rows, %d controls, %d bytes of derivation", len(s.Rows), len(s.Controls), len(s.Derivation))
	}
	chain := "x = 1\nv0 = x²\n"
	for i := range 100 {
		chain += fmt.Sprintf("v%d = v%d·x\n", i+1, i)
	}
	long := shown(t, chain)
	if n := strings.Count(long.Computation, "<div "+
		"class=\"equation\""); n != 60 || !strings.Contains(long.Left, "60 of 101") {
		t.Errorf("%d equations of 101, and %q", n, long.Left)
	}
	want := "The derivation has 30 of 600 derivatives. The table has 500 of 601 values."
	if s.Left != want {
		t.Errorf("%q, want %q", s.Left, want)
	}
}

// A choice that the text does not have any more is taken back everywhere.
func TestChoiceIsGone(t *testing.T) {
	a := formulas.Asked{F: "x = 3; y = x²", Of: "z", By: "w"}
	c, err := formulas.Command(a)
	if want := "gradus eval 'x = 3; y = x²'"; err != nil || c.Text != want {
		t.Errorf("the command is %s, error %v, want %s", c.Text, err, want)
	}
	a.Of = "y"
	if c, err := formulas.Go(a); err != nil || !strings.Contains(c.Text, "Gradient") {
		t.Errorf("the program is %s, error %v", c.Text, err)
	}
	s, err := formulas.Second(formulas.SecondAsked{F: a.F, Of: a.Of, By: a.By, First: "w"})
	if err != nil || s.First != "x" {
		t.Errorf("the second derivative is by %s, error %v, want x", s.First, err)
	}
	a.By = "x"
	c, err = formulas.Command(a)
	if want := "gradus eval -of 'y' -by 'x' 'x = 3; y = x²'"; err != nil || c.Text != want {
		t.Errorf("the command is %s, error %v, want %s", c.Text, err, want)
	}
}

// The second derivatives are those of calculus.
func TestSecond(t *testing.T) {
	const valley = "x = 1; y = 1; f = (1 − x)² + 100(y − x²)²"
	for _, tt := range []struct {
		f, first, then string
		want           string // the matrix, and what the derivation has
		part           string
	}{
		{valley, "", "", "802 -400; -400 200", `data-by="x"`},
		{valley, "x", "y", "802 -400; -400 200", `data-by="y"`},
		{"x = 2; y = x³", "", "", "12", ""},
		{"x = 2; w = 3; y = w·x", "w", "x", "0 1; 1 0", ""},
		{"x = 2; w = 3; y = w·x", "w", "w", "0 1; 1 0", "dy/dw does not depend on w, so its derivative by w is 0."},
		{"x = 2; y = 3x", "x", "x", "0", "dy/dx does not depend on x, so its derivative by x is 0."},
	} {
		s, err := formulas.Second(formulas.SecondAsked{F: tt.f, First: tt.first, Then: tt.then})
		var rows []string
		for _, row := range s.Matrix {
			var numbers []string
			for _, x := range row {
				numbers = append(numbers, x.Exact)
			}
			rows = append(rows, strings.Join(numbers, " "))
		}
		got := strings.Join(rows, "; ")
		if err != nil || got != tt.want ||
			!strings.Contains(s.Derivation+s.Note, tt.part) {
			t.Errorf("%s by %s and %s: %s, error %v, derivation "+
				"%s", tt.f, tt.first, tt.then, got, err, s.Derivation+s.Note)
		}
	}
	for _, f := range []string{"y = ", "x = -1; y = ln(x)", "y = x" + strings.Repeat("·sin(x)", 1500)} {
		if _, err := formulas.Second(formulas.SecondAsked{F: f}); err == nil {
			t.Errorf("%.30s: no error", f)
		}
	}
}

// What an example says of itself is true.
func TestExamples(t *testing.T) {
	about := map[string]func(set func(name, to string) formulas.Shown) bool{
		"A square, then a cube": func(set func(name, to string) formulas.Shown) bool {
			return gradient(set("", ""), "s") == "48" && gradient(set("", ""), "x") == "192"
		},
		"Why wide layers do not learn": func(set func(name, to string) formulas.Shown) bool {
			return gradient(set("", ""), "w") != "0" && gradient(set("n", "1000"), "w") == "0"
		},
		"The neuron of micrograd": func(set func(name, to string) formulas.Shown) bool {
			return gradient(set("", ""), "w2") == "0" && gradient(set("", ""), "x1") == "-1.5"
		},
		"The diamond": func(set func(name, to string) formulas.Shown) bool {
			return strings.Contains(set("", "").Parts["verdict"], "The first wrong number")
		},
		"A product of eight": func(set func(name, to string) formulas.Shown) bool {
			s := set("x3", "0")
			return gradient(s, "x3") == "72" && gradient(s, "x1") == "0" && gradient(s, "x8") == "0"
		},
		"a·a": func(set func(name, to string) formulas.Shown) bool { return gradient(set("", ""), "a") == "6" },
		"Where it breaks": func(set func(name, to string) formulas.Shown) bool {
			return set("", "").Trouble != "" && set("x", "1").Trouble == ""
		},
	}
	examples, _ := formulas.Examples(struct{}{})
	for _, e := range examples {
		s := shown(t, e.F)
		if len(s.Notes) > 0 || len(e.About) > 160 {
			t.Errorf("%s: notes %v, %d characters about it", e.Name, s.Notes, len(e.About))
		}
		if holds := about[e.Name]; holds != nil && !holds(func(name, to string) formulas.Shown {
			s, err := formulas.Show(formulas.Asked{F: e.F, Name: name, To: to})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}) {
			t.Errorf("%s: what is said about it does not hold", e.Name)
		}
	}
	if len(examples) < 12 {
		t.Errorf("%d examples, want a dozen", len(examples))
	}
}

// gradient returns the gradient of a name with four digits.
func gradient(s formulas.Shown, name string) string {
	for _, row := range s.Rows {
		if row.Name == name && row.Gradient != nil {
			return row.Gradient.Text
		}
	}
	return "none"
}

// What a stranger writes is shown as text, or refused with a sentence.
func FuzzCalls(f *testing.F) {
	for _, text := range samples(f, 20) {
		f.Add(text, "y", "x", "x", "0.5")
	}
	f.Add("<script>alert(1)</script> = 1", "<b>", "&amp;", "x", "';")
	f.Add("y = x; y = x; x = y", "", "", "x", "1\n2")
	f.Fuzz(func(t *testing.T, text, of, by, name, to string) {
		if len(text) > 2000 {
			return
		}
		s, err := formulas.Show(formulas.Asked{F: text, Of: of, By: by, Name: name, To: to})
		if err == nil && len(s.Faults) == 0 && (s.Of == "" || s.Stepper == nil || s.Value.Exact == "") {
			t.Errorf("%q: an answer without a result: %+v", text, s)
		}
		if name != "" && err == nil && len(s.Faults) == 0 { // the changed text says what was typed
			again, err := formulas.Show(formulas.Asked{F: s.F, Of: of, By: by})
			if err != nil || again.Value.Exact != s.Value.Exact || again.F != s.F {
				t.Errorf("%q: %q is %s and then %s, error %v", text, s.F, s.Value.Exact, again.Value.Exact, err)
			}
		}
		c, err := formulas.Command(formulas.Asked{F: text})
		if quotes := strings.Count(strings.ReplaceAll(c.Text, `'\''`, ""), "'"); err == nil && quotes%2 != 0 {
			t.Errorf("%q: the quotes are not closed in %s", text, c.Text)
		}
		_, _ = formulas.Second(formulas.SecondAsked{F: text, Of: of, By: by, First: name, Then: to})
		_, _ = formulas.Go(formulas.Asked{F: text})
		for name := range formulas.Calls {
			if answer := formulas.Calls.Answer(name, text); strings.Contains(answer, "a mistake in the engine") {
				t.Errorf("%s(%q) panics: %s", name, text, answer)
			}
		}
	})
}
