package chart

import (
	"cmp"
	"strings"

	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// Save draws the chart into a file, of 960×540 pixels if the name ends in .png, and without pixels if it
// ends in .svg. It overwrites an existing file.
//
// It returns an error that names the file if the name has another ending, or if it cannot be written.
// It returns an error that says what is wrong if [Chart.Err] is not nil, if a series is empty or
// has a number that an axis cannot show, if the number of bars, cells or bins is not that of the
// names, or if the values of a field do not fit its grid.
func (c Chart) Save(file string) error { return picture.Save(file, c.words(), c.draw) }

// Caption returns the title.
func (c Chart) Caption() string { return c.Title }

// words describes the chart by its axes, and by the names in its legend or on its axes.
func (c Chart) words() picture.Words {
	var parts []string
	add := func(intro string, names ...string) {
		if text := strings.Join(names, "; "); text != "" {
			parts = append(parts, intro+": "+strings.ReplaceAll(text, "\n", ", ")+".")
		}
	}
	add("Horizontal axis", c.X.Label)
	add("Vertical axis", c.Y.Label)
	add("Columns", c.X.Names...)
	add("Rows", c.Y.Names...)
	for _, s := range c.Series {
		add("Series", s.Name)
	}
	for _, row := range c.Cells {
		var texts []string
		for _, cell := range row {
			texts = append(texts, cmp.Or(cell.Text, "empty"))
		}
		add("Row", texts...)
	}
	return picture.Words{Title: c.Title, Description: strings.Join(parts, " ")}
}

// draw draws the chart on a page.
func (c Chart) draw(paper draw.Canvas) error {
	if err := c.check(); err != nil {
		return err
	}
	p, legend := c.plot()
	above := legend.draw(paper)
	c.spread(p, above)
	p.Draw(above)
	return nil
}
