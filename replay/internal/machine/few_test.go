package machine

import "testing"

// The reverse of a sum of few squares, such as Σ(y − t)², has the bits of the reverse of any product.
func TestFewSquares(t *testing.T) {
	for n := int32(1); n <= fewElements; n++ {
		for flags := range 1 << 7 {
			is := func(bit int) bool { return flags>>bit&1 > 0 }
			in := Inst{
				Code: Dense, M: 1, N: n, LDA: n, XStep: 1, YStep: 1, X: 3, Y: 3, C: None, Z: results,
				MatX: is(0), MatY: is(1), GradX: is(2), GradY: is(3), Set: is(3) && is(4), Active: true, Main: true,
			}
			if is(6) {
				in.M = 2
			}
			if is(5) {
				in.More = &More{Steps: 2, XD: 40, ZD: 40}
			}
			in.Prepare(false)
			if in.form = fewDense; in.MatY && is(4) {
				in.Y = 300
			}
			m, rows := newMachine([]Inst{in}), newMachine([]Inst{in})
			m.fewBack(&in)
			rows.rowsBack(&in)
			if in.Set && in.N <= 3 && in.Steps == 0 { // fewBack then adds up rows of two and three in another order
				continue
			}
			if !sameBits(m.G, rows.G) || !sameBits(m.GMat, rows.GMat) {
				t.Fatalf("%v: other bits than as a product", &in)
			}
		}
	}
}
