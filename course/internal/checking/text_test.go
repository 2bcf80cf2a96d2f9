package checking_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// What is said first about an answer that is not complete or not understood, or that is a number.
func TestProblem(t *testing.T) {
	p := checking.Problem{
		Graph:    "x = 2\nv = 7 − 4x\nc = 5 + 2v\ny = c·v",
		Solution: "dv/dx = −4\ndc/dx = 2·dv/dx\ndy/dx = dc/dx·v + c·dv/dx",
	}
	for _, tt := range []struct{ name, answer, want string }{
		{"nothing done", "dv/dx = TODO\ndc/dx = TODO\ndy/dx = TODO", "dv/dx is still to do"},
		{"one is done, and wrong", "dv/dx = TODO\ndc/dx = 2\ndy/dx = TODO", "dc/dx = 2 is wrong"},
		{"one is done, and right", "dv/dx = −4\ndc/dx = TODO\ndy/dx = TODO", "dc/dx is still to do"},
		{"a line is lost", "dv/dx = 4\ndy/dx = TODO", "there is no line for dc/dx"},
		{"another name", "dv/dx = 4\ndc/dx = 2\ndy/dX = 1", "begins with dy/dx = (line 3 begins with dy/dX)"},
		{"other names", "dvdx = 4\ndcdx = 2\ndy/dx = 1", "begins with dv/dx = (line 1 begins with dvdx)"},
		{"a number for a formula", "dv/dx = −4\ndc/dx = −8\ndy/dx = 10", "dy/dx = 10 is a number"},
		{"the right number", "dv/dx = −4\ndc/dx = −8\ndy/dx = −4", "dy/dx = −4 is right for the numbers of"},
		{"the right number, rounded", "dv/dx = −4\ndc/dx = −8\ndy/dx = −4.0", "is right for the numbers of"},
		{"a computed number", "dv/dx = −4\ndc/dx = −8\ndy/dx = 2/3 − 14/3", "is right for the numbers of"},
		{"numbers that are right everywhere", "dv/dx = −4\ndc/dx = −8\ndy/dx = −8v − 4c", ""},
		{"not above", "dv/dx = −4\ndc/dx = 2·dc/dv\ndy/dx = 0", "line 2: dc/dv is not given by a line above"},
		{"not above, after one that is", "dv/dx = −4\ndc/dx = dv/dx·dc/dv\ndy/dx = 0", "line 2: dc/dv is not"},
		{"no name", "dv/dx = −4\ndc/dx = 2·dw\ndy/dx = 0", "line 2: dw is not a name"},
		{"one is", "dv/dx = −4\ndc/dx = 2·dv/dx·dc/dv\ndy/dx = 0", "line 2: dc/dv is not given by a line above"},
		{"a small letter for a capital", "dv/dx = −4\ndc/dx = 2·V\ndy/dx = 0", "is v meant?"},
		{"a power without a sign", "dv/dx = −4\ndc/dx = x2\ndy/dx = 0", "written x^2"},
		{"a product without a sign", "dv/dx = −4\ndc/dx = −8\ndy/dx = cv", "written c*v"},
		{"no brackets", "dv/dx = −4\ndc/dx = sin2x\ndy/dx = 0", "sin(2x)"},
		{"no sign after a derivative", "dv/dx = −4\ndc/dx = 2dv/dx x\ndy/dx = 0", "x follows dv/dx;"},
		{"no sign before a derivative", "dv/dx = −4\ndc/dx = vdv/dx\ndy/dx = 0", "vdv/dx is not a name"},
		{"a capital letter in a derivative", "dv/dx = −4\ndc/dx = 2·dV/dx\ndy/dx = 0", "is dv/dx meant?"},
		{"e", "dv/dx = −4\ndc/dx = e^x\ndy/dx = 0", "exp(u) is e to the power"},
		{"a Greek letter", "dv/dx = −4\ndc/dx = sigma(x)\ndy/dx = 0", "is written sigmoid(u) or σ(u)"},
		{"a prime", "dv/dx = −4\ndc/dx = 2v'\ndy/dx = 0", "the formula in place of v'"},
		{"below", "dv/dx = dc/dx/2\ndc/dx = −8\ndy/dx = 0", "line 1: dc/dx is not given by a line above"},
	} {
		wrong, ok := p.Check(tt.answer).FirstWrong()
		says := strings.Contains(wrong.Text, tt.want) && strings.Count(wrong.Text, "(line") <= 1
		if ok != (tt.want != "") || !says {
			t.Errorf("%s: got %q, want %q", tt.name, wrong.Text, tt.want)
		}
	}
}

// A name without its number may be any of those with one, and one with a number that without it.
func TestNumberIsMissing(t *testing.T) {
	p := checking.Problem{Graph: "x1 = 2, x2 = 3, xy = 1\ny = x1·x2 + xy", Solution: "dy/dx1 = x2"}
	for name, want := range map[string]string{
		"x": "; is x1 or x2 meant?", "xz": "x1, x2, xy, y", "x3": "x1, x2, xy, y", "y1": "; is y meant?",
	} {
		wrong, _ := p.Check("dy/dx1 = " + name).FirstWrong()
		if !strings.HasSuffix(wrong.Text, want) {
			t.Errorf("%s: got %q, want … %q", name, wrong.Text, want)
		}
	}
}

// A derivative is known in all ways in which one writes it.
func TestKeys(t *testing.T) {
	problem := checking.Problem{
		Graph:    "u = 2, v = 3\nL = u²·v",
		Solution: "dL/du = 2u·v\nd²L/du dv = 2u\nd²L/du² = 2v",
	}
	for _, tt := range []struct{ name, answer, want string }{
		{"as asked for", "dL/du = 2u·v\nd²L/du dv = 2u\nd²L/du² = 2v", ""},
		{"∂, other order", "∂L/∂u = 2u·v\n∂²L/∂v∂u = 2u\n∂²L/∂u² = 2v", ""},
		{"spaces", "dL / du = 2u·v\nd²L /du dv = 2u\nd²L/ du² = 2v", ""},
		{"typed", "dL_du = 2u·v\nd2L/dv du = 2u\nd^2L/du^2 = 2v", ""},
		{"twice", "dL/du = 2u·v\nd2L/dv du = 2u\nd²L/du dv = 2u", "line 3 is about d²L/du dv, and so is line 2"},
		{"another", "dL/du = 2u·v\nd²L/dv² = 0\nd²L/du² = 2v", "there is no line for d²L/du dv"},
	} {
		wrong, _ := problem.Check(tt.answer).FirstWrong()
		if (tt.want == "") != (wrong.Text == "") || !strings.Contains(wrong.Text, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, wrong.Text, tt.want)
		}
	}
}

// The first thing to mend is no line that is wrong because another one is, whatever their order.
func TestFirstWrong(t *testing.T) {
	problem := checking.Problem{Graph: "x = 2, w = 3\ny = w·x\nL = y²", Solution: "dL/dy = 2y\ndL/dw = 2y·x"}
	found := problem.Check("dL/dw = y·x\ndL/dy = y")
	if wrong, _ := found.FirstWrong(); wrong.Name != "dL/dy" || found[0].Name != "dL/dw" {
		t.Errorf("the first wrong one is %s, of\n%s", wrong.Name, found)
	}
}

// What other lines give is taken for known only if a line uses it, where it would mislead.
func TestByItself(t *testing.T) {
	net := checking.Problem{
		Graph: "x = 1, t = 0\nW1 = 0.5, b1 = 0\nW2 = −1, b2 = 0\nz = W1·x + b1\na = σ(z)\ny = W2·a + b2\n" +
			"L = ½(y − t)²",
		Solution: "dL/dy = y − t\ndL/da = dL/dy·W2\ndL/dz = dL/da·a(1 − a)\ndL/dW1 = dL/dz·x",
	}
	units := checking.Problem{
		Graph:    "z1 = 0.2, z2 = 0.5, w = 3\ny1 = tanh(z1)\ny2 = tanh(z2)\nE = w·y1 + w·y2",
		Solution: "dE/dz1 = w(1 − y1²)\ndE/dz2 = w(1 − y2²)",
	}
	const right = "dL/dy = y − t\ndL/da = dL/dy·W2\ndL/dz = dL/da·a(1 − a)\n"
	for _, tt := range []struct {
		name          string
		problem       checking.Problem
		answer        string
		line, want    string
		otherwiseSays string
	}{
		{
			"a sign", net, "dL/dy = y − t\ndL/da = (t − y)·W2\ndL/dz = 1\ndL/dW1 = x", "dL/da",
			"∂L/∂y: wrong sign", "no usual slip",
		},
		{"a factor", net, right + "dL/dW1 = dL/da·x", "dL/dW1", "∂a/∂z: σ′ is missing", "in this line"},
		{
			"the first of two", units, "dE/dz1 = w\ndE/dz2 = w", "dE/dz1",
			"∂y1/∂z1: tanh′ is missing", "the same slip",
		},
		{
			"a rounded number", net, "dL/dy = −0.6225\ndL/da = 0\ndL/dz = 1\ndL/dW1 = x", "dL/dy",
			"is right for the numbers of the text, and a formula", "no usual slip",
		},
		{
			"a number of few digits", net, "dL/dy = −1.1\ndL/da = 0\ndL/dz = 1\ndL/dW1 = x", "dL/dy",
			"is a number, and a formula is asked for", "slip",
		},
		{
			"a number of four digits", net, "dL/dy = 0.6225\ndL/da = 0\ndL/dz = 1\ndL/dW1 = x", "dL/dy",
			"wrong sign", "no usual slip",
		},
		{
			"a number of the text, rounded", net, "dL/dy = y − t\ndL/da = −0.62·W2\ndL/dz = 1\ndL/dW1 = x", "dL/da",
			"a number in it is one of the text, rounded", "nearly right at all",
		},
		{
			"one number of the text", net, right + "dL/dW1 = dL/dz·x·(1 + t)", "dL/dW1",
			"would be wrong without t = 0", " and W",
		},
	} {
		wrong, _ := tt.problem.Check(tt.answer).FirstWrong()
		says := strings.Contains(wrong.Text, tt.want) && !strings.Contains(wrong.Text, tt.otherwiseSays)
		if wrong.Name != tt.line || !says {
			t.Errorf("%s: got %s: %q, want %s: %q", tt.name, wrong.Name, wrong.Text, tt.line, tt.want)
		}
	}
}

// A pair of brackets that is missing is named, and so is a number of the text with which alone a formula is
// right.
func TestWhy(t *testing.T) {
	p := checking.Problem{
		Graph:    "a = 2, b = 3, t = 0\ny = a·b\nz = tanh(y)\nL = ½(z − t)²",
		Solution: "dL/dz = z − t\ndL/dy = dL/dz·(1 − z²)\ndL/da = dL/dy·b",
	}
	for _, tt := range []struct{ name, answer, want string }{
		{"around a sum", "dL/dz = z − t\ndL/dy = dL/dz·1 − z²\ndL/da = 0", "brackets are missing"},
		{"around a sum of words", "dL/dz = z − t\ndL/dy = dL/dz*1 − tanh(y)^2\ndL/da = 0", "brackets are missing"},
		{"no brackets help", "dL/dz = z − t\ndL/dy = dL/dz·(2 + z²)\ndL/da = 0", "look at ∂z/∂y"},
		{"t is 0", "dL/dz = z\ndL/dy = dL/dz·(1 − z²)\ndL/da = 0", "wrong without t = 0"},
		{"t is 0, and in the formula", "dL/dz = z + t·a\ndL/dy = 0\ndL/da = 0", "wrong without t = 0"},
		{
			"a number that is not 0", "dL/dz = z − t\ndL/dy = dL/dz·(1 − z²)\ndL/da = dL/dy·3",
			"with b = 4 it is ",
		},
		{"rounded", "dL/dz = 0.999(z − t)\ndL/dy = 0\ndL/da = 0", "a number in it is rounded"},
	} {
		wrong, _ := p.Check(tt.answer).FirstWrong()
		if !strings.Contains(wrong.Text, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, wrong.Text, tt.want)
		}
	}
}

// Brackets are missing around a product below a line, too, and around an exponent.
func TestBrackets(t *testing.T) {
	for _, tt := range []struct{ graph, solution, answer string }{
		{"c = 4\nf = −1/c", "df/dc = 1/c²", "df/dc = 1/c·c"},
		{"a = 2\nf = √a", "df/da = 1/(2√a)", "df/da = 1/2·√a"},
		{"a = 2\nf = √a", "df/da = 1/(2√a)", "df/da = ½a^-1/2"},
		{"a = 2, n = 3\nf = a^n", "df/da = n·a^(n − 1)", "df/da = n·a^n − 1"},
		{"a = 2, t = 1\nf = (a − t)²", "df/da = 2(a − t)", "df/da = 2a − t"},
	} {
		wrong, ok := checking.Problem{Graph: tt.graph, Solution: tt.solution}.Check(tt.answer).FirstWrong()
		if !ok || !strings.Contains(wrong.Text, "brackets are missing") {
			t.Errorf("%s: got %q", tt.answer, wrong.Text)
		}
	}
}

// Brackets are missing around a sum or an exponent alone: others would help by a coincidence.
func TestOtherBrackets(t *testing.T) {
	for _, tt := range []struct{ graph, solution, answer string }{
		{"c = 4\nf = −1/c", "df/dc = 1/c²", "df/dc = −1/c²"}, // and (−1/c)² is right
		{"n = 0.9\no = tanh(n)", "do/dn = 1 − o²", "do/dn = (1 − o)²"},
		{"y = 0.9, t = 2\nL = ½(y − t)²", "dL/dy = y − t", "dL/dy = (y − t)^2/2"}, // and (y − t)^(2/2) is right
		{"r = 2, g = 3, w = 5\nn = w − r·g", "dn/dr = −g", "dn/dr = 1 − g"},       // and 1( − g) is right
	} {
		wrong, ok := checking.Problem{Graph: tt.graph, Solution: tt.solution}.Check(tt.answer).FirstWrong()
		if !ok || strings.Contains(wrong.Text, "brackets") {
			t.Errorf("%s: got %q, want that it is wrong, and nothing of brackets", tt.answer, wrong.Text)
		}
	}
}

// An answer that is always 0 may be the file as it was handed out.
func TestAlwaysZero(t *testing.T) {
	c := checking.Comparison[float64]{
		Name: "Three", Right: 3, Points: [][]float64{{1}},
		Run:  func(answer float64, _ []float64) float64 { return answer },
		Call: func([]float64) string { return "Three()" },
	}
	for answer, want := range map[float64]string{0: "is your file saved?", 2: "it is 2 at all numbers"} {
		wrong, _ := c.Check(answer).FirstWrong()
		if !strings.Contains(wrong.Text, want) {
			t.Errorf("%v: got %q, want %q", answer, wrong.Text, want)
		}
	}
}
