package gradcheck

import (
	"fmt"

	"github.com/gradus-go/gradus"
)

// phrase formats args as fmt does, except that it shows a Value as an expression, with
// name(n) in place of each name n.
func phrase(format string, args []any, name func(string) string) string {
	shown := make([]any, len(args))
	for i, arg := range args {
		shown[i] = arg
		if v, ok := arg.(*gradus.Value); ok {
			shown[i] = expression(v, name, 3)
		}
	}
	return fmt.Sprintf(format, shown...)
}

// expression returns the name of v or its number, or what it is computed by. Below the given
// depth it shows no operands, so that the expression stays readable.
func expression(v *gradus.Value, name func(string) string, depth int) string {
	operand := func(i int) string { return expression(v.Parents()[i], name, depth-1) }
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
