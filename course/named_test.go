package course

import (
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// In the chapters on an engine and on sick networks the slips are listed one by one. So all of their
// wrong answers are named, factor and slip.
func TestNamed(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise, a checking.Answers) {
		t.Helper()
		if !strings.HasPrefix(e.Name, "4-engine/") && !strings.HasPrefix(e.Name, "7-sick-networks/") {
			return
		}
		for _, s := range a.Wrong {
			found, _ := e.check(s.Answer).FirstWrong()
			named := func(text string) bool { return strings.Contains(text, s.Slip) }
			if found.Factor != s.Factor || !slices.ContainsFunc(found.Slips, named) {
				t.Errorf("%s: want %s: … %s …, got\n%s", s.Name, s.Factor, s.Slip, found.Text)
			}
		}
	})
}
