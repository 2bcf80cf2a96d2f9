package gofile

import (
	"strings"
	"unicode/utf8"
)

// indented returns a text of Go with its lines indented, and with the comments below each other that stand
// behind statements in lines one after the other. That is what gofmt does first, but for spaces in formulas.
func indented(text string) string {
	var lines []string
	depth := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.Trim(line, "\t ")
		code, _ := comment(line)
		at := depth
		if strings.HasPrefix(code, "}") || strings.HasPrefix(code, ")") || strings.HasPrefix(code, "case ") ||
			code == "default:" {
			at--
		}
		depth += strings.Count(code, "{") - strings.Count(code, "}")
		if strings.HasSuffix(code, "(") {
			depth++
		} else if code == ")" {
			depth--
		}
		if line == "" && len(lines) > 0 && lines[len(lines)-1] == "" {
			continue
		}
		if line != "" {
			line = strings.Repeat("\t", max(0, at)) + line
		}
		lines = append(lines, line)
	}
	for from := 0; from < len(lines); {
		to, width := from, 0
		for ; to < len(lines); to++ {
			code, words := comment(lines[to])
			if words == "" || strings.Trim(code, "\t") == "" {
				break
			}
			width = max(width, utf8.RuneCountInString(code))
		}
		for i := from; i < to; i++ {
			code, words := comment(lines[i])
			lines[i] = code + strings.Repeat(" ", width-utf8.RuneCountInString(code)) + " " + words
		}
		from = to + 1
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// comment parts a line into its code and the comment behind it.
func comment(line string) (code, words string) {
	if strings.HasPrefix(strings.TrimLeft(line, "\t"), "//") {
		return "", line
	}
	if code, words, ok := strings.Cut(line, " // "); ok {
		return strings.TrimRight(code, " "), "// " + words
	}
	return line, ""
}
