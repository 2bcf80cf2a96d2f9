package chain

import (
	"regexp"
	"strings"
)

var index = regexp.MustCompile(`[0-9₀-₉]+([\]),.}]|$)`)

// Pattern returns a name with # for its indices.
func Pattern(name string) string {
	if head, rest, dotted := strings.Cut(name, "."); dotted {
		return head + "." + index.ReplaceAllString(rest, "#$1")
	}
	return index.ReplaceAllString(name, "#$1")
}
