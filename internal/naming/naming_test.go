package naming_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/naming"
)

func TestPattern(t *testing.T) {
	for _, tt := range []struct{ why, name, want string }{
		{"no number", "loss", "loss"},
		{"no name", "", ""},
		{"the name ends after the number", "w12", "w#"},
		{"subscript digits", "w₁₂", "w#"},
		{"the first number tells the layer", "a3[1]", "a3[#]"},
		{"row and column", "w2[1,0]", "w2[#,#]"},
		{"row and column, in two pairs of brackets", "w2[1][10]", "w2[#][#]"},
		{"row and column, without a layer", "w[1,0]", "w[#,#]"},
		{"other brackets", "w_{1,0}(2)", "w_{#,#}(#)"},
		{"the first number, before an underscore", "w1_0", "w1_#"},
		{"row and column, with underscores", "w2_1_0", "w2_#_#"},
		{"a number within a word is no index", "h2o", "h2o"},
		{"before the first full stop stands the layer", "layer1.neuron2.w3", "layer1.neuron#.w#"},
	} {
		if got := naming.Pattern(tt.name); got != tt.want {
			t.Errorf("%s: the pattern of %q is %q, want %q", tt.why, tt.name, got, tt.want)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		name, other string
		want        bool
	}{
		{"x1", "x2", true},
		{"a2", "x2", true},
		{"w", "v", true},
		{"a1", "x2", false},
		{"w12", "v1", false},
	} {
		if got := naming.Alike(tt.name, tt.other); got != tt.want {
			t.Errorf("%s and %s: got %t, want %t", tt.name, tt.other, got, tt.want)
		}
	}
}

func TestEntries(t *testing.T) {
	for _, tt := range []struct {
		why, name string
		want      []naming.Entry
	}{
		{"no number", "W", nil},
		{"one digit", "w1", nil},
		{"two numbers", "w2[1,0]", []naming.Entry{{Matrix: "w2[#,#]", Transposed: "w2[0,1]"}}},
		{"two digits", "w12", []naming.Entry{{Matrix: "w##", Transposed: "w21"}}},
		{"two subscripts", "w₁₂", []naming.Entry{{Matrix: "w##", Transposed: "w₂₁"}}},
		{"underscores", "w1_0", []naming.Entry{{Matrix: "w#_#", Transposed: "w0_1"}}},
		{"a neuron's weight", "layer1.neuron2.w3", []naming.Entry{
			{Matrix: "layer1.neuron#.w#", Transposed: "layer1.neuron3.w2"},
		}},
		{"a layer and two digits can be read in two ways", "w2[12]", []naming.Entry{
			{Matrix: "w#[#]", Transposed: "w12[2]"}, {Matrix: "w2[##]", Transposed: "w2[21]"},
		}},
	} {
		if diff := cmp.Diff(tt.want, naming.Entries(tt.name)); diff != "" {
			t.Errorf("%s: entries of %q (-want +got):\n%s", tt.why, tt.name, diff)
		}
	}
}
