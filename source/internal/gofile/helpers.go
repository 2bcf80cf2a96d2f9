package gofile

import (
	_ "embed" // for the declarations
	"encoding/json"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A declaration is a function, a type with its methods, or a constant, that may be copied into a file.
type declaration struct {
	Text  string   // with lower-case names
	Needs []string // the declarations that it refers to, and "math" for the package
}

// helpersJSON has the declarations of packages elementary and kernels. TestHelpers writes it: the parser of
// Go would be a tenth of what a page loads.
//
//go:embed helpers.json
var helpersJSON []byte

// helpers has these declarations by their names in the file.
var helpers = sync.OnceValue(func() (all map[string]declaration) {
	if err := json.Unmarshal(helpersJSON, &all); err != nil {
		panic("source: " + err.Error()) // the text is part of the program
	}
	return all
})

// lower returns the name with which a declaration is copied: with a lower-case letter, so that the file
// exports nothing but its function.
func lower(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[size:]
}

// withNeeds returns the names of the declarations, and of all that they need, sorted.
func withNeeds(names []string) []string {
	seen := map[string]bool{}
	var visit func(names []string)
	visit = func(names []string) {
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				visit(helpers()[name].Needs)
			}
		}
	}
	visit(names)
	var all []string
	for name := range seen {
		if _, ok := helpers()[name]; ok || name == "math" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
