package formula_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
