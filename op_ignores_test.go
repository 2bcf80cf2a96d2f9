package gradus_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
)

// A function that selects hands nothing on to what it ignores, not even 0 times an infinite
// gradient: √ has the derivative ∞ at 0. Smooth functions whose derivative is 0 hand on NaN.
// PyTorch has the same gradients.
func TestIgnored(t *testing.T) {
	named := map[string]*gradus.Op{}
	for _, op := range gradus.Ops() {
		named[op.Name()] = op
	}
	step, sign := named["step"], named["sign"]
	for _, tt := range []struct {
		name string
		at   float64
		f    func(x *gradus.Value) *gradus.Value
		want float64
	}{
		{"ReLU", -1, func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() }, 0},
		{"ReLU at its kink", 0, func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() }, 0},
		{"ReLU that does not ignore", 4, func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() }, 0.25},
		{"max", -1, func(x *gradus.Value) *gradus.Value { return x.Max(0).Sqrt() }, 0},
		{"max, second", -1, func(x *gradus.Value) *gradus.Value { return gradus.Const(0).Max(x).Sqrt() }, 0},
		{"min", 1, func(x *gradus.Value) *gradus.Value { return x.Min(0).Sqrt() }, 0},
		{"min, second", 1, func(x *gradus.Value) *gradus.Value { return gradus.Const(0).Min(x).Sqrt() }, 0},
		{"x⁰", -1, func(x *gradus.Value) *gradus.Value { return x.Pow(0).Sub(1).Sqrt() }, 0},
		{"where", -1, func(x *gradus.Value) *gradus.Value { return gradus.Where(x, math.NaN(), x.Neg()) }, -1},
		{"where, its condition", 1, func(x *gradus.Value) *gradus.Value { return gradus.Where(x, 0, x).Sqrt() }, 0},
		{"pick", 1, func(x *gradus.Value) *gradus.Value {
			return gradus.Pick(gradus.New(1), x, gradus.New(0), x).Sqrt()
		}, 0},
		{"pick, its index", 1, func(x *gradus.Value) *gradus.Value {
			return gradus.Pick(x, x, gradus.New(0)).Sqrt()
		}, 0},
		{"where, second", 1, func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x.Neg(), x) }, -1},
		{"step", -1, func(x *gradus.Value) *gradus.Value { return step.Apply(x).Sqrt() }, 0},
		{"sign", 0, func(x *gradus.Value) *gradus.Value { return sign.Apply(x).Sqrt() }, 0},

		{"a tie has both halves", 0, func(x *gradus.Value) *gradus.Value { return x.Max(0).Sqrt() }, math.Inf(1)},
		{"x² is smooth", 0, func(x *gradus.Value) *gradus.Value { return x.Square().Sqrt() }, math.NaN()},
		{"0^y", 2, func(x *gradus.Value) *gradus.Value { return gradus.Const(0).Pow(x).Sqrt() }, math.NaN()},
		{
			"what is not selected is computed, and 0·NaN is NaN", -1,
			func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x.Sqrt(), x.Neg()) }, math.NaN(),
		},
		{"so is x^2", 0, func(x *gradus.Value) *gradus.Value { return x.Pow(2).Sqrt() }, math.NaN()},
		{"NaN is ignored by none", math.NaN(), func(x *gradus.Value) *gradus.Value { return x.ReLU() }, math.NaN()},
	} {
		var tape gradus.Tape
		for where, x := range map[string]*gradus.Value{"heap": gradus.New(tt.at), "tape": tape.New(tt.at)} {
			tt.f(x).Backward()
			if x.Grad != tt.want && !(math.IsNaN(x.Grad) && math.IsNaN(tt.want)) {
				t.Errorf("%s, on the %s, at %v: gradient %v, want %v", tt.name, where, tt.at, x.Grad, tt.want)
			}
		}
	}
}

// What an op ignores has the partial derivative 0, and moving it does not change the value.
func TestIgnoresIsConstant(t *testing.T) {
	// At its jump the derivative of sign is 0 by definition, as in PyTorch.
	jump := func(op *gradus.Op, x float64) bool { return op.Name() == "sign" && x == 0 }
	ignored := 0
	for _, op := range everyOp() {
		if op.Arity() < 0 {
			continue
		}
		points := []float64{-2, -0.5, 0, 0.5, 3}
		for _, x := range points {
			for _, y := range points {
				at := []float64{x, y, 7}[:op.Arity()]
				z := op.Eval(at...)
				d := make([]float64, len(at))
				op.Partials(d, at, z)
				for i := range at {
					if !op.Ignores(i, at...) || jump(op, x) {
						continue
					}
					ignored++
					moved := append([]float64{}, at...)
					sides := 0
					for _, h := range []float64{1e-9, -1e-9} {
						moved[i] = at[i] + h
						if op.Eval(moved...) == z {
							sides++
						}
					}
					if d[i] != 0 || sides == 0 {
						t.Errorf("%s ignores operand %d of %v: its derivative is %v, and its value changes on %d sides",
							op.Name(), i, at, d[i], 2-sides)
					}
				}
			}
		}
	}
	if ignored < 50 {
		t.Errorf("%d operands are ignored, want dozens", ignored)
	}
	mustPanic(t, "gradus: max: Ignores got operand -1 of 2, counted from 0: there is none", func() {
		gradus.New(1).Max(2).Op().Ignores(-1, 1, 2)
	})
	mustPanic(t, "gradus: max: Ignores got operand 2 of 2, counted from 0: there is none", func() {
		gradus.New(1).Max(2).Op().Ignores(2, 1, 2)
	})
}
