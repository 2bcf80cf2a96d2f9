package elementary

import "math"

// Shares are the exponentials of some numbers, each divided by that of the largest one, and their sum.
// The first of them are kept, so that they need not be computed twice.
type Shares struct {
	Largest float64
	At      int     // the place of the largest
	Rest    float64 // the sum of the others; NaN if a number is NaN or if all are -Inf
	kept    [32]float64
	Room    [32]float64 // free for the caller: room for the numbers
}

// Of computes the shares of y. It wants zero Shares.
func (s *Shares) Of(y []float64) {
	s.Largest, s.At = Largest(y)
	if !(s.Largest > math.Inf(-1)) {
		s.Rest = math.NaN()
	}
	for i, yi := range y {
		e := 1.0
		if i != s.At {
			e = math.Exp(s.Shifted(yi))
			s.Rest += e
		}
		if i < len(s.kept) {
			s.kept[i] = e
		}
	}
}

// Sum returns the sum of the exponentials, of which the largest is 1.
func (s *Shares) Sum() float64 { return 1 + s.Rest }

// Log returns the logarithm of the sum. It keeps its digits if the others are small.
func (s *Shares) Log() float64 { return math.Log1p(s.Rest) }

// LogSumExp returns the logarithm of the sum of the exponentials of the numbers themselves.
func (s *Shares) LogSumExp() float64 {
	if math.IsInf(s.Largest, -1) {
		return s.Largest
	}
	return s.Largest + s.Log()
}

// CrossEntropy returns Σ tᵢ·(LogSumExp − yᵢ), where y are the numbers whose shares s has, and l is Log.
func (s *Shares) CrossEntropy(l float64, y, t []float64) (z float64) {
	for i, yi := range y {
		// A term whose factor is 0 is left out, so that 0·Inf is 0, unless all is NaN.
		if t[i] != 0 || math.IsNaN(l) {
			z += float64(t[i] * (l - s.Shifted(yi)))
		}
	}
	return z
}

// CrossEntropySlopes calls put with the derivatives of CrossEntropy by yᵢ and by tᵢ, for each i. l is Log.
func (s *Shares) CrossEntropySlopes(l float64, y, t []float64, put func(i int, dy, dt float64)) {
	if len(y) == 0 {
		return
	}
	others := 0.0 // Σtᵢ without that of the largest logit
	for i, ti := range t {
		if i != s.At {
			others += ti
		}
	}
	share := (others + t[s.At]) / s.Sum() // of Σtᵢ
	for i, yi := range y {
		dy, dt := float64(s.Exp(i, yi)*share)-t[i], l-s.Shifted(yi)
		if i == s.At { // Σt/(1 + rest) − t, which cancels if t is 1
			dy = others - float64(share*s.Rest)
		}
		put(i, dy, dt)
	}
}

// Largest returns the largest of some numbers, or NaN if one is NaN, and its place.
func Largest(y []float64) (z float64, at int) {
	z = math.Inf(-1)
	for i, yi := range y {
		if yi > z || yi != yi {
			z, at = yi, i
		}
	}
	return z, at
}

// Shifted returns x − Largest, which is 0 if both are +Inf.
func (s *Shares) Shifted(x float64) float64 {
	if x == s.Largest && x > 0 {
		return 0
	}
	return x - s.Largest
}

// Exp returns the exponential of y, the number at place i, divided by that of the largest.
func (s *Shares) Exp(i int, y float64) float64 {
	if i < len(s.kept) {
		return s.kept[i]
	}
	return math.Exp(s.Shifted(y))
}
