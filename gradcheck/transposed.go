package gradcheck

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/naming"
)

// transposed returns, for each matrix of weights in the factors whose names tell row and column, the slip of
// going back through the layer by the weights from j to i in place of those from i to j.
func transposed(c *chain.Chain, factors []chain.Factor) (all []candidate) {
	weights := map[string]*gradus.Value{}
	for _, v := range c.Named {
		weights[v.Name()] = v
	}
	place := map[string]int{} // of a matrix in all
	for _, f := range factors {
		var s slipsIn // made for the first edge of a matrix
		for _, e := range c.Edges(f) {
			if kind := builtin.Of(e.Node.Op()); kind != builtin.Mul && kind != builtin.Dot {
				continue
			}
			w := e.Partner()
			other, matrix := naming.Transpose(w.Name(), weights)
			if other == nil || w.Op() != nil {
				continue
			}
			if s.Chain == nil {
				s = slipsIn{Chain: c, factor: f, weight: c.Weights(f)}
			}
			i, known := place[matrix]
			if !known {
				i, place[matrix] = len(all), len(all)
				all = append(all, candidate{kind: matrix, wrong: map[chain.Factor]float64{}})
			}
			if other != w {
				all[i].alike = append(all[i].alike, candidate{
					factor: f, kind: matrix, wrong: map[chain.Factor]float64{f: s.with(e, other.Data)},
					what: fmt.Sprintf("transposed weights: %s where %s belongs", other.Name(), w.Name()),
				})
				all[i].factor, all[i].what = all[i].alike[0].factor, all[i].alike[0].what
			}
			all[i].wrong[f] = s.with(e, other.Data)
		}
	}
	return slices.DeleteFunc(all, func(s candidate) bool { return s.what == "" })
}
