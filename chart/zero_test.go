package chart

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{Above, Boundary, Confusion, Histogram, Loss, Named, Sequence, Surface},
		[]any{new(Chart), new(Series), new(Stack)})
}
