package wrap

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Columns is the largest width of what this module's programs and reports print: that of a terminal.
const Columns = 80

// Prose breaks text into lines of at most [Columns] characters, between words. The first line begins
// with the lead and every other line with the indent, which count as a part of the line. A word that
// is too long for any line gets a line of its own.
func Prose(lead, indent, text string) string { return fold(lead, indent, strings.Fields(text)) }

// Message breaks the lines of an error message that are wider than [Columns], where they have a space.
// It keeps all else, such as two spaces in quotes and the lines of an error that joins others. A broken
// line goes on after four spaces.
func Message(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		words := strings.TrimLeft(line, " ")
		lines[i] = fold(strings.TrimSuffix(line, words), indent, strings.Split(words, " "))
	}
	return strings.Join(lines, "\n")
}

// Unbroken undoes [Message], so that a test can compare an error with what it says.
func Unbroken(message string) string {
	parts := strings.Split(message, "\n"+indent)
	text := parts[0]
	for _, part := range parts[1:] {
		if part != "" && strings.TrimLeft(part[:1], " \t\n\f\r") != "" {
			text += " " + part
		} else {
			text += "\n" + indent + part
		}
	}
	return text
}

// indent begins the lines on which [Message] continues a line.
const indent = "    "

func fold(lead, indent string, words []string) string {
	var b strings.Builder
	b.WriteString(lead)
	column := utf8.RuneCountInString(lead)
	for i, word := range words {
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

// Short returns a name of at most so many letters: the name itself, or its beginning and three dots in one
// letter.
func Short(name string, most int) string {
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}

// Distinct is Short of each of the names. But of those that would look alike, though they are not, it keeps
// the beginning and the end, and of those that still do, the beginning, and their index.
func Distinct(names []string, most int) []string {
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = Short(name, most)
	}
	for _, otherwise := range []func(i int, name []rune) string{
		func(_ int, name []rune) string {
			end := (most - 1) / 2
			return string(name[:most-1-end]) + "…" + string(name[len(name)-end:])
		},
		func(i int, name []rune) string {
			number := "…" + strconv.Itoa(i)
			return string(name[:max(0, most-utf8.RuneCountInString(number))]) + number
		},
	} {
		first, alike := map[string]string{}, map[string]bool{}
		for i, s := range short {
			if name, ok := first[s]; ok && name != names[i] {
				alike[s] = true
			}
			first[s] = names[i]
		}
		for i, name := range names {
			if letters := []rune(name); alike[short[i]] && len(letters) > most {
				short[i] = otherwise(i, letters)
			}
		}
	}
	return short
}
