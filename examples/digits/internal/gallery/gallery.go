package gallery

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/digits/internal/sheet"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/nn"
)

// The largest numbers of tiles on a sheet. With these, tiles of 28×28 pixels are drawn twice as large.
const (
	mostMistakes = 40
	mostWeights  = 60
)

// least is shown in place of smaller losses, because 0 has no place on a logarithmic axis. The title says
// so if there are any.
const least = 1e-16

// Loss returns a chart of the losses by epoch.
func Loss(epochs []score.Epoch) chart.Chart {
	train, heldOut := chart.Series{Name: "training"}, chart.Series{Name: "held out"}
	title := "Loss by epoch"
	for _, e := range epochs {
		if min(e.Train.Loss, e.HeldOut.Loss) < least {
			title = fmt.Sprintf("Loss by epoch (%v stands for less)", least)
		}
		train.Add(e.Number, max(least, e.Train.Loss))
		heldOut.Add(e.Number, max(least, e.HeldOut.Loss))
	}
	return chart.Chart{
		Title: title, X: chart.Axis{Label: "epoch", Whole: true},
		Y:      chart.Axis{Label: "mean loss, log scale", Log: true},
		Series: []chart.Series{train, heldOut},
	}
}

// Accuracy returns a chart of the accuracies by epoch. It leaves out the first epoch, which is before
// training, because most of the chart would be below the accuracies that matter.
func Accuracy(epochs []score.Epoch) chart.Chart {
	train := chart.Series{Name: "training", Style: chart.LinePoints}
	heldOut := chart.Series{Name: "held out", Style: chart.LinePoints}
	for _, e := range epochs[1:] {
		train.Add(e.Number, 100*e.Train.Accuracy())
		heldOut.Add(e.Number, 100*e.HeldOut.Accuracy())
	}
	lowest := min(slices.Min(train.Y), slices.Min(heldOut.Y))
	return chart.Chart{
		Title: "Accuracy by epoch, once training has begun", X: chart.Axis{Label: "epoch", Whole: true},
		Y:      chart.Axis{Label: "accuracy, %", Min: 5 * math.Floor(min(95, lowest)/5), Max: 100},
		Series: []chart.Series{train, heldOut},
	}
}

// Mistakes returns a sheet of the most confident mistakes.
func Mistakes(d dataset.Data, e score.Evaluation) sheet.Sheet {
	mistakes := e.Mistakes(d.Test.Labels)
	s := sheet.Sheet{
		Title: MistakesTitle(min(mostMistakes, len(mistakes)), len(mistakes)),
		Note:  "true class → predicted class, and its probability",
		Width: d.Width, Height: d.Height,
	}
	for _, i := range mistakes[:min(mostMistakes, len(mistakes))] {
		s.Tiles = append(s.Tiles, sheet.Tile{
			Caption: fmt.Sprintf("%d → %d, %s",
				d.Test.Labels[i], e.Predicted[i], percent.Down(e.Certainty[i], 1)),
			Pixels: d.Test.X[i],
		})
	}
	return s
}

// MistakesTitle returns a title that says how many of the mistakes are shown.
func MistakesTitle(shown, of int) string {
	if shown < of {
		return fmt.Sprintf("The %d most confident of %d mistakes", shown, of)
	}
	return fmt.Sprintf("The %d mistakes, the most confident first", of)
}

// Weights returns a sheet of the weights of each unit in a layer, which looks at images of this size. All
// tiles have the same scale. The title calls the units neurons, or filters.
func Weights(l *nn.Layer, units string, height, width int) sheet.Sheet {
	neurons := l.Neurons[:min(mostWeights, len(l.Neurons))]
	largest := math.SmallestNonzeroFloat64
	for _, n := range neurons {
		for _, w := range n.W {
			largest = max(largest, math.Abs(w.Data))
		}
	}
	s := sheet.Sheet{
		Title: fmt.Sprintf("Weights of the first layer: %d of %d %s", len(neurons), len(l.Neurons), units),
		Note:  fmt.Sprintf("dark blue: %.3g, white: 0, vermilion: −%.3g", largest, largest),
		Width: width, Height: height,
	}
	for _, n := range neurons {
		var t sheet.Tile
		for _, w := range n.W {
			t.Pixels = append(t.Pixels, w.Data/largest)
		}
		s.Tiles = append(s.Tiles, t)
	}
	return s
}
