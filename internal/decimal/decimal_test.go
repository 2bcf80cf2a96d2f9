package decimal_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gradus-go/gradus/internal/decimal"
)

func TestParse(t *testing.T) {
	const no, large, small = "it is no number in decimal notation", "its size is over 1.8e308",
		"it is so small that it would be 0"
	for text, want := range map[string]any{
		"12": 12., "-0.5": -0.5, "+.5": 0.5, "5.": 5., "1e-3": 1e-3, "1E3": 1e3, "0": 0.,
		"-0": math.Copysign(0, -1), "0e-400": 0., "5e-324": 5e-324, "1.7976931348623157e308": math.MaxFloat64,
		"": no, "1 2": no, "1_000": no, "0x1p-2": no, "0X1P3": no, "Inf": no, "-inf": no, "infinity": no, "NaN": no,
		"1,5": no, "1e": no, "e5": no, "--1": no, "−1": no, "1p3": no,
		"1e999": large, "-1e309": large, "1e-400": small, "-0.001e-330": small,
	} {
		x, err := decimal.Parse(text)
		got := any(x)
		if err != nil {
			got = err.Error()
		}
		if fmt.Sprintf("%T %[1]v", got) != fmt.Sprintf("%T %[1]v", want) {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}
