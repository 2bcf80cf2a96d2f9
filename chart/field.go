package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/picture"
)

// A Field is a function of two variables in the background of a chart, given by its values on a
// grid. Where the function is positive, the background has a tint of the first series' colour;
// elsewhere it has a tint of the second's. A line between them shows where the function is zero.
//
// With Cuts the background is the darker, the larger the function is. With Scores there are several
// functions, one for each series, and the background has a tint of the colour of that series whose
// function is the largest.
//
// Between the points of the grid the function is interpolated: the diagonals divide each rectangle
// of the grid into four triangles, on each of which it is linear, and where the diagonals cross it
// is the mean of the four corners.
type Field struct {
	Name string      // of the line between the tints, in the legend
	X, Y []float64   // the coordinates of the grid, ascending
	Z    [][]float64 // Z[i][j] is the value at X[i], Y[j]

	Cuts   []float64     // ascending, if not nil: the numbers at which the background becomes darker
	Scores [][][]float64 // if not nil, in place of Z: Scores[k] is the function of series k
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

// tint returns the background for a series. Tints also differ in how light they are.
func tint(series int) color.RGBA {
	n := len(picture.Palette)
	shares := []float64{0.3, 0.15}
	return picture.Tint(picture.Palette[series%n], shares[series%2]+0.2*float64(series/n%3))
}

var (
	zeroLine = draw.LineStyle{Color: color.Black, Width: vg.Points(1.5)}
	cutLine  = draw.LineStyle{Color: color.White, Width: vg.Points(0.75)}
)

// A layer of a field is a tint where a function is positive, with a line around it.
type layer struct {
	z    [][]float64
	tint color.Color
	line draw.LineStyle
}

// layers returns the tint of the whole background, and what lies on it, in this order.
func (f *Field) layers() (ground color.Color, upper []layer) {
	switch {
	case f.Cuts != nil:
		for i, cut := range f.Cuts {
			upper = append(upper, layer{f.over(func(i, j int) float64 { return f.Z[i][j] - cut }), f.shade(i + 1), cutLine})
		}
		return f.shade(0), upper
	case f.Scores != nil:
		// On the layer of class k all classes from k on are together, against those before. So there
		// is no gap where three classes meet.
		for k := 1; k < len(f.Scores); k++ {
			upper = append(upper, layer{f.over(func(i, j int) float64 { return f.lead(k, i, j) }), tint(k), zeroLine})
		}
		return tint(0), upper
	}
	return tint(1), []layer{{f.Z, tint(0), zeroLine}}
}

// over returns the values of a function on the grid.
func (f *Field) over(z func(i, j int) float64) [][]float64 {
	all := make([][]float64, len(f.X))
	for i := range all {
		for j := range f.Y {
			all[i] = append(all[i], z(i, j))
		}
	}
	return all
}

// lead returns by how much the largest score of the classes from k on is above that of those before.
func (f *Field) lead(k, i, j int) float64 {
	lead := math.Inf(-1)
	for _, after := range f.Scores[k:] {
		lead = max(lead, after[i][j])
	}
	best := math.Inf(-1)
	for _, before := range f.Scores[:k] {
		best = max(best, before[i][j])
	}
	return lead - best
}

// shade returns the tint above i of the cuts.
func (f *Field) shade(i int) color.RGBA {
	return picture.Tint(picture.Dark, 0.04+float64(0.8*float64(i)/float64(len(f.Cuts))))
}

// shadeAt returns the tint for a number.
func (f *Field) shadeAt(z float64) color.RGBA {
	i := 0
	for i < len(f.Cuts) && z > f.Cuts[i] {
		i++
	}
	return f.shade(i)
}

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
	x, y := b.Field.X, b.Field.Y
	at := func(i, j int) vg.Point { return vg.Point{X: toX(b.X.at(x[i])), Y: toY(b.Y.at(y[j]))} }
	ground, upper := b.Field.layers()
	c.SetColor(ground)
	c.Fill(vg.Rectangle{Min: at(0, 0), Max: at(len(x)-1, len(y)-1)}.Path())
	regions := make([]region, len(upper))
	for k, l := range upper {
		regions[k].fill(l.z, func(i, j int) vertex { return vertex{at(i, j), l.z[i][j]} })
		c.SetColor(l.tint)
		c.Fill(regions[k].positive)
	}
	for k, l := range upper { // on top of all tints
		c.SetLineStyle(l.line)
		c.Stroke(regions[k].border)
	}
}

// fill adds the part of a grid where the values z are positive.
func (r *region) fill(z [][]float64, at func(i, j int) vertex) {
	last := len(z[0]) - 1
	for i := range len(z) - 1 {
		from := 0 // from here to j everything is positive, which makes one large rectangle
		for j := range z[i] {
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
	if !slices.IsSorted(f.Cuts) || !finite.All(f.Cuts...) || f.Cuts != nil && f.Scores != nil {
		return fmt.Errorf("the cuts are %v and there are %d scores, want ascending, finite cuts, or scores",
			f.Cuts, len(f.Scores))
	}
	if f.Scores == nil {
		return f.checkValues("Z", f.Z)
	}
	for k, z := range f.Scores {
		if err := f.checkValues(fmt.Sprintf("Scores[%d]", k), z); err != nil {
			return err
		}
	}
	return nil
}

// checkValues returns an error that says which values do not fit the grid or are not finite.
func (f *Field) checkValues(name string, z [][]float64) error {
	if len(z) != len(f.X) {
		return fmt.Errorf("%d rows of %s, want one for each x, %d", len(z), name, len(f.X))
	}
	for i, row := range z {
		if len(row) != len(f.Y) {
			return fmt.Errorf("row %d of %s has %d values, want one for each y, %d", i, name, len(row), len(f.Y))
		}
		for j, z := range row {
			if !finite.All(z) {
				return fmt.Errorf("value %s[%d][%d] is %v, want a finite number", name, i, j, z)
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
