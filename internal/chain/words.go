package chain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/naming"
)

// This file finds the words for a value, its name or what it is computed by, and the values for a word.

// Places returns the places in Named of the values with a name. If there is none, the name may be that of
// a parameter in short, see [InFull]. The empty name has none.
func (c *Chain) Places(name string) (all []int) {
	for i, v := range c.Named {
		if v.Name() == name && name != "" {
			all = append(all, i)
		}
	}
	if full := naming.InFull(name); all == nil && full != name {
		return c.Places(full)
	}
	return all
}

// CanDerive returns an error if a named value has no derivative with respect to another value.
func (c *Chain) CanDerive(of, by *gradus.Value) error {
	_, depends := c.Whole(of, nil, nil)[by]
	name := Expression(by, nil, 1)
	switch {
	case by.IsConst():
		return fmt.Errorf("%s is a constant, and there are no derivatives with respect to constants: "+
			"make it with gradus.New", name)
	case !depends || of == by:
		return fmt.Errorf("%s is not computed from %s", of.Name(), name)
	}
	return nil
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

// Expression returns the name of v or its number, or what it is computed by, with name(n) in place of
// each name n if name is not nil. Below the given depth it shows no operands, so that the expression stays
// readable.
func Expression(v *gradus.Value, name func(string) string, depth int) string {
	n := len(v.Parents())
	switch {
	case v.Name() != "" && name == nil:
		return v.Name()
	case v.Name() != "":
		return name(v.Name())
	case v.Op() == nil:
		return fmt.Sprint(v.Data)
	case depth == 0 || n == 0 || n > 2:
		return v.Op().Name() + "(…)"
	}
	operands := make([]string, n)
	for i, p := range v.Parents() {
		operands[i] = Expression(p, name, depth-1)
	}
	switch builtin.Of(v.Op()) {
	case builtin.Add, builtin.Sub, builtin.Mul, builtin.Div, builtin.Pow:
		return "(" + operands[0] + " " + v.Op().Name() + " " + operands[1] + ")"
	}
	if n == 1 && v.Parents()[0].Name() == "" && strings.HasPrefix(operands[0], "(") { // it has parentheses
		return v.Op().Name() + operands[0]
	}
	return v.Op().Name() + "(" + strings.Join(operands, ", ") + ")"
}

// Phrase formats args as fmt does, except that it shows a Value as an expression, with name(n) in
// place of each name n, or with the names as they are if name is nil.
func Phrase(format string, args []any, name func(string) string) string {
	shown := slices.Clone(args)
	for i, arg := range args {
		if v, ok := arg.(*gradus.Value); ok {
			shown[i] = Expression(v, name, 3)
		}
	}
	return once(fmt.Sprintf(format, shown...))
}

// once returns a text without the brackets around what is in brackets already, as in σ′((3 · b)).
func once(text string) string {
	for from := 0; ; {
		i := strings.Index(text[from:], "((")
		if i < 0 {
			return text
		}
		i += from
		inside := i + len("((")
		n := strings.IndexAny(text[inside:], "()")
		if n < 0 {
			return text
		}
		from = i + 1
		if end := inside + n; strings.HasPrefix(text[end:], "))") {
			text = text[:i] + text[i+1:end] + text[end+1:]
			from = end
		}
	}
}
