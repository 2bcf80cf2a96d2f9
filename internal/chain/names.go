package chain

import (
	"regexp"
	"strings"
)

// This file says what the numbers in a name mean. A number is a run of the digits 0 to 9 or
// ₀ to ₉. It is an index if the name ends after it, or if a closing bracket, a comma or a full
// stop follows. Any other number, such as the first one of w2[1,0], tells layers apart and is
// no index, and neither is one before the first full stop of a name: layer1.neuron2.w3 has the
// indices 2 and 3.
const (
	digit    = `[0-9₀-₉]`
	nonDigit = `[^0-9₀-₉]`
)

var (
	index          = regexp.MustCompile(digit + `+([\]),.}]|$)`)
	lastTwoNumbers = regexp.MustCompile(
		`^(.*?)(` + digit + `+)(` + nonDigit + `+)(` + digit + `+)(` + nonDigit + `*)$`)
	lastTwoDigits = regexp.MustCompile(`^(.*?)(` + digit + `)()(` + digit + `)(` + nonDigit + `*)$`)
)

// Pattern returns a name with # in place of each index. The units of a layer, and the weights
// of a matrix, have the same pattern: w2[1,0] and w2[0,1] both have w2[#,#].
func Pattern(name string) string {
	if head, rest, dotted := strings.Cut(name, "."); dotted {
		return head + "." + index.ReplaceAllString(rest, "#$1")
	}
	return index.ReplaceAllString(name, "#$1")
}

// An Entry is a name read as that of an entry of a matrix.
type Entry struct {
	Matrix     string // the name with # in place of row and column
	Transposed string // the name with row and column exchanged
}

// Entries returns the ways in which a name can be read as that of an entry of a matrix. Row
// and column are its last two numbers, as in w2[1,0] or w1_0, or the last two digits of its
// last number, as in w12. They need not be indices in the sense above. Whether there is such a
// matrix, the caller finds out by looking for an entry with the transposed name.
func Entries(name string) (entries []Entry) {
	for _, r := range []*regexp.Regexp{lastTwoNumbers, lastTwoDigits} {
		if m := r.FindStringSubmatch(name); m != nil {
			entries = append(entries, Entry{
				Matrix:     m[1] + "#" + m[3] + "#" + m[5],
				Transposed: m[1] + m[4] + m[3] + m[2] + m[5],
			})
		}
	}
	return entries
}
