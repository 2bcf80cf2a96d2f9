package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/significant"
)

// A result counts the numbers of the tutorial that autodiff reproduces.
type result struct {
	numpy, pytorch score
}

// A score counts the numbers that NumPy or PyTorch prints in the tutorial.
type score struct {
	printed int
	short   []string // the quantities that autodiff does not reproduce
}

// count counts the number of autodiff for a quantity. It returns the text that the tutorial prints, if
// there is one, with the number of digits that the two share. The function like decides whether it is
// reproduced.
func (s *score) count(text string, q quantity, like func(string, float64) bool) string {
	if text == "" {
		return ""
	}
	s.printed++
	mark := ""
	if !like(text, q.value) {
		s.short = append(s.short, q.name)
		mark = "!"
	}
	return fmt.Sprintf("%s (%d%s)", text, significant.Shared(number(text), q.value), mark)
}

// likeNumPy reports whether NumPy prints x as text. It holds for 1e-4 ≤ |x| < 1e8; NumPy prints
// smaller and larger numbers with a power of ten.
func likeNumPy(text string, x float64) bool {
	return strings.TrimRight(strconv.FormatFloat(x, 'f', 8, 64), "0") == text
}

// likePyTorch reports whether x differs from the float32 in text by at most one unit in the last
// place of that float32.
func likePyTorch(text string, x float64) bool {
	y := number(text)
	size := float32(math.Abs(y))
	ulp := math.Nextafter32(size, math.MaxFloat32) - size
	return math.Abs(x-y) <= float64(ulp)
}

// number returns the number in text. If there is none, it returns NaN, which shares no digit with
// any number.
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
		return "reproduced: nothing to compare, as the tutorial starts from other numbers"
	}
	return fmt.Sprintf("reproduced: NumPy %v, to the last digit; PyTorch %v, as float32",
		r.numpy, r.pytorch)
}

// String returns, for instance, "13 of 14".
func (s score) String() string {
	return fmt.Sprintf("%d of %d", s.printed-len(s.short), s.printed)
}

// err returns an error that names the numbers that are not reproduced, or nil if there are none.
func (r result) err() error {
	return errors.Join(r.numpy.err("NumPy"), r.pytorch.err("PyTorch"))
}

// err is the error of one score.
func (s score) err(printer string) error {
	if len(s.short) == 0 {
		return nil
	}
	return fmt.Errorf("autodiff does not reproduce the digits that %s prints for %s",
		printer, strings.Join(s.short, ", "))
}
