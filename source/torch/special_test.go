package torch_test

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchrun"
)

// specialNumbers has constants that are infinite, NaN, −0, tiny and large, alone and side by side. The
// condition of a Where is not among them: PyTorch chooses where that is NaN.
var specialNumbers = torchrun.Model{
	Name: "special_numbers", Params: []float64{0.5, math.Inf(1), 2, math.NaN(), math.Inf(-1)},
	Inputs: [][]float64{{1, 2, 3, 4, 5}, {-1, 0.5, 2, -2, 0.25}},
	Build: func(p, x []*gradus.Value) (z []*gradus.Value) {
		c := []float64{math.Inf(1), math.Inf(-1), math.NaN(), math.Copysign(0, -1), 5e-324, 1e21}
		for i, c := range c {
			k := gradus.Const(c)
			z = append(z, k, p[0].Mul(k), x[0].Max(k), x[1].Min(k), p[2].Div(k), x[0].Add(k), p[i%5].Add(x[i%5]),
				x[0].Square().Pow(k), k.Pow(x[0]), k.Exp().Mul(x[0]))
		}
		z = append(z, gradus.Dot(gradus.Values(c[:5]), x), gradus.Dot(gradus.Values(c[1:6]), p))
		return append([]*gradus.Value{x[0].Mul(p[2]).Max(gradus.Const(c[1])).Min(gradus.Const(c[0]))}, z...)
	},
}
