package formula_test

import (
	"testing"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		formula.Read, formula.ReadFiles, formula.Expression, formula.Function, formula.Parts, formula.Text,
		formula.Functions,
	}, []any{new(formula.Graph), new(formula.Error)})
}

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}
