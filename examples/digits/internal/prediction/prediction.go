package prediction

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/examples/digits/internal/glyphs"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/examples/internal/scan"
	"github.com/gradus-go/gradus/internal/percent"
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
// are nil. It also prints how sure the network is, and whether the picture has more or less ink than any
// image that the network was trained with.
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
	ranked := score.Ranked(p)
	for _, i := range ranked[:min(likely, d.Classes)] {
		line := fmt.Sprintf("%3d%9s  %s", i, percent.Down(p[i], 1), strings.Repeat("█", int(40*p[i]+0.5)))
		r.Printf("%s\n", strings.TrimRight(line, " "))
	}
	r.Printf("\n")
	if len(ranked) > 1 {
		r.Prose("The network takes it for %d, with %s. The second is %d, with %.1g %%. The answer is always one "+
			"of the %d classes, even if the picture shows none of them.",
			ranked[0], percent.Down(p[ranked[0]], 1), ranked[1], 100*p[ranked[1]], d.Classes)
	}
	least, most := inkRange(d.Train)
	if ink := floats.Sum(pixels); ink < least || ink > most {
		r.Prose("It is unlike every training image: its ink would fill %.1f pixels, theirs %.1f to %.1f.",
			ink, least, most)
	}
	return nil
}

// inkRange returns the least and the most ink of an image in the set, in pixels that are filled.
func inkRange(s dataset.Set) (least, most float64) {
	least = math.Inf(1)
	for _, pixels := range s.X {
		ink := floats.Sum(pixels)
		least, most = min(least, ink), max(most, ink)
	}
	return least, most
}
