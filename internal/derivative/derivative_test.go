package derivative_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/derivative"
)

// A derivative of what is named like a derivative is a higher one.
func TestOf(t *testing.T) {
	for _, tt := range []struct{ of, by, whole, local string }{
		{"L", "w", "dL/dw", "∂L/∂w"},
		{"dL/dw", "w", "d²L/dw²", "∂(dL/dw)/∂w"},
		{"∂L/∂w", "w", "d²L/dw²", "∂(dL/dw)/∂w"},
		{"dL/dw", "v", "d²L/dw dv", "∂(dL/dw)/∂v"},
		{"d²L/dw²", "w", "d³L/dw³", "∂(d²L/dw²)/∂w"},
		{"d²L/dw²", "v", "d³L/dw² dv", "∂(d²L/dw²)/∂v"},
		{"d²L/dw dv", "w", "d³L/dw² dv", "∂(d²L/dw dv)/∂w"},
		{"∂²L/∂w∂v", "v", "d³L/dw dv²", "∂(d²L/dw dv)/∂v"},
		{"d2L/dw2", "w", "d³L/dw³", "∂(d²L/dw²)/∂w"},
		{"d^2L/dw^2", "w", "d³L/dw³", "∂(d²L/dw²)/∂w"},
		{"dL/dw₁", "w₁", "d²L/dw₁²", "∂(dL/dw₁)/∂w₁"},
		{"dL/dW2", "W2", "d²L/dW2²", "∂(dL/dW2)/∂W2"},
		{"d²L/dW2²", "W2", "d³L/dW2³", "∂(d²L/dW2²)/∂W2"},
		{"dL/dw⁽³⁾₁₂", "w⁽³⁾₁₂", "d²L/dw⁽³⁾₁₂²", "∂(dL/dw⁽³⁾₁₂)/∂w⁽³⁾₁₂"},
		{"dloss/dlayer1.neuron2.w3", "b", "d²loss/dlayer1.neuron2.w3 db", "∂(dloss/dlayer1.neuron2.w3)/∂b"},
		{"dL/dx", "L", "d(dL/dx)/dL", "∂(dL/dx)/∂L"},
		{"d(dL/dx)/dL", "x", "d³L/dx² dL", "∂(d(dL/dx)/dL)/∂x"},
		{"∂(dL/dw)/∂v", "w", "d³L/dw² dv", ""},
		{"d⁹L/dw⁹", "w", "d(d⁹L/dw⁹)/dw", "∂(d⁹L/dw⁹)/∂w"},
		{"d²L/dw²", "dL/dw", "d(d²L/dw²)/d(dL/dw)", "∂(d²L/dw²)/∂(dL/dw)"},
		{"step", "dL/dw", "dstep/d(dL/dw)", "∂step/∂(dL/dw)"},
		{"dL/dw", "dL/dw", "d(dL/dw)/d(dL/dw)", "∂(dL/dw)/∂(dL/dw)"},
		// These are no derivatives, or can be read in two ways.
		{"", "w", "d/dw", "∂/∂w"},
		{"data_dim", "w", "ddata_dim/dw", "∂data_dim/∂w"},
		{"dy/x", "w", "ddy/x/dw", "∂dy/x/∂w"},
		{"dL/dw²", "w", "", ""},
		{"d²L/dw", "w", "dd²L/dw/dw", "∂d²L/dw/∂w"},
		{"dx/dy/dz", "w", "ddx/dy/dz/dw", "∂dx/dy/dz/∂w"},
		{"∂L/∂w∂v", "w", "d∂L/∂w∂v/dw", "∂∂L/∂w∂v/∂w"},
		{"d2/d3", "w", "dd2/d3/dw", "∂d2/d3/∂w"},
	} {
		whole, local := derivative.Of(tt.of, tt.by, false), derivative.Of(tt.of, tt.by, true)
		if got := whole.String(); tt.whole != "" && got != tt.whole {
			t.Errorf("the derivative of %q with respect to %s is %s, want %s", tt.of, tt.by, got, tt.whole)
		}
		if got := local.String(); tt.local != "" && got != tt.local {
			t.Errorf("the local derivative of %q with respect to %s is %s, want %s", tt.of, tt.by, got, tt.local)
		}
	}
}

// A text of a thousand names is read as fast as one of two.
func TestOfManyNames(t *testing.T) {
	text := "d⁹L/" + strings.Repeat("da", 1000)
	if got := derivative.Of(text, "w", false).String(); got != "d"+text+"/dw" {
		t.Errorf("got %.40s…, want the name as it is", got)
	}
}

func TestRead(t *testing.T) {
	names := []string{
		"L", "w", "v", "W2", "W", "2L", "x", "x1", "x2", "x12", "y", "y²", "dy/dx", "(b)", "a", "a db", "b",
	}
	isName := func(name string) bool { return slices.Contains(names, name) }
	for text, want := range map[string]string{
		"dL/dw":             "dL/dw",
		"dL_dW2":            "dL/dW2",
		"∂L/∂w":             "∂L/∂w",
		"d²L/dw²":           "d²L/dw²",
		"d2L/dw2":           "d²L/dw²",
		"d^2L/dw^2":         "d²L/dw²",
		"d2L/dw dv":         "d²L/dw dv",
		"d²L/dwdv":          "d²L/dw dv",
		"d²L/dw·dv":         "d²L/dw dv",
		"d2L_dw_dv":         "d²L/dw dv",
		"d2L_dw2":           "d²L/dw²",
		"∂²L/∂w∂v":          "d²L/dw dv",
		"∂²L/∂w ∂v":         "d²L/dw dv",
		"∂2L/∂w∂v":          "d²L/dw dv",
		"d³L/dw² dv":        "d³L/dw² dv",
		"∂³L/∂w∂v²":         "d³L/dw dv²",
		"d³L/dw dv dw":      "d³L/dw² dv",
		"dL/dW2 ":           "",
		"dL/dW2":            "dL/dW2",
		"d2L/dW2":           "d2L/dW2 or d²L/dW²", // of the value named 2L, or of L
		"d2L/dW22":          "d²L/dW2²",
		"d²L/dW2 dW2":       "d²L/dW2²",
		"d³L/dx2 dx12":      "d³L/dx2 dx1² or d³L/dx² dx12",
		"d³L/dx² dx12":      "d³L/dx² dx12",
		"dL/dy²":            "dL/dy²",   // with respect to the value named y²
		"d²L/dy²":           "d²L/dy²",  // twice with respect to y
		"d²L/dy²²":          "d²L/dy²²", // twice with respect to y²
		"d²L/da db":         "d²L/da db",
		"dL/da db":          "dL/da db",
		"∂(dL/dw)/∂v":       "∂(dL/dw)/∂v",
		"d(dL/dw)/dv":       "d²L/dw dv",
		"d(d²L/dw²)/dv":     "d³L/dw² dv",
		"d(dL/dw)/dL":       "d(dL/dw)/dL",
		"d(∂L/∂w)/dv":       "", // a local derivative has no further one
		"dL/d(dy/dx)":       "dL/d(dy/dx)",
		"d²L/d(dy/dx)²":     "d(dL/d(dy/dx))/d(dy/dx)",
		"d(dy/dx)/dx":       "d(dy/dx)/dx or d²y/dx²", // of the value named dy/dx, or of y
		"d(dL/dw)/d(dy/dx)": "d(dL/dw)/d(dy/dx)",
		"dL/d(b)":           "dL/d(b)",
		"d²L/dw":            "",
		"dL/dw³":            "",
		"d²L/dw³":           "",
		"d²L/dw dv dw":      "",
		"d²L/dw ∂v":         "",
		"d1L/dw":            "",
		"d10L/dw10":         "",
		"d²L/":              "",
		"d²L/d":             "",
		"d()/dw":            "",
		"d":                 "",
		"":                  "",
	} {
		var got []string
		for _, n := range derivative.Read(text, isName) {
			got = append(got, n.String())
		}
		if s := strings.Join(got, " or "); s != want {
			t.Errorf("%q is read as %q, want %q", text, s, want)
		}
	}
}

func TestOrders(t *testing.T) {
	isName := func(name string) bool { return name == "L" || name == "2L" || name == "w" }
	for text, want := range map[string][2]int{
		"d²L/dw": {2, 1}, "dL/dw²": {1, 2}, "∂^3L/∂w∂w": {3, 2}, "d2L_dw3": {2, 3}, "dL/dw": {}, "d²L/dw²": {},
		"d²L/dv": {}, "": {}, "dL/dw⁹": {1, 9}, "d2L/dw·dw2": {2, 3},
	} {
		above, below, ok := derivative.Orders(text, isName)
		if want != [2]int{above, below} || ok != (above > 0) {
			t.Errorf("the orders of %q are %d and %d, %t, want %v", text, above, below, ok, want)
		}
	}
}

// What is written is read as what it was.
func FuzzRead(f *testing.F) {
	f.Add("L", "w", "v", uint(2), uint(1), true)
	f.Add("dL", "w²", "2w", uint(3), uint(3), false)
	f.Add("L", "L", "w⁽³⁾₁₂", uint(5), uint(9), false)
	f.Fuzz(func(t *testing.T, of, by, other string, n, m uint, local bool) {
		if of == "" || by == "" || other == "" || len(of+by+other) > 20 {
			return
		}
		name := derivative.Name{
			Of:    of,
			By:    append(slices.Repeat([]string{by}, int(n%6)), slices.Repeat([]string{other}, int(1+m%6))...),
			Local: local,
		}
		isName := func(s string) bool { return s == of || s == by || s == other }
		var ways []string
		for _, n := range derivative.Read(name.String(), isName) {
			ways = append(ways, n.String())
		}
		if !slices.Contains(ways, name.String()) && len(ways) < 2 { // nor is it one of many ways
			t.Errorf("%q is read as %q", name, ways)
		}
	})
}
