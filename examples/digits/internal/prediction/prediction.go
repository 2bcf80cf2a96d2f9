package prediction

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/examples/digits/internal/glyphs"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/examples/internal/scan"
	"github.com/gradus-go/gradus/nn/train"
)

// Scan reads the picture in a file and returns its pixels, of a size and at a place as the training
// images have them. It returns nil if the name of the file is "".
func Scan(file string, d dataset.Data) ([]float64, error) {
	if file == "" {
		return nil, nil
	}
	ink, err := scan.Read(file)
	if err != nil {
		return nil, err
	}
	frame, err := scan.Measure(d.Train.X, d.Height, d.Width)
	if err != nil {
		return nil, err
	}
	return frame.Fit(ink), nil
}

// likely is the largest number of classes that are printed.
const likely = 10

// Print prints how probable each class is for the pixels that [Scan] has read in the file, unless they
// are nil.
func Print(r *report.Report, file string, pixels []float64, net *train.Predictor, d dataset.Data) error {
	if pixels == nil {
		return nil
	}
	p, err := score.Predict(net, pixels)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	r.Section(file + ", as the network sees it")
	r.Printf("%s\n", glyphs.SideBySide(d.Width, pixels))
	for _, i := range score.Ranked(p)[:min(likely, d.Classes)] {
		line := fmt.Sprintf("%3d%9s  %s", i, report.Percent(p[i], 1), strings.Repeat("█", int(40*p[i]+0.5)))
		r.Printf("%s\n", strings.TrimRight(line, " "))
	}
	return nil
}
