package gradus_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// appliedBy returns the ops that the package's methods and functions apply, by the name of
// the method or function.
func appliedBy() map[string]*gradus.Op {
	x := gradus.New(0.5)
	ops := map[string]*gradus.Op{
		"Sum":       gradus.Sum(x).Op(),
		"Mean":      gradus.Mean(x).Op(),
		"Dot":       gradus.Dot(nil, nil).Op(),
		"LogSumExp": gradus.LogSumExp(x).Op(),

		"SoftmaxCrossEntropy": gradus.SoftmaxCrossEntropy(nil, nil).Op(),
		"LeakyReLU":           gradus.LeakyReLU(0.25),
		"Where":               gradus.Where(x, 1, 2).Op(),
		"Pick":                gradus.Pick(x, x).Op(),
	}
	forEachMethod(func(name string, apply func(x ...*gradus.Value) *gradus.Value) {
		ops["Value."+name] = apply(x, x).Op()
	})
	return ops
}

// forEachMethod calls f with each method of Value that returns a Value and takes none or
// one.
func forEachMethod(f func(name string, apply func(x ...*gradus.Value) *gradus.Value)) {
	v := reflect.TypeFor[*gradus.Value]()
	for i := range v.NumMethod() {
		switch method := v.Method(i).Func.Interface().(type) {
		case func(*gradus.Value) *gradus.Value:
			f(v.Method(i).Name, func(x ...*gradus.Value) *gradus.Value { return method(x[0]) })
		case func(_ *gradus.Value, _ any) *gradus.Value:
			f(v.Method(i).Name, func(x ...*gradus.Value) *gradus.Value { return method(x[0], x[1]) })
		}
	}
}

// A node says all that can be told of it.
type node struct {
	Op      *gradus.Op
	Data    float64
	Parents []*gradus.Value
	Grads   []float64 // of the parents, after Backward, ZeroGrad before it
}

func describe(z *gradus.Value) node {
	z.ZeroGrad()
	z.Backward()
	n := node{Op: z.Op(), Data: z.Data, Parents: z.Parents()}
	for _, p := range n.Parents {
		n.Grads = append(n.Grads, p.Grad)
	}
	return n
}

var byPointer = cmp.Options{
	cmp.Comparer(func(x, y *gradus.Value) bool { return x == y }),
	cmp.Comparer(func(x, y *gradus.Op) bool { return x == y }),
}

func TestMethodsAgreeWithApply(t *testing.T) {
	forEachMethod(func(name string, apply func(x ...*gradus.Value) *gradus.Value) {
		t.Run(name, func(t *testing.T) {
			op := appliedBy()["Value."+name]
			if !slices.Contains(gradus.Ops(), op) {
				t.Errorf("its op %q is not in Ops()", op.Name())
			}
			x := gradus.Values([]float64{0.75, 0.5})
			got, want := describe(apply(x...)), describe(op.Apply(x[:op.Arity()]...))
			if diff := cmp.Diff(want, got, byPointer); diff != "" {
				t.Errorf("(-Apply +method):\n%s", diff)
			}
		})
	})
}

func TestFunctionsAgreeWithApply(t *testing.T) {
	x := gradus.Values([]float64{0.75, 0.5, -2, 3})
	for name, z := range map[string]*gradus.Value{
		"Sum":       gradus.Sum(x...),
		"Mean":      gradus.Mean(x...),
		"Dot":       gradus.Dot(x[:2], x[2:]),
		"LogSumExp": gradus.LogSumExp(x...),

		"SoftmaxCrossEntropy": gradus.SoftmaxCrossEntropy(x[:2], x[2:]),
		"Where":               gradus.Where(x[0], x[1], x[2]),
		"Pick":                gradus.Pick(x[0], x[1:]...),
	} {
		t.Run(name, func(t *testing.T) {
			want := describe(appliedBy()[name].Apply(x[:len(z.Parents())]...))
			if diff := cmp.Diff(want, describe(z), byPointer); diff != "" {
				t.Errorf("(-Apply +function):\n%s", diff)
			}
		})
	}
}

// What a graph computes is what Eval and Partials say, to the bit.
func TestApply(t *testing.T) {
	for _, op := range everyOp() {
		t.Run(op.Name(), func(t *testing.T) {
			forEachPoint(t, op, 20, func(x []float64) {
				leaves := gradus.Values(x)
				want := node{Op: op, Data: op.Eval(x...), Parents: leaves, Grads: make([]float64, len(x))}
				op.Partials(want.Grads, x, want.Data)
				if diff := cmp.Diff(want, describe(op.Apply(leaves...)), byPointer); diff != "" {
					t.Errorf("at %v (-Eval, Partials +Apply):\n%s", x, diff)
				}
			})
		})
	}
}

func TestApplyCopiesOperands(t *testing.T) {
	x := gradus.Values([]float64{3, 4})
	z := appliedBy()["Dot"].Apply(x...)
	first := x[0]
	x[0] = gradus.New(5)
	if z.Parents()[0] != first {
		t.Error("the node's first operand changed with the caller's slice")
	}
}

// The partial derivatives of one operand in two places add up.
func TestApplySameOperandTwice(t *testing.T) {
	for _, op := range everyOp() {
		if op.Arity() == 1 {
			continue
		}
		x, n := gradus.New(1.5), max(op.Arity(), 2)
		z := op.Apply(slices.Repeat([]*gradus.Value{x}, n)...)
		z.Backward()
		dx, want := make([]float64, n), 0.0
		op.Partials(dx, slices.Repeat([]float64{x.Data}, n), z.Data)
		for _, d := range dx {
			want += d
		}
		if x.Grad != want {
			t.Errorf("%s: Grad = %v, want the sum of %v", op.Name(), x.Grad, dx)
		}
	}
}

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
		{nil, "gradus: ·: operand 2 of 2 is nil, want a Value"},
		{(*gradus.Value)(nil), "gradus: ·: operand 2 of 2 is nil, want a Value"},
		{"2", "gradus: ·: operand 2 is a string, want a *gradus.Value or a number"},
		{*x, "gradus: ·: operand 2 is a gradus.Value, want a *gradus.Value or a number"},
		{[]*gradus.Value{x}, "gradus: ·: operand 2 is a []*gradus.Value, want a *gradus.Value or a number"},
		{2i, "gradus: ·: operand 2 is a complex128, want a *gradus.Value or a number"},
	} {
		mustPanic(t, tt.want, func() { x.Mul(tt.w) })
		mustPanic(t, "gradus: −"+tt.want[len("gradus: ·"):], func() { x.Sub(tt.w) })
	}
	mustPanic(t, "gradus: ·: operand 1 of 2 is nil, want a Value", func() { (*gradus.Value)(nil).Mul(2) })
}
