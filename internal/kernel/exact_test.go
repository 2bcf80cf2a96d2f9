package kernel

import (
	"math"
	"math/big"
	"testing"
)

// An exact is a sum of products in twice the precision, and that of their magnitudes.
type exact struct {
	high, low, size float64
	terms           int
}

// add adds x·y: neither the product nor the sum loses what is above 2⁻¹⁰⁰ of the sizes.
func (e *exact) add(x, y float64) {
	p := float64(x * y)
	q := math.FMA(x, y, -p)
	s := e.high + p
	t := s - e.high
	e.low += (e.high - (s - t)) + (p - t) + q
	e.high = s
	e.size += math.Abs(p)
	e.terms++
}

// differs reports whether z is further from the sum than rounding explains: every term is
// rounded at most once per addition and once as a product.
func (e *exact) differs(z float64) bool {
	if math.IsNaN(e.high + e.low) {
		return !math.IsNaN(z)
	}
	bound := float64(e.terms) * 0x1p-53 * 1.1 * e.size
	return !(math.Abs((z-e.high)-e.low) <= bound)
}

// The reference is itself held against one that does not round.
func TestExact(t *testing.T) {
	r := newRand(2)
	for n := range 200 {
		x, y := numbers(r, n), numbers(r, n)
		var e exact
		want := new(big.Float).SetPrec(2000)
		for i := range x {
			e.add(x[i], y[i])
			p := new(big.Float).SetPrec(2000).SetFloat64(x[i])
			want.Add(want, p.Mul(p, big.NewFloat(y[i])))
		}
		diff := new(big.Float).Sub(want, big.NewFloat(e.high))
		diff.Sub(diff, big.NewFloat(e.low))
		if d, _ := diff.Float64(); math.Abs(d) > 0x1p-95*e.size {
			t.Errorf("%d terms: off by %g of %g", n, d, e.size)
		}
	}
}
