package gradus_test

import (
	"math"
	"math/big"
	"testing"
)

// A num is a number of 400 bits, which are 120 decimals: a reference for what has 16 of them. The
// functions below are power series, summed as they stand in DLMF. At the arguments of the tests their
// terms are up to 10³⁰ times larger than the result, so that 90 decimals are right.
type num struct{ f *big.Float }

func newNum(x float64) num { return num{room().SetFloat64(x)} }

func room() *big.Float { return new(big.Float).SetPrec(400) }

func (x num) add(y num) num { return num{room().Add(x.f, y.f)} }
func (x num) sub(y num) num { return num{room().Sub(x.f, y.f)} }
func (x num) mul(y num) num { return num{room().Mul(x.f, y.f)} }
func (x num) div(y num) num { return num{room().Quo(x.f, y.f)} }
func (x num) neg() num      { return num{room().Neg(x.f)} }
func (x num) sqrt() num     { return num{room().Sqrt(x.f)} }
func (x num) square() num   { return x.mul(x) }

// plus and times are add and mul for a small number.
func (x num) plus(y float64) num  { return x.add(newNum(y)) }
func (x num) times(y float64) num { return x.mul(newNum(y)) }
func (x num) inverse() num        { return newNum(1).div(x) }

func (x num) float64() float64 {
	f, _ := x.f.Float64()
	return f
}

// total returns first + second + …, where each term is next of the one before it, number k.
func (x num) total(next func(term num, k float64) num) num {
	sum, term := x, x
	for k := 1.0; term.f.Sign() != 0 && (k < 40 || term.f.MantExp(nil) > sum.f.MantExp(nil)-420); k++ {
		term = next(term, k)
		sum = sum.add(term)
	}
	return sum
}

// exp, sin, cos and erf are those of DLMF 4.2.19, 4.19.1, 4.19.2 and 7.6.1.
func (x num) exp() num {
	return newNum(1).total(func(t num, k float64) num { return t.mul(x).div(newNum(k)) })
}

func (x num) sin() num {
	return x.total(func(t num, k float64) num { return t.mul(x).mul(x).div(newNum(-2 * k * (2*k + 1))) })
}

func (x num) cos() num {
	return newNum(1).total(func(t num, k float64) num { return t.mul(x).mul(x).div(newNum(-2 * k * (2*k - 1))) })
}

// erf has the terms x²ᵏ⁺¹(−1)ᵏ/(k!(2k + 1)).
func (x num) erf() num {
	s := x.total(func(t num, k float64) num {
		return t.mul(x).mul(x).times(2*k - 1).div(newNum(-k * (2*k + 1)))
	})
	return s.times(2).div(pi().sqrt())
}

// ln solves exp y = x by Newton's method, y + (x·exp(−y) − 1), which doubles the digits that are right,
// from the 16 of package math.
func (x num) ln() num {
	y := newNum(math.Log(x.float64()))
	for range 4 {
		y = y.add(x.mul(y.neg().exp()).plus(-1))
	}
	return y
}

// pi is 16·arctan(1/5) − 4·arctan(1/239), by J. Machin, with the series of DLMF 4.24.3.
func pi() num {
	arctan := func(inverse float64) num {
		return newNum(1).div(newNum(inverse)).total(func(t num, k float64) num {
			return t.times(1 - 2*k).div(newNum(inverse * inverse * (2*k + 1)))
		})
	}
	return arctan(5).times(16).sub(arctan(239).times(4))
}

// The numbers are from tables of 40 decimals and more.
func TestBig(t *testing.T) {
	for name, tt := range map[string]struct {
		got  num
		want string
	}{
		"π": {pi(), "3.14159265358979323846264338327950288419716939937510582097494459"},
		"e": {newNum(1).exp(), "2.71828182845904523536028747135266249775724709369995957496696763"},
		"e³¹·e⁻³⁰": {
			newNum(31).exp().mul(newNum(-30).exp()),
			"2.71828182845904523536028747135266249775724709369995957496696763",
		},
		"ln 2":   {newNum(2).ln(), "0.69314718055994530941723212145817656807550013436025525412068001"},
		"sin 1":  {newNum(1).sin(), "0.84147098480789650665250232163029899962256306079837106567275171"},
		"cos 1":  {newNum(1).cos(), "0.54030230586813971740093660744297660373231042061792222767009726"},
		"erf 1":  {newNum(1).erf(), "0.84270079294971486934122063508260925929606699796630290845993790"},
		"erf −4": {newNum(-4).erf(), "-0.99999998458274209971998114784032651311595142785474641080883166"},
		"sin² 8": {newNum(8).sin().square().add(newNum(8).cos().square()), "1"},
	} {
		want, _, err := big.ParseFloat(tt.want, 10, 400, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		if off := tt.got.sub(num{want}).float64(); math.Abs(off) > 1e-55 {
			t.Errorf("%s is %v, off by %g", name, tt.got.f.Text('f', 60), off)
		}
	}
}
