package compile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// Two neighbours become one instruction if nothing but the places of their operands differs.
func TestRepeat(t *testing.T) {
	dense := machine.Inst{
		Code: machine.Dense, M: 2, N: 4, LDA: 5, XStep: 1, YStep: 1, X: 0, Y: 20, C: 50, CStep: 1, Z: 100,
		GradX: true, GradY: true, GradC: true, Active: true, Main: true,
	}
	next := dense
	next.X, next.Y, next.C, next.Z = 4, 30, 52, 102
	scaled := machine.Inst{
		Code: machine.Mul, Op: builtin.Mul.Op(), N: 4, XStep: 1, X: 20, Y: 2, C: machine.None, Z: 100,
		GradX: true, Once: true,
	}
	other := scaled
	other.X, other.Y, other.Z = 25, 3, 104
	column := machine.Inst{
		Code: machine.Dense, M: 4, N: 1, LDA: 1, XStep: 1, YStep: 1, X: 2, Y: 20, C: machine.None, Z: 100,
	}
	type change func(a, b *machine.Inst)
	gap := func(a, b *machine.Inst) { a.LDA, b.GradX = 3, false }
	two := &machine.More{K: 2}
	three := func(a, b *machine.Inst) { a.N, b.N = 3, 3 }
	// size makes the matrices of other sizes, and the operands of the second lie behind those of the first.
	size := func(code machine.Opcode, rows, columns int32) change {
		return func(a, b *machine.Inst) {
			*a = machine.Inst{Code: code, M: rows, N: columns, LDA: columns, Y: 100, C: machine.None, Z: 1000}
			if code == machine.Transposed {
				a.M, a.N = columns, rows
			}
			*b = *a
			b.X, b.Y, b.Z = 24, 200, 1000+a.M
		}
	}
	sized := func(code machine.Opcode, m, n, lda int32) machine.Inst {
		return machine.Inst{
			Code: code, M: m, N: n, LDA: lda, Y: 100, C: machine.None, Z: 1000,
			More: &machine.More{K: 2, XK: 24, YK: 100},
		}
	}
	for _, tt := range []struct {
		name string
		a, b machine.Inst
		change
		want machine.Inst // with the code 0 if they stay two
	}{
		{"alike", dense, next, nil, machine.Inst{
			Code: machine.Dense, M: 2, N: 4, LDA: 5, XStep: 1, YStep: 1, X: 0, Y: 20, C: 50, CStep: 1, Z: 100,
			GradX: true, GradY: true, GradC: true, Active: true, Main: true,
			More: &machine.More{K: 2, XK: 4, YK: 10, CK: 2},
		}},
		{"a vector times a number", scaled, other, nil, machine.Inst{
			Code: machine.Transposed, M: 4, N: 1, LDA: 4, XStep: 1, YStep: 1, X: 2, Y: 20, C: machine.None, Z: 100,
			GradY: true, More: &machine.More{K: 2, XK: 1, YK: 5},
		}},
		{"a number times a vector", scaled, other, func(a, b *machine.Inst) {
			for _, in := range []*machine.Inst{a, b} {
				in.XStep, in.YStep, in.X, in.Y = 0, 1, in.Y, in.X
			}
		}, machine.Inst{
			Code: machine.Transposed, M: 4, N: 1, LDA: 4, XStep: 1, YStep: 1, X: 2, Y: 20, C: machine.None, Z: 100,
			GradX: true, More: &machine.More{K: 2, XK: 1, YK: 5},
		}},
		{
			"a column, and a vector times a number", column, other, func(_, b *machine.Inst) { b.GradX = false },
			machine.Inst{
				Code: machine.Transposed, M: 4, N: 1, LDA: 4, XStep: 1, YStep: 1, X: 2, Y: 20, C: machine.None, Z: 100,
				More: &machine.More{K: 2, XK: 1, YK: 5},
			},
		},
		{"many rows", dense, next, size(machine.Dense, 16, 4), sized(machine.Dense, 16, 4, 4)},
		{"many columns", dense, next, size(machine.Transposed, 4, 24), sized(machine.Transposed, 24, 4, 24)},
		{"too many rows", dense, next, size(machine.Dense, 17, 4), machine.Inst{}},
		{"too many rows of a transpose", dense, next, size(machine.Transposed, 17, 4), machine.Inst{}},
		{"too many elements", dense, next, size(machine.Dense, 5, 20), machine.Inst{}},
		{"columns that are apart", column, other, gap, machine.Inst{}},
		{"other code", dense, next, func(_, b *machine.Inst) { b.Code = machine.Transposed }, machine.Inst{}},
		{"rows", dense, next, func(_, b *machine.Inst) { b.M = 1 }, machine.Inst{}},
		{"columns", dense, next, func(_, b *machine.Inst) { b.N = 8 }, machine.Inst{}},
		{"distance of rows", dense, next, func(_, b *machine.Inst) { b.LDA = 4 }, machine.Inst{}},
		{"step of addends", dense, next, func(_, b *machine.Inst) { b.CStep = 0 }, machine.Inst{}},
		{"gradient of x", dense, next, func(_, b *machine.Inst) { b.GradX = false }, machine.Inst{}},
		{"gradient of y", dense, next, func(_, b *machine.Inst) { b.GradY = false }, machine.Inst{}},
		{"gradient of c", dense, next, func(_, b *machine.Inst) { b.GradC = false }, machine.Inst{}},
		{"active", dense, next, func(_, b *machine.Inst) { b.Active = false }, machine.Inst{}},
		{"main", dense, next, func(_, b *machine.Inst) { b.Main = false }, machine.Inst{}},
		{"x in Mat", dense, next, func(a, b *machine.Inst) { a.MatX, b.MatX = true, true }, machine.Inst{}},
		{"the first x in Mat", dense, next, func(a, _ *machine.Inst) { a.MatX = true }, machine.Inst{}},
		{"the second x in Mat", dense, next, func(_, b *machine.Inst) { b.MatX = true }, machine.Inst{}},
		{"the first matrix in Mat", dense, next, func(a, _ *machine.Inst) { a.MatY = true }, machine.Inst{}},
		{"the second matrix in Mat", dense, next, func(_, b *machine.Inst) { b.MatY = true }, machine.Inst{}},
		{"one matrix", dense, next, func(_, b *machine.Inst) { b.Y = 20 }, machine.Inst{}},
		{"matrices to the left", dense, next, func(_, b *machine.Inst) { b.Y = 10 }, machine.Inst{}},
		{"vectors to the left", dense, next, func(a, _ *machine.Inst) { a.X = 5 }, machine.Inst{}},
		{"addends to the left", dense, next, func(_, b *machine.Inst) { b.C = 48 }, machine.Inst{}},
		{"the second has no addend", dense, next, func(_, b *machine.Inst) { b.C = machine.None }, machine.Inst{}},
		{"the first has no addend", dense, next, func(a, _ *machine.Inst) { a.C = machine.None }, machine.Inst{}},
		{"x is a result", dense, next, func(_, b *machine.Inst) { b.X = 97 }, machine.Inst{}},
		{"the last row is a result", dense, next, func(_, b *machine.Inst) { b.Y = 92 }, machine.Inst{}},
		{"c is a result", dense, next, func(_, b *machine.Inst) { b.C = 99 }, machine.Inst{}},
		{"results that are apart", dense, next, func(_, b *machine.Inst) { b.Z = 103 }, machine.Inst{}},
		{"rows that are no whole vectors", dense, next, three, machine.Inst{}},
		{"several x for each", dense, next, func(a, b *machine.Inst) { a.More, b.More = two, two }, machine.Inst{}},
		{
			"several x for the first", dense, next,
			func(a, b *machine.Inst) { a.More, b.Z = two, 104 },
			machine.Inst{},
		},
		{"several x for the second", dense, next, func(_, b *machine.Inst) { b.More = two }, machine.Inst{}},
	} {
		if tt.change != nil {
			tt.change(&tt.a, &tt.b)
		}
		got := tt.a
		repeats := repeat(&got, &tt.b)
		if !repeats {
			got = machine.Inst{}
		}
		exported := cmpopts.IgnoreUnexported(machine.Inst{}, machine.More{})
		diff := cmp.Diff(tt.want, got, exported, cmp.Comparer(sameOp))
		if diff != "" || repeats != (tt.want.More != nil) {
			t.Errorf("%s: repeats %t (-want +got):\n%s", tt.name, repeats, diff)
		}
	}
}

func sameOp(a, b *gradus.Op) bool { return a == b }

// The third of a row of neighbours lies as far from the second as that from the first.
func TestRepeatThree(t *testing.T) {
	first := machine.Inst{
		Code: machine.Dense, M: 1, N: 4, LDA: 4, XStep: 1, YStep: 1, X: 0, Y: 20, C: 50, CStep: 1, Z: 100,
	}
	for _, tt := range []struct {
		name       string
		x, y, c, z int32 // of the third
		want       bool
	}{
		{"at equal distances", 8, 28, 52, 102, true},
		{"another x", 9, 28, 52, 102, false},
		{"another matrix", 8, 29, 52, 102, false},
		{"another addend", 8, 28, 53, 102, false},
		{"another result", 8, 28, 52, 103, false},
	} {
		in, second, third := first, first, first
		second.X, second.Y, second.C, second.Z = 4, 24, 51, 101
		third.X, third.Y, third.C, third.Z = tt.x, tt.y, tt.c, tt.z
		if !repeat(&in, &second) {
			t.Fatal("the second does not repeat the first")
		}
		if got := repeat(&in, &third); got != tt.want || got != (in.Vectors() == 3) {
			t.Errorf("%s: repeats %t, %d times, want %t", tt.name, got, in.Vectors(), tt.want)
		}
	}
}
