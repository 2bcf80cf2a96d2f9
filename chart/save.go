package chart

import (
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// Save draws the chart into a file, see [picture.Save].
//
// It returns an error that says what is wrong if a series is empty or has a number that an axis
// cannot show, if the number of bars or cells is not that of the names, or if the values of a field
// do not fit its grid.
func (c Chart) Save(file string) error { return picture.Save(file, c.draw) }

// Caption returns the title.
func (c Chart) Caption() string { return c.Title }

// draw draws the chart on a page.
func (c Chart) draw(paper draw.Canvas) error {
	if err := c.check(); err != nil {
		return err
	}
	p, legend, err := c.plot()
	if err != nil {
		return err
	}
	above := legend.draw(paper)
	c.spread(p, p.DataCanvas(above))
	p.Draw(above)
	return nil
}
