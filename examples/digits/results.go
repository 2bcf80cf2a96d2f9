package main

import (
	"fmt"
	"strconv"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/digits/internal/gallery"
	"github.com/gradus-go/gradus/examples/digits/internal/glyphs"
	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/data"
	"github.com/gradus-go/gradus/nn/health"
)

// examined returns the number of images with which the health of the gradients is measured: 256, or
// fewer if the graph of each has so many products that measuring would take more than a few seconds.
func examined(images, products int) int { return max(1, min(256, 25_000_000/products, images)) }

// reportHealth reports the health of the gradients, before training if the network is trained.
func (cfg config) reportHealth(
	r *report.Report, album *picture.Album, net recipe.Network, d dataset.Data,
) error {
	s := d.Train.Slice(0, examined(len(d.Train.X), recipe.Size(net)))
	h, err := health.Check(net, nn.SoftmaxCrossEntropy, s.X, s.Targets(d.Classes), cfg.Rate)
	if err != nil {
		return err
	}
	when := ""
	if cfg.Epochs > 0 {
		when = " before training"
	}
	r.Section(fmt.Sprintf("Health of the gradients%s, measured with %d images", when, len(s.X)))
	r.Printf("%v", h)
	album.Add("1-shares.png", healthchart.Shares("Gradients"+when, h))
	album.Add("2-norms.png", healthchart.Norms("Norms"+when, h))
	return nil
}

// reportClasses reports which classes the network takes for which.
func reportClasses(r *report.Report, album *picture.Album, d dataset.Data, e score.Evaluation) error {
	var names []string
	for class := range d.Classes {
		names = append(names, strconv.Itoa(class))
	}
	m, err := data.CountConfusion(d.Test.Labels, e.Predicted, names...)
	if err != nil {
		return err
	}
	r.Section(fmt.Sprintf("The %d held-out images: their classes, and those that the network predicts", e.All))
	r.Printf("%v", m)
	c := chart.Confusion(m.Counts, m.Classes)
	c.Title = "Held-out images: " + percent.Down(m.Accuracy(), 2) + " right"
	album.Add("5-confusion.png", c)
	return nil
}

// printed is the largest number of mistakes that are printed.
const printed = 10

// reportMistakes reports the images that the network takes for another class, the most confident
// mistakes first.
func reportMistakes(r *report.Report, album *picture.Album, d dataset.Data, e score.Evaluation) {
	mistakes := e.Mistakes(d.Test.Labels)
	if len(mistakes) == 0 {
		return
	}
	shown := mistakes[:min(printed, len(mistakes))]
	r.Section(gallery.MistakesTitle(len(shown), len(mistakes)))
	r.Prose("The numbers are those of the images in %s, from 0.", d.File)
	var images [][]float64
	for _, i := range shown {
		r.Printf("image %5d: class %d, taken for %d with %s\n",
			d.Test.Index[i], d.Test.Labels[i], e.Predicted[i], percent.Down(e.Certainty[i], 1))
		images = append(images, d.Test.X[i])
	}
	if text := glyphs.SideBySide(d.Width, images...); text != "" {
		r.Printf("\n%s", text)
	}
	album.Add("6-mistakes.png", gallery.Mistakes(d, e))
}
