package gradcheck

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// checkFormulas returns an error if an op of one's own in a graph has other derivatives than the
// expressions that Op.WithFormula got, at the operands that it has there. Backward takes the ones and
// Gradient the others, so that central differences of what Backward differentiates show no mistake in the
// expressions.
func checkFormulas(root *gradus.Value) error {
	builtin := map[*gradus.Op]bool{nil: true}
	for _, op := range gradus.Ops() {
		builtin[op] = true
	}
	for _, v := range gradus.Topo(root) {
		op := v.Op()
		if builtin[op] {
			continue
		}
		var x []float64
		for _, parent := range v.Parents() {
			x = append(x, parent.Data)
		}
		partials := make([]float64, len(x))
		op.Partials(partials, x, v.Data)
		_, expressions := op.Formula(gradus.New(v.Data), gradus.Values(x)...)
		for i, dx := range expressions {
			if off := math.Abs(partials[i] - dx.Data); finite.All(off) &&
				off > 1e-6*max(math.Abs(partials[i]), math.Abs(dx.Data), 1e-3) {
				return fmt.Errorf("gradcheck: the op %s has the derivative %.10g with respect to operand %d, where that "+
					"is %v, and %.10g by the expression that WithFormula got, want the same", op.Name(), partials[i],
					i+1, x[i], dx.Data)
			}
		}
	}
	return nil
}
