// Package percent writes shares as percentages.
package percent

import (
	"math"
	"strconv"
)

// Down returns a share as a percentage with this number of digits after the point. It rounds
// down, so that nothing but the whole is 100 %. NaN becomes –.
func Down(share float64, digits int) string {
	if math.IsNaN(share) {
		return "–"
	}
	scale := math.Pow10(digits)
	floor := math.Floor(100*share*scale + 1e-9) // the double 0.57 is a little less than 57 hundredths
	return strconv.FormatFloat(floor/scale, 'f', digits, 64) + " %"
}
