package grade_test

import (
	"testing"

	"github.com/gradus-go/gradus/course/grade"
	"github.com/gradus-go/gradus/internal/doccheck"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", nil, []any{
		new(grade.Class), new(grade.Grader), new(grade.Learner), new(grade.Result),
	})
}
