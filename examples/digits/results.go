package main

import (
	"fmt"

	"github.com/gradus-go/gradus/examples/digits/internal/confusion"
	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/examples/digits/internal/gallery"
	"github.com/gradus-go/gradus/examples/digits/internal/glyphs"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// examined is how many images the health of the gradients is measured with.
const examined = 256

// reportHealth reports how healthy the gradients are before training.
func reportHealth(
	r *report.Report, album *picture.Album, net *nn.MLP, d dataset.Data, rate float64,
) error {
	s := d.Train.Slice(0, min(examined, len(d.Train.X)))
	before, err := health.Check(net, nn.SoftmaxCrossEntropy, s.X, s.Targets(d.Classes), rate)
	if err != nil {
		return err
	}
	r.Section(fmt.Sprintf("Health of the gradients before training, by %d images", len(s.X)))
	r.Printf("%v", before)
	album.Add("shares.png", healthchart.Shares("Gradients before training", before))
	album.Add("norms.png", healthchart.Norms("Norms before training", before))
	return nil
}

// reportClasses reports which classes are taken for which.
func reportClasses(r *report.Report, album *picture.Album, d dataset.Data, e score.Evaluation) {
	m := confusion.New(d.Classes, d.Test.Labels, e.Predicted)
	r.Section(fmt.Sprintf("The %d held-out images: what they are, and what they are taken for", e.All))
	r.Printf("%v", m)
	album.Add("confusion.png", m.Chart("Held-out images: "+e.Accuracy()+" right"))
}

// printed is how many mistakes are printed, at most.
const printed = 10

// reportMistakes reports the images that the network takes for another class, and is most sure.
func reportMistakes(r *report.Report, album *picture.Album, d dataset.Data, e score.Evaluation) {
	mistakes := e.Mistakes(d.Test.Labels)
	if len(mistakes) == 0 {
		return
	}
	r.Section(fmt.Sprintf("The most confident of %d mistakes", len(mistakes)))
	var images [][]float64
	for _, i := range mistakes[:min(printed, len(mistakes))] {
		r.Printf("image %5d of the file: class %d, taken for %d with %.1f %%\n",
			d.Test.Index[i], d.Test.Labels[i], e.Predicted[i], 100*e.Certainty[i])
		images = append(images, d.Test.X[i])
	}
	r.Printf("\n%s", glyphs.SideBySide(d.Width, images...))
	album.Add("mistakes.png", gallery.Mistakes(d, e))
}
