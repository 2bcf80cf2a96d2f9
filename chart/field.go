package chart

import (
	"cmp"
	"fmt"
	"image/color"

	"github.com/gradus-go/gradus/internal/finite"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A Field is a function of two variables in the background of a chart, given by its values on a
// grid. Where the function is positive, the background has a tint of the first series' colour;
// elsewhere it has a tint of the second's. A line between them shows where the function is zero.
//
// Between the points of the grid the function is interpolated: the diagonals divide each rectangle
// of the grid into four triangles, on each of which it is linear, and where the diagonals cross it
// is the mean of the four corners.
type Field struct {
	Name string      // of the line between the tints, in the legend
	X, Y []float64   // the coordinates of the grid, ascending
	Z    [][]float64 // Z[i][j] is the value at X[i], Y[j]
}

// Sample returns the field of f on the grid of all pairs of an x and a y. It calls f in the order of
// x, and for each x in the order of y.
func Sample(name string, x, y []float64, f func(x, y float64) float64) *Field {
	z := make([][]float64, len(x))
	for i := range z {
		for j := range y {
			z[i] = append(z[i], f(x[i], y[j]))
		}
	}
	return &Field{Name: name, X: x, Y: y, Z: z}
}

// The tints also differ in how light they are.
var (
	positiveTint = picture.Tint(picture.Palette[0], 0.3)
	negativeTint = picture.Tint(picture.Palette[1], 0.15)
	zeroLine     = draw.LineStyle{Color: color.Black, Width: vg.Points(1.5)}
)

// A background draws the field of a chart.
type background Chart

// A vertex is a point of the picture and the value of the field there.
type vertex struct {
	vg.Point
	z float64
}

// Plot draws the field. Package plot calls it.
func (b background) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	x, y, z := b.Field.X, b.Field.Y, b.Field.Z
	at := func(i, j int) vertex {
		return vertex{vg.Point{X: toX(b.X.at(x[i])), Y: toY(b.Y.at(y[j]))}, z[i][j]}
	}
	var r region
	last := len(y) - 1
	for i := range len(x) - 1 {
		from := 0 // from here to j everything is positive, which makes one large rectangle
		for j := range y {
			if j < last && z[i][j] > 0 && z[i+1][j] > 0 && z[i][j+1] > 0 && z[i+1][j+1] > 0 {
				continue
			}
			if from < j {
				r.polygon(at(i, from), at(i+1, from), at(i+1, j), at(i, j))
			}
			if j < last {
				r.divide(at(i, j), at(i+1, j), at(i+1, j+1), at(i, j+1))
			}
			from = j + 1
		}
	}
	c.SetColor(negativeTint)
	c.Fill(vg.Rectangle{Min: at(0, 0).Point, Max: at(len(x)-1, last).Point}.Path())
	c.SetColor(positiveTint)
	c.Fill(r.positive)
	c.SetLineStyle(zeroLine)
	c.Stroke(r.border)
}

// A region is the part of the plane where a field is positive, and its border. All of it is one
// path, because two areas side by side would show a seam.
type region struct{ positive, border vg.Path }

// polygon adds a polygon to the positive part. Without corners there is none.
func (r *region) polygon(corners ...vertex) {
	if len(corners) == 0 {
		return
	}
	r.positive.Move(corners[0].Point)
	for _, v := range corners[1:] {
		r.positive.Line(v.Point)
	}
	r.positive.Close()
}

// divide adds the positive part of a rectangle, which has these four corners.
func (r *region) divide(corners ...vertex) {
	var middle vertex
	for _, v := range corners {
		middle.Point, middle.z = middle.Add(v.Scale(0.25)), middle.z+v.z/4
	}
	for i, v := range corners {
		r.triangle(v, corners[(i+1)%4], middle)
	}
}

// triangle adds the positive part of a triangle, on which the field is linear.
func (r *region) triangle(corners ...vertex) {
	var inside, zeros []vertex
	for i, v := range corners {
		next := corners[(i+1)%3]
		if v.z > 0 {
			inside = append(inside, v)
		}
		if v.z > 0 != (next.z > 0) {
			t := vg.Length(v.z / (v.z - next.z))
			zero := vertex{v.Scale(1 - t).Add(next.Scale(t)), 0}
			inside, zeros = append(inside, zero), append(zeros, zero)
		}
	}
	r.polygon(inside...)
	if len(zeros) == 2 {
		r.border.Move(zeros[0].Point)
		r.border.Line(zeros[1].Point)
	}
}

// DataRange makes room for the grid.
func (b background) DataRange() (xmin, xmax, ymin, ymax float64) {
	x, y := b.Field.X, b.Field.Y
	return b.X.at(x[0]), b.X.at(x[len(x)-1]), b.Y.at(y[0]), b.Y.at(y[len(y)-1])
}

// Thumbnail draws a sample of the line between the tints in the legend.
func (background) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(zeroLine, c.Min.X, y, c.Max.X, y)
}

// check returns an error that says what is wrong with the grid or the values on it.
func (f *Field) check(x, y Axis) error {
	if len(f.X) < 2 || len(f.Y) < 2 {
		return fmt.Errorf("%d x and %d y, want two or more of each", len(f.X), len(f.Y))
	}
	if err := cmp.Or(x.checkGrid("X", f.X), y.checkGrid("Y", f.Y)); err != nil {
		return err
	}
	if len(f.Z) != len(f.X) {
		return fmt.Errorf("%d rows of Z, want one for each x, %d", len(f.Z), len(f.X))
	}
	for i, row := range f.Z {
		if len(row) != len(f.Y) {
			return fmt.Errorf("row %d of Z has %d values, want one for each y, %d", i, len(row), len(f.Y))
		}
		for j, z := range row {
			if !finite.All(z) {
				return fmt.Errorf("value Z[%d][%d] is %v, want a finite number", i, j, z)
			}
		}
	}
	return nil
}

func (a Axis) checkGrid(name string, numbers []float64) error {
	for i, x := range numbers {
		if !a.shows(x) || i > 0 && x <= numbers[i-1] {
			return fmt.Errorf("%s[%d] is %v, want finite, ascending numbers, positive on a "+
				"logarithmic axis", name, i, x)
		}
	}
	return nil
}
