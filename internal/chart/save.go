package chart

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The size of every picture; a PNG has dpi pixels to the inch.
const (
	width  = 8 * vg.Inch
	height = 4.5 * vg.Inch
	dpi    = 120
)

// formats maps the ending of a file's name to what draws on it.
var formats = map[string]func() vg.CanvasWriterTo{
	".png": func() vg.CanvasWriterTo {
		return vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi))}
	},
	".svg": func() vg.CanvasWriterTo { return vgsvg.New(width, height) },
}

// Save draws the chart into a file, as PNG or SVG by the ending of its name. It overwrites a
// file that is there already.
//
// It returns an error that names what is wrong if the ending is another one, if a series is
// empty or has a number that its axis cannot show, if bars, a field or cells do not match
// their names or their grid, and if the file cannot be written.
func (c Chart) Save(file string) (err error) {
	format := formats[strings.ToLower(filepath.Ext(file))]
	if format == nil {
		return fmt.Errorf("%s: the ending is %q, want .png or .svg", file, filepath.Ext(file))
	}
	canvas := format()
	if err := c.draw(canvas); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return write(file, canvas)
}

func (c Chart) draw(canvas vg.CanvasWriterTo) error {
	if err := c.check(); err != nil {
		return err
	}
	p, legend, err := c.plot()
	if err != nil {
		return err
	}
	page := draw.New(canvas)
	page.SetColor(p.BackgroundColor)
	page.Fill(page.Path())
	inside := draw.Crop(page, vg.Points(8), -vg.Points(14), vg.Points(8), -vg.Points(10))
	above := legend.draw(inside)
	c.spread(p, p.DataCanvas(above))
	p.Draw(above)
	return nil
}

func write(file string, picture io.WriterTo) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if _, err := picture.WriteTo(f); err != nil {
		_ = f.Close() // the first error is the one to report
		return err
	}
	return f.Close()
}
