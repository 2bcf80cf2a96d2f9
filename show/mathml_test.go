package show_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/show"
)

// A node is an element of a document, with what is in it. Text is a node without a tag.
type node struct {
	tag, text string
	attr      map[string]string
	inside    []*node
}

// parse reads a document by the rules of XML, which are stricter than those of HTML.
func parse(document string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(document))
	open := []*node{{}}
	for {
		token, err := d.Token()
		last := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{tag: t.Name.Local, attr: map[string]string{}}
			for _, a := range t.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			last.inside = append(last.inside, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.inside = append(last.inside, &node{text: string(t)})
		case nil:
			if errors.Is(err, io.EOF) && len(open) == 1 {
				return open[0], nil
			}
			return nil, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
		default:
			return nil, fmt.Errorf("at byte %d: %T", d.InputOffset(), token)
		}
	}
}

// walk calls visit for a node and all that are in it.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, inner := range n.inside {
		inner.walk(visit)
	}
}

// words returns all text in a node.
func (n *node) words() (s string) {
	n.walk(func(inner *node) { s += inner.text })
	return s
}

// operands has the elements of MathML that are written, and how many elements each has inside.
var operands = map[string]int{
	"math": anyNumber, "mrow": anyNumber, "msqrt": anyNumber,
	"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mspace": 0,
	"mi": textAlone, "mn": textAlone, "mo": textAlone, "mtext": textAlone,
}

const (
	anyNumber = -1
	textAlone = -2
)

var (
	plainElements = []string{"", "div", "span", "p"}
	attributes    = []string{
		"class", "data-of", "data-by", "displaystyle", "form", "lspace", "stretchy", "mathvariant", "width",
	}
)

// wellFormed parses a derivation, and reports what is not as MathML has it.
func wellFormed(t *testing.T, name, document string) *node {
	t.Helper()
	root, err := parse(document)
	if err != nil {
		t.Fatalf("%s: %v of\n%s", name, err, document)
	}
	root.walk(func(n *node) {
		want, isMath := operands[n.tag]
		isText := slices.ContainsFunc(n.inside, func(inner *node) bool { return inner.tag == "" })
		if !isMath && !slices.Contains(plainElements, n.tag) {
			t.Errorf("%s: there is an element %s", name, n.tag)
		}
		fits := !isText && (want < 0 || len(n.inside) == want)
		if want == textAlone {
			fits = isText && len(n.inside) == 1 || n.tag == "mi" && len(n.inside) == 0 // an op without a name
		}
		if isMath && !fits {
			t.Errorf("%s: the element %s has %d parts, text %t", name, n.tag, len(n.inside), isText)
		}
		for a := range n.attr {
			if !slices.Contains(attributes, a) {
				t.Errorf("%s: the element %s has the attribute %s", name, n.tag, a)
			}
		}
	})
	return root
}

// line writes what MathML says as one line of text without spaces, as [show.Derivation.String] would.
func (n *node) line() string {
	parts := make([]string, len(n.inside))
	for i, inner := range n.inside {
		parts[i] = inner.line()
	}
	all := strings.Join(parts, "")
	switch n.tag {
	case "":
		drop := strings.NewReplacer(" ", "", "\n", "", "\u00a0", "", "\u2061", "", "\u2062", "", "∂", "d")
		return all + drop.Replace(n.text)
	case "mfrac":
		above, below := parts[0], parts[1]
		if isSum(n.inside[0]) {
			above = "(" + above + ")"
		}
		if !strings.HasPrefix(below, "d") && (isSum(n.inside[1]) || isProduct(n.inside[1])) {
			below = "(" + below + ")"
		}
		return strings.Replace(above+"/"+below, "1/2", "½", 1)
	case "msup":
		if small := raised.Replace(parts[1]); strings.Trim(small, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹") == "" {
			return parts[0] + small
		}
		if len(n.inside[1].inside) > 1 {
			return parts[0] + "^(" + parts[1] + ")"
		}
		return parts[0] + "^" + parts[1]
	case "msqrt":
		return "√(" + all + ")"
	}
	return all
}

var raised = strings.NewReplacer("−", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "5", "⁵")

// otherwise has what is written in another way, not only set in another way: numbers with exponents, and a
// half of a fraction.
var otherwise = strings.NewReplacer(" ", "", "\n", "", "-", "−", "∂", "d", "e-05", "·10⁻⁵", "½/z", "1/(2z)")

func isSum(n *node) bool { return hasOperator(n, "+") || hasOperator(n, "−") }

func isProduct(n *node) bool { return hasOperator(n, "·") || hasOperator(n, "\u2062") }

func hasOperator(n *node, sign string) bool {
	return n.tag == "mrow" && slices.ContainsFunc(n.inside, func(inner *node) bool {
		return inner.tag == "mo" && inner.attr["form"] == "" && inner.words() == sign
	})
}

// Where nothing is held fixed, MathML says what the text says, by a reader of its own: with fractions and
// powers in a line, it is the text, up to spaces, and minus signs, and the ∂ of a fraction.
func TestMathMLSaysWhatTextSays(t *testing.T) {
	x, y, z := named("x", 0.3), named("y", 2), named("z", 3)
	own := gradus.Func1("own", math.Sin, math.Cos)
	for name, root := range map[string]*gradus.Value{
		"tutorial A": tutorialA(), "diamond": diamond(), "layered": layered(2, 2, 1), "all ops": everyOp(),
		"cross-entropy": gradus.SoftmaxCrossEntropy([]*gradus.Value{x, y}, []*gradus.Value{z, x}).As("L"),
		"mean":          gradus.Mean(x, y, z).Div(y.Mul(z)).Mul(x.Add(y)).As("L"),
		"powers":        x.Pow(y).Add(x.Pow(-2).Mul(y.Pow(x.Add(y)))).Add(gradus.Const(3).Pow(x)).As("L"),
		"signs":         x.Neg().Div(y).Sub(z.Neg().Mul(y.Sub(z))).Mul(-1.5).As("L"),
		"one's own":     own.Apply(x.Mul(y)).As("L"),
		"leaky":         x.LeakyReLU().Add(y.Max(z)).Add(z.Abs()).As("L"),
	} {
		for _, d := range []*show.Derivation{derive(t, root), show.Computation(root)} {
			got, text := wellFormed(t, name, d.MathML()).line(), otherwise.Replace(d.String())
			if got != text {
				t.Errorf("%s: MathML says\n%s, want\n%s", name, got, text)
			}
		}
	}
}

// Every derivation is well-formed, whatever the graph, the numbers and the names are, and has the names that
// are there for programs.
func TestMathMLIsWellFormed(t *testing.T) {
	x, y := named("x", 0.3), named("y", 2)
	graphs := map[string]*gradus.Value{
		"hostile": hostilyNamed(), "folded": layered(8, 8, 8, 2), "held fixed": x.Mul(x.Square().As("v")).As("L"),
		"numbers":   x.Mul(1e-300).Add(math.Inf(1)).Mul(gradus.New(math.NaN())).Sub(math.Inf(-1)).As("f"),
		"exponents": x.Pow(1e-10).Add(x.Pow(math.Inf(1))).Add(gradus.Const(-1.5e21).Pow(y)).As("f"),
		"network":   named("layer1.neuron12.w3", 2).Square().Add(named("layer1.neuron1.b", 1).Square()).As("L"),
		"long sums": gradus.LogSumExp(many(40)...).Mul(gradus.Mean(many(40)...)).As("L"),
	}
	sum := x
	for i := range 40 {
		sum = sum.Mul(named(fmt.Sprint("</p><b>&", i), 1)).As(fmt.Sprint("<i>", i))
	}
	graphs["hostile and folded"] = sum
	for _, s := range shapes.All {
		graphs[s.Name] = s.Make(80)
	}
	for name, root := range graphs {
		wellFormed(t, name, show.Computation(root).MathML())
		of := map[string]bool{}
		wellFormed(t, name, derive(t, root).MathML()).walk(func(n *node) { of[n.attr["data-of"]] = true })
		if name == "hostile" {
			for _, want := range []string{"L", "</text><script>2", `\x1b[31mred2`, "&2", "dL/dw2"} {
				if !of[want] {
					t.Errorf("%s: no element is for %q", name, want)
				}
			}
		}
	}
}

var update = flag.Bool("update", false, "write the golden files of derivations in MathML")

// What the derivations of the tutorials are in MathML, and one with second derivatives and values held fixed.
// Look at a difference in a browser before you commit it.
func TestMathMLGolden(t *testing.T) {
	x := named("x", 0.3)
	slopes := gradus.Gradient(x.Mul(2).Tanh().As("a").Square().As("L"), x)
	for name, root := range map[string]*gradus.Value{
		"tutorial-A": tutorialA(), "diamond": diamond(), "second": slopes[0].As("dL/dx"),
	} {
		file := filepath.Join("testdata", "derivation-"+name+".html")
		got := show.Computation(root).MathML() + derive(t, root).MathML()
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// FuzzMathML writes any name of a value and of an op.
func FuzzMathML(f *testing.F) {
	for i, name := range hostileNames {
		f.Add(name, hostileNames[(i+7)%len(hostileNames)], 1e-7)
	}
	f.Fuzz(func(t *testing.T, name, op string, x float64) {
		if name == "" || len(name+op) > 100 {
			return
		}
		v := gradus.Func1(op, math.Sin, math.Cos).Apply(gradus.New(x).As(name)).As(name + "′")
		root := v.Div(gradus.Const(x)).Pow(v).As("L" + name)
		wellFormed(t, "fuzzed", derive(t, root).MathML()+show.Computation(root).MathML())
	})
}
