package written

import "github.com/gradus-go/gradus/internal/formula"

// A Number is a number as a view shows it: with four digits, as package show writes it, and with all.
type Number struct {
	Text  string `json:"text"`
	Exact string `json:"exact"`
}

// Of returns how x is shown.
func Of(x float64) Number {
	return Number{formula.Text.Number(x), formula.Exact(x)}
}
