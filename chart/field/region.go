package field

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line is the style of the line between two tints.
var Line = draw.LineStyle{Color: color.Black, Width: vg.Points(1.5)}

var cutLine = draw.LineStyle{Color: color.White, Width: vg.Points(0.75)}

// A layer of a field is a tint where a function is positive, with a line around it.
type layer struct {
	z    [][]float64
	tint color.Color
	line draw.LineStyle
	region
}

// layers returns the tint of the whole background, and what lies on it, in this order.
func (f Field) layers() (ground color.Color, upper []layer) {
	if f.Cuts != nil {
		shades := f.Shades()
		for i, cut := range f.Cuts {
			z := f.each(func(i, j int) float64 { return f.Z[0][i][j] - cut })
			upper = append(upper, layer{z: z, tint: shades[i+1], line: cutLine})
		}
		return shades[0], upper
	}
	if len(f.Z) == 1 {
		return Tint(1), []layer{{z: f.Z[0], tint: Tint(0), line: Line}}
	}
	// On layer k all functions from k on are together, against those before. So there is no gap where
	// three areas meet.
	for k := 1; k < len(f.Z); k++ {
		z := f.each(func(i, j int) float64 { return f.lead(k, i, j) })
		upper = append(upper, layer{z: z, tint: Tint(k), line: Line})
	}
	return Tint(0), upper
}

// lead returns by how much the largest function from k on is above those before.
func (f Field) lead(k, i, j int) float64 {
	lead := math.Inf(-1)
	for _, after := range f.Z[k:] {
		lead = max(lead, after[i][j])
	}
	best := math.Inf(-1)
	for _, before := range f.Z[:k] {
		best = max(best, before[i][j])
	}
	return lead - best
}

// Draw draws the field. The function place says where a point of the plane lies on the canvas. It panics if
// [Field.Check] returns an error or place is nil.
func (f Field) Draw(c draw.Canvas, place func(x, y float64) vg.Point) {
	if err := f.Check(); err != nil {
		panic("field: Draw: " + err.Error())
	}
	if place == nil {
		panic("field: Draw: place is nil, want a function that returns the place of a point")
	}
	at := func(i, j int) vg.Point { return place(f.X[i], f.Y[j]) }
	ground, upper := f.layers()
	c.SetColor(ground)
	c.Fill(vg.Rectangle{Min: at(0, 0), Max: at(len(f.X)-1, len(f.Y)-1)}.Path())
	for k := range upper {
		l := &upper[k]
		l.fill(l.z, func(i, j int) vertex { return vertex{at(i, j), l.z[i][j]} })
		c.SetColor(l.tint)
		c.Fill(l.positive)
	}
	for _, l := range upper { // on top of all tints
		c.SetLineStyle(l.line)
		c.Stroke(l.border)
	}
}

// A vertex is a point of the picture and the value of a function there.
type vertex struct {
	vg.Point
	z float64
}

// A region is the part of the plane where a function is positive, and its border. All of it is one
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
