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

// SizeOfShares returns how many numbers Save writes for the shares of n numbers. It is not in Texts.
func SizeOfShares(n int) int { return 4 + min(n, len(Shares{}.kept)) }

// Save writes the shares, and l, which is Log, to memory. This method is not in Texts.
func (s *Shares) Save(memory []float64, l float64) {
	memory[0], memory[1], memory[2], memory[3] = s.Largest, float64(s.At), s.Rest, l
	copy(memory[4:], s.kept[:])
}

// Load sets s to shares that Save has written, and returns l. This method is not in Texts.
func (s *Shares) Load(memory []float64) (l float64) {
	s.Largest, s.At, s.Rest = memory[0], int(memory[1]), memory[2]
	copy(s.kept[:], memory[4:])
	return memory[3]
}
