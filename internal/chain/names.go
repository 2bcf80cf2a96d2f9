package chain

import (
	"regexp"
	"strings"

	"github.com/gradus-go/gradus/internal/derivative"
)

// This file says what the numbers in a name mean. A number is a run of the digits 0 to 9 or
// ₀ to ₉. It is an index, which tells the units of a layer apart, if
//
//   - the name ends after it, or
//   - a closing bracket, a comma or a full stop follows, or
//   - an underscore follows, and it is not the first number, as the 1 of w2_1_0.
//
// Any other number tells layers apart and is not an index, such as the 2 of w2[1,0]. No number
// before the first full stop is an index: those of layer1.neuron2.w3 are 2 and 3.
const (
	digit    = `[0-9₀-₉]`
	nonDigit = `[^0-9₀-₉]`
)

var (
	number         = regexp.MustCompile(digit + `+`)
	lastTwoNumbers = regexp.MustCompile(
		`^(.*?)(` + digit + `+)(` + nonDigit + `+)(` + digit + `+)(` + nonDigit + `*)$`)
	lastTwoDigits = regexp.MustCompile(`^(.*?)(` + digit + `)()(` + digit + `)(` + nonDigit + `*)$`)
)

// Pattern returns a name with # in place of each index. The units of a layer, and the weights
// of a matrix, have the same pattern: w2[1,0] and w2[0,1] both have w2[#,#].
func Pattern(name string) string {
	start := strings.IndexByte(name, '.') + 1
	var b strings.Builder
	end := 0
	for i, at := range number.FindAllStringIndex(name[start:], -1) {
		from, to := start+at[0], start+at[1]
		if isIndex(i, name[to:]) {
			b.WriteString(name[end:from] + "#")
			end = to
		}
	}
	return b.String() + name[end:]
}

// isIndex reports whether a number of a name, the first being number 0, is an index, given the
// rest of the name after it.
func isIndex(number int, rest string) bool {
	return rest == "" || strings.IndexByte("]),.}", rest[0]) >= 0 || number > 0 && rest[0] == '_'
}

// InFull returns the name of package nn that package show writes in short: layer3.neuron1.w2 for w⁽³⁾₁₂, and
// layer3.neuron12.b for b⁽³⁾₁₂. In the name of a derivative, it does so with the names of the values. Other
// names stay as they are.
func InFull(name string) string {
	if d, ok := derivative.Parse(name); ok {
		return d.Write(InFull)
	}
	m := short.FindStringSubmatch(name)
	if m == nil {
		return name
	}
	layer, neuron, last := m[1]+m[7], m[2]+m[4]+m[8], m[6]
	if last == "" {
		last = "w" + m[3] + m[5]
	}
	if layer != "" {
		layer = "layer" + layer + "."
	}
	return ascii.Replace(layer + "neuron" + neuron + "." + last)
}

var (
	short = regexp.MustCompile(`^(?:w(?:⁽([⁰¹²³⁴-⁹]+)⁾)?(?:([₀-₉])([₀-₉])|\[(\d+),(\d+)\])|` +
		`([bza])(?:⁽([⁰¹²³⁴-⁹]+)⁾)?([₀-₉]+))$`)
	ascii = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7",
		"⁸", "8", "⁹", "9", "₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7",
		"₈", "8", "₉", "9")
)

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
