package gradcheck_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// The README shows what the checker prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	w := gradus.New(0.5).As("w")
	a := w.Mul(gradus.New(2).As("x")).As("z").Tanh().As("a")
	second := a.Sub(gradus.New(1).As("t")).Square().As("L")
	for _, tt := range []struct {
		root *gradus.Value
		d    gradcheck.Derivation
	}{
		{tutorialA(), gradcheck.Derivation{"dL/dy": "-0.6225", "dL/dW1": "(y − t)·a(1 − a)·x"}},
		{second, gradcheck.Derivation{"d²L/dw²": "1.41"}},
	} {
		findings, err := gradcheck.CheckDerivation(tt.root, tt.d)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(readme), "```\n"+findings.String()+"```\n") {
			t.Errorf("README.md does not show these findings:\n%v", findings)
		}
	}
}
