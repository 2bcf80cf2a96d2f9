package percent

import (
	"fmt"
	"math"
	"testing"
)

func TestDown(t *testing.T) {
	for _, test := range []struct {
		share  float64
		digits int
		want   string
	}{
		{0, 2, "0.00 %"},
		{1, 0, "100 %"},
		{1, 2, "100.00 %"},
		{2. / 3, 1, "66.6 %"},
		{0.9999999, 2, "99.99 %"},
		{math.Nextafter(1, 0), 1, "100.0 %"}, // rounding, and no mistake
		{math.NaN(), 1, "–"},
	} {
		if got := Down(test.share, test.digits); got != test.want {
			t.Errorf("Down(%v, %d) is %q, want %q", test.share, test.digits, got, test.want)
		}
	}
	for n := range 101 { // every whole percentage is itself
		if got, want := Down(float64(n)/100, 0), fmt.Sprint(n, " %"); got != want {
			t.Errorf("%d hundredths are %q", n, got)
		}
	}
}
