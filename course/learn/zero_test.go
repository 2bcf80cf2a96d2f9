package learn_test

import (
	"testing"

	"github.com/gradus-go/gradus/course/learn"
	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{learn.Grade, learn.Open, learn.Write},
		[]any{new(learn.Lesson), new(learn.Files)})
}
