package main

import (
	"fmt"
	"math"
	"runtime"
)

// tolerance bounds the relative difference between what the epochs of two variants come to.
// Each rounds in its own way: after 60,000 images they differ by 5e-15.
const tolerance = 1e-12

// A result is the shortest epoch of a variant.
type result struct {
	variant string
	way     way
	outcome
	ratio float64 // of its time to that of the yardstick
}

// measure lets the variants take turns, and calls tick before each.
func measure(w way, variants []variant, rounds int, tick func(variant string)) ([]result, error) {
	results := make([]result, len(variants))
	for round := range rounds {
		for i, v := range variants {
			tick(v.name)
			runtime.GC() // so that nobody pays for what the variant before left behind
			o, err := v.run()
			if err != nil {
				return nil, fmt.Errorf("batch %d, %s: %w", w.batch, v.name, err)
			}
			if round == 0 {
				results[i] = result{variant: v.name, way: w, outcome: o}
			}
			if want := results[0]; !near(o.loss, want.loss) || !near(o.norm, want.norm) {
				return nil, fmt.Errorf("batch %d, %s: an epoch has a mean loss of %v and a norm of %v at "+
					"its end, that of %s %v and %v", w.batch, v.name, o.loss, o.norm,
					want.variant, want.loss, want.norm)
			}
			results[i].time = min(results[i].time, o.time)
		}
	}
	for i := range results {
		results[i].ratio = results[i].time.Seconds() / results[0].time.Seconds()
	}
	return results, nil
}

// near is false for NaN.
func near(x, y float64) bool { return math.Abs(x-y) <= tolerance*math.Abs(y) }
