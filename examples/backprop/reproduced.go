package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/significant"
)

// A result counts what autodiff reproduces of the tutorial's numbers.
type result struct {
	numpy, pytorch score
}

type score struct {
	printed int
	short   []string // the quantities in which autodiff falls short
}

// count adds a number that the tutorial prints to the score and returns the digits that
// autodiff shares with it.
func (s *score) count(text string, q quantity, like func(string, float64) bool) string {
	if text == "" {
		return "     –"
	}
	s.printed++
	shared := fmt.Sprintf("%6d", significant.Shared(number(text), q.value))
	if !like(text, q.value) {
		s.short = append(s.short, q.name)
		shared += " short"
	}
	return shared
}

// likeNumPy reports whether NumPy prints x as text, given that 1e-4 ≤ |x| < 1e8: below and
// above it would turn to powers of ten.
func likeNumPy(text string, x float64) bool {
	return strings.TrimRight(strconv.FormatFloat(x, 'f', 8, 64), "0") == text
}

// likePyTorch reports whether x is at most one unit in the last place of a float32 away
// from the one that text shows.
func likePyTorch(text string, x float64) bool {
	y := number(text)
	size := float32(math.Abs(y))
	ulp := math.Nextafter32(size, math.MaxFloat32) - size
	return math.Abs(x-y) <= float64(ulp)
}

// number returns the number that text shows, or NaN, which shares no digit with any other.
func number(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// String returns the last line of the output.
func (r result) String() string {
	if r.numpy.printed == 0 {
		return "reproduced: nothing to compare with, the tutorial has other parameters"
	}
	return fmt.Sprintf("reproduced: %v that NumPy prints, to the last digit, "+
		"and %v that PyTorch prints, to float32 precision", r.numpy, r.pytorch)
}

func (s score) String() string {
	return fmt.Sprintf("%d of %d", s.printed-len(s.short), s.printed)
}

// err names what falls short of the digits that the tutorial prints, if anything does.
func (r result) err() error {
	return errors.Join(r.numpy.err("NumPy"), r.pytorch.err("PyTorch"))
}

func (s score) err(printer string) error {
	if len(s.short) == 0 {
		return nil
	}
	return fmt.Errorf("autodiff falls short of the digits that %s prints for %s",
		printer, strings.Join(s.short, ", "))
}
