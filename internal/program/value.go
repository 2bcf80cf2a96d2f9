package program

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/decimal"
)

// A value is the value of a flag. Its error says what was expected, for instance "want a whole
// number from 1 to 9", where the values of package flag say "parse error".
type value[T any] struct {
	p     *T
	parse func(string) (T, error)
	want  string
}

func (v value[T]) String() string { return fmt.Sprint(*v.p) }

func (v value[T]) Set(s string) error {
	x, err := v.parse(s)
	if err != nil {
		return errors.New("want " + v.want)
	}
	*v.p = x
	return nil
}

var errRange = errors.New("out of range")

// Finite returns the value of a flag that sets p to a number other than NaN and ±Inf.
func Finite(p *float64) flag.Value {
	return value[float64]{p, decimal.Parse, "a finite number such as 0.5"}
}

// Whole returns the value of a flag that sets p to a whole number in [from, to].
func Whole[T int | uint32](p *T, from, to T) flag.Value {
	parse := func(s string) (T, error) {
		n, err := strconv.ParseInt(s, 10, 64)
		if n < int64(from) || n > int64(to) {
			err = errRange
		}
		return T(n), err
	}
	return value[T]{p, parse, fmt.Sprintf("a whole number from %d to %d", from, to)}
}

// Between returns the value of a flag that sets p to a number in [from, to].
func Between(p *float64, from, to float64) flag.Value {
	parse := func(s string) (float64, error) {
		x, err := decimal.Parse(s)
		if !(from <= x && x <= to) { // NaN is out of range, too
			err = errRange
		}
		return x, err
	}
	return value[float64]{p, parse, fmt.Sprintf("a number from %v to %v", from, to)}
}

// OneOf returns the value of a flag that sets p to one of the choices. The user may write capital
// letters as small ones and the other way round: p is set to the word as it is in choices.
func OneOf(p *string, choices ...string) flag.Value {
	parse := func(s string) (string, error) {
		for _, choice := range choices {
			if strings.EqualFold(s, choice) {
				return choice, nil
			}
		}
		return "", errRange
	}
	return value[string]{p, parse, "one of " + strings.Join(choices, ", ")}
}

// Seed returns the value of a flag that sets p to the seed of a random number generator.
func Seed(p *uint64) flag.Value {
	parse := func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) }
	return value[uint64]{p, parse, fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))}
}
