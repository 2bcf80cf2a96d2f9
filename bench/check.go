package bench

import (
	"fmt"
	"math"
)

// tolerance bounds the difference between two variants, relative to the largest number of
// the part that is compared. The longest sum has 1,000 terms, and rounding it in two ways
// differs by less than a thousand units in the last place.
const tolerance = 1e-12

// check runs each variant once and compares it with the first.
func (r *row) check(variants []variant) error {
	var want result
	for i, v := range variants {
		got, err := v.result()
		if err == nil && i > 0 {
			err = r.agree(got, want)
		}
		if err != nil {
			return fmt.Errorf("row %s, variant %s: %w", r.name, v.name, err)
		}
		if i == 0 {
			want = got
		}
	}
	return nil
}

func (r *row) agree(got, want result) error {
	if !near(got.out, want.out, math.Abs(want.out)) {
		return fmt.Errorf("the output is %v, that of %s %v", got.out, yardstick, want.out)
	}
	if got.grad != nil {
		if err := r.agreeAll("gradient", got.grad, want.grad); err != nil {
			return err
		}
	}
	return r.agreeAll("updated parameters", got.params, want.params)
}

// agreeAll compares two lists in parts, each relative to its largest number.
func (r *row) agreeAll(what string, got, want []float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s: %d numbers, %s has %d", what, len(got), yardstick, len(want))
	}
	if len(want) == 0 {
		return nil
	}
	for _, n := range r.blocks {
		largest := 0.0
		for _, x := range want[:n] {
			largest = max(largest, math.Abs(x))
		}
		for i := range n {
			if !near(got[i], want[i], largest) {
				return fmt.Errorf("%s: number %d of its layer is %v, that of %s %v",
					what, i, got[i], yardstick, want[i])
			}
		}
		got, want = got[n:], want[n:]
	}
	return nil
}

// near is false for NaN.
func near(x, y, scale float64) bool { return math.Abs(x-y) <= tolerance*scale }
