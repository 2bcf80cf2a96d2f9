package formula_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/show"
)

// The formulas of derivatives that package show prints can be read, and have the numbers that it prints, up
// to the rounding of these and of numbers within the formulas.
func TestReadsWhatShowPrints(t *testing.T) {
	compared := 0
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 2))
		numbers := map[string]float64{}
		nodes := []*gradus.Value{}
		add := func(v *gradus.Value, named bool) {
			if named {
				name := string(rune('a' + len(nodes)))
				numbers[name] = v.As(name).Data
			}
			nodes = append(nodes, v)
		}
		for range 3 {
			add(gradus.New(0.5+r.Float64()), true)
		}
		ops := slices.DeleteFunc(gradus.Ops(), func(op *gradus.Op) bool {
			return op.Name() == "pick" // NaN, for operands that are no indices
		})
		ops = append(ops, gradus.LeakyReLU(0.25))
		for len(nodes) < 9 {
			op := ops[r.IntN(len(ops))]
			x := make([]*gradus.Value, max(op.Arity(), 2*min(1, -op.Arity())))
			for i := range x {
				x[i] = nodes[r.IntN(len(nodes))]
				if r.IntN(3) == 0 {
					x[i] = x[i].Mul(2)
				}
			}
			add(op.Apply(x...), len(nodes) == 8 || r.IntN(2) == 0)
		}
		derivation, err := show.Derive(nodes[len(nodes)-1])
		if err != nil {
			continue // the last node is constant, say
		}
		for _, line := range strings.Split(derivation.String(), "\n") {
			parts := strings.Split(line, " = ")
			if len(parts) != 3 || strings.ContainsAny(line, "…v") || strings.Contains(parts[1], "/d") ||
				line[0] == ' ' {
				continue // shortened, with v1 for a part, a product of derivatives, or a sum of numbers
			}
			want, err := strconv.ParseFloat(strings.Fields(parts[2])[0], 64)
			if err != nil || math.IsNaN(want) || math.IsInf(want, 0) {
				continue
			}
			f, err := formula.Function(parts[1])
			if err != nil {
				t.Errorf("seed %d: %s: %v", seed, line, err)
				continue
			}
			got := f(func(name string) float64 { return numbers[name] })
			if want == 0 && math.IsNaN(got) {
				continue // a function ignores an operand whose derivative is NaN, as min(x, √(−1)) does
			}
			compared++
			if !(math.Abs(got-want) <= 1e-3*math.Abs(want)) {
				t.Errorf("seed %d: %s: read as %v", seed, line, got)
			}
		}
	}
	if compared < 500 {
		t.Errorf("%d formulas were compared, want at least 500", compared)
	}
}
