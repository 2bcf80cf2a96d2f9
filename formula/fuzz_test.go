package formula_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// FuzzRead reads any text. What it reads, it writes, and reads again as the same graph. What it does not
// read has errors with places in the text.
func FuzzRead(f *testing.F) {
	f.Add("input x = 1, t = 0; W1 = 0.5\nz = W1·x # comment\nL = ½(σ(z) - t)²")
	f.Add("const c = -2e-3; y = c^-x² + |x|/√(x) − dot(x1..x2, x, 3); x = ∞; x1 = x2; x2 = 1")
	f.Add("y = (1 + ; z = ⅓⁻¹; w⁽³⁾₁₂ = max(1, 2)")
	f.Add("y = 1/2x\r\na = b; b = a")
	f.Add(strings.Repeat("(", 2000))
	f.Fuzz(func(t *testing.T, text string) {
		g, err := formula.Read(text)
		if err != nil {
			var e *formula.Error
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Line > strings.Count(text, "\n")+1 ||
				e.Column > len([]rune(e.Text))+1 {
				t.Errorf("the error of %q is %v, want a place in the text", text, err)
			}
			return
		}
		written := g.String()
		again, err := formula.Read(written)
		if err != nil {
			t.Fatalf("%q is written as %q, which has an error: %v", text, written, err)
		}
		if diff := cmp.Diff(written, again.String()); diff != "" {
			t.Errorf("%q is written in two ways (-first +second):\n%s", text, diff)
		}
	})
}

// FuzzParts reads any formula. The part of each Value is read as the same graph, and lies in that of the
// Value that is computed from it.
func FuzzParts(f *testing.F) {
	f.Add("−(y − t)·W2·a(1 − a)·x/√2x + |x|^−2")
	f.Add("max(a, [b − 3], −a^b^−c²) − −2x⁻¹·π·½")
	f.Fuzz(func(t *testing.T, text string) {
		z, parts, err := formula.Parts(text)
		if err != nil {
			return
		}
		characters := []rune(text)
		for _, v := range gradus.Topo(z) {
			part, ok := parts[v]
			if !ok || part.From < 0 || part.From >= part.To || part.To > len(characters) {
				t.Fatalf("%q: the part of %v is %v", text, v, part)
			}
			for _, x := range v.Parents() {
				if x := parts[x]; x.From < part.From || x.To > part.To {
					t.Errorf("%q: the part %v of an operand is not in %v", text, x, part)
				}
			}
			if part.To-part.From > 200 || strings.HasPrefix(string(characters[part.From:]), "⁻") ||
				strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", characters[part.From]) {
				continue // an exponent
			}
			again, err := formula.Function(string(characters[part.From:part.To]))
			if err != nil {
				t.Errorf("%q: the part %v: %v", text, part, err)
				continue
			}
			got := again(func(string) float64 { return 0 })
			if got != v.Data && (got == got || v.Data == v.Data) {
				t.Errorf("%q: the part %v is %v, want %v", text, part, got, v.Data)
			}
		}
	})
}
