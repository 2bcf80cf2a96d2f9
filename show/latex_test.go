package show_test

import (
	"math"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/show"
)

// hostileNames are names that have, or begin, something that LaTeX, Mermaid, HTML or a terminal takes
// for its own.
var hostileNames = []string{
	"α", "σ1", "Ω_12", "x′", "∂L", "μ₁", "w⁽²⁾", "naïve", "ĳ", "中", "🙂", "é", "−1", "x·y", "½", "a b", "1e−7",
	`\`, `\end{align*}`, `\input{x}`, "$x$", "{", "}", "{}", "^", "_", "a_b_c", "%", "100 % of x", "#1", "&",
	"~", "<b>", "\"", "'", "`", "|x|", "[x]", "*", "-x", "//", "\n", "a\n\nb", "\r", "\t", "\x00", "\x1b[31mred",
	"\x7f", "\xff\xfe", "\u2028",
	"\u202eabc", `%%{init:{"theme":"dark"}}%%`, "%%%{", "</text><script>", "]]>", "-->",
	"layer1.neuron#.b", "layer1.neuron2.w33", "⁽1⁾",
	"dL/dw", "∂²L/∂w_1∂#", "d(dx%/dx$)/dx#", "∂(dL/dw)/∂v", "d²L/d",
}

// hostilyNamed returns a graph with such names, and with ops that have such names.
func hostilyNamed() *gradus.Value {
	sum := gradus.New(0).As("first")
	for i, name := range hostileNames {
		op := gradus.Func1(name+"′", math.Sin, math.Cos)
		op2 := gradus.Func2(name, math.Hypot, math.Max, math.Min)
		x := gradus.New(float64(i)).As(name)
		sum = op2.Apply(op.Apply(x), sum).As(name + "2")
	}
	return sum.As("L")
}

// Every derivation is a document that LaTeX takes. The test needs pdflatex, of Debian's package
// texlive-latex-base.
func TestLaTeXCompiles(t *testing.T) {
	if _, err := exec.LookPath("pdflatex"); err != nil {
		t.Skip("there is no pdflatex: apt-get install texlive-latex-base")
	}
	x, y := named("x", 0.3), named("y", 2)
	softmax := gradus.Softmax(x, y, x.Mul(y))
	for name, root := range map[string]*gradus.Value{
		"hostile": hostilyNamed(), "tutorial A": tutorialA(), "diamond": diamond(), "layered": layered(2, 3, 3, 2),
		"held fixed": x.Mul(x.Square().As("v")).As("L"), "softmax": softmax[1].As("p"),
		"folded":    layered(8, 8, 8, 2),
		"powers":    x.Pow(y).Add(x.Pow(-0.5).Pow(3)).Add(gradus.Const(-2).Pow(x)).Abs().Sqrt().As("f"),
		"numbers":   x.Mul(1e-300).Add(math.Inf(1)).Mul(gradus.New(math.NaN())).As("f"),
		"exponents": x.Pow(1e-10).Add(x.Pow(math.Inf(1))).Add(gradus.Const(1e-10).Pow(y)).As("f"),
		"all ops":   everyOp(),
		"network":   named("layer1.neuron12.w3", 2).Square().Add(named("layer1.neuron1.b", 1).Square()).As("L"),
		"parts":     shapes.All[7].Make(80),
		"long sums": gradus.LogSumExp(many(40)...).Mul(gradus.Mean(many(40)...)).As("L"),
	} {
		file := filepath.Join(t.TempDir(), "derivation.tex")
		if err := show.Save(file, root); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("pdflatex", "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", file)
		cmd.Dir = filepath.Dir(file)
		if out, err := cmd.CombinedOutput(); err != nil {
			_, message, _ := strings.Cut(string(out), "\n!")
			t.Errorf("%s: %v: %.600s", name, err, message)
		}
	}
}

// many returns n leaves with names.
func many(n int) (x []*gradus.Value) {
	for i := range n {
		x = append(x, named("x"+string(rune('α'+i)), 1))
	}
	return x
}

// everyOp returns a graph with each op of package gradus, with operands that have names.
func everyOp() *gradus.Value {
	var terms []*gradus.Value
	for i, op := range gradus.Ops() {
		n := op.Arity()
		if n < 0 {
			n = 2
		}
		x := make([]*gradus.Value, n)
		for k := range x {
			x[k] = gradus.New(0.5 + float64(k)).As("x" + strings.Repeat("′", k) + string(rune('a'+i%26)))
		}
		terms = append(terms, op.Apply(x...).As("z"))
	}
	return gradus.Sum(terms...).As("L")
}

// Nothing in a name ends a line of text, or moves the cursor of a terminal.
func TestNoControlCharacters(t *testing.T) {
	root := hostilyNamed()
	d := derive(t, root)
	for name, text := range map[string]string{
		"derivation": d.String(), "LaTeX": d.LaTeX(), "MathML": d.MathML(), "trace": show.Trace(root),
		"DOT":     show.DOT(root, show.FoldNothing),
		"Mermaid": show.Mermaid(root, show.FoldNothing), "SVG": string(show.SVG(root, show.FoldNothing)),
	} {
		for i, r := range text {
			if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
				t.Errorf("%s: the character %q in %q", name, r, text[max(0, i-20):min(len(text), i+20)])
				break
			}
		}
	}
	text := show.Mermaid(gradus.New(1).As(`%%{init:{"theme":"dark"}}%%`), show.FoldNothing)
	if strings.Contains(text, "%%{") {
		t.Errorf("a directive in %q", text)
	}
}
