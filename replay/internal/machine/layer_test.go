package machine

import (
	"slices"
	"testing"
)

// Backward computes the same bits of a layer at once as of its σ and then of its Dense, whatever else uses
// the results of the Dense.
func TestLayers(t *testing.T) {
	run, layers := 0, 0
	compare := func(most int, rate float64, all bool, code ...Inst) {
		t.Helper()
		for k := range code {
			code[k].Prepare(false)
		}
		alone := slices.Clone(code)
		for k := range code[1:] {
			code[k+1].PrepareBehind(&code[k])
		}
		m, parts := newMachine(code), newMachine(alone)
		m.most, parts.most, m.Rate, parts.Rate = most, most, rate, rate
		m.scaled, parts.scaled = make([]float64, descendRows), make([]float64, descendRows)
		m.Forward(code)
		parts.Forward(alone)
		m.Backward(code, all)
		for k := len(alone); k > 0; k-- {
			parts.Backward(alone[k-1:k], all)
		}
		if run++; code[1].form == layerSigmoid {
			layers++
			copy(m.G[code[0].Z:][:code[0].M], parts.G[code[0].Z:]) // which nothing reads any more
		}
		if !sameBits(m.V, parts.V) || !sameBits(m.G, parts.G) || !sameBits(m.GMat, parts.GMat) ||
			!sameBits(m.Mat, parts.Mat) {
			t.Fatalf("%v, at most %d samples, rate %v: other bits at once", code, most, rate)
		}
	}
	for rows := int32(1); rows < 6; rows++ {
		for columns := int32(1); columns < 5; columns++ {
			for flags := range 1 << 7 {
				is := func(bit int) bool { return flags>>bit&1 > 0 }
				dense := Inst{
					Code: Dense, M: rows, N: columns, LDA: columns, XStep: 1, YStep: 1, X: 3, MatX: is(0),
					Y: 300, MatY: is(1), C: 200, CStep: int8(1 &^ (flags >> 2)), Z: results, GradX: is(3), GradY: is(4),
					GradC: is(5), Set: is(4) && is(6), Active: true, Main: true,
				}
				sigmoid := Inst{
					Code: Sigmoid, N: rows, X: results, XStep: 1, Y: None, C: None, Z: results + 10,
					Active: true, Main: true,
				}
				square := sigmoid
				square.Code, square.Z, square.Main = Square, results+20, false
				for _, all := range []bool{false, true} {
					compare(1, 0, all, dense, sigmoid)
					compare(1, 0, all, dense, sigmoid, square)
					compare(2, 0, all, dense, sigmoid, square)
				}
				tanh, fewer, other := sigmoid, sigmoid, sigmoid
				tanh.Code, fewer.N, other.X = Tanh, max(rows-1, 1), 400
				compare(1, 0, false, dense, tanh)
				compare(1, 0, false, dense, fewer)
				compare(1, 0, false, dense, other)
				steps := dense
				steps.More = &More{Steps: 2, XD: 40, ZD: 40}
				compare(1, 0, false, steps, sigmoid)
				if dense.MatY && dense.Set {
					dense.Alone = true
					compare(1, 0.1, false, dense, sigmoid)
				}
			}
		}
	}
	if layers < run/100 {
		t.Errorf("%d of %d programs have a layer, want more", layers, run)
	}
}
