package gradcheck_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus/gradcheck"
)

// FuzzDerivationName checks that for any key CheckDerivation returns a finding with that name or
// an error that holds it.
func FuzzDerivationName(f *testing.F) {
	for _, name := range []string{
		"dL/dW2", "∂L/∂W2", "dL_dW2", "da/dz", "dL/dL", "dz/dL", "d/d", "dL", "", "∂∂/∂", "dL/∂y",
		"d²L/dW2²", "d2L/dW22", "d^2L/dW2^2", "∂²L/∂W1∂W2", "d2L_dW1_dW2", "d³L/dW1² dW2",
		"d(dL/dy)/da", "∂(dL/dW2)/∂a", "d²L/dW1", "dL/dW1²", "d²/d²", "d²y/dW2²", "d⁹L/da⁹",
	} {
		f.Add(name, -0.3875)
	}
	root := tutorialA()
	f.Fuzz(func(t *testing.T, name string, x float64) {
		findings, err := gradcheck.CheckDerivation(root, gradcheck.Derivation{name: x})
		switch {
		case err != nil && !strings.HasPrefix(err.Error(), "gradcheck: "+name+": "):
			t.Errorf("error %q does not begin with the name %q", err, name)
		case err == nil && (len(findings) != 1 || findings[0].Name != name):
			t.Errorf("findings %v, want one for %q", findings, name)
		case err == nil && !findings[0].OK && findings.Err() == nil:
			t.Errorf("%v is wrong, and no error says so", findings)
		}
	})
}
