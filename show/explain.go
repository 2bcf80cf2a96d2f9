package show

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
)

// A part is a value that has a name, and its formula.
type part struct {
	of      *gradus.Value
	formula formula.Expr
}

func newPart(v *gradus.Value) part { return part{v, formula.Expand(v).OrNumber(v.Data)} }

// explain adds to a derivation what the names stand for that it has given: those that are in its lines,
// and those in their formulas, if these are not too many.
func (d *deriver) explain(result *Derivation) {
	direct := map[*gradus.Value]bool{}
	for _, l := range result.lines {
		direct[l.of], direct[l.by] = true, true
		for _, term := range l.terms {
			for _, f := range term {
				direct[f.of], direct[f.by] = true, true
				if f.formula != nil {
					f.formula.Symbols(func(v *gradus.Value) { direct[v] = true })
				}
			}
		}
	}
	all := maps.Clone(direct)
	explained := func(known map[*gradus.Value]bool, deeper bool) (parts []part) {
		for _, v := range slices.Backward(d.parts) {
			if known[v] && len(parts) <= maxValues {
				p := newPart(v)
				if deeper {
					p.formula.Symbols(func(v *gradus.Value) { known[v] = true })
				}
				parts = append(parts, p)
			}
		}
		slices.Reverse(parts)
		return parts
	}
	if result.parts = explained(all, true); len(result.parts) > maxValues {
		result.parts = explained(direct, false)
	}
	if left := len(d.parts) - len(result.parts); left > 0 {
		result.left = append(result.left, fmt.Sprintf("and %d more of %s to %s, which are names for this "+
			"derivation alone", left, d.parts[0].Name(), d.parts[len(d.parts)-1].Name()))
	}
}
