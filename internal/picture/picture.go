package picture

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gradus-go/gradus/internal/wholefile"
)

// Every picture has this size. A PNG file has DPI pixels to the inch, which is 960×540 pixels.
const (
	Width  = 8 * vg.Inch
	Height = 4.5 * vg.Inch
	DPI    = 120
)

// dots is how many pixels to the inch a PNG file has.
var dots = DPI

// Coarse makes PNG files have a tenth of the pixels to the inch, until restore is called. It is for tests
// that run a program many times and do not look at its pictures, which take most of the time of a small run.
func Coarse() (restore func()) {
	dots = DPI / 10
	return func() { dots = DPI }
}

// formats maps the ending of a file name to a function that returns a blank canvas.
var formats = map[string]func(Words) vg.CanvasWriterTo{
	".png": func(Words) vg.CanvasWriterTo {
		return vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(Width, Height), vgimg.UseDPI(dots))}
	},
	".svg": func(w Words) vg.CanvasWriterTo { return described{vgsvg.New(Width, Height), w} },
}

// Words say what a picture shows to those who cannot see it. A screen reader reads them out of an SVG file.
type Words struct{ Title, Description string }

// A described canvas is an SVG picture with words.
type described struct {
	*vgsvg.Canvas
	Words
}

// WriteTo writes the picture, with the words at the beginning.
func (d described) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if _, err := d.Canvas.WriteTo(&b); err != nil {
		return 0, err
	}
	head, rest, _ := strings.Cut(b.String(), "<svg ")
	attributes, rest, _ := strings.Cut(rest, ">")
	n, err := fmt.Fprintf(w, "%s<svg role=\"img\" %s>\n<title>%s</title>\n<desc>%s</desc>%s", head, attributes,
		html.EscapeString(d.Title), html.EscapeString(d.Description), rest)
	return int64(n), err
}

// Save calls drawing with a white page without its margins, and writes the page into a file. The
// ending of the file name decides on the format, .png or .svg. Save overwrites an existing file.
//
// It returns an error that names the file if the name ends otherwise, if drawing returns an error,
// or if the file cannot be written.
func Save(file string, words Words, drawing func(draw.Canvas) error) error {
	format := formats[strings.ToLower(filepath.Ext(file))]
	if format == nil {
		return fmt.Errorf("%s: the ending is %q, want .png or .svg", file, filepath.Ext(file))
	}
	canvas := format(words)
	paper := draw.New(canvas)
	paper.SetColor(white)
	paper.Fill(paper.Path())
	margins := draw.Crop(paper, vg.Points(8), -vg.Points(14), vg.Points(8), -vg.Points(10))
	if err := drawing(margins); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return write(file, canvas)
}

func write(file string, picture io.WriterTo) error {
	var b bytes.Buffer
	if _, err := picture.WriteTo(&b); err != nil {
		return err
	}
	return wholefile.Write(file, b.Bytes())
}
