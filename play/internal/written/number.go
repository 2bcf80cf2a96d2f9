package written

import (
	"strconv"

	"github.com/gradus-go/gradus/internal/formula"
)

// A Number is a number as a view shows it: with four digits, as package show writes it, and with all.
type Number struct {
	Text  string `json:"text"`
	Exact string `json:"exact"`
}

// Of returns how x is shown.
func Of(x float64) Number {
	return Number{formula.Text.Number(x), formula.Exact(x)}
}

// Count returns how a number of things is shown: with a comma after each three digits.
func Count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
