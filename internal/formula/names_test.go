package formula_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/naming"
)

// Names of package nn are written as in books, and no other names are.
func TestShort(t *testing.T) {
	for _, tt := range []struct{ name, text, latex string }{
		{"layer3.neuron1.w2", "w⁽³⁾₁₂", "{w^{(3)}_{12}}"},
		{"layer12.neuron1.w2", "w⁽¹²⁾₁₂", "{w^{(12)}_{12}}"},
		{"layer3.neuron12.w1", "w⁽³⁾[12,1]", "{w^{(3)}_{12,1}}"},
		{"layer3.neuron1.w21", "w⁽³⁾[1,21]", "{w^{(3)}_{1,21}}"},
		{"layer3.neuron#.w#", "w⁽³⁾[#,#]", `{w^{(3)}_{\#,\#}}`},
		{"layer3.neuron#.b", "b⁽³⁾[#]", `{b^{(3)}_{\#}}`},
		{"layer3.neuron12.b", "b⁽³⁾₁₂", "{b^{(3)}_{12}}"},
		{"layer3.neuron1.z", "z⁽³⁾₁", "{z^{(3)}_{1}}"},
		{"layer3.neuron1.a", "a⁽³⁾₁", "{a^{(3)}_{1}}"},
		{"neuron2.w1", "w₂₁", "{w_{21}}"},
		{"neuron2.b", "b₂", "{b_{2}}"},
		{"layer0.neuron1.w1", "layer0.neuron1.w1", `\text{layer0.neuron1.w1}`},
		{"layer3.neuron01.w1", "layer3.neuron01.w1", `\text{layer3.neuron01.w1}`},
		{"layer3.neuron1.w", "layer3.neuron1.w", `\text{layer3.neuron1.w}`},
		{"layer3.neuron1.b1", "layer3.neuron1.b1", `\text{layer3.neuron1.b1}`},
		{"my.layer3.neuron1.w1", "my.layer3.neuron1.w1", `\text{my.layer3.neuron1.w1}`},
		{"W2", "W2", "W_2"},
	} {
		text, latex := formula.Text.Short(tt.name), formula.LaTeX.Short(tt.name)
		if text != tt.text || latex != tt.latex {
			t.Errorf("%s is %s, and in LaTeX %s; want %s and %s", tt.name, text, latex, tt.text, tt.latex)
		}
		if full := naming.InFull(text); full != tt.name && !strings.Contains(tt.name, "#") {
			t.Errorf("%s is read as %s, want %s", text, full, tt.name)
		}
	}
}

// Different names never look alike in one derivation, and a name looks the same everywhere in it.
func TestNamesDiffer(t *testing.T) {
	for _, names := range [][]string{
		{"layer3.neuron1.w1", "w⁽³⁾₁₁"},
		{"layer1.neuron11.w1", "layer1.neuron1.w11", "layer11.neuron1.w1"},
		{"neuron1.w1", "w₁₁", "neuron11.b", "b₁₁"},
		{"neuron1.w11", "neuron11.w1", "w[1,11]"},
		{"W2", "W_2"},
		{"W2", "W₂", "W_2"},
		{"h1_2", "h_1_2", "h1,2"},
		{"x′1", "x1′"},
		{"w⁽³⁾₁₂", "w⁽³⁾12", "layer3.neuron1.w2"},
		{"µ", "μ"},
		{"x\n", `x\n`, `"x\n"`, `"x\\n"`},
		{"\xff", `\xff`, "\ufffd", `\ufffd`},
	} {
		var values []*gradus.Value
		for _, name := range names {
			values = append(values, gradus.New(1).As(name), gradus.New(2).As(name))
		}
		for _, n := range []formula.Notation{
			formula.Text.For(values), formula.LaTeX.For(values), formula.MathML.For(values),
		} {
			seen := map[string]string{}
			for _, name := range names {
				written := n.Names([]string{name})
				if other, taken := seen[written]; taken {
					t.Errorf("%q and %q are both written %s", name, other, written)
				}
				seen[written] = name
			}
		}
	}
	alone := formula.Text.For([]*gradus.Value{gradus.New(1).As("layer3.neuron1.w1")})
	if got := alone.Names([]string{"layer3.neuron1.w1"}); got != "w⁽³⁾₁₁" {
		t.Errorf("alone, the name is written %s, want w⁽³⁾₁₁", got)
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		s, end, middle string
		most           int
	}{
		{"abcdef", "abcdef", "abcdef", 6},
		{"abcdefg", "abcde…", "abc…fg", 6},
		{"äöüßéèà", "äöüßé…", "äöü…èà", 6},
		{"abcdefgh", "abcdef…", "abc…fgh", 7},
		{"", "", "", 7},
	} {
		if got := formula.Shorten(tt.s, tt.most); got != tt.end {
			t.Errorf("%s in %d characters: %s, want %s", tt.s, tt.most, got, tt.end)
		}
		if got := formula.ShortenName(tt.s, tt.most); got != tt.middle {
			t.Errorf("the name %s in %d characters: %s, want %s", tt.s, tt.most, got, tt.middle)
		}
	}
	long := "a name of more characters than there is room for in a table, number "
	for _, number := range []string{"1", "2"} {
		if got := formula.Name(gradus.New(1).As(long + number)); got != "a name of more …able, number "+number {
			t.Errorf("the name is %q", got)
		}
	}
}
