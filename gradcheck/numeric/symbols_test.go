package numeric_test

import (
	"testing"

	"github.com/gradus-go/gradus/gradcheck/numeric"
	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{numeric.Diff, numeric.Diffp, numeric.NewSweep},
		[]any{new(numeric.Difference), new(numeric.Sweep)})
}
