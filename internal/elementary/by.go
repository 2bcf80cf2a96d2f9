package elementary

import "math"

// OfBy is Of with another exponential: exp sets each z to e to the power of x − shift. It is for numbers
// that Shares has room for, of which the largest is finite; the exponentials of others are those of Of.
// This method is not in Texts.
func (s *Shares) OfBy(y []float64, exp func(z, x []float64, shift float64)) {
	if s.Largest, s.At = Largest(y); len(y) > len(s.kept) || math.IsInf(s.Largest, 0) || math.IsNaN(s.Largest) {
		s.Rest = 0
		s.Of(y)
		return
	}
	e := s.kept[:len(y)]
	exp(e, y, s.Largest)
	e[s.At] = 0
	s.Rest = 0
	for _, ei := range e {
		s.Rest += ei
	}
	e[s.At] = 1
}
