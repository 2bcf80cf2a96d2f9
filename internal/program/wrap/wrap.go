// Package wrap breaks prose into lines.
package wrap

import (
	"strings"
	"unicode/utf8"
)

// Columns is how wide the lines of what this module prints are.
const Columns = 100

// Prose returns text in lines of at most Columns characters, each after indent but the first.
// A word that is longer has a line of its own.
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
