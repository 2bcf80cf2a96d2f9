package wrap

import (
	"strings"
	"unicode/utf8"
)

// Columns is the largest width of the prose that this module's programs and reports print.
const Columns = 100

// Prose breaks text into lines of at most [Columns] characters, between words. Every line but the
// first begins with the indent, which counts as a part of the line. A word that is too long for any
// line gets a line of its own.
func Prose(indent, text string) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > Columns:
			b.WriteString("\n" + indent)
			column = utf8.RuneCountInString(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
