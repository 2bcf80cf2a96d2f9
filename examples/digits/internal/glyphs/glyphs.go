package glyphs

import (
	"strings"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// shades are the characters for pixels from 0 to 1.
var shades = []rune(" ░▒▓█")

// SideBySide writes images side by side, as many as fit in [wrap.Columns]. Each image is a list of
// pixels from 0 to 1, row by row, of this width. A pixel is two characters wide, so that it is about
// as wide as high. Rows that are blank in all images are left out at the top and at the bottom.
func SideBySide(width int, images ...[]float64) string {
	const between = 4
	images = images[:min((wrap.Columns+between)/(2*width+between), len(images))]
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
