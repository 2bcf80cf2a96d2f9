package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/derivative"
)

const (
	digits       = "0123456789"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
)

// numbers returns where the numbers of a name begin and end.
func numbers(name string) (at [][2]int) {
	for end := 0; ; {
		from := strings.IndexAny(name[end:], digits+subscripts)
		if from < 0 {
			return at
		}
		from += end
		end = len(name) - len(strings.TrimLeft(name[from:], digits+subscripts))
		at = append(at, [2]int{from, end})
	}
}

// Pattern returns a name with # in place of each index. The units of a layer, and the weights
// of a matrix, have the same pattern: w2[1,0] and w2[0,1] both have w2[#,#].
func Pattern(name string) string {
	start := strings.IndexByte(name, '.') + 1
	var b strings.Builder
	end := 0
	for i, at := range numbers(name[start:]) {
		from, to := start+at[0], start+at[1]
		if isIndex(i, name[to:]) {
			b.WriteString(name[end:from] + "#")
			end = to
		}
	}
	return b.String() + name[end:]
}

// Alike reports whether one name may be mistaken for the other: they have the same pattern, such as x1
// and x2, or the same indices, such as a2 and x2.
func Alike(name, other string) bool {
	indices := func(name string) string { return strings.TrimLeftFunc(name, unicode.IsLetter) }
	return Pattern(name) == Pattern(other) || indices(name) == indices(other)
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
	layer, neuron, last, ok := inShort(name)
	if !ok {
		return name
	}
	if layer != "" {
		layer = "layer" + layer + "."
	}
	return ascii.Replace(layer + "neuron" + neuron + "." + last)
}

// inShort takes a name apart that has the form of w⁽³⁾₁₂, w⁽³⁾[11,2] or b⁽³⁾₁, all without a layer, too.
func inShort(name string) (layer, neuron, last string, ok bool) {
	if name == "" || strings.IndexByte("wbza", name[0]) < 0 {
		return "", "", "", false
	}
	last, rest := name[:1], name[1:]
	if after, isLayer := strings.CutPrefix(rest, "⁽"); isLayer {
		layer, rest = cutAll(after, superscripts)
		if rest, ok = strings.CutPrefix(rest, "⁾"); !ok || layer == "" {
			return "", "", "", false
		}
	}
	if last != "w" {
		neuron, rest = cutAll(rest, subscripts)
		return layer, neuron, last, neuron != "" && rest == ""
	}
	var weight string
	if after, isBracket := strings.CutPrefix(rest, "["); isBracket {
		var comma bool
		neuron, rest = cutAll(after, digits)
		rest, comma = strings.CutPrefix(rest, ",")
		weight, rest = cutAll(rest, digits)
		return layer, neuron, last + weight, comma && neuron != "" && weight != "" && rest == "]"
	}
	const size = len("₁")
	if weight, rest = cutAll(rest, subscripts); len(weight) != 2*size {
		return "", "", "", false
	}
	return layer, weight[:size], last + weight[size:], rest == ""
}

// cutAll takes off all characters of a set that a text begins with.
func cutAll(s, set string) (run, rest string) {
	rest = strings.TrimLeft(s, set)
	return s[:len(s)-len(rest)], rest
}

var ascii = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6",
	"⁷", "7", "⁸", "8", "⁹", "9", "₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7",
	"₈", "8", "₉", "9")

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
	all := numbers(name)
	add := func(row, column [2]int) {
		before, between, after := name[:row[0]], name[row[1]:column[0]], name[column[1]:]
		entries = append(entries, Entry{
			Matrix:     before + "#" + between + "#" + after,
			Transposed: before + name[column[0]:column[1]] + between + name[row[0]:row[1]] + after,
		})
	}
	if n := len(all); n >= 2 {
		add(all[n-2], all[n-1])
	}
	if n := len(all); n >= 1 {
		from, end := all[n-1][0], all[n-1][1]
		_, last := utf8.DecodeLastRuneInString(name[from:end])
		if _, before := utf8.DecodeLastRuneInString(name[from : end-last]); before > 0 {
			add([2]int{end - last - before, end - last}, [2]int{end - last, end})
		}
	}
	return entries
}

// Transpose returns the weight in the row and column of w exchanged, if there is one among the weights by
// their names, and the matrix that both are in.
func Transpose[V any](w string, weights map[string]V) (other V, matrix string) {
	for _, entry := range Entries(w) {
		if other, is := weights[entry.Transposed]; is {
			return other, entry.Matrix
		}
	}
	return other, ""
}
