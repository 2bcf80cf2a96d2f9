package claim_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/claim"
)

const (
	tutorialA = "input x = 1, t = 0; W1 = 0.5; b1 = 0; W2 = -1; b2 = 0\n" +
		"z = W1·x + b1; a = σ(z); y = W2·a + b2; L = ½(y − t)²"
	chainA   = tutorialA + "\n\nx = 1.5; t = 0.3; W2 = -1.2; b1 = 0.1"
	diamond  = "x = 0.7; p = sin(x); q = x·x + 3x; f = p·q"
	square   = "a = 3; y = a·a"
	neuron   = "input x1 = 2, x2 = 0.5; w1 = -0.3; w2 = 0.8; b = 0.1; z = w1·x1 + w2·x2 + b; a = σ(z)"
	karpathy = "a = 2; b = 3; c = 4; f = −a³ + sin(3b) − 1/c + b^2.5 − √a"
	softmax  = "z1 = 1; z2 = 2; z3 = 0.5; input t1 = 0.2, t2 = 0.7, t3 = 0.1\n" +
		"e1 = exp(z1); e2 = exp(z2); e3 = exp(z3); S = e1 + e2 + e3; p1 = e1/S; p2 = e2/S; p3 = e3/S\n" +
		"L = −(t1·ln(p1) + t2·ln(p2) + t3·ln(p3))"
	layer = "input x = 0.3; w11 = 0.5; w12 = 1.2; w21 = 1.9; w22 = 2.6; h1 = sin(x); h2 = cos(x)\n" +
		"z1 = w11·h1 + w12·h2; z2 = w21·h1 + w22·h2; E = z1² + exp(z2)"
)

// In each line ⟦ and ⟧ stand around what is wrong.
func TestLocate(t *testing.T) {
	for _, tt := range []struct{ graph, line, factor, says string }{
		{chainA, "dL/dy = ⟦t − y⟧", "∂L/∂y", "this has the wrong sign"},
		{chainA, "dL/dW2 = ⟦(t − y)⟧·a", "∂L/∂y", "this stands where ∂L/∂y belongs"},
		{chainA, "dL/dW1 = ⟦(t − y)⟧·W2·a(1 − a)·x", "∂L/∂y", "this stands where ∂L/∂y belongs"},
		{chainA, "dL/dW1 = ⟦−⟧(y − t)·W2·a(1 − a)·x", "∂L/∂y", "this minus sign is too much"},
		{chainA, "dL/dW1 = x·a·(y − t)·(1 − a)·(⟦−⟧W2)", "∂L/∂y", "this minus sign is too much"},
		{chainA, "dL/dW1 = ⟦2⟧(y − t)·W2·a(1 − a)·x", "∂L/∂y", "this factor is too much"},
		{chainA, "dL/dW1 = ⟦½⟧(y − t)·W2·a(1 − a)·x", "∂L/∂y", "this factor is too much"},
		{chainA, "dL/dW1 = ⟦(y − t)·a(1 − a)·x⟧", "∂y/∂a", "∂y/∂a is missing here"},
		{chainA, "dL/dW1 = ⟦(y − t)·W2·a(1 − a)⟧", "∂z/∂W1", "∂z/∂W1 is missing here"},
		{chainA, "dL/dW1 = ⟦(y − t)·W2·x⟧", "∂a/∂z", "∂a/∂z is missing here"},
		{chainA, "dL/dW1 = (y − t)·W2·⟦σ(a)·(1 − σ(a))⟧·x", "∂a/∂z", "this stands where ∂a/∂z belongs"},
		{chainA, "dL/dW1 = (y − t)·W2·⟦z(1 − z)⟧·x", "∂a/∂z", "this stands where ∂a/∂z belongs"},
		{chainA, "dL/dW1 = x·(y − t)·W2·a(1 + ⟦a⟧)", "∂a/∂z", "the sign of this term is wrong"},
		{chainA, "dL/dW1 = a·(y − t)·W2·(1 + ⟦a⟧)·x", "∂a/∂z", "the sign of this term is wrong"},
		{chainA, "dL/dW1 = (y − t)·⟦W1⟧·a(1 − a)·x", "∂y/∂a", "this stands where ∂y/∂a belongs"},
		{chainA, "dL/dW1 = (y + ⟦t⟧)·W2·a(1 − a)·x", "∂L/∂y", "the sign of this term is wrong"},
		{chainA, "dL/dW1 = ⟦(t − y)⟧·a(1 − a)·x", "∂y/∂a", "this stands where dL/da belongs"},
		{chainA, "dL/dW2 = (y − t)·⟦z⟧", "∂y/∂W2", "this stands where ∂y/∂W2 belongs"},
		{chainA, "dL/dW2 = ⟦y − t⟧", "∂y/∂W2", "∂y/∂W2 is missing here"},
		{chainA, "dL/db2 = (y − t)·⟦b2⟧", "∂y/∂b2", "this factor is too much"},
		{chainA, "dL/db1 = (y − t)·W2·a(1 − a)·⟦x⟧", "∂z/∂b1", "this factor is too much"},
		{chainA, "dL/da = (y − t)⟦/W2⟧", "∂y/∂a", "this stands where ∂y/∂a belongs"},
		{chainA, "dL/dW2 = ⟦-0.38⟧", "∂L/∂y", ""},
		{tutorialA, "dL/dW2 = ⟦-0.6225·0.6235⟧", "∂L/∂y", ""},
		{tutorialA, "dL/dW1 = -0.6225·-1·⟦0.6225·0.6225⟧·1", "∂a/∂z", "this stands where ∂a/∂z belongs"},
		{chainA, "da/dz = a(1 + ⟦a⟧)", "∂a/∂z", "the sign of this term is wrong"},
		{diamond, "df/dx = ⟦q·cos(x)⟧", "∂q/∂x", "the path f → q → x is missing here"},
		{diamond, "df/dx = ⟦p·(2x + 3)⟧", "∂p/∂x", "the path f → p → x is missing here"},
		{diamond, "df/dx = q·cos(x) + p·⟦(x + 3)⟧", "∂q/∂x", "this stands where ∂q/∂x belongs"},
		{diamond, "df/dx = q·cos(x) + p·⟦2x⟧", "∂q/∂x", "this stands where ∂q/∂x belongs"},
		{diamond, "df/dx = q·⟦cos(p)⟧ + p·(2x + 3)", "∂p/∂x", "this stands where ∂p/∂x belongs"},
		{diamond, "df/dx = q·cos(x) − ⟦p·(2x + 3)⟧", "∂f/∂q", "the sign of this term is wrong"},
		{diamond, "df/dx = ⟦−⟧q·cos(x) + p·(2x + 3)", "∂f/∂p", "this minus sign is too much"},
		{diamond, "df/dx = ⟦q·cos(x)·p·(2x + 3)⟧", "∂q/∂x", ""},
		{diamond, "dq/dx = ⟦x⟧ + 3", "∂q/∂x", "this stands where ∂(x · x)/∂x belongs"},
		{diamond, "dq/dx = ⟦2x⟧", "∂q/∂x", "∂(3 · x)/∂x is missing here"},
		{diamond, "df/dx = ⟦7q·cos(x)⟧", "∂f/∂q", ""},
		{softmax, "dL/dz1 = ⟦p1(1 − p1)⟧", "∂L/∂p3", ""},
		{"x = 3; f = ln(x² + x)", "df/dx = (2x + 1)/(x² − ⟦x⟧)", "∂f/∂x", "the sign of this term is wrong"},
		{square, "dy/da = ⟦a⟧", "∂y/∂a", "one use of a in y is missing here"},
		{neuron, "da/dw1 = ⟦a(1 − a)⟧", "∂z/∂w1", "∂z/∂w1 is missing here"},
		{neuron, "da/dw1 = a(1 − a)·⟦x2⟧", "∂z/∂w1", "this stands where ∂z/∂w1 belongs"},
		{neuron, "da/dx1 = a(1 − a)·⟦x1⟧", "∂z/∂x1", "this stands where ∂z/∂x1 belongs"},
		{karpathy, "df/da = ⟦3a²⟧ − 1/(2√a)", "∂f/∂a", "the sign of this term is wrong"},
		{karpathy, "df/da = −3a² + ⟦1/(2√a)⟧", "∂f/∂a", "the sign of this term is wrong"},
		{karpathy, "df/da = −3a² − 1⟦/√a⟧", "∂f/∂a", "this stands where ∂√(a)/∂a belongs"},
		{karpathy, "df/da = −⟦3a⟧ − 1/(2√a)", "∂f/∂a", "this stands where ∂(a ^ 3)/∂a belongs"},
		{karpathy, "df/db = ⟦cos(3b)⟧ + 2.5b^1.5", "∂f/∂b", "∂(3 · b)/∂b is missing here"},
		{karpathy, "df/db = 3⟦cos(b)⟧ + 2.5b^1.5", "∂f/∂b", "this stands where ∂sin(3 · b)/∂(3 · b) belongs"},
		{karpathy, "df/db = 3cos(3b) + ⟦2.5b^2.5⟧", "∂f/∂b", "this stands where ∂(b ^ 2.5)/∂b belongs"},
		{karpathy, "df/db = ⟦−⟧3cos(3b) + 2.5b^1.5", "∂f/∂b", "this minus sign is too much"},
		{karpathy, "df/db = ⟦3cos(3b)⟧", "∂f/∂b", "∂(b ^ 2.5)/∂b is missing here"},
		{karpathy, "df/dc = ⟦−1⟧/c²", "∂f/∂c", "this has the wrong sign"},
		{karpathy, "df/dc = ⟦1/c⟧", "∂f/∂c", ""},
		{softmax, "dL/dz1 = ⟦t1 − p1⟧", "∂L/∂p3", "this has the wrong sign"},
		{softmax, "dL/dz1 = ⟦p1⟧", "∂p1/∂e1", "the path L → p1 → e1 is missing here"},
		{softmax, "dL/dp1 = ⟦t1/p1⟧", "∂L/∂p1", "a minus sign is missing here"},
		{softmax, "dL/dp1 = ⟦−1/p1⟧", "∂L/∂p1", "∂(t1 · ln(p1))/∂ln(p1) is missing here"},
		{layer, "dE/dh1 = 2z1·w11 + exp(z2)·⟦w12⟧", "∂z2/∂h1", "this stands where ∂z2/∂h1 belongs"},
		{layer, "dE/dh1 = ⟦z1⟧·w11 + exp(z2)·w21", "∂E/∂z1", "this stands where ∂E/∂z1 belongs"},
		{layer, "dE/dh1 = ⟦2z1·w11⟧", "∂z2/∂h1", "the path E → z2 → h1 is missing here"},
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(tt.line)
		c, p := locate(t, tt.graph, text)
		if got := c.Name + " =" + marked(c, p); got != tt.line || p.Factor != tt.factor || p.Says != tt.says {
			t.Errorf("got  %s [%s] %q\nwant %s [%s] %q", got, p.Factor, p.Says, tt.line, tt.factor, tt.says)
		}
		if p.Gap != strings.Contains(tt.says, "missing") {
			t.Errorf("%s: a gap: %t", tt.line, p.Gap)
		}
	}
}

// locate returns the claim that a line is, and the place of its mistake.
func locate(t *testing.T, graph, line string) (claim.Claim, claim.Place) {
	t.Helper()
	g, err := formula.Read(strings.Split(graph, "\n\n")...)
	if err != nil {
		t.Fatal(err)
	}
	claims := claim.Take([]formula.File{{Text: line}})
	d, err := claim.Derivation(claims, g)
	if err != nil {
		t.Fatal(err)
	}
	root := g.Results[len(g.Results)-1]
	f, err := gradcheck.CheckDerivation(root, d)
	if err != nil {
		t.Fatal(err)
	}
	if f[0].OK {
		t.Errorf("%s is right", line)
	}
	return claims[0], claim.Locate(root, claims[0], f[0])
}

// marked returns the right-hand side with signs around the parts of a place.
func marked(c claim.Claim, p claim.Place) string {
	text, last := []rune(c.Right), 0
	out := ""
	for _, part := range p.Parts {
		out += string(text[last:part.From]) + "⟦" + string(text[part.From:part.To]) + "⟧"
		last = part.To
	}
	return out + string(text[last:])
}
