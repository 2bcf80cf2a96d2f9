package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Palette holds colours that colour-blind people, too, can tell apart. Yellow is left out because it
// is hard to see on white.
//
// Source: M. Okabe and K. Ito, Color Universal Design, 2008.
var Palette = []color.RGBA{
	{R: 0, G: 114, B: 178, A: 255}, // blue
	{R: 213, G: 94, B: 0, A: 255},  // vermilion
	{R: 0, G: 158, B: 115, A: 255}, // green
	{R: 204, G: 121, B: 167, A: 255},
	{R: 230, G: 159, B: 0, A: 255},
	{R: 86, G: 180, B: 233, A: 255},
}

// The other colours. Line is for lines that should not catch the eye, such as those of a grid.
// Dark is the darkest shade that has text on it: between each shade and the text on it there is a
// contrast of more than four to one.
var (
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
	Line  = color.Gray{Y: 225}
	Dark  = color.RGBA{R: 0, G: 57, B: 89, A: 255}
)

// Tint mixes a colour with white: the share 0 is white, the share 1 the colour itself.
func Tint(c color.RGBA, share float64) color.RGBA {
	mix := func(x uint8) uint8 { return uint8(math.Round(255 - float64(share*(255-float64(x))))) }
	return color.RGBA{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: 255}
}

// SetSize sets the font of a style to sans serif letters of a size.
func SetSize(style *draw.TextStyle, size vg.Length) {
	style.Font.Variant = "Sans"
	style.Font.Size = size
}

// Within returns a style for a text that is centred in a rectangle of the size place: the style of
// the labels of an axis, with smaller letters if the text would not fit.
func Within(text string, place vg.Point) draw.TextStyle {
	style := plot.New().X.Tick.Label
	SetSize(&style, 11)
	style.XAlign = draw.XCenter
	size := style.Rectangle(text).Size()
	style.Font.Size *= min(1, 0.95*place.X/size.X, 0.9*place.Y/size.Y)
	return style
}
