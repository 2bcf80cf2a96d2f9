package gradus_test

import (
	"math"
	"path/filepath"
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
		{"log1p", 1},
		{"expm1", 1},
		{"sin", 1},
		{"cos", 1},
		{"tan", 1},
		{"arcsin", 1},
		{"arccos", 1},
		{"arctan", 1},
		{"sinh", 1},
		{"cosh", 1},
		{"tanh", 1},
		{"erf", 1},
		{"σ", 1},
		{"softplus", 1},
		{"ELU", 1},
		{"SiLU", 1},
		{"GELU", 1},
		{"sigmoidcrossentropy", 2},
		{"abs", 1},
		{"ReLU", 1},
		{"LeakyReLU(0.01)", 1},
		{"max", 2},
		{"min", 2},
		{"where", 3},
		{"pick", -1},
		{"step", 1},
		{"sign", 1},
		{"sum", -1},
		{"mean", -1},
		{"dot", -1},
		{"logsumexp", -1},
		{"softmaxcrossentropy", -1},
		{"shift", -1},
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

// Eval and Partials do not allocate, but for the slices that the functions of FuncN get.
func TestAllocationsOfEvalAndPartials(t *testing.T) {
	for _, op := range everyOp() {
		evals, partials := 0.0, 0.0
		if op.Name() == "norm" {
			evals, partials = 1, 2
		}
		for _, n := range operandCounts(op) {
			x, dx := make([]float64, n), make([]float64, n)
			var z float64
			if allocs := testing.AllocsPerRun(10, func() { z = op.Eval(x...) }); allocs != evals {
				t.Errorf("%s: Eval of %d operands allocates %v times, want %v", op.Name(), n, allocs, evals)
			}
			if allocs := testing.AllocsPerRun(10, func() { op.Partials(dx, x, z) }); allocs != partials {
				t.Errorf("%s: Partials of %d operands allocates %v times, want %v", op.Name(), n, allocs, partials)
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
	for _, op := range everyOp() {
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
	listed := strings.FieldsFunc(list, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(defined)
	slices.Sort(listed)
	if diff := cmp.Diff(defined, listed); diff != "" {
		t.Errorf("ops (-defined +in Ops):\n%s", diff)
	}
}
