package recipe

import "fmt"

// A Shape says how large a model is.
type Shape struct {
	Width   int `json:"width"`   // the numbers that stand for a token
	Heads   int `json:"heads"`   // of attention, each of which looks at Width/Heads of these numbers
	Layers  int `json:"layers"`  // one after the other
	Context int `json:"context"` // the positions that the model can look at
}

// Default is the shape of the original, and Largest the largest that a model may have.
var (
	Default = Shape{Width: 16, Heads: 4, Layers: 1, Context: 16}
	Largest = Shape{Width: 256, Heads: 256, Layers: 16, Context: 256}
)

// Check returns an error that says what is wrong with the shape, if anything is. No size may be more than
// that of the largest shape.
func (s Shape) Check(largest Shape) error {
	for _, size := range []struct {
		name       string
		n, largest int
	}{
		{"width", s.Width, largest.Width},
		{"heads", s.Heads, largest.Heads},
		{"layers", s.Layers, largest.Layers},
		{"context", s.Context, largest.Context},
	} {
		if size.n < 1 || size.n > size.largest {
			return fmt.Errorf("%s is %d, want a whole number from 1 to %d", size.name, size.n, size.largest)
		}
	}
	if s.Width%s.Heads != 0 {
		return fmt.Errorf("the width %d cannot be split among %d heads, want a multiple of %d",
			s.Width, s.Heads, s.Heads)
	}
	return nil
}

// Params returns how many parameters a model has that is trained on texts of so many different letters:
// a row for each token in two matrices, a row for each position in one, and in each layer four matrices
// of queries, keys, values and heads, and two that are four times as large.
func (s Shape) Params(letters int) int {
	return (2*(letters+1)+s.Context)*s.Width + s.Layers*(4+4+4)*s.Width*s.Width
}

// Products returns about how many products the graph of a text has at most: one for each parameter at each
// position. The largest have more than an int of 32 bits holds.
func (s Shape) Products(letters int) int64 { return int64(s.Params(letters)) * int64(s.Context) }
