package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/examples/digits/internal/glyphs"
	"github.com/gradus-go/gradus/examples/digits/internal/scan"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// scan reads the picture to classify. It returns nil if there is none.
func (cfg config) scan() (*scan.Ink, error) {
	if cfg.predict == "" {
		return nil, nil
	}
	ink, err := scan.Read(cfg.predict)
	return &ink, err
}

// classify prints what the network takes a picture for.
func classify(r *report.Report, file string, ink scan.Ink, net *nn.MLP, d dataset.Data) error {
	pixels := scan.Measure(d.Train.X, d.Height, d.Width).Fit(ink)
	z, err := train.Predict(net, [][]float64{pixels})
	if err != nil {
		return err
	}
	r.Section(file + ", as the network sees it")
	r.Printf("%s\n", glyphs.SideBySide(d.Width, pixels))
	p := score.Softmax(z[0])
	classes := make([]int, d.Classes)
	for i := range classes {
		classes[i] = i
	}
	slices.SortStableFunc(classes, func(i, j int) int { return cmp.Compare(p[j], p[i]) })
	for _, i := range classes[:min(printed, d.Classes)] {
		line := fmt.Sprintf("%3d  %5.1f %%  %s", i, 100*p[i], strings.Repeat("█", int(40*p[i]+0.5)))
		r.Printf("%s\n", strings.TrimRight(line, " "))
	}
	return nil
}
