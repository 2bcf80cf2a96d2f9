package finite

import (
	"fmt"
	"math"
	"strconv"
)

// Literal returns x as Go writes it. A number for which Go has no literal is an expression that begins with
// the name of package math.
func Literal(x float64) string {
	switch {
	case math.IsNaN(x):
		return "math.NaN()"
	case math.IsInf(x, 0):
		return fmt.Sprintf("math.Inf(%v)", math.Copysign(1, x))
	case x == 0 && math.Signbit(x):
		return "math.Copysign(0, -1)"
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
