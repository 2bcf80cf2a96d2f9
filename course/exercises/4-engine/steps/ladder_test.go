package steps

import (
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
)

// An Order that does not come to an end is given up, with a reason.
func TestLadder(t *testing.T) {
	e := engine.Of(engine.Functions[*int]{
		New:   func(float64) *int { return new(int) },
		Add:   func(*int, *int) *int { return new(int) },
		Order: func(*int) []*int { select {} },
	})
	f := ladder(e, time.Millisecond)
	if f == nil || f.Factor != "the visits" || !strings.Contains(f.Text, "after 1ms") {
		t.Errorf("found %+v, want that Order has not come to an end", f)
	}
	e.Order = func(any) []any { return nil }
	if f := ladder(e, time.Minute); f != nil {
		t.Errorf("found %+v about an Order that comes to an end", f)
	}
}
