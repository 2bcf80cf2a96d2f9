package bench

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

// Everything that is exported is shown in an Example.
func TestSymbols(t *testing.T) {
	doccheck.TestExamples(t, ".")
}
