package program

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// A value is a flag's. Its error says what was expected: package flag's own say no more than
// "parse error".
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

// Finite is a flag's number that is neither NaN nor ±Inf.
func Finite(p *float64) flag.Value {
	parse := func(s string) (float64, error) {
		x, err := strconv.ParseFloat(s, 64)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			err = errRange
		}
		return x, err
	}
	return value[float64]{p, parse, "a finite number such as 0.5"}
}

// Whole is a flag's whole number between two others, or one of them.
func Whole(p *int, from, to int) flag.Value {
	parse := func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if n < from || n > to {
			err = errRange
		}
		return n, err
	}
	return value[int]{p, parse, fmt.Sprintf("a whole number from %d to %d", from, to)}
}

// Between is a flag's number between two others, or one of them.
func Between(p *float64, from, to float64) flag.Value {
	parse := func(s string) (float64, error) {
		x, err := strconv.ParseFloat(s, 64)
		if !(from <= x && x <= to) { // true for NaN too
			err = errRange
		}
		return x, err
	}
	return value[float64]{p, parse, fmt.Sprintf("a number from %v to %v", from, to)}
}

// OneOf is a flag's word, one of the choices. Capital letters are the same as small ones.
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

// Seed is a flag's seed for random numbers, in Go's notation.
func Seed(p *uint64) flag.Value {
	parse := func(s string) (uint64, error) { return strconv.ParseUint(s, 0, 64) }
	return value[uint64]{p, parse, fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))}
}

// PictureUsage says what a Picture is for.
const PictureUsage = "`file` to show the graph in, by its ending: .dot .mmd .svg .html .tex .txt"

// Picture is a flag's value that names a file to show a graph in: its ending says how.
func Picture(file *string) flag.Value { return (*picture)(file) }

type picture string

func (p *picture) String() string { return string(*p) }

func (p *picture) Set(s string) error {
	*p = picture(s)
	return show.CanSave(s)
}

// Show saves what package show has to say about a graph, if file is not empty.
func Show(file string, root *gradus.Value) error {
	if file == "" {
		return nil
	}
	return show.Save(file, root)
}
