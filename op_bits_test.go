package gradus_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden returns the fields of each line of a golden file, once it has been written with
// lines if -update says so. The files hold the numbers of an amd64 machine: other
// architectures are compared with it.
func golden(t *testing.T, file string, lines []string) [][]string {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var fields [][]string
	for line := range strings.Lines(string(text)) {
		fields = append(fields, strings.Fields(line))
	}
	if len(fields) != len(lines) {
		t.Fatalf("%s has %d lines, want %d; write it again with -update", file, len(fields), len(lines))
	}
	return fields
}

func hex(x float64) string { return strconv.FormatFloat(x, 'x', -1, 64) }

// arithmetic lists what is made of + − × ÷ √ and comparisons alone.
var arithmetic = []func(x *gradus.Value, y any) *gradus.Value{
	(*gradus.Value).Add, (*gradus.Value).Sub, (*gradus.Value).Mul, (*gradus.Value).Div,
	(*gradus.Value).Max, (*gradus.Value).Min,
	func(x *gradus.Value, _ any) *gradus.Value { return x.Square() },
	func(x *gradus.Value, _ any) *gradus.Value { return x.Abs().Sqrt() },
	func(x *gradus.Value, _ any) *gradus.Value { return x.ReLU().Sub(x.LeakyReLU().Neg()) },
	func(x *gradus.Value, y any) *gradus.Value {
		v := y.(*gradus.Value)
		return gradus.Sum(x, v, x)
	},
	func(x *gradus.Value, y any) *gradus.Value {
		v := y.(*gradus.Value)
		return gradus.Mean(x, v, v)
	},
	func(x *gradus.Value, y any) *gradus.Value {
		v := y.(*gradus.Value)
		return gradus.Dot([]*gradus.Value{x, v, v}, []*gradus.Value{v, x, v})
	},
}

// TestSameBits: numbers and gradients of arithmetic are the same on every architecture, to
// the last bit. On arm64 it fails if a product that feeds a sum is not rounded.
func TestSameBits(t *testing.T) {
	var lines []string
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		leaves := gradus.Values([]float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()})
		nodes := append([]*gradus.Value(nil), leaves...)
		for range 25 {
			f := arithmetic[r.IntN(len(arithmetic))]
			if z := f(nodes[r.IntN(len(nodes))], nodes[len(nodes)-1]); math.Abs(z.Data) < 1e6 {
				nodes = append(nodes, z)
			}
		}
		root := nodes[len(nodes)-1]
		root.Backward()
		lines = append(lines, fmt.Sprint(seed, " ", hex(root.Data), " ", hex(leaves[0].Grad), " ",
			hex(leaves[1].Grad), " ", hex(leaves[2].Grad)))
	}
	for i, want := range golden(t, "testdata/bits.golden", lines) {
		if diff := cmp.Diff(want, strings.Fields(lines[i])); diff != "" {
			t.Errorf("graph %d: root, then gradients (-amd64 +this machine):\n%s", i, diff)
		}
	}
}

// elementary lists what rests on the approximations of package math.
var elementary = map[string]func(x *gradus.Value) *gradus.Value{
	"exp":       (*gradus.Value).Exp,
	"ln":        func(x *gradus.Value) *gradus.Value { return x.Square().Log() },
	"sin":       (*gradus.Value).Sin,
	"cos":       (*gradus.Value).Cos,
	"tan":       (*gradus.Value).Tan,
	"log1p":     func(x *gradus.Value) *gradus.Value { return x.Square().Log1p() },
	"expm1":     (*gradus.Value).Expm1,
	"arcsin":    func(x *gradus.Value) *gradus.Value { return x.Tanh().Asin() },
	"arccos":    func(x *gradus.Value) *gradus.Value { return x.Tanh().Acos() },
	"arctan":    (*gradus.Value).Atan,
	"sinh":      (*gradus.Value).Sinh,
	"cosh":      (*gradus.Value).Cosh,
	"erf":       (*gradus.Value).Erf,
	"ELU":       (*gradus.Value).ELU,
	"SiLU":      (*gradus.Value).SiLU,
	"GELU":      (*gradus.Value).GELU,
	"tanh":      (*gradus.Value).Tanh,
	"σ":         (*gradus.Value).Sigmoid,
	"softplus":  (*gradus.Value).Softplus,
	"^":         func(x *gradus.Value) *gradus.Value { return x.Square().Pow(gradus.New(0.7)) },
	"logsumexp": func(x *gradus.Value) *gradus.Value { return gradus.LogSumExp(x, x.Neg(), gradus.New(1)) },
}

// How far the elementary functions may be from those of an amd64 machine, in units in the
// last place of the number: doc.go promises it. Derivatives such as 1 − z² lose digits to
// cancellation, so for them the unit is that of 1 if that is larger.
const maxUlps = 4

func TestElementaryUlps(t *testing.T) {
	names := make([]string, 0, len(elementary))
	for name := range elementary {
		names = append(names, name)
	}
	slices.Sort(names)
	var lines []string
	var numbers [][2]float64
	for i, name := range names {
		r := rand.New(rand.NewPCG(uint64(i), 2))
		for range 40 {
			x := gradus.New(4 * r.NormFloat64())
			z := elementary[name](x)
			z.Backward()
			lines = append(lines, fmt.Sprint(name, " ", hex(x.Data), " ", hex(z.Data), " ", hex(x.Grad)))
			numbers = append(numbers, [2]float64{z.Data, x.Grad})
		}
	}
	var largest [2]float64
	for i, fields := range golden(t, "testdata/elementary.golden", lines) {
		for j, got := range numbers[i] {
			want, err := strconv.ParseFloat(fields[2+j], 64)
			if err != nil {
				t.Fatal(err)
			}
			size := math.Abs(want)
			if j == 1 {
				size = math.Max(1, size)
			}
			off := math.Abs(got-want) / (math.Nextafter(size, math.Inf(1)) - size)
			largest[j] = math.Max(largest[j], off)
			if !(off <= maxUlps) {
				t.Errorf("%s: number %d is %v, %v ulps off", lines[i], j, got, off)
			}
		}
	}
	t.Logf("values at most %v ulps off, derivatives %v", largest[0], largest[1])
}
