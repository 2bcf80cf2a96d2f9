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
	polygon{ // a cross
		{X: 0, Y: 0.5},
		{X: 0.7, Y: 1.2},
		{X: 1.2, Y: 0.7},
		{X: 0.5, Y: 0},
		{X: 1.2, Y: -0.7},
		{X: 0.7, Y: -1.2},
		{X: 0, Y: -0.5},
		{X: -0.7, Y: -1.2},
		{X: -1.2, Y: -0.7},
		{X: -0.5, Y: 0},
		{X: -1.2, Y: 0.7},
		{X: -0.7, Y: 1.2},
	},
	polygon{{Y: 1.4}, {X: 1, Y: 0}, {Y: -1.4}, {X: -1, Y: 0}}, // a diamond
	polygon{{X: -1.2, Y: 0.8}, {X: 1.2, Y: 0.8}, {Y: -1.3}},   // a triangle that points down
}

// A polygon is the shape of a point with the radius 1 at the origin.
type polygon []vg.Point

// DrawGlyph draws a point. Package draw calls it.
func (corners polygon) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	var path vg.Path
	path.Move(at.Add(corners[0].Scale(style.Radius)))
	for _, corner := range corners[1:] {
		path.Line(at.Add(corner.Scale(style.Radius)))
	}
	path.Close()
	c.SetColor(style.Color)
	c.Fill(path)
}

// A halo is a shape with a white edge.
type halo struct{ draw.GlyphDrawer }

// DrawGlyph draws a point. Package draw calls it.
func (h halo) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	edge := style
	edge.Color, edge.Radius = color.White, 1.4*style.Radius
	h.GlyphDrawer.DrawGlyph(c, edge, at)
	h.GlyphDrawer.DrawGlyph(c, style, at)
}
