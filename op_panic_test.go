package gradus_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
)

// mustPanic checks that f panics with a sentence that begins with want.
func mustPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got, ok := recover().(string); !ok || !strings.HasPrefix(got, want) {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	f()
}

// Every op counts its operands, whoever asks.
func TestOperandCountPanics(t *testing.T) {
	for _, op := range everyOp() {
		for n := range 4 {
			if op.Arity() < 0 || n == op.Arity() {
				continue
			}
			want := fmt.Sprintf("gradus: %s: got %d operands, want %d", op.Name(), n, op.Arity())
			x, leaves := make([]float64, n), gradus.Values(make([]float64, n))
			mustPanic(t, want, func() { op.Eval(x...) })
			mustPanic(t, want, func() { op.Partials(x, x, 0) })
			mustPanic(t, want, func() { op.Formula(gradus.New(0), leaves...) })
			mustPanic(t, want, func() { op.Apply(leaves...) })
		}
	}
}

func TestNilOperandPanics(t *testing.T) {
	for _, op := range everyOp() {
		n := operandCounts(op)[0]
		for i := range n {
			x := gradus.Values(make([]float64, n))
			x[i] = nil
			want := fmt.Sprintf("gradus: %s: operand %d of %d is nil, want a Value", op.Name(), i+1, n)
			mustPanic(t, want, func() { op.Apply(x...) })
		}
	}
}

func TestDerivativeCountPanics(t *testing.T) {
	for _, op := range everyOp() {
		n := operandCounts(op)[0]
		for _, room := range []int{0, n - 1, n + 1} {
			if room == n {
				continue
			}
			mustPanic(t, fmt.Sprintf(
				"gradus: %s: Partials got %d operands and room for %d derivatives, want the same number",
				op.Name(), n, room,
			), func() { op.Partials(make([]float64, room), make([]float64, n), 0) })
		}
	}
}

func TestMethodsPanicOnNil(t *testing.T) {
	x := gradus.New(1)
	ops := appliedBy()
	forEachMethod(func(name string, apply func(x ...*gradus.Value) *gradus.Value) {
		op := ops["Value."+name]
		n := op.Arity()
		mustPanic(t, fmt.Sprintf("gradus: %s: operand 1 of %d is nil, want a Value", op.Name(), n),
			func() { apply(nil, x) })
		if n == 2 {
			mustPanic(t, "gradus: "+op.Name()+": operand 2 of 2 is nil, want a Value",
				func() { apply(x, nil) })
		}
	})
}

func TestFunctionsPanic(t *testing.T) {
	x, y := gradus.New(1), gradus.New(2)
	two := []*gradus.Value{x, y}
	f1 := math.Sqrt
	f2 := math.Hypot
	for _, tt := range []struct {
		name string
		call func()
		want string
	}{
		{"nil in Sum", func() { gradus.Sum(x, nil) }, "gradus: sum: operand 2 of 2 is nil, want a Value"},
		{"nil in Mean", func() { gradus.Mean(nil) }, "gradus: mean: operand 1 of 1 is nil, want a Value"},
		{
			"nil in LogSumExp", func() { gradus.LogSumExp(x, y, nil) },
			"gradus: logsumexp: operand 3 of 3 is nil, want a Value",
		},
		{
			"nil in Softmax", func() { gradus.Softmax(nil, x) },
			"gradus: Softmax: operand 1 of 2 is nil, want a Value",
		},
		{"nil in Dot's w", func() { gradus.Dot([]*gradus.Value{x, nil}, two) }, "gradus: dot: operand "},
		{"nil in Dot's x", func() { gradus.Dot(two, []*gradus.Value{x, nil}) }, "gradus: dot: operand "},
		{
			"Dot of different lengths", func() { gradus.Dot(two, two[:1]) },
			"gradus: dot: w has 2 values and x has 1, want the same number",
		},
		{
			"Func1 without f", func() { gradus.Func1("half", nil, f1) },
			"gradus: Func1: half needs a function and its derivative, and one is nil",
		},
		{
			"Func1 without df", func() { gradus.Func1("half", f1, nil) },
			"gradus: Func1: half needs a function and its derivative, and one is nil",
		},
		{
			"Func2 without f", func() { gradus.Func2("r", nil, f2, f2) },
			"gradus: Func2: r needs a function and two partial derivatives, and one is nil",
		},
		{
			"Func2 without dfdx", func() { gradus.Func2("r", f2, nil, f2) },
			"gradus: Func2: r needs a function and two partial derivatives, and one is nil",
		},
		{
			"Func2 without dfdy", func() { gradus.Func2("r", f2, f2, nil) },
			"gradus: Func2: r needs a function and two partial derivatives, and one is nil",
		},
		{
			"FuncN without f", func() { gradus.FuncN("r", nil, func(_, _ []float64) {}) },
			"gradus: FuncN: r needs a function and its derivatives, and one is nil",
		},
		{
			"FuncN without df", func() { gradus.FuncN("r", norm, nil) },
			"gradus: FuncN: r needs a function and its derivatives, and one is nil",
		},
	} {
		t.Run(tt.name, func(t *testing.T) { mustPanic(t, tt.want, tt.call) })
	}
}

// A dot product pairs its operands: an odd number is a mistake, not one to be left over.
func TestDotOfOddNumberPanics(t *testing.T) {
	dot := appliedBy()["Dot"]
	x := []float64{2, 3, 4}
	leaves := gradus.Values(x)
	mustPanic(t, "gradus: dot: ", func() { dot.Eval(x...) })
	mustPanic(t, "gradus: dot: ", func() { dot.Partials(make([]float64, 3), x, 6) })
	mustPanic(t, "gradus: dot: ", func() { dot.Formula(gradus.New(6), leaves...) })
	mustPanic(t, "gradus: dot: ", func() { dot.Apply(leaves...) })
}
