package gradcheck_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// What is done less often is named, too, if nothing more usual explains the derivative.
func TestRareSlips(t *testing.T) {
	const softplus = "y = softplus(x); x = 1.2"
	const line = "y = w·x + b; w = 3; x = 2; b = 5"
	const net = "L = ½(y − t)²; y = W·a + b; a = σ(z); z = 3x; x = 0.4; W = −1; b = 0.2; t = 0.3"
	for _, tt := range []struct{ name, graph, key, formula, want string }{
		{"a constant is kept", line, "dy/dx", "w + b", "∂y/∂x: b is kept"},
		{"the factor itself", line, "dy/dw", "w", "∂y/∂w: w where x belongs"},
		{"divided by the factor", line, "dy/dw", "1/x", "∂y/∂w: 1/x where x belongs"},
		{"by another variable", line, "dy/db", "x", "∂y/∂b: ∂y/∂w where ∂y/∂b belongs"},
		{"another variable, in a chain", net, "dL/db", "(y − t)·W", "∂y/∂b: ∂y/∂a where ∂y/∂b belongs"},
		{"the function itself", net, "dL/dz", "(y − t)·W·a", "∂a/∂z: a where σ′(z) belongs"},
		{"of tanh", net, "dL/dz", "(y − t)·W·(1 − a²)", "∂a/∂z: the formula of tanh′ where that of σ′ belongs"},
		{
			"inside of a function", "y = sin(3b); b = 3", "dy/db", "3cos(b)",
			"∂y/∂b: sin′(b) where sin′(3 · b) belongs",
		},
		{
			"the exponent stays", "y = b^2.5; b = 3", "dy/db", "2.5b^2.5",
			"∂y/∂b: the exponent 2.5 is not lowered by 1",
		},
		{"a quotient", "y = a/c; a = 3; c = 4", "dy/dc", "−a/c", "∂y/∂c: c where c² belongs"},
		{"its numerator", "y = a/c; a = 3; c = 4", "dy/dc", "−1/c²", "∂y/∂c: the factor a is missing"},
		{
			"the product", "y = x·x·c; x = 3; c = 2; L = y·k; k = 5", "dL/dk", "y·k",
			"∂L/∂k: L where y belongs",
		},
		{"one of three", "y = v·u·x; v = 3; u = 2; x = 5", "dy/dx", "v", "∂y/∂x: the factor u is missing"},
		{"the other of three", "y = v·u·x; v = 3; u = 2; x = 5", "dy/dx", "u", "∂y/∂x: the factor v is missing"},
		{
			"a part of a sum", "n = w − r·w·x; w = 3; r = 2; x = 5", "dn/dw", "w − r·x",
			"∂n/∂w: w where 1 belongs",
		},
		{"a square", "y = x²; x = 3", "dy/dx", "x²", "∂y/∂x: y where its derivative belongs"},
		{"a product of one value", "y = a·a; a = 3", "dy/da", "a·a", "∂y/∂a: y where its derivative belongs"},
		{"a product within", "y = 7 − 4x; x = 3", "dy/dx", "−4x", "∂y/∂x: (4 · x) where its derivative belongs"},
		{"the exponent lowered twice", "y = x³; x = 5", "dy/dx", "3x", "∂y/∂x: the exponent 3 is lowered by 2"},
		{
			"the lowered exponent", "y = x³; x = 5", "dy/dx", "2x²",
			"∂y/∂x: the lowered exponent where the factor 3 belongs",
		},
		{"a part of a sum", line, "dy/db", "b", "∂y/∂b: b where 1 belongs"},
		{"of a sum as of a product", "y = a + b; a = 3; b = 2", "dy/da", "b", "∂y/∂a: b where 1 belongs"},
		{"of another function", softplus, "dy/dx", "σ(x)σ(−x)", "∂y/∂x: σ′ where softplus′ belongs"},
		{"within softplus", softplus, "dy/dx", "1/(1 + exp(x))", "∂y/∂x: the factor exp(x) is missing"},
		{"no square in tanh′", "y = tanh(x); x = 1.2", "dy/dx", "1 − y", "∂y/∂x: y where y² belongs"},
		{"the half of a root", "y = 3x − √x; x = 3", "dy/dx", "3 − 1/√x", "∂y/∂x: the factor ½ is missing"},
		{"a root above", "y = 3x − √x; x = 3", "dy/dx", "3 − ½√x", "∂y/∂x: √(x) where 1/√(x) belongs"},
		{"one of three factors", "y = n·v·a; n = 3; v = 5; a = 7", "dy/da", "n", "∂y/∂a: the factor v is missing"},
		{"divided by one of them", "y = n·v·a; n = 3; v = 5; a = 7", "dy/da", "v/n", "∂y/∂a: 1/n where n belongs"},
		{"within a root", "y = a/√d; a = 3; d = 5", "dy/da", "1/d", "∂y/∂a: d where √(d) belongs"},
		{
			"a slope for a factor", "y = w·a; a = σ(z); w = 3; z = 2", "dy/dw", "a(1 − a)",
			"∂y/∂w: σ′(z) where a belongs",
		},
		{
			"of another unit", "y = a1 + a2; a1 = σ(z1); a2 = σ(z2); z1 = 2; z2 = 3", "dy/dz1", "a2(1 − a2)",
			"∂a1/∂z1: a2 where a1 belongs",
		},
		{"the result itself", "y = exp(x)/(exp(x) + 3); x = 2", "dy/dx", "1 − y", "∂y/∂x: the factor y is missing"},
		{"a plus in σ′", "y = σ(x); x = 1.2", "dy/dx", "y(1 + y)", "∂y/∂x: 1 + y where 1 − y belongs"},
		{"a plus in tanh′", "y = tanh(x); x = 1.2", "dy/dx", "1 + y²", "∂y/∂x: 1 + y² where 1 − y² belongs"},
		{"the square of all", "y = tanh(x); x = 1.2", "dy/dx", "(1 − y)²", "∂y/∂x: (1 − y)² where 1 − y² belongs"},
		{
			"the outer function of softplus", softplus, "dy/dx", "exp(x)",
			"∂y/∂x: the factor 1/(1 + exp(x)) is missing",
		},
		{"x for 1/x", "y = 3ln(x); x = 2", "dy/dx", "3x", "∂y/∂x: x where 1/x belongs"},
		{"c² for 1/c²", "y = −3/c; c = 4", "dy/dc", "3c²", "∂y/∂c: c² where 1/c² belongs"},
		{
			"the function once more", "y = w·a; a = σ(z); w = 3; z = 2", "dy/dw", "σ(a)",
			"∂y/∂w: σ(a) where a belongs, which is σ(z) already",
		},
		{
			"the operand of another", "y = ln(x1) + ln(x2); x1 = 2; x2 = 3", "dy/dx1", "1/x2",
			"∂y/∂x1: ∂y/∂x2 where ∂y/∂x1 belongs",
		},
		{
			"the operand of another, alone", "y1 = softplus(x1); L = 3y1 + x2; x1 = 2; x2 = 3", "dy1/dx1", "σ(x2)",
			"∂y1/∂x1: softplus′(x2) where softplus′(x1) belongs",
		},
		{"integrated", "y = a/c; a = 3; c = 4", "dy/dc", "a·ln(c)", "∂y/∂c: the antiderivative of y where its"},
		{
			"integrated, without the minus", "y = 5 − 1/c; c = 4", "dy/dc", "ln(c)",
			"∂y/∂c: the antiderivative of (1 / c) where its derivative belongs, and the wrong sign",
		},
		{"an integrated square", "y = x²; x = 5", "dy/dx", "x³/3", "∂y/∂x: the antiderivative of y"},
		{"an integrated power", "y = 7x³; x = 5", "dy/dx", "7x^4/4", "∂y/∂x: the antiderivative of (x ^ 3)"},
		{"an integrated power −1", "y = 7x^(−1); x = 5", "dy/dx", "7ln(x)", "∂y/∂x: the antiderivative of (x"},
		{
			"an integrated logarithm", "y = 3ln(x); x = 5", "dy/dx", "3(x·ln(x) − x)",
			"∂y/∂x: the antiderivative of ln(x)",
		},
		{"an integrated root", "y = 3√x; x = 5", "dy/dx", "2x·√x", "∂y/∂x: the antiderivative of √(x)"},
		{"what is subtracted is kept", "y = 4x − c; x = 5; c = 7", "dy/dx", "4 − c", "∂y/∂x: c is kept"},
		{"a constant within", "y = (w·x − t)·x; w = 3; x = 2; t = 5", "dy/dw", "(x − t)·x", "∂y/∂w: t is kept"},
		{"after two minuses", "y = c − (t − 4x); x = 5; c = 7; t = 3", "dy/dx", "4 − t", "∂y/∂x: t is kept"},
		{"a 2 without a reason", "y = w·x; w = 3; x = 2", "dy/dw", "2x", "∂y/∂w: twice too large"},
		{"one sign of two", "y = x³ − √x; x = 3", "dy/dx", "3x² + ½/√x", "∂y/∂x: wrong sign of the part with √"},
	} {
		g, err := formula.Read(tt.graph)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		found, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{tt.key: tt.formula})
		if err != nil {
			t.Fatal(tt.name, err)
		}
		factor, _, _ := strings.Cut(tt.want, ":")
		if text := found[0].String(); !strings.Contains(text, tt.want) || found[0].FirstWrong() != factor {
			t.Errorf("%s: got\n%s\nwant %s", tt.name, text, tt.want)
		}
	}
}

// A part of a sum that changes, too, is not called constant.
func TestKept(t *testing.T) {
	g, err := formula.Read("y = 3x + x²; x = 2")
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{"3 + 2x + x²", "3 + 2x + 3x"} {
		found, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{"dy/dx": kept})
		if err != nil {
			t.Fatal(err)
		}
		if text := found[0].String(); found[0].OK || strings.Contains(text, "kept") {
			t.Errorf("got\n%s", text)
		}
	}
}

// A derivative without the factors above is called what it is, if these factors are known to be right.
func TestFactorsAbove(t *testing.T) {
	g, err := formula.Read("L = ½(y − t)²; y = W·a + b; W = −1; a = 0.6; b = 0.2; t = 0.3")
	if err != nil {
		t.Fatal(err)
	}
	found, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{"dL/dy": "y − t", "dL/dW": "a"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "first wrong factor: ∂L/∂y; what would explain it:\n    ∂L/∂y: dL/dy is missing: this is dy/dW"
	if text := found[1].String(); !strings.Contains(text, want) {
		t.Errorf("got\n%s", text)
	}
}

// A derivative that is put together wrongly from right parts.
func TestWhole(t *testing.T) {
	const product = "y = u·v; u = x²; v = 3x + 2; x = 1.3"
	const quotient = "y = u/v; u = x²; v = 3x + 2; x = 1.3"
	const diamond = "y = p·s; p = a·b; s = a + b; a = −2; b = 3"
	const steps = "L = ½h2²; h2 = tanh(z2); z2 = w·h1; h1 = tanh(z1); z1 = w·x; w = 0.8; x = 1.5"
	const sums = "(h2·(1 − h2²) + h2·(1 − h2²)·w·(1 − h1²))·(h1 + x)"
	const layer = "L = e1 + e2; e1 = u1²; e2 = u2²; " +
		"u1 = v1·a1 + b1; u2 = v2·a2 + b2; v1 = 2; v2 = 3; a1 = 4; a2 = 5; b1 = 6; b2 = 7"
	const net2 = "L = ½(y1 − t1)² + ½(y2 − t2)²; y1 = 3; y2 = 5; t1 = 2; t2 = 7"
	const hidden = "E = (y1 − t)² + (y2 − t)²; y1 = σ(u1); y2 = σ(u2); u1 = v1·a; u2 = v2·a; " +
		"v1 = 0.4; v2 = 0.9; a = 0.7; t = 0.1"
	parts := gradcheck.Derivation{"du/dx": "2x", "dv/dx": "3"}
	for _, tt := range []struct {
		name, graph, key, formula string
		right                     gradcheck.Derivation
		want                      string
	}{
		{"two derivatives multiplied", product, "dy/dx", "2x·3", parts, "of both factors are multiplied"},
		{"each with its own", product, "dy/dx", "2x·u + 3v", parts, "each derivative belongs to the other factor"},
		{"one not derived", product, "dy/dx", "v + 3u", parts, "∂u/∂x: the factor ∂u/∂x is missing in this line"},
		{"a minus", product, "dy/dx", "2x·v − 3u", parts, "∂y/∂v: wrong sign"},
		{"two derivatives divided", quotient, "dy/dx", "2x/3", parts, "∂y/∂u: the derivatives are divided"},
		{"the square below", quotient, "dy/dx", "(2x·v − 3u)/v", parts, "∂y/∂u: v where v² belongs"},
		{"exchanged", quotient, "dy/dx", "(3u − 2x·v)/v²", parts, "wrong sign, on all paths"},
		{
			"a constant is kept", "y = 7 + c − 4s; c = x³; s = x²; x = 5", "dy/dx", "7 + 3x² − 8x",
			gradcheck.Derivation{"dc/dx": "3x²", "ds/dx": "2x"},
			"7 is kept",
		},
		{
			"a constant is kept on the way", "y = u/v; u = x²; v = 3x² + 2; x = 1.3", "dy/dx",
			"(2x·v − u·(6x + 2))/v²", nil, "∂v/∂x: 2 is kept",
		},
		{
			"a constant is kept above others", "L = y²; y = 3a + c; a = 5w; w = 2; c = 7", "dL/dw", "2y·(15 + c)",
			nil, "∂y/∂a: c is kept",
		},
		{
			"a constant is kept beside all", "L = y²; y = w·x + b; w = 2; x = 3; b = 7", "dL/dw", "2y·x + b", nil,
			"∂y/∂w: b is kept",
		},
		{"not divided", quotient, "dy/dx", "2x·v − 3u", parts, "∂y/∂u: it is not divided by v²"},
		{"divided by the other", quotient, "dy/dx", "(2x·v − 3u)/u²", parts, "∂y/∂u: u² where v² belongs"},
		{"each with its own, divided", quotient, "dy/dx", "(2x·u − 3v)/v²", parts, "and not to its own"},
		{
			"what two paths have in common", "y = r/c; r = p·v; c = 50 + 2v; p = 5 + x; v = 80 − 4x; x = 2", "dy/dx",
			"8r/c²",
			gradcheck.Derivation{"dr/dx": "v − 4p", "dc/dx": "−8"},
			"∂y/∂r: what comes through ∂y/∂r is missing, and must be added",
		},
		{
			"no last factors", steps, "dL/dw", "h2·(1 − h2²) + h2·(1 − h2²)·w·(1 − h1²)", nil,
			"the last factor of each path is missing",
		},
		{
			"exchanged factors", steps, "dL/dw", "h2·(1 − h2²)·x + h2·(1 − h2²)·w·(1 − h1²)·h1", nil,
			"each factor belongs to its own path, and not to the next one",
		},
		{
			"the weight on all paths", steps, "dL/dw", "h2·(1 − h2²)·w + h2·(1 − h2²)·w·(1 − h1²)·w", nil,
			"w where its derivative belongs, on all paths",
		},
		{
			"the end of a path alone", steps, "dL/dw", "h2·(1 − h2²)·h1 + x", nil,
			"dL/dz1 is missing, on the path L → … → z1 → w",
		},
		{
			"the end of another path alone", hidden, "dE/da", "v1 + v2·y2(1 − y2)·2(y2 − t)", nil,
			"∂E/∂y1: dE/du1 is missing, on the path E → … → u1 → a",
		},
		{
			"σ of another unit, once", hidden, "dE/du1", "2(y1 − t)·y2(1 − y1)", nil,
			"∂y1/∂u1: y2(1 − y1) where y1(1 − y1) belongs",
		},
		{
			"one minus another unit", hidden, "dE/du2", "2(y2 − t)·y2(1 − y1)", nil,
			"∂y2/∂u2: y2(1 − y1) where y2(1 − y2) belongs",
		},
		{
			"two signs of three", "y = 2u + 3v + 5w; u = x²; v = x³; w = σ(x); x = 1.3", "dy/dx",
			"4x − 9x² − 5w(1 − w)", nil,
			"∂u/∂x: wrong sign on all paths but y → u → x",
		},
		{"also of another unit", layer, "dL/da1", "2u1·v1 + 2u2·v2", nil, "dL/da2 is added to dL/da1"},
		{"the target of another", net2, "dL/dy1", "y1 − t2", nil, "∂L/∂y1: t2 where t1 belongs"},
		{"no target", net2, "dL/dy1", "y1", nil, "∂L/∂y1: t1 is missing"},
		{"plus the target", net2, "dL/dy1", "y1 + t1", nil, "∂L/∂y1: y1 + t1 where y1 − t1 belongs"},
		{"the other result", net2, "dL/dy1", "y2 − t1", nil, "∂L/∂y1: y2 where y1 belongs"},
		{"paths multiplied", diamond, "dy/da", "s·b·p", nil, "the paths are multiplied"},
		{"last factors", diamond, "dy/da", "b + 1", nil, "only the last factor of each path is there, by a"},
		{
			"one path twice", steps, "dL/dw", "2·h2·(1 − h2²)·h1", nil,
			"∂z1/∂w: the path L → … → z2 → w is counted 2 times, and no other",
		},
		{
			"of another step", steps, "dL/dz1", "h2·(1 − h2²)·w·(1 − h2²)", nil,
			"∂h1/∂z1: h2 where h1 belongs, in the formula of tanh′",
		},
		{"the sums multiplied", steps, "dL/dw", sums, nil, "the sums are multiplied"},
		{"the mean", steps, "dL/dw", sums + "/2", nil, "the mean is multiplied"},
		{"a factor twice", steps, "dL/dz1", "h2·(1 − h2²)·w·(1 − h1²)·(1 − h1²)", nil, "∂h1/∂z1 is counted twice"},
		{
			"another derivative", "L = u²; u = v·a; a = 2b; v = 3; b = 5", "dL/dv", "2u·v·2", nil,
			"dL/db where dL/dv belongs",
		},
		{"one in the middle", layer, "dL/db2", "2u1·1", nil, "dL/du1 where dL/du2 belongs"},
		{"in another row", layer, "dL/dv1", "2u1·v1", nil, "v1 where a1 belongs"},
		{"a constant", diamond, "dy/da", "0·a", nil, "a is taken for a constant"},
		{"a constant, on one path", steps, "dL/dz1", "0·x", nil, "z1 is taken for a constant"},
		{"twice the sum", diamond, "dy/da", "2(s·b + p)", nil, "it is 2 times the right number"},
		{"no derivative at all", "y = 3/c; c = 4", "dy/dc", "c^0", nil, "no usual slip explains it"},
		{"added", steps, "dL/dz1", "h2·(1 − h2²)·w + (1 − h1²)", nil, "∂h1/∂z1: it is added"},
		{
			"twice", steps, "dL/dz1", "(h2·(1 − h2²))²·w·(1 − h1²)", nil,
			"∂h1/∂z1: dL/dz2 is multiplied twice: it is in another factor",
		},
		{"parts multiplied", "y = x³ − √x; x = 3", "dy/dx", "3x²·(−½/√x)", nil, "parts with x are multiplied"},
		{
			"a part is not derived", "y = 3c + s; c = x³; s = x²; x = 5", "dy/dx", "3c + 2x",
			gradcheck.Derivation{"dc/dx": "3x²", "ds/dx": "2x"},
			"∂c/∂x: c where its derivative belongs",
		},
		{
			"another value for a factor", steps, "dL/dw", "h2·(1 − h2²)·x + h2·(1 − h2²)·w·(1 − h1²)·x", nil,
			"∂z2/∂w: x where h1 belongs",
		},
		{
			"in one factor", "y = 3c + s; c = x³; s = x²; x = 5", "dy/dx", "9x² + 2",
			gradcheck.Derivation{"dc/dx": "3x²", "ds/dx": "2x"},
			"∂s/∂x: the factor x is missing, in this line",
		},
	} {
		g, err := formula.Read(tt.graph)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		d := gradcheck.Derivation{tt.key: tt.formula}
		maps.Copy(d, tt.right)
		found, err := gradcheck.CheckDerivation(g.Results[0], d)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		i := slices.IndexFunc(found, func(f gradcheck.Finding) bool { return !f.OK })
		named := i >= 0 && found[i].Name == tt.key && strings.Contains(found[i].String(), tt.want)
		if !named || len(found[i].Slips) > 4 {
			t.Errorf("%s: got\n%s\nwant %s", tt.name, found, tt.want)
		}
	}
}

// Of several phrases for the same mistake in the same factor one is enough, and a derivative of a value by
// itself is none.
func TestOncePerFactor(t *testing.T) {
	g, err := formula.Read("y = x·s; s = σ(x); x = 1.5")
	if err != nil {
		t.Fatal(err)
	}
	d := gradcheck.Derivation{"dy/ds": "x", "ds/dx": "s(1 − s)", "dy/dx": "s + s(1 − s)"}
	found, err := gradcheck.CheckDerivation(g.Results[0], d)
	if err != nil {
		t.Fatal(err)
	}
	last := found[len(found)-1]
	if last.Name != "dy/dx" || len(last.Slips) != 1 || strings.Contains(last.String(), "dy/dy") {
		t.Errorf("got\n%s\nwant one slip", found)
	}
}

// A formula that is right by coincidence is wrong if it lacks the factors above, which are 1 here.
func TestCoincidenceWithoutFactors(t *testing.T) {
	g, err := formula.Read("L = ½(y − t)²; y = W·a + b; W = 2; a = 0.6; b = 0.3; t = 0.5")
	if err != nil {
		t.Fatal(err)
	}
	found, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{"dL/dy": "y − t", "dL/dW": "a"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "dL/dy is missing: this is dy/dW"
	if f := found[1]; f.OK || !f.Coincidence || !strings.Contains(f.String(), want) {
		t.Errorf("got\n%s", found)
	}
}

// Other forms of tanh′ and σ′ are right even if tanh may be 1 elsewhere, up to rounding.
func TestOtherForms(t *testing.T) {
	for _, tt := range []struct{ graph, key, formula string }{
		{"o = tanh(n); n = w·x + b; w = −3; x = 2; b = 6.88", "do/dn", "1/cosh(n)²"},
		{"a = σ(z); z = w·x + b; w = −30; x = 2; b = 60", "da/dz", "exp(−z)/(1 + exp(−z))²"},
	} {
		g, err := formula.Read(tt.graph)
		if err != nil {
			t.Fatal(err)
		}
		found, err := gradcheck.CheckDerivation(g.Results[0], gradcheck.Derivation{tt.key: tt.formula})
		if err != nil || !found[0].OK {
			t.Errorf("%s: %v\n%s", tt.formula, err, found)
		}
	}
}
