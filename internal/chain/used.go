package chain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
)

// WhereUsed describes leaves by their numbers and by what is computed from them: the first few
// descriptions, each once.
func WhereUsed(order, leaves []*gradus.Value) string {
	const most = 4
	// Of every Value, the first result that has it as an operand, and the name of the nearest
	// result that has one. Results come after operands, so their own names are found first.
	result, within := map[*gradus.Value]*gradus.Value{}, map[*gradus.Value]string{}
	for _, v := range order {
		for _, p := range v.Parents() {
			if result[p] == nil {
				result[p] = v
			}
		}
	}
	for _, v := range slices.Backward(order) {
		if within[v] = v.Name(); within[v] == "" {
			within[v] = within[result[v]]
		}
	}
	var words []string
	for _, v := range leaves {
		word := "(" + fmt.Sprint(v.Data)
		if r := result[v]; r != nil {
			word += ", an operand of " + r.Op().Name()
			if within[r] != "" {
				word += " in " + within[r]
			}
		}
		if word += ")"; !slices.Contains(words, word) {
			words = append(words, word)
		}
		if len(words) > most {
			return strings.Join(words[:most], ", ") + " and others"
		}
	}
	return strings.Join(words, ", ")
}
