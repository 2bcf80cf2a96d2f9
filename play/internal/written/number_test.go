package written_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus/play/internal/written"
)

func TestOf(t *testing.T) {
	for _, test := range []struct {
		x    float64
		want written.Number
	}{
		{-1.0 / 3, written.Number{Text: "-0.3333", Exact: "-0.3333333333333333"}},
		{2, written.Number{Text: "2", Exact: "2"}},
		{math.NaN(), written.Number{Text: "NaN", Exact: "NaN"}},
		{math.Inf(-1), written.Number{Text: "-∞", Exact: "-∞"}},
	} {
		if got := written.Of(test.x); got != test.want {
			t.Errorf("%v is written %q, want %q", test.x, got, test.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 32178: "32,178", 1e6: "1,000,000"} {
		if got := written.Count(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}
