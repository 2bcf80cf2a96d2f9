package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// The factors of a sum that are shared are all first ones or all second ones. In attention, the share of
// each position multiplies the numbers of its value. That other positions use an early value, too, does not
// matter.
func TestAttention(t *testing.T) {
	x := graphs.Values(9)
	shares, values := x[:3], x[3:]
	var outputs []*gradus.Value
	for j := range 2 {
		outputs = append(outputs, gradus.Dot(shares, []*gradus.Value{values[j], values[2+j], values[4+j]}))
	}
	for _, early := range values[:2] {
		outputs = append(outputs, early.Sin(), early.Cos(), early.Tan())
	}
	got := linesOf(t, replay.Recorder{Inputs: x}, gradus.LogSumExp(outputs...))
	got, _, _ = strings.Cut(got, "\n")
	if diff := cmp.Diff("t[0:2] = x[3:9]ᵀ·x[0:3]", got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
