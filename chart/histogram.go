package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/ticks"
)

// Bins is a histogram: how many numbers lie in each of some intervals side by side. Counts[i] of
// them are at least Edges[i] and less than Edges[i+1]; the last interval also contains its end.
type Bins struct {
	Edges  []float64 // ascending, one more than counts
	Counts []int
}

// Histogram returns a chart of how numbers are distributed, such as the gradients of each layer of a
// network:
//
//	chart.Histogram(chart.Named("layer 1", first), chart.Named("layer 2", second)).Save("gradients.png")
//
// One series has an axis of counts. Several series are drawn in rows from the top, above one axis of
// numbers, each row as high as its own largest count demands.
//
// If one of several series is more than 20 times as large as another, measured by the root of
// the mean square, the axis is logarithmic and shows how large the numbers are without their signs.
// Numbers that are 0, which have no place there, are counted beside the name.
func Histogram(sets ...Series) Chart {
	c := Chart{Title: "Distribution", X: Axis{Label: "number"}}
	if c.Err = checkNumbers(sets); c.Err != nil {
		return c
	}
	if c.X.Log = differ(sets); c.X.Log {
		c.X.Label = "|number|, logarithmic"
	}
	places := make([][]float64, len(sets)) // of the numbers, on the axis
	for i, s := range sets {
		for _, y := range s.Y {
			if !c.X.Log {
				places[i] = append(places[i], y)
			} else if y != 0 {
				places[i] = append(places[i], math.Log10(math.Abs(y)))
			}
		}
	}
	first, step, n := binning(places)
	for i, s := range sets {
		name, b := s.Name, Bins{Counts: make([]int, n)}
		for k := range n + 1 {
			b.Edges = append(b.Edges, (first+float64(k))*step)
			if c.X.Log {
				b.Edges[k] = math.Pow(10, b.Edges[k])
			}
		}
		for _, x := range places[i] {
			b.Counts[max(0, min(n-1, int(math.Floor(x/step)-first)))]++
		}
		if zeros := len(s.Y) - len(places[i]); zeros > 0 {
			name += "\n" + percent.Down(float64(zeros)/float64(len(s.Y)), 1) + " are 0"
		}
		c.Bins, c.Y.Names = append(c.Bins, b), append(c.Y.Names, name)
	}
	c.Y.Label = "how many, each row to its own scale"
	if len(sets) == 1 {
		c.Y = Axis{Label: "how many"}
		if sets[0].Name != "" {
			c.Title += ": " + sets[0].Name
		}
	}
	return c
}

// checkNumbers returns an error that says what a histogram cannot show.
func checkNumbers(sets []Series) error {
	if len(sets) == 0 {
		return fmt.Errorf("a histogram of no series, want one or more")
	}
	for _, s := range sets {
		if len(s.Y) == 0 {
			return fmt.Errorf("series %q has no numbers, want one or more", s.Name)
		}
		for i, y := range s.Y {
			if !finite.All(y) {
				return fmt.Errorf("series %q: number %d is %v, want a finite one", s.Name, i, y)
			}
		}
	}
	return nil
}

// differ reports whether the series are of different sizes.
func differ(sets []Series) bool {
	lowest, highest := math.Inf(1), 0.0
	for _, s := range sets {
		norm := 0.0
		for _, y := range s.Y {
			norm = math.Hypot(norm, y)
		}
		if norm /= math.Sqrt(float64(len(s.Y))); norm > 0 {
			lowest, highest = min(lowest, norm), max(highest, norm)
		}
	}
	return highest/logarithmic > lowest
}

// mostBins is the largest number of intervals, or nearly so. More would be narrower than the eye can tell.
const mostBins = 100

// binning divides an axis from the smallest to the largest of all numbers into n intervals, of which
// the first begins at first·step. The step is a round number, so that the edges are as well.
//
// Source: D. Freedman and P. Diaconis, On the histogram as a density estimator: L2 theory, 1981: the
// width is twice the distance of the quartiles, divided by the cube root of how many numbers there
// are. The series in which that is the least decides, and a round number near it is taken.
func binning(sets [][]float64) (first, step float64, n int) {
	all := slices.Concat(sets...)
	if len(all) == 0 { // all numbers are 0, on a logarithmic axis
		all = []float64{0}
	}
	lo, hi := slices.Min(all), slices.Max(all)
	width := hi/10 - lo/10
	for _, s := range sets {
		if n := len(s); n > 3 {
			sorted := slices.Sorted(slices.Values(s))
			if quartiles := sorted[3*n/4] - sorted[n/4]; quartiles > 0 {
				width = min(width, 2*quartiles/math.Cbrt(float64(n)))
			}
		}
	}
	width = max(width/1.5, hi/mostBins-lo/mostBins) // ticks.Step goes up, by 1.5 on average
	if least := 1e-9 * max(math.Abs(lo), math.Abs(hi)); width <= least {
		width = cmp.Or(1e8*least, 0.1)
	}
	step, _ = ticks.Step(width)
	first = math.Floor(lo / step)
	return first, step, max(1, int(math.Ceil(hi/step)-first))
}
