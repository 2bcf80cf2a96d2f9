package course

import (
	"encoding/json"
	"os"

	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A TB is the part of testing.TB that [Test] and [TestText] need.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// resultVariable is the environment variable with the name of a file, into which Test writes what
// it finds, for the program that runs the test.
const resultVariable = "GRADUS_COURSE_RESULT"

// Test is what the test in a learner's folder calls: it checks an answer, such as a function, to
// the exercise with a name, and reports what is wrong with it by t.Errorf.
//
// It panics if t is nil.
func Test(t TB, name string, answer any) {
	if t == nil {
		panic("course: Test of a nil t, want a testing.TB")
	}
	t.Helper()
	e, err := find(name)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	found := e.check(answer)
	if file := os.Getenv(resultVariable); file != "" {
		text, err := json.Marshal(found)
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			t.Errorf("course: cannot hand on what was found: %v", err)
		}
	}
	if wrong, ok := found.FirstWrong(); ok {
		t.Errorf("%s", wrap.Message(wrong.Text))
	}
}

// TestText is [Test] for an exercise with formulas for answers, which it reads from answer.txt.
//
// It panics if t is nil.
func TestText(t TB, name string) {
	if t == nil {
		panic("course: TestText of a nil t, want a testing.TB")
	}
	t.Helper()
	text, err := os.ReadFile(answerText)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	Test(t, name, string(text))
}

// check checks an answer.
func (e *Exercise) check(answer any) checking.Findings {
	found := e.checker.Check(answer)
	if len(found) == 0 {
		return checking.Wrong(e.Name, "%s: nothing was checked", e.Name)
	}
	return found
}
