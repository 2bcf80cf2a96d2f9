package show

import (
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/legible"
)

// Computation writes out how each value with a name is computed, operands before results, with the numbers:
//
//	z = W1·x + b1 = 0.5
//	a = σ(z) = 0.6225
//
// Formulas are simplified and names are abbreviated as in [Derive]. If a formula would have more than about
// sixty operands, values without a name get one, as they do there.
//
// It panics if root is nil.
func Computation(root *gradus.Value) *Derivation {
	mustHave(root, "Computation")
	result := &Derivation{order: gradus.Topo(root)}
	if result.define(); slices.ContainsFunc(result.parts, func(p part) bool { return p.formula.IsLong() }) {
		result.order, _ = legible.ForDerivation(result.order, legible.PartSize)
		result.define()
	}
	return result
}

// define writes how the values with names are computed.
func (d *Derivation) define() {
	d.parts = nil
	for _, v := range d.order {
		if v.Op() != nil && v.Name() != "" {
			d.parts = append(d.parts, newPart(v))
		}
	}
}
