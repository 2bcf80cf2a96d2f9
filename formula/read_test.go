package formula_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// Each formula is read with these numbers, and compared with the graph that Go builds.
const given = "a = 0.7; b = -1.3; c = 2.5; x1 = 0.3; x2 = -0.8; x₁ = 4; w⁽³⁾₁₂ = 5; x′ = 6;"

func TestFormulas(t *testing.T) {
	type V = *gradus.Value
	half, two, three := gradus.Const(0.5), gradus.Const(2), gradus.Const(3)
	for text, build := range map[string]func(a, b, c V) V{
		"a + b":               func(a, b, _ V) V { return a.Add(b) },
		"a − b - c":           func(a, b, c V) V { return a.Sub(b).Sub(c) },
		"a - (b - c)":         func(a, b, c V) V { return a.Sub(b.Sub(c)) },
		"a*b·c × a":           func(a, b, c V) V { return a.Mul(b).Mul(c).Mul(a) },
		"a/b/c":               func(a, b, c V) V { return a.Div(b).Div(c) },
		"a/b·c":               func(a, b, c V) V { return a.Div(b).Mul(c) },
		"a + b·c":             func(a, b, c V) V { return a.Add(b.Mul(c)) },
		"[a + b]·c":           func(a, b, c V) V { return a.Add(b).Mul(c) },
		"2[a + b][max(b, c)]": func(a, b, c V) V { return two.Mul(a.Add(b)).Mul(b.Max(c)) },
		"−2[a]":               func(a, _, _ V) V { return two.Mul(a).Neg() },
		"-a·b":                func(a, b, _ V) V { return a.Neg().Mul(b) },
		"−a²":                 func(a, _, _ V) V { return a.Square().Neg() },
		"-a^2":                func(a, _, _ V) V { return a.Pow(two).Neg() },
		"−2·a":                func(a, _, _ V) V { return gradus.Const(-2).Mul(a) },
		"−2a":                 func(a, _, _ V) V { return two.Mul(a).Neg() },
		"−2(a + b)":           func(a, b, _ V) V { return two.Mul(a.Add(b)).Neg() },
		"−2√a":                func(a, _, _ V) V { return two.Mul(a.Sqrt()).Neg() },
		"-2^a":                func(a, _, _ V) V { return two.Pow(a).Neg() },
		"a·-b":                func(a, b, _ V) V { return a.Mul(b.Neg()) },
		"a - -b":              func(a, b, _ V) V { return a.Sub(b.Neg()) },
		"a^b^c":               func(a, b, c V) V { return a.Pow(b.Pow(c)) },
		"a^-b":                func(a, b, _ V) V { return a.Pow(b.Neg()) },
		"a^-2":                func(a, _, _ V) V { return a.Pow(gradus.Const(-2)) },
		"a³":                  func(a, _, _ V) V { return a.Pow(three) },
		"a⁻¹²":                func(a, _, _ V) V { return a.Pow(gradus.Const(-12)) },
		"(a²)²":               func(a, _, _ V) V { return a.Square().Square() },
		"2a":                  func(a, _, _ V) V { return two.Mul(a) },
		"2a/b":                func(a, b, _ V) V { return two.Mul(a).Div(b) },
		"½(b - a)²":           func(a, b, _ V) V { return half.Mul(b.Sub(a).Square()) },
		"a(1 − a)":            func(a, _, _ V) V { return a.Mul(gradus.Const(1).Sub(a)) },
		"(a)(b)c":             func(a, b, c V) V { return a.Mul(b).Mul(c) },
		"2a²b":                func(a, b, _ V) V { return two.Mul(a.Square()).Mul(b) },
		"2tanh(a)":            func(a, _, _ V) V { return two.Mul(a.Tanh()) },
		"2√a":                 func(a, _, _ V) V { return two.Mul(a.Sqrt()) },
		"√(a)b":               func(a, b, _ V) V { return a.Sqrt().Mul(b) },
		"|a − b|²":            func(a, b, _ V) V { return a.Sub(b).Abs().Square() },
		"||b| − |a·b||":       func(a, b, _ V) V { return b.Abs().Sub(a.Mul(b).Abs()).Abs() },
		"σ(a)":                func(a, _, _ V) V { return a.Sigmoid() },
		"sigmoid(a)":          func(a, _, _ V) V { return a.Sigmoid() },
		"log(a) + LN(a)":      func(a, _, _ V) V { return a.Log().Add(a.Log()) },
		"sqrt(pow(a, b))":     func(a, b, _ V) V { return a.Pow(b).Sqrt() },
		"relu(a)":             func(a, _, _ V) V { return a.ReLU() },
		"LeakyReLU(b)":        func(_, b, _ V) V { return b.LeakyReLU() },
		"leakyrelu(0.01)(b)":  func(_, b, _ V) V { return b.LeakyReLU() },
		"2LeakyReLU(0.2)(b)²": func(_, b, _ V) V { return two.Mul(gradus.LeakyReLU(0.2).Apply(b).Square()) },
		"LeakyReLU(−2)(a·b)":  func(a, b, _ V) V { return gradus.LeakyReLU(-2).Apply(a.Mul(b)) },
		"LeakyReLU(-∞)(b)":    func(_, b, _ V) V { return gradus.LeakyReLU(math.Inf(-1)).Apply(b) },
		"LeakyReLU(2)·a":      func(a, _, _ V) V { return two.LeakyReLU().Mul(a) },
		"LeakyReLU(2b)(a)":    func(a, b, _ V) V { return two.Mul(b).LeakyReLU().Mul(a) },
		"LeakyReLU(−2 + b)":   func(_, b, _ V) V { return gradus.Const(-2).Add(b).LeakyReLU() },
		"max(a, min(b, 2))":   func(a, b, _ V) V { return a.Max(b.Min(two)) },
		"where(b, a, c)":      func(a, b, c V) V { return gradus.Where(b, a, c) },
		"pick(1, a, b)":       func(a, b, _ V) V { return gradus.Pick(gradus.Const(1), a, b) },
		"sum(a, b, c)":        func(a, b, c V) V { return gradus.Sum(a, b, c) },
		"mean(a, b + c)":      func(a, b, c V) V { return gradus.Mean(a, b.Add(c)) },
		"dot(a, b, c, b)":     func(a, b, c V) V { return gradus.Dot([]V{a, b}, []V{c, b}) },
		"a + π":               func(a, _, _ V) V { return a.Add(math.Pi) },
		"a + 1.5e-3":          func(a, _, _ V) V { return a.Add(1.5e-3) },
		"a + 2e":              nil,
		"a⁄b":                 func(a, b, _ V) V { return a.Div(b) },
		"1E3a":                func(a, _, _ V) V { return gradus.Const(1000).Mul(a) },
		"1e3a":                func(a, _, _ V) V { return gradus.Const(1000).Mul(a) },
		"a + .5":              func(a, _, _ V) V { return a.Add(0.5) },
		"a - ∞":               func(a, _, _ V) V { return a.Sub(math.Inf(1)) },
		"a + ⅓":               func(a, _, _ V) V { return a.Add(1. / 3) },
		"a  # + b":            func(a, _, _ V) V { return a },
		"a // + b":            func(a, _, _ V) V { return a },
		"a // sum":            func(a, _, _ V) V { return a },
		"a // b is left out":  func(a, _, _ V) V { return a },
		"a //b is left out":   func(a, _, _ V) V { return a },
		"a + 0e-400":          func(a, _, _ V) V { return a.Add(0) },
		"a // b":              nil,
		"a + sum(x1..x2, x₁)": func(a, _, _ V) V {
			return a.Add(gradus.Sum(gradus.New(0.3), gradus.New(-0.8), gradus.New(4)))
		},
		"sum(x1..x1, a)":    func(a, _, _ V) V { return gradus.Sum(gradus.New(0.3), a) },
		"a + w⁽³⁾₁₂²":       func(a, _, _ V) V { return a.Add(gradus.New(5).Square()) },
		"a–b‐c":             func(a, b, c V) V { return a.Sub(b).Sub(c) },
		"a∙b∗c∕a":           func(a, b, c V) V { return a.Mul(b).Mul(c).Div(a) },
		"a**b**c":           func(a, b, c V) V { return a.Pow(b.Pow(c)) },
		"5.a":               func(a, _, _ V) V { return gradus.Const(5).Mul(a) },
		"\ufeffa\u00a0+\tb": func(a, b, _ V) V { return a.Add(b) },
		"Σ(a)":              func(a, _, _ V) V { return gradus.Sum(a) },
		"2^-a²":             func(a, _, _ V) V { return two.Pow(a.Square().Neg()) },
		"a·x′":              func(a, _, _ V) V { return a.Mul(gradus.New(6)) },
	} {
		g, err := formula.Read(given + "y = " + text)
		if build == nil {
			if err == nil {
				t.Errorf("%s is read as %v, want an error", text, g.Value("y"))
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		want := build(gradus.New(0.7), gradus.New(-1.3), gradus.New(2.5))
		if diff := cmp.Diff(describe(want), describe(g.Value("y"))); diff != "" {
			t.Errorf("%s (-Go +text):\n%s", text, diff)
		}
	}
}

// An error says what was wrong, where, and what was expected.
func TestErrors(t *testing.T) {
	const division = "// begins a comment, and no division; want / for a division, and # before a comment " +
		"that may be a number or a name"
	for text, want := range map[string]string{
		"y = 1/2a; a = 3":        "6: a/bc may be (a/b)·c or a/(b·c); want brackets, or a sign between b and c",
		"y = a^2b; a = 3; b = 1": "8: a^bc may be (a^b)·c or a^(b·c); want brackets, or a sign between b and c",
		"y = √2a; a = 3":         "7: √bc may be (√b)·c or √(b·c); want brackets, or a sign between b and c",
		"y = √a²; a = 3":         "7: √a² may be (√a)² or √(a²); want brackets",
		"y = tanhh(x); x = 1":    "5: tanhh is not defined; did you mean tanh?",
		"y = tnah(1)":            "5: tnah is not defined; did you mean tanh?",
		"y = sum(1..3)": "10: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = W3·x; W2 = 1; x = 1":         "5: W3 is not defined; did you mean W2?",
		"y = W3·x; W4 = 1; W2 = 1; x = 1": "5: W3 is not defined; did you mean W4?",
		"y = softmax(1, 2)": "5: softmax is not defined; it is several numbers; " +
			"want one, such as exp(x1 − logsumexp(x1..x3)), the first of three",
		"y = banana + 1":          "5: banana is not defined; want a line such as banana = 0.5",
		"y = (x + 1; x = 1":       "5: the bracket is not closed; want )",
		"y = |x + 1; x = 1":       "5: the bracket is not closed; want |",
		"y = max(x, 1; x = 1":     "8: the bracket is not closed; want )",
		"y = [x + 1); x = 1":      "11: there is no bracket that this one closes",
		"y = 2(x + 1]; x = 1":     "12: there is no bracket that this one closes",
		"y = [x + 1; x = 1":       "5: the bracket is not closed; want ]",
		"y = x + 1); x = 1":       "10: there is no bracket that this one closes",
		"x = 1, y = x), z = 1":    "13: there is no bracket that this one closes",
		"a = b; b = c; c = a + 1": "1: a is computed from itself: a ← b ← c ← a",
		"x = x + 1":               "1: x is computed from itself; want another name for the new value",
		"x = 1; x = 2":            "8: x is defined twice, first in line 1",
		"y = 2 3":                 "7: 3 follows 2; want an operator between them, such as *",
		"y = x z; x = 1; z = 2":   "7: z follows x; want an operator between them, such as *",
		"y = 2; = 3":              "8: = begins no definition; want name = formula",
		"y = 2 = 3": "7: = stands in a formula; " +
			"want one definition on a line, or semicolons between them",
		"y = max(1)":          "5: max: got 1 operands, want 2",
		"y = dot(1, 2, 3)":    "5: dot: got 3 operands, want an even number",
		"exp = 3":             "1: exp is the name of a function; want another name",
		"y = 1 +":             "8: the formula ends where a number, a name or a bracket was expected",
		"y = ·2":              "5: · stands where a number, a name or a bracket was expected",
		"y = 2e-x; x = 1":     "6: e is not defined; want exp(x) for e^x",
		"y = w⁽¹; w = 1":      "6: '⁽' is not part of a formula",
		"y = e^x; x = 1":      "5: e is not defined; want exp(x) for e^x",
		"y = log2(x); x = 1":  "5: log2 is not defined; want ln(x)/ln(2)",
		"y = log10(x); x = 1": "5: log10 is not defined; want ln(x)/ln(10)",
		"y = floor(x); x = 1": "5: floor is not defined; there is no such function, and a factor wants a line " +
			"such as floor = 0.5",
		"y = 7x // 2; x = 1":       "8: " + division,
		"x = 1; b = 2; y = x // b": "21: " + division,
		"b = 2; x = 1; y = x//b+1": "20: " + division,
		"x = 1; y = x//(b + 1)":    "13: " + division,
		"x = 1; y = 2x//b":         "14: " + division, // though b is not defined
		"x = 1e-400":               "5: 1e-400 is no number that there is: it is so small that it would be 0",
		"y = np.exp(x); x = 1": "7: a point is no sign, and no digit is next to this one; want · for a product, " +
			"and exp for np.exp",
		"y = pi·x; x = 1":  "5: pi is not defined; want π, or a line such as pi = 3.14159265358979",
		"y = sin x; x = 1": "9: x follows the function sin; want its operands in brackets, as in sin(x)",
		"tanh(1)":          "5: ( follows the name tanh; want name = formula",
		"y = 0,5": "7: a definition begins with a name; " +
			"want name = formula, and a point, not a comma, in a number",
		"y = 1e400":          "5: 1e400 is no number that there is: its size is over 1.8e308",
		"y = x⁻; x = 1":      "6: a digit must follow ⁻, as in x⁻¹",
		"y = $":              "5: '$' is not part of a formula",
		"input y = x; x = 1": "7: y is computed from other values, so it is no input; want a number",
		"const y = x; x = 1": "7: y is computed from other values, so it is no constant; want a number",
		"y = x1..3; x1 = 1": "7: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = sum(x3..x1); x1 = 1": "9: x3..x1 is no range; " +
			"want two names that differ in the number at their end, as x1..x3",
		"y = sum(1..x3); x3 = 1": "10: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = sum(2x1..x2); x1 = 1; x2 = 2": "12: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = sum(x1..x2²); x1 = 1; x2 = 2": "11: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = x1..x2; x1 = 1; x2 = 2": "7: a range is an operand by itself, " +
			"two names with a number each, as in sum(x1..x3)",
		"y = sum(x1..x2; x1 = 1; x2 = 2": "8: the bracket is not closed; want )",
		"a = b; b = c; c = d; d = e; e = f; f = g; g = h; h = a": "1: a is computed from itself: " +
			"a ← b ← c ← d ← … ← g ← h ← a",
		"y = 2e1; e1 = 3": "5: this may be the number 20 or a product with e1; " +
			"want · before e1, or another name",
		"y = 2e-3; e = 3": "5: this may be the number 0.002 or a product with e; " +
			"want · before e, or another name",
		"y = 2e+1·x; e = 3; x = 1": "5: this may be the number 20 or a product with e; " +
			"want · before e, or another name",
		"y = 2e1x; e1x = 3; x = 1": "5: this may be the number 20 or a product with e1x; " +
			"want · before e1x, or another name",
		"input x = 1,\nt = 0\ny = x·t": "12: the word input is for one line, which ends with a comma; " +
			"want the next definition in this line, or no comma",
		"const x = 1, t = 0,; y = x": "19: the word const is for one line, which ends with a comma; " +
			"want the next definition in this line, or no comma",
		"x01 = 1; x02 = 2; x2 = 3; y = sum(x01..x02)": "35: x01..x02 is no range; " +
			"want two names that differ in the number at their end, as x1..x3",
		"x = 3 y = x + 1": "9: = stands in a formula; " +
			"want one definition on a line, or semicolons between them",
		"y = W1.x; W1 = 1; x = 2": "7: a point is no sign, and no digit is next to this one; want · for a product",
		"":                        "1: the text is empty; want a definition such as y = 2x + 1",
		"# nothing":               "1: there is no definition; want one such as y = 2x + 1",
	} {
		_, err := formula.Read(text)
		var e *formula.Error
		if !errors.As(err, &e) {
			t.Errorf("%q: the error is %v, want one of type *Error", text, err)
			continue
		}
		message, _, _ := strings.Cut(err.Error(), "\n")
		if got := strings.TrimPrefix(message, "formula: line 1, column "); got != want {
			t.Errorf("%q: the error is\n%s, want\n%s", text, got, want)
		}
	}
}

// The line in an error does not talk to the terminal.
func TestControlCharacters(t *testing.T) {
	_, err := formula.Read("y =\t2·x + 1 \x1b[2J\u202e; x = 3")
	const want = "formula: line 1, column 13: '\\x1b' is not part of a formula\n" +
		"\ty =\t2·x + 1 �[2J�; x = 3\n\t   \t        ^"
	if err == nil || err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
}

// What would take too much memory or time is refused.
func TestLimits(t *testing.T) {
	most := strconv.Itoa(math.MaxInt)
	for text, want := range map[string]string{
		"y = " + strings.Repeat("(", 500_000):       "brackets and signs are nested more than 1000 deep",
		"y = " + strings.Repeat("-", 500_000):       "brackets and signs are nested more than 1000 deep",
		"y = " + strings.Repeat("√", 300_000):       "brackets and signs are nested more than 1000 deep",
		"y = 2" + strings.Repeat("^2", 2000):        "brackets and signs are nested more than 1000 deep",
		"y = " + strings.Repeat("a", 101):           "the name has 101 characters, want at most 100",
		"y = 1" + strings.Repeat(" ", 1<<20):        "the text has 1048581 bytes, want at most 1048576",
		"a = 1; y = 1+1+sum(x0..x" + most + ")":     "have more than 524288 names and signs",
		"y = sum(x1..x2147483646)":                  "have more than 524288 names and signs",
		"y = 1" + strings.Repeat("+1", 300_000):     "have more than 524288 names and signs",
		strings.Repeat("y = sum(x1..x200000)\n", 3): "y is defined twice",
	} {
		if _, err := formula.Read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q…: the error is %.200v, want %q", text, err, want)
		}
	}
	_, err := formula.Read("a = sum(x1..x80000)\nb = sum(x1..x80000)\nc = sum(x1..x80000)")
	if err == nil || !strings.Contains(err.Error(), "have more than 524288 names and signs") {
		t.Errorf("of three ranges the error is %.200v", err)
	}
	_, err = formula.Read(strings.Repeat("y = (\n", 1000))
	if n := strings.Count(err.Error(), "formula: line "); n != 10 {
		t.Errorf("%d errors are reported, want 10", n)
	}
	_, err = formula.Read("x = 1; y = " + strings.Repeat("x + ", 200) + "$" + strings.Repeat(" + x", 200))
	for _, line := range strings.Split(err.Error(), "\n")[1:] {
		if n := len([]rune(line)); n-1 > 80-8 {
			t.Errorf("a line of the error has %d characters after a tab of 8 columns, want at most 72: %s", n-1, line)
		}
	}
}

// A number in a later text takes the place of what an earlier one has for its name.
func TestSeveralTexts(t *testing.T) {
	net := "y = w·x + b\ninput x = 1\nw = 2; b = 3"
	for _, tt := range []struct {
		texts []string
		want  string // the text of the graph, or of an error
	}{
		{[]string{net}, "input x = 1\nw = 2, b = 3\ny = w·x + b\n"},
		{[]string{net, "x = 5, w = 2·3"}, "input x = 5\nw = 6, b = 3\ny = w·x + b\n"},
		{[]string{net, "input w = 7; const b = 2"}, "input w = 7, x = 1\nconst b = 2\ny = w·x + b\n"},
		{[]string{"y = w·x", "w = 1", "x = 2"}, "w = 1, x = 2\ny = w·x\n"},
		{[]string{net, "w = 1", "w = 8"}, "input x = 1\nw = 8, b = 3\ny = w·x + b\n"},
		{[]string{"y = w²; w = 1", "w = 2π"}, "w = 6.283185307179586\ny = w²\n"},
		{[]string{"x = 1; y = x; z = 2y"}, "x = 1\nz = 2·x\ny = x\n"},
		{[]string{"L = M; M = y; y = 2"}, "y = 2\nL = y\nM = y\n"},
		{[]string{"L = y; y = 2x; x = 3"}, "x = 3\ny = 2·x\nL = y\n"},
		{[]string{"x = 1, y = 2x,"}, "x = 1\ny = 2·x\n"},
		{[]string{"a = 2b; y = a²; b = 1", "a = 3"}, "a = 3, b = 1\ny = a²\n"},
		{
			[]string{net, "w = 1; w = 8"},
			"formula: text 2, line 1, column 8: w is defined twice, first in line 1\n\tw = 1; w = 8\n\t       ^",
		},
		{
			[]string{net, "w = b"},
			"formula: text 2, line 1, column 1: w is defined twice, first in line 3 of text 1\n\tw = b\n\t^",
		},
		{
			[]string{net, "w = $"},
			"formula: text 2, line 1, column 5: '$' is not part of a formula\n\tw = $\n\t    ^",
		},
	} {
		g, err := formula.Read(tt.texts...)
		var got string
		if err == nil {
			got = g.String()
			again, err := formula.Read(got)
			if err != nil || again.String() != got || len(again.Names()) != len(g.Names()) {
				t.Errorf("%q: the text is read as %v, error %v, want\n%s", tt.texts, again, err, got)
			}
		} else {
			got = err.Error()
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.texts, diff)
		}
	}
}

// Results are formulas that are part of no other one, and not numbers that no formula has.
func TestResults(t *testing.T) {
	g, err := formula.Read("unused = 1; a = 2x; b = a²; c = a + 1; x = 3; y = x; input z = 4; const k = 5")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b", "c"}, names(g.Results)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"unused", "x"}, names(g.Parameters)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func names(values []*gradus.Value) (names []string) {
	for _, v := range values {
		names = append(names, v.Name())
	}
	return names
}

// One formula is read as a Value of others, or as a function.
func TestExpressionAndFunction(t *testing.T) {
	for text, want := range map[string]string{
		"a·b": "", "2a + π": "", "a; b": "column 2: a semicolon ends the formula, want one formula",
		"a = b": "column 3: = stands in a formula", "a\nb": "line 2, column 1: a formula is one line",
		"a +": "column 4: the formula ends where", "  ": "column 1: the text is empty",
	} {
		z, err := formula.Expression(text, values())
		f, errF := formula.Function(text)
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) || errF == nil || errF.Error() != err.Error() {
				t.Errorf("%q: the errors are %v and %v, want %s", text, err, errF, want)
			}
			continue
		}
		if err != nil || errF != nil {
			t.Errorf("%q: %v, %v", text, err, errF)
			continue
		}
		if got := f(func(name string) float64 { return values()[name].Data }); got != z.Data {
			t.Errorf("%q is %v as a function and %v as a Value", text, got, z.Data)
		}
	}
	for text, want := range map[string]string{"2e1": "may be the number", "a // e1": "no division"} {
		_, err := formula.Expression(text, map[string]*gradus.Value{"a": gradus.New(1), "e1": gradus.New(2)})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", text, err, want)
		}
	}
	_, err := formula.Expression("aa·b", map[string]*gradus.Value{"ab": gradus.New(1)})
	if err == nil || !strings.Contains(err.Error(), "aa is not defined; did you mean ab?") {
		t.Errorf("the error is %v", err)
	}
}

// All errors are reported at once, each with its line and a caret under its column.
func TestSeveralErrors(t *testing.T) {
	_, err := formula.Read("x = 1\n\ty = tanh(x\nz = y + u\nL = z·$")
	want := `formula: line 2, column 10: the bracket is not closed; want )
		y = tanh(x
		        ^
formula: line 3, column 9: u is not defined; want a line such as u = 0.5
	z = y + u
	        ^
formula: line 4, column 7: '$' is not part of a formula
	L = z·$
	      ^`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = formula.Read("y = u; exp = 3") // in the order of the columns, too
	if text := err.Error(); strings.Index(text, "u is not defined") > strings.Index(text, "exp is the name") {
		t.Errorf("the order is wrong:\n%s", text)
	}
}

// Every op can be written as a function or with its sign, and as a part of other formulas.
func TestEveryOp(t *testing.T) {
	two := gradus.Const(2)
	formulas := 0
	for _, op := range gradus.Ops() {
		n := max(op.Arity(), 2*min(1, -op.Arity()))
		names := []string{"a", "b", "c"}[:n]
		words := []string{}
		for _, word := range formula.Functions() {
			z, err := formula.Expression(word+"("+strings.Join(names, ",")+")", values())
			if err == nil && z.Op() == op {
				words = append(words, word)
				if word != "σ" { // Σ is sum
					words = append(words, strings.ToUpper(word))
				}
			}
		}
		write := func(word string, x ...string) string { return word + "(" + strings.Join(x, ", ") + ")" }
		if sign := map[string]string{"+": "+", "−": "-", "·": "*", "/": "/"}[op.Name()]; sign != "" {
			words, write = []string{sign}, func(word string, x ...string) string {
				return "((" + x[0] + ")" + word + "(" + x[1] + "))"
			}
		}
		if len(words) == 0 {
			t.Errorf("op %s cannot be written", op.Name())
		}
		for _, word := range words {
			v := values()
			x := []*gradus.Value{v["a"], v["b"], v["c"]}[:n]
			z, inner, second := op.Apply(x...), append([]*gradus.Value{}, x...), append([]string{}, names...)
			inner[0], second[0] = x[0].Sin(), "sin(a)"
			for text, want := range map[string]*gradus.Value{
				write(word, names...):                     z,
				"2" + write(word, names...) + "²":         two.Mul(z.Square()),
				"-" + write(word, names...) + "/b − c":    z.Neg().Div(v["b"]).Sub(v["c"]),
				"c^" + write(word, second...):             v["c"].Pow(op.Apply(inner...)),
				"(" + write(word, second...) + ")(a + b)": op.Apply(inner...).Mul(v["a"].Add(v["b"])),
			} {
				formulas++
				got, err := formula.Expression(text, v)
				if err != nil {
					t.Errorf("%s: %v", text, err)
					continue
				}
				if diff := cmp.Diff(describe(want), describe(got)); diff != "" {
					t.Errorf("%s (-Go +text):\n%s", text, diff)
				}
			}
		}
	}
	if formulas < 400 {
		t.Errorf("%d formulas were tried, want at least 400", formulas)
	}
}

func values() map[string]*gradus.Value {
	return map[string]*gradus.Value{"a": gradus.New(0.7), "b": gradus.New(-1.3), "c": gradus.New(2.5)}
}

// Brackets and signs may be nested as deep as the error about those that are nested deeper says.
func TestDepth(t *testing.T) {
	for _, part := range [][2]string{
		{"(", ")"},
		{"[", "]"},
		{"sin(", ")"},
		{"max(1, ", ")"},
		{"√", ""},
		{"-", ""},
		{"2^", ""},
		{"2^-", ""},
		{"-(", ")"},
		{"√(", ")"},
	} {
		signs := strings.Count(part[0], "-") + strings.Count(part[0], "^") + strings.Count(part[0], "√") +
			strings.Count(part[0], "(") + strings.Count(part[0], "[")
		for n, want := range map[int]bool{1000 / signs: true, 1000/signs + 1: false} {
			text := "y = " + strings.Repeat(part[0], n) + "x" + strings.Repeat(part[1], n) + "; x = 1"
			if _, err := formula.Read(text); (err == nil) != want {
				t.Errorf("%d times %s: error %.200v", n, part[0], err)
			}
		}
		text := "x = 1; y = 0" + strings.Repeat(" + "+part[0]+"x"+part[1], 1001)
		if _, err := formula.Read(text); err != nil {
			t.Errorf("%s side by side: error %.200v", part[0], err)
		}
	}
}
