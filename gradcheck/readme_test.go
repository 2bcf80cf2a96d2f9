package gradcheck_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/gradcheck"
)

// The README shows what the checker prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	findings, err := gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{
		"dL/dy":  "-0.6225",
		"dL/dW1": "-0.1463",
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```\n"+findings.String()+"```\n") {
		t.Errorf("README.md does not show these findings:\n%v", findings)
	}
}
