package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A Cell is a cell of a table, such as a confusion matrix: a text on a background.
type Cell struct {
	Text  string
	Shade float64 // of the background, from 0, white, to 1, dark
}

// cells draws a table with the first row at the top.
type cells [][]Cell

// Plot draws the table. Package plot calls it.
func (rows cells) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, row := range rows {
		for j, cell := range row {
			x, y := float64(j), float64(i)
			r := vg.Rectangle{Min: vg.Point{X: toX(x - 0.5), Y: toY(y + 0.5)}}
			r.Max = vg.Point{X: toX(x + 0.5), Y: toY(y - 0.5)}
			c.SetColor(picture.Tint(picture.Dark, cell.Shade))
			c.Fill(r.Path())
			if r.Size().X > 4 { // lines would hide smaller cells
				c.SetLineStyle(draw.LineStyle{Color: picture.Line, Width: vg.Points(0.5)})
				c.Stroke(r.Path())
			}
			style := picture.Within(cell.Text, r.Size())
			style.YAlign = draw.YCenter
			if cell.Shade > 0.65 {
				style.Color = color.White
			}
			c.FillText(style, vg.Point{X: toX(x), Y: toY(y)}, cell.Text)
		}
	}
}

// checkCells returns an error if the chart has anything beside cells, or one that says which row or
// cell is wrong.
func (c Chart) checkCells() error {
	if len(c.Series)+len(c.Marks)+len(c.Levels) > 0 || c.Field != nil {
		return fmt.Errorf("chart %q has cells and also series, marks, levels or a field, "+
			"want cells alone", c.Title)
	}
	if len(c.Cells) != len(c.Y.Names) || len(c.Cells)*len(c.X.Names) == 0 {
		return fmt.Errorf("chart %q: %d rows of cells, %d names of the y axis and %d of the x axis, "+
			"want a name for each row and column", c.Title, len(c.Cells), len(c.Y.Names), len(c.X.Names))
	}
	for i, row := range c.Cells {
		if len(row) != len(c.X.Names) {
			return fmt.Errorf("chart %q: row %d has %d cells, want one for each of the %d names "+
				"of the x axis", c.Title, i, len(row), len(c.X.Names))
		}
		for j, cell := range row {
			if math.IsNaN(cell.Shade) || cell.Shade < 0 || cell.Shade > 1 {
				return fmt.Errorf("chart %q: cell %d in row %d has the shade %v, want a number from 0 to 1",
					c.Title, j, i, cell.Shade)
			}
		}
	}
	return nil
}
