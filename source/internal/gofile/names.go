package gofile

import (
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// names gives each thing in a file an identifier of its own.
type names struct {
	taken map[string]bool
	last  map[string]int // the last numbers that were given behind letters, and behind names and an underscore
}

// reserved are the identifiers that Go has declared and a file may use, and those of its packages.
var reserved = []string{
	"float64", "int", "len", "max", "min", "clear", "copy", "math", "nil", "range", "i", "j",
	"init", "main", "true", "false", "append", "panic", "string",
}

func newNames() *names {
	n := &names{map[string]bool{}, map[string]int{}}
	for name := range helpers() {
		n.taken[name] = true
	}
	for _, name := range reserved {
		n.taken[name] = true
	}
	return n
}

// of returns an identifier for a label, or the letter and a number if there is nothing in the label that
// may be in an identifier. If it is taken already, a number is added to it.
func (n *names) of(label, letter string) string {
	name := identifier(label)
	if name == "" {
		return n.fresh(letter)
	}
	if r := []rune(name)[0]; unicode.IsDigit(r) {
		name = "_" + name
	}
	if token.IsKeyword(name) {
		name += "_"
	}
	unique, stem := name, strings.TrimSuffix(name, "_")+"_"
	for n.taken[unique] {
		n.last[stem] = max(2, n.last[stem]+1)
		unique = stem + strconv.Itoa(n.last[stem])
	}
	n.taken[unique] = true
	return unique
}

// array returns the first of some names that is not that of a label, and takes it, and d and it.
func (n *names) array(labels []string, letters ...string) string {
	for k, name := range letters {
		isFree := func(label string) bool { return identifier(label) != name && identifier(label) != "d"+name }
		if k == len(letters)-1 || !slices.ContainsFunc(labels, func(l string) bool { return !isFree(l) }) {
			n.taken[name], n.taken["d"+name] = true, true
			return name
		}
	}
	return ""
}

// fresh returns a letter and a number.
func (n *names) fresh(letter string) string {
	for {
		n.last[letter]++
		if name := fmt.Sprint(letter, n.last[letter]); !n.taken[name] {
			n.taken[name] = true
			return name
		}
	}
}

// digits are indices and exponents as digits.
var digits = strings.NewReplacer("₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6",
	"₇", "7", "₈", "8", "₉", "9", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6",
	"⁷", "7", "⁸", "8",
	"⁹", "9", "∂", "d", "′", "_prime")

// identifier returns the letters and digits of a label, with an underscore in place of all that stands
// between.
func identifier(label string) string {
	var b strings.Builder
	gap := false
	for _, r := range digits.Replace(label) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent of its own
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) || r == unicode.ReplacementChar:
			gap = true
		default:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		}
	}
	return b.String()
}
