package chain

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
)

// This file finds the words for a value: its name, or what it is computed by.

// Places returns the places in Named of the values with a name. The empty name has none.
func (c *Chain) Places(name string) (all []int) {
	for i, v := range c.Named {
		if v.Name() == name && name != "" {
			all = append(all, i)
		}
	}
	return all
}

// Names returns a clause that lists the names in the graph.
func (c *Chain) Names() string {
	names := make([]string, len(c.Named))
	for i, v := range c.Named {
		names[i] = v.Name()
	}
	switch {
	case names[0] != "":
		return "the graph has " + strings.Join(names, ", ")
	case len(names) > 1:
		return "the graph has " + strings.Join(names[1:], ", ") + ", and its root has no name"
	}
	return "the graph has no names"
}

// Path returns a path from a value down to f.By, with f at its end, as L → p2 → z1. The dots of
// L → … → p2 → z1 stand for other named values.
func (c *Chain) Path(from *gradus.Value, f Factor) string {
	path := f.Of.Name() + " → " + f.By.Name()
	switch {
	case from == f.Of:
		return path
	case c.Has(Factor{from, f.Of}):
		return from.Name() + " → " + path
	}
	return from.Name() + " → … → " + path
}

// Expression returns the name of v or its number, or what it is computed by. Below the given
// depth it shows no operands, so that the expression stays readable.
func Expression(v *gradus.Value, name func(string) string, depth int) string {
	operand := func(i int) string { return Expression(v.Parents()[i], name, depth-1) }
	switch n := len(v.Parents()); {
	case v.Name() != "":
		return name(v.Name())
	case v.Op() == nil:
		return fmt.Sprint(v.Data)
	case depth == 0 || n == 0 || n > 2:
		return v.Op().Name() + "(…)"
	case n == 1:
		return v.Op().Name() + "(" + operand(0) + ")"
	}
	return "(" + operand(0) + " " + v.Op().Name() + " " + operand(1) + ")"
}
