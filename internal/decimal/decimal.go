// Package decimal reads numbers as people write them.
package decimal

import (
	"errors"
	"strconv"
	"strings"
)

var (
	errNone  = errors.New("it is no number in decimal notation")
	errLarge = errors.New("its size is over 1.8e308")
	errSmall = errors.New("it is so small that it would be 0")
)

// Parse returns the number that a text is in decimal notation, such as 12, -0.5 or 1e-3. What else Go
// reads is an error: 1_000, 0x1p-2, Inf and NaN. So is a number that is too large for a float64, and one that
// would be 0 though it has other digits.
func Parse(s string) (x float64, err error) {
	if strings.ContainsAny(s, "_xXpPnN") {
		return 0, errNone
	}
	x, err = strconv.ParseFloat(s, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(s), "e")
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, errLarge
	case err != nil:
		return 0, errNone
	case x == 0 && strings.ContainsAny(mantissa, "123456789"):
		return 0, errSmall
	}
	return x, nil
}
