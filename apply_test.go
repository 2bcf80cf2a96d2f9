package gradus_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
)

// A number as an operand is a constant of that value, whatever its type, on the heap and on a
// tape.
func TestNumberAsOperand(t *testing.T) {
	type metres float64
	var tape gradus.Tape
	for _, tt := range []struct {
		name string
		w    any
		want float64
	}{
		{"untyped integer", 3, 3},
		{"untyped float", 0.5, 0.5},
		{"negative integer", int8(-4), -4},
		{"unsigned integer", uint16(7), 7},
		{"float32", float32(0.25), 0.25},
		{"a type of the caller's", metres(1.5), 1.5},
		{"NaN", math.NaN(), math.NaN()},
		{"largest uint64, which rounds", uint64(math.MaxUint64), 0x1p64},
	} {
		for _, x := range []*gradus.Value{gradus.New(2), tape.New(2)} {
			for _, apply := range []func(w any) *gradus.Value{x.Add, x.Sub, x.Mul, x.Div, x.Pow, x.Max, x.Min} {
				z := apply(tt.w)
				c := z.Parents()[1]
				if z.Parents()[0] != x || !c.IsConst() || !(c.Data == tt.want || c.Data != c.Data && tt.want != tt.want) {
					t.Errorf("%s: %v has the operands %v, want %v and the constant %v",
						tt.name, z, z.Parents(), x, tt.want)
				}
				z.Backward()
				if c.HasGrad() || !x.HasGrad() {
					t.Errorf("%s: HasGrad is %t for the constant and %t for x, want false and true",
						tt.name, c.HasGrad(), x.HasGrad())
				}
			}
		}
	}
}

// A constant on a tape takes memory that the tape reuses, and a leaf in its place is none.
func TestNumberAsOperandOnTape(t *testing.T) {
	var tape gradus.Tape
	allocs := testing.AllocsPerRun(100, func() {
		tape.Reset()
		tape.New(2).Mul(0.5).Add(1).Backward()
	})
	if allocs != 0 {
		t.Errorf("%v allocations, want 0", allocs)
	}
	tape.Reset()
	x := tape.New(1)
	x.Mul(2)
	tape.Reset()
	tape.New(1)
	if v := tape.New(3); v.IsConst() {
		t.Errorf("%v is in the place of a constant, and is one: want a leaf", v)
	}
}

func TestOperandOfAnotherTypePanics(t *testing.T) {
	x := gradus.New(1)
	for _, tt := range []struct {
		w    any
		want string
	}{
		{nil, "gradus: ·: operand 2 is nil, want a Value"},
		{(*gradus.Value)(nil), "gradus: ·: operand 2 is nil, want a Value"},
		{"2", "gradus: ·: operand 2 is a string, want a *gradus.Value or a number"},
		{*x, "gradus: ·: operand 2 is a gradus.Value, want a *gradus.Value or a number"},
		{[]*gradus.Value{x}, "gradus: ·: operand 2 is a []*gradus.Value, want a *gradus.Value or a number"},
		{2i, "gradus: ·: operand 2 is a complex128, want a *gradus.Value or a number"},
	} {
		mustPanic(t, tt.want, func() { x.Mul(tt.w) })
		mustPanic(t, "gradus: −"+tt.want[len("gradus: ·"):], func() { x.Sub(tt.w) })
	}
	mustPanic(t, "gradus: ·: operand 1 is nil, want a Value", func() { (*gradus.Value)(nil).Mul(2) })
}
