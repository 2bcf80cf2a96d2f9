package formula

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gradus-go/gradus"
)

// Many terms are not compared with each other: a sum of them takes much less time than that.
func TestManyTerms(t *testing.T) {
	x, terms := Of(gradus.New(1).As("x")), make([]Expr, 4000)
	for i := range terms {
		terms[i] = Mul(x, Of(gradus.New(1).As(fmt.Sprint("w", i))))
	}
	start := time.Now()
	for i, e := range terms {
		if slices.ContainsFunc(terms[:i], e.equals) {
			t.Fatalf("term %d is equal to another one", i)
		}
	}
	compared, added := time.Since(start), time.Hour
	for range 3 {
		start := time.Now()
		Add(terms...)
		added = min(added, time.Since(start))
	}
	if added > compared/4 {
		t.Errorf("%d terms take %v to compare with each other, and %v to add up", len(terms), compared, added)
	}
}

// The formulas of the partial derivatives of one operation share parts, of which each is made once. That of a
// cross-entropy is a sum of all probabilities.
func TestManyPartials(t *testing.T) {
	allocations := func(n int) float64 {
		v := gradus.SoftmaxCrossEntropy(gradus.Values(make([]float64, n)), gradus.Values(make([]float64, n)))
		return testing.AllocsPerRun(1, func() { Partials(v) })
	}
	if few, many := allocations(20), allocations(160); many > 20*few {
		t.Errorf("20 classes need %v allocations, 8 times as many %v", few, many)
	}
}
