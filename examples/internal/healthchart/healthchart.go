package healthchart

import (
	"fmt"

	"github.com/gradus-go/gradus/internal/finite"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/nn/health"
)

// Shares returns a chart of the share of each layer that does not learn: derivatives that are zero
// or tiny, units that are saturated or dead.
func Shares(title string, r health.Report) chart.Chart {
	var zero, tiny, saturated, dead []float64
	for _, l := range r.Layers {
		zero, tiny = append(zero, l.Zero), append(tiny, l.Tiny)
		saturated, dead = append(saturated, l.Saturated), append(dead, l.Dead)
	}
	return chart.Chart{
		Title: title, X: layers(r), Y: chart.Axis{Label: "share", Max: 1},
		Series: []chart.Series{
			chart.Sequence("derivatives exactly 0", chart.Bars, zero...),
			chart.Sequence("derivatives below 1e-8", chart.Bars, tiny...),
			chart.Sequence("units saturated", chart.Bars, saturated...),
			chart.Sequence("units dead", chart.Bars, dead...),
		},
	}
}

// Norms returns a chart of the norms of gradients, weights and updates in each layer. A norm that is
// not finite is missing, and the name of the layer says so.
func Norms(title string, r health.Report) chart.Chart {
	x := layers(r)
	var gradient, weight, ratio []float64
	for i, l := range r.Layers {
		name := x.Names[i]
		for _, norm := range []*float64{&l.GradNorm, &l.WeightNorm, &l.UpdateRatio} {
			if !finite.All(*norm) {
				*norm, x.Names[i] = 0, name+": not finite"
			}
		}
		gradient, weight = append(gradient, l.GradNorm), append(weight, l.WeightNorm)
		ratio = append(ratio, l.UpdateRatio)
	}
	return chart.Chart{
		Title: title, X: x, Y: chart.Axis{Label: "Euclidean norm, or ratio of two", Log: true},
		Series: []chart.Series{
			chart.Sequence("gradient", chart.Bars, gradient...),
			chart.Sequence("weights", chart.Bars, weight...),
			chart.Sequence(fmt.Sprintf("update by weights, at rate %v", r.Rate), chart.Bars, ratio...),
		},
	}
}

// layers returns an axis with the names of the layers. The layers of an nn.MLP are called layer1 and so on.
func layers(r health.Report) (x chart.Axis) {
	for i, l := range r.Layers {
		name := fmt.Sprintf("layer %d", i+1)
		if l.Name != "" && l.Name != fmt.Sprintf("layer%d", i+1) {
			name = l.Name
		}
		x.Names = append(x.Names, name)
	}
	return x
}
