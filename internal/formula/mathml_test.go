package formula_test

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	reader "github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/formula"
)

// Names in MathML, some of them such as package formula reads.
func TestMathMLNames(t *testing.T) {
	for name, want := range map[string]string{
		"z": "<mi>z</mi>", "σ": "<mi>σ</mi>", "loss": "<mi>loss</mi>", "ж": "<mi>ж</mi>",
		"W2": "<msub><mi>W</mi><mn>2</mn></msub>", "w_12": "<msub><mi>w</mi><mn>12</mn></msub>",
		"w₁₂": "<msub><mi>w</mi><mn>12</mn></msub>", "h1_2": "<msub><mi>h</mi><mn>1,2</mn></msub>",
		"loss2": "<msub><mi>loss</mi><mn>2</mn></msub>", "w_in": "<msub><mi>w</mi><mi>in</mi></msub>",
		"x′":  "<mrow><mi>x</mi><mo>′</mo></mrow>",
		"x1′": "<msub><mrow><mi>x</mi><mo>′</mo></mrow><mn>1</mn></msub>",
		"w⁽³⁾": `<msup><mi>w</mi><mrow><mo stretchy="false">(</mo><mn>3</mn>` +
			`<mo stretchy="false">)</mo></mrow></msup>`,
		"w⁽³⁾₁₂": `<msubsup><mi>w</mi><mn>12</mn><mrow><mo stretchy="false">(</mo><mn>3</mn>` +
			`<mo stretchy="false">)</mo></mrow></msubsup>`,
		"layer3.neuron11.w2": `<msubsup><mi>w</mi><mn>11,2</mn><mrow><mo stretchy="false">(</mo><mn>3</mn>` +
			`<mo stretchy="false">)</mo></mrow></msubsup>`,
		"neuron2.b": "<msub><mi>b</mi><mn>2</mn></msub>",
		"dL/dw":     "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><mi>w</mi></mrow></mfrac>",
		"∂²L/∂w∂v": "<mfrac><mrow><msup><mi>∂</mi><mn>2</mn></msup><mi>L</mi></mrow><mrow><mi>∂</mi><mi>w</mi>" +
			`<mspace width="0.2em"/><mi>∂</mi><mi>v</mi></mrow></mfrac>`,
		// What has another form is written letter by letter.
		"data_dim": "<mtext>data_dim</mtext>", "dL_dW1": "<mtext>dL_dW1</mtext>",
		"w2[1,0]": "<mtext>w2[1,0]</mtext>",
		"a b":     "<mtext>a&#xa0;b</mtext>", "<b>&\"'": "<mtext>&lt;b&gt;&amp;&quot;&#39;</mtext>",
		"a\nb": `<mtext>a\nb</mtext>`, "1x": "<mtext>1x</mtext>", "_": "<mtext>_</mtext>",
	} {
		if got := formula.MathML.Short(name); got != want {
			t.Errorf("%q is\n%s, want\n%s", name, got, want)
		}
	}
}

// Of a name that package formula reads, nothing but lines and commas between indices is lost or added.
func TestMathMLNamesAreWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "W", "σ", "ж", "in", "1", "20", "_", "_", "′", "₃", "₄₅", "⁽⁶⁾", "⁽¹²⁾"}
	letters := func(s string) []rune {
		small := strings.NewReplacer("_", "", ",", "", "⁽", "", "⁾", "", "(", "", ")", "",
			"₃", "3", "₄", "4", "₅", "5", "⁶", "6", "¹", "1", "²", "2")
		return slices.Sorted(slices.Values([]rune(small.Replace(s))))
	}
	for range 1000 {
		name := "x"
		for range r.IntN(6) {
			name += parts[r.IntN(len(parts))]
		}
		if _, err := reader.Read(name + " = 1"); err != nil {
			t.Fatal(err)
		}
		written := formula.MathML.Short(name)
		if !slices.Equal(letters(tags.ReplaceAllString(written, "")), letters(name)) {
			t.Errorf("%s is written %s", name, written)
		}
	}
}

var tags = regexp.MustCompile("<[^>]*>")

// Each number and each way to write a formula that needs more than letters in a row.
func TestMathML(t *testing.T) {
	x, y, w := gradus.New(0.7).As("x"), gradus.New(1.5).As("y"), gradus.New(2).As("w3")
	cube := gradus.Func1("f<", math.Sin, math.Cos)
	for _, tt := range []struct {
		v    *gradus.Value
		want string
	}{
		{x.Mul(2), "<mn>2</mn>*x"},
		{x.Mul(y), "x<mo>·</mo>y"},
		{x.Mul(1e-7), "<msup><mn>10</mn><mrow>~<mn>7</mn></mrow></msup><mo>·</mo>x"},
		{x.Mul(-1.5e21), "~<mn>1.5</mn><mo>·</mo><msup><mn>10</mn><mn>21</mn></msup><mo>·</mo>x"},
		{x.Pow(y.Add(1)), "<msup>x<mrow>y<mo>+</mo><mn>1</mn></mrow></msup>"},
		{x.Div(y).Square(), "<msup><mrow><mo>(</mo><mfrac>xy</mfrac><mo>)</mo></mrow><mn>2</mn></msup>"},
		{x.Div(y).Pow(y), "<msup><mrow><mo>(</mo><mfrac>xy</mfrac><mo>)</mo></mrow>y</msup>"},
		{w.Square(), "<msubsup><mi>w</mi><mn>3</mn><mn>2</mn></msubsup>"},
		{
			gradus.New(2).As("w⁽³⁾").Square(),
			"<msup><mrow>(<msup><mi>w</mi><mrow>(<mn>3</mn>)</mrow></msup>)</mrow><mn>2</mn></msup>",
		},
		{x.Add(y).Square(), "<msup><mrow>(x<mo>+</mo>y)</mrow><mn>2</mn></msup>"},
		{x.Neg().Div(y).Div(2), "~<mfrac>x<mrow><mn>2</mn>*y</mrow></mfrac>"},
		{x.Sqrt().Sub(y.Abs()), "<msqrt>x</msqrt><mo>−</mo><mrow>|y|</mrow>"},
		{x.Sigmoid(), "<mi>σ</mi>@<mrow>(x)</mrow>"},
		{x.Max(y), "<mi>max</mi>@<mrow>(x<mo>,</mo>y)</mrow>"},
		{cube.Apply(x), `<mi mathvariant="normal">f&lt;</mi>@<mrow>(x)</mrow>`},
	} {
		got := formula.MathML.Write(formula.Of(tt.v), formula.InSum)
		short := strings.NewReplacer("<mi>x</mi>", "x", "<mi>y</mi>", "y", "<mo>&#x2062;</mo>", "*",
			"<mo>&#x2061;</mo>", "@", `<mo form="prefix">−</mo>`, "~", `<mo stretchy="false">(</mo>`, "(",
			`<mo stretchy="false">)</mo>`, ")", `<mo stretchy="false">|</mo>`, "|")
		if got = short.Replace(got); got != tt.want {
			t.Errorf("%v:\n%s, want\n%s", tt.v, got, tt.want)
		}
	}
	for number, want := range map[float64]string{
		-0.6225: `<mo form="prefix">−</mo><mn>0.6225</mn>`, 1e5: "<msup><mn>10</mn><mn>5</mn></msup>",
	} {
		if got := formula.MathML.Number(number); got != want {
			t.Errorf("%v is %s, want %s", number, got, want)
		}
	}
}

// A sum gets a math element for each term.
func TestMath(t *testing.T) {
	x, y := gradus.New(0.7).As("x"), gradus.New(1.5).As("y")
	sum := x.Sub(y.Mul(x.Add(y).Sin())).Add(1)
	var terms []string
	all := formula.Math("=", formula.MathML.Write(formula.Of(sum), formula.InSum))
	for term := range strings.SplitSeq(all, "</math> ") {
		terms = append(terms, tags.ReplaceAllString(term, ""))
	}
	if got := strings.Join(terms, " | "); got != "=x | −y·sin&#x2061;(x+y) | +1" {
		t.Errorf("the terms are %s", got)
	}
}
