package wrap

import "strings"

// Markdown breaks the paragraphs of a text in Markdown into lines of at most Columns characters. It
// keeps lines that are indented, those of a list, and those that stand alone.
func Markdown(markdown string) string {
	var b, paragraph strings.Builder
	flush := func() {
		if paragraph.Len() > 0 {
			b.WriteString(Prose("", "", paragraph.String()) + "\n")
			paragraph.Reset()
		}
	}
	for _, line := range strings.Split(strings.Trim(markdown, "\n"), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "#"):
			flush()
			b.WriteString(line + "\n")
		case strings.HasPrefix(line, "- "):
			flush()
			fallthrough
		default:
			paragraph.WriteString(line + " ")
		}
	}
	flush()
	return b.String()
}
