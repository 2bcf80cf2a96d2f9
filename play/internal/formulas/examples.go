package formulas

import (
	_ "embed" // for the examples
	"strings"
)

// An Example is a text to begin with.
type Example struct {
	Name  string `json:"name"`
	About string `json:"about"` // what there is to see
	F     string `json:"f"`
}

// examples has a name, a line about it and a text for each example, with an empty line between them.
//
//go:embed examples.txt
var examples string

// Examples returns the examples, in the order of the view. The page begins with the first.
func Examples(struct{}) (all []Example, err error) {
	for block := range strings.SplitSeq(strings.TrimSpace(examples), "\n\n") {
		name, rest, _ := strings.Cut(block, "\n")
		about, text, _ := strings.Cut(rest, "\n")
		all = append(all, Example{name, about, text + "\n"})
	}
	return all, nil
}
