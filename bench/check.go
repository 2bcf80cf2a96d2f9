package bench

import (
	"fmt"
	"math"
)

// tolerance bounds the difference between two variants, relative to the largest number in the
// same layer. The longest sum has 1,000 terms. If its terms are added in another order, the
// result differs by less than a thousand units in the last place.
const tolerance = 1e-12

// check runs each variant once and returns an error if its result differs from that of the
// first.
func (r *row) check(variants []variant) error {
	var want result
	for i, v := range variants {
		got, err := v.result()
		if err == nil && i > 0 {
			err = r.agree(got, want)
		}
		if err != nil {
			return fmt.Errorf("bench: row %s, variant %s: %w", r.name, v.name, err)
		}
		if i == 0 {
			want = got
		}
	}
	return nil
}

// agree returns an error if two results differ. A variant that keeps no gradient has none to
// compare.
func (r *row) agree(got, want result) error {
	if !near(got.out, want.out, math.Abs(want.out)) {
		return fmt.Errorf("the output is %v, want that of %s, %v", got.out, yardstick, want.out)
	}
	if got.grad != nil {
		if err := r.agreeAll("gradient", got.grad, want.grad); err != nil {
			return err
		}
	}
	return r.agreeAll("updated parameters", got.params, want.params)
}

// agreeAll compares two lists of numbers layer by layer, and in each layer relative to its
// largest number.
func (r *row) agreeAll(what string, got, want []float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s: there are %d numbers, want %d as %s has", what, len(got), len(want), yardstick)
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
				return fmt.Errorf("%s: number %d of its layer is %v, want that of %s, %v",
					what, i, got[i], yardstick, want[i])
			}
		}
		got, want = got[n:], want[n:]
	}
	return nil
}

// near reports whether x and y differ by at most the tolerance times scale. It is false for NaN.
func near(x, y, scale float64) bool { return math.Abs(x-y) <= tolerance*scale }
