package formula

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
)

// ops has the ops by their names, functions those that are written with a word, by that word in lower
// case, and words the words.
var ops, functions, words = named(gradus.Ops())

// also has other names of functions, for those who know them from elsewhere. Σ is not the σ of another case.
var also = map[string]string{
	"sigmoid": "σ", "logistic": "σ", "log": "ln", "sqrt": "√", "pow": "^", "swish": "SiLU",
	"asin": "arcsin", "acos": "arccos", "atan": "arctan", "maximum": "max", "minimum": "min",
	"Σ": "sum",
}

func named(all []*gradus.Op) (ops, functions map[string]*gradus.Op, words map[*gradus.Op]string) {
	ops, functions, words = map[string]*gradus.Op{}, map[string]*gradus.Op{}, map[*gradus.Op]string{}
	for _, op := range all {
		ops[op.Name()] = op
		word, _, _ := strings.Cut(op.Name(), "(") // LeakyReLU(0.01)
		if isName(word) {
			functions[strings.ToLower(word)], words[op] = op, word
		}
	}
	for word, name := range also {
		functions[word] = ops[name]
	}
	return ops, functions, words
}

// function returns the op of a function by its name, in any case, or nil.
func function(name string) *gradus.Op {
	return cmp.Or(functions[name], functions[strings.ToLower(name)])
}

// Functions returns the names of all functions in alphabetical order. The name of a function may be
// written in any case, but Σ is sum, and σ is not.
func Functions() []string { return slices.Sorted(maps.Keys(functions)) }

// isName reports whether s is a name, as a scanner reads it.
func isName(s string) bool {
	scanner := &scanner{line: []rune(s)}
	if n := len(scanner.line); n == 0 || n > maxName || !unicode.IsLetter(scanner.line[0]) {
		return false
	}
	return scanner.name() == s
}
