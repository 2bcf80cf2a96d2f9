package wrap

import (
	"strings"
	"unicode/utf8"
)

// Columns is the largest width of what this module's programs and reports print: that of a terminal.
const Columns = 80

// Prose breaks text into lines of at most [Columns] characters, between words. The first line begins
// with the lead and every other line with the indent, which count as a part of the line. A word that
// is too long for any line gets a line of its own.
func Prose(lead, indent, text string) string {
	var b strings.Builder
	b.WriteString(lead)
	column := utf8.RuneCountInString(lead)
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
