package formulas_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/play/internal/formulas"
)

// samples returns the texts of the examples, and others that are generated, always the same: n in all.
func samples(tb testing.TB, n int) (texts []string) {
	tb.Helper()
	examples, err := formulas.Examples(struct{}{})
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range examples {
		texts = append(texts, e.F)
	}
	return append(texts, shapes.Formulas(n-len(texts))...)
}
