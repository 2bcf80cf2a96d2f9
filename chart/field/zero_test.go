package field

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{Explore, Sample, Tint}, []any{new(Field)})
}
