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

// The formulas of derivatives that package show prints can be read, and have the numbers that it prints.
func TestReadsWhatShowPrints(t *testing.T) {
	compared := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		numbers := map[string]float64{}
		nodes := []*gradus.Value{}
		add := func(v *gradus.Value) {
			name := string(rune('a' + len(nodes)))
			numbers[name] = v.Data
			nodes = append(nodes, v.As(name))
		}
		for range 3 {
			add(gradus.New(0.5 + r.Float64()))
		}
		ops := slices.DeleteFunc(gradus.Ops(), func(op *gradus.Op) bool {
			return op.Name() == "pick" // NaN, for operands that are no indices
		})
		for len(nodes) < 9 {
			op := ops[r.IntN(len(ops))]
			x := make([]*gradus.Value, max(op.Arity(), 2*min(1, -op.Arity())))
			for i := range x {
				x[i] = nodes[r.IntN(len(nodes))]
				if r.IntN(3) == 0 {
					x[i] = x[i].Mul(2)
				}
			}
			add(op.Apply(x...))
		}
		derivation, err := show.Derive(nodes[len(nodes)-1])
		if err != nil {
			continue // the last node is constant, say
		}
		for _, line := range strings.Split(derivation.String(), "\n") {
			parts := strings.Split(line, " = ")
			if len(parts) != 3 || strings.Contains(line, "…") || strings.Contains(parts[1], "/d") {
				continue // shortened, or a product of derivatives
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
			compared++
			got := f(func(name string) float64 { return numbers[name] })
			if !(math.Abs(got-want) <= 1e-3*math.Abs(want)) {
				t.Errorf("seed %d: %s: read as %v", seed, line, got)
			}
		}
	}
	if compared < 500 {
		t.Errorf("%d formulas were compared, want at least 500", compared)
	}
}
