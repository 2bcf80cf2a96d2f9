// Package glyphs writes small images as text.
package glyphs

import "strings"

// shades are what pixels are written as, from 0 to 1.
var shades = []rune(" ░▒▓█")

// SideBySide writes as many of the images, of this width, as fit in 100 columns, without the rows
// that are blank above and below all of them. Their pixels are row by row, from 0 to 1. A pixel is
// two letters wide, and so about as wide as high.
func SideBySide(width int, images ...[]float64) string {
	const between = 4
	images = images[:min((100+between)/(2*width+between), len(images))]
	if len(images) == 0 {
		return ""
	}
	var text strings.Builder
	for from := 0; from < len(images[0]); from += width {
		var line strings.Builder
		for _, image := range images {
			for _, x := range image[from : from+width] {
				shade := shades[min(len(shades)-1, int(x*float64(len(shades))))]
				line.WriteString(string([]rune{shade, shade}))
			}
			line.WriteString(strings.Repeat(" ", between))
		}
		text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	rows := strings.Trim(text.String(), "\n")
	return rows + "\n"
}
