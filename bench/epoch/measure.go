package main

import (
	"fmt"
	"math"
	"runtime"
)

// tolerance bounds the relative difference between two variants, in the mean loss of an epoch and in
// the norm of the parameters at its end. The variants round differently: after 60,000 images their
// results differ by 5e-15.
const tolerance = 1e-12

// A result is the shortest epoch of a variant.
type result struct {
	variant string
	way     way
	outcome
	ratio float64 // of its time to that of the yardstick
}

// measure lets the variants take turns, and returns the shortest epoch of each. Before each turn it
// calls tick with the name of the variant. It returns an error if an epoch has another mean loss or
// norm than the first epoch of the first variant.
func measure(w way, variants []variant, rounds int, tick func(variant string)) ([]result, error) {
	results := make([]result, len(variants))
	for round := range rounds {
		for i, v := range variants {
			tick(v.name)
			runtime.GC() // so that no variant pays for the garbage of the one before it
			o, err := v.run()
			if err != nil {
				return nil, fmt.Errorf("batch %d, %s: %w", w.batch, v.name, err)
			}
			if round == 0 {
				results[i] = result{variant: v.name, way: w, outcome: o}
			}
			if want := results[0]; !near(o.loss, want.loss) || !near(o.norm, want.norm) {
				return nil, fmt.Errorf("batch %d, %s: an epoch has a mean loss of %v, and parameters of "+
					"norm %v at its end, want those of %s, %v and %v", w.batch, v.name, o.loss, o.norm,
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

// near reports whether x and y differ by at most the tolerance times |y|. It is false for NaN.
func near(x, y float64) bool { return math.Abs(x-y) <= tolerance*math.Abs(y) }
