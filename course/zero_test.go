package course_test

import (
	"testing"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		course.Chapters, course.Checkout, course.Open, course.Submission, course.Test,
		course.TestText, course.Write,
	}, []any{new(course.Chapter), new(course.Exercise), new(course.Folder)})
}
