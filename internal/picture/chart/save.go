package chart

import (
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// Save draws the chart into a file, see [picture.Save].
//
// It returns an error that names what is wrong if a series is empty or has a number that its
// axis cannot show, or if bars, a field or cells do not match their names or their grid.
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
