package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A Stack is a picture of two charts: the second one is below the first one and less high.
type Stack [2]Chart

// Save draws the charts into a file, see [Chart.Save].
func (s Stack) Save(file string) error {
	return picture.Save(file, s[0].words(), func(paper draw.Canvas) error {
		const share = 0.57 // of the height, for the first chart
		cut := share * paper.Size().Y
		upper, lower := draw.Crop(paper, 0, 0, paper.Size().Y-cut+vg.Points(4), 0), draw.Crop(paper, 0, 0, 0, -cut)
		if err := s[0].draw(upper); err != nil {
			return err
		}
		return s[1].draw(lower)
	})
}

// Caption returns the title of the first chart.
func (s Stack) Caption() string { return s[0].Title }
