package gradus_test

import (
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// The names are those of textbooks: show and replay print them.
func TestOps(t *testing.T) {
	type op struct {
		Name  string
		Arity int
	}
	var got []op
	for _, o := range gradus.Ops() {
		got = append(got, op{o.Name(), o.Arity()})
	}
	want := []op{
		{"+", 2},
		{"−", 2},
		{"·", 2},
		{"/", 2},
		{"neg", 1},
		{"^", 2},
		{"square", 1},
		{"√", 1},
		{"exp", 1},
		{"ln", 1},
		{"sin", 1},
		{"cos", 1},
		{"tan", 1},
		{"tanh", 1},
		{"σ", 1},
		{"softplus", 1},
		{"abs", 1},
		{"ReLU", 1},
		{"LeakyReLU(0.01)", 1},
		{"max", 2},
		{"min", 2},
		{"step", 1},
		{"sign", 1},
		{"sum", -1},
		{"mean", -1},
		{"dot", -1},
		{"logsumexp", -1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Ops (-want +got):\n%s", diff)
	}
}

func TestOpNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, op := range everyOp() {
		if seen[op.Name()] {
			t.Errorf("two ops are named %q", op.Name())
		}
		seen[op.Name()] = true
	}
}

// appliedBy returns the ops that the package's methods and functions apply, by the name of
// the method or function.
func appliedBy() map[string]*gradus.Op {
	x := gradus.New(0.5)
	ops := map[string]*gradus.Op{
		"Sum":       gradus.Sum(x).Op(),
		"Mean":      gradus.Mean(x).Op(),
		"Dot":       gradus.Dot(nil, nil).Op(),
		"LogSumExp": gradus.LogSumExp(x).Op(),
		"LeakyReLU": gradus.LeakyReLU(0.25),
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
	} {
		t.Run(name, func(t *testing.T) {
			want := describe(appliedBy()[name].Apply(x...))
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
		x := gradus.New(1.5)
		z := op.Apply(x, x)
		z.Backward()
		dx := make([]float64, 2)
		op.Partials(dx, []float64{x.Data, x.Data}, z.Data)
		if want := dx[0] + dx[1]; x.Grad != want {
			t.Errorf("%s: Grad = %v, want %v + %v", op.Name(), x.Grad, dx[0], dx[1])
		}
	}
}

func TestEvalAndPartialsDoNotAllocate(t *testing.T) {
	for _, op := range everyOp() {
		for _, n := range operandCounts(op) {
			x, dx := make([]float64, n), make([]float64, n)
			var z float64
			if allocs := testing.AllocsPerRun(10, func() { z = op.Eval(x...) }); allocs != 0 {
				t.Errorf("%s: Eval of %d operands allocates %v times", op.Name(), n, allocs)
			}
			if allocs := testing.AllocsPerRun(10, func() { op.Partials(dx, x, z) }); allocs != 0 {
				t.Errorf("%s: Partials of %d operands allocates %v times", op.Name(), n, allocs)
			}
		}
	}
}

func TestPartialsWritesAll(t *testing.T) {
	for _, op := range everyOp() {
		forEachPoint(t, op, 10, func(x []float64) {
			dx := make([]float64, len(x))
			for i := range dx {
				dx[i] = nan
			}
			op.Partials(dx, x, op.Eval(x...))
			for i := range dx {
				if math.IsNaN(dx[i]) {
					t.Errorf("%s: Partials(%v) leaves derivative %d of %d unset", op.Name(), x, i, len(x))
				}
			}
		})
	}
}

// dst may be x: an n-ary op must read an operand before it writes the derivative there.
func TestPartialsInPlace(t *testing.T) {
	for _, op := range gradus.Ops() {
		x := []float64{0.75, 0.5, -2, 3}
		if n := op.Arity(); n > 0 {
			x = x[:n]
		}
		z := op.Eval(x...)
		want := make([]float64, len(x))
		op.Partials(want, x, z)
		op.Partials(x, x, z)
		if diff := cmp.Diff(want, x); diff != "" {
			t.Errorf("%s (-apart +in place):\n%s", op.Name(), diff)
		}
	}
}

// Whatever is defined as an op must be in Ops, or none of the tests that walk it would see
// the op.
func TestEveryOpIsInOps(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	made := regexp.MustCompile(`(?m)^var (\w+) += (?:new(?:Unary|Binary|Nary)\(|&Op\{|LeakyReLU\()`)
	var defined []string
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			for _, m := range made.FindAllStringSubmatch(read(t, file), -1) {
				defined = append(defined, m[1])
			}
		}
	}
	list := between(t, read(t, "op.go"), "return []*Op{", "\n\t}\n")
	listed := strings.FieldsFunc(list, func(r rune) bool { return !unicode.IsLetter(r) })
	slices.Sort(defined)
	slices.Sort(listed)
	if diff := cmp.Diff(defined, listed); diff != "" {
		t.Errorf("ops (-defined +in Ops):\n%s", diff)
	}
}
