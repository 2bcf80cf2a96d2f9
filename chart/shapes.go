package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// shapes holds the shapes of the points of the first series, the second and so on.
var shapes = []draw.GlyphDrawer{
	draw.CircleGlyph{},
	draw.PyramidGlyph{},
	draw.BoxGlyph{},
	polygon{0, 5, 7, 12, 12, 7, 5, 0, 12, -7, 7, -12, 0, -5, -7, -12, -12, -7, -5, 0, -12, 7, -7, 12}, // a cross
	polygon{0, 14, 10, 0, 0, -14, -10, 0}, // a diamond
	polygon{-12, 8, 12, 8, 0, -13},        // points down
}

// A polygon is the shape of a point with the radius 10 at the origin: x and y of one corner after the other.
type polygon []vg.Length

// DrawGlyph draws a point in the colour of the canvas. Package draw calls it.
func (corners polygon) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	var path vg.Path
	for i := 0; i < len(corners); i += 2 {
		path.Line(at.Add(vg.Point{X: corners[i], Y: corners[i+1]}.Scale(style.Radius / 10)))
	}
	path[0].Type = vg.MoveComp
	path.Close()
	c.Fill(path)
}

// A halo is a shape with a white edge.
type halo struct{ draw.GlyphDrawer }

// DrawGlyph draws a point. Package draw calls it.
func (h halo) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	edge := style
	edge.Radius *= 1.4
	c.SetColor(color.White)
	h.GlyphDrawer.DrawGlyph(c, edge, at)
	c.SetColor(style.Color)
	h.GlyphDrawer.DrawGlyph(c, style, at)
}
