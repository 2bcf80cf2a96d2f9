package operation

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
)

// An Operation is what a method of the learner's type computes.
type Operation struct {
	Name    string // of the method
	Op      string // the name of the op of package gradus that computes the same
	written string // the result as a formula of the operands a and b
	Call    func(e engine.Engine, x []any, numbers []float64) any
	points  [][]float64
	values  []slip    // usual wrong results
	slopes  [2][]slip // usual wrong derivatives by a and by b
}

// A slip is what an answer computes wrongly from the operands a and b and the result z.
type slip struct {
	what string
	f    func(a, b, z float64) float64
}

// right returns the op of package gradus.
func (o Operation) right() *gradus.Op {
	for _, op := range gradus.Ops() {
		if op.Name() == o.Op {
			return op
		}
	}
	panic("engine: there is no op " + o.Op)
}

// operands is the number of operands that are values. The exponent of Pow is a number.
func (o Operation) operands() int {
	if o.Name == "Pow" {
		return 1
	}
	return len(o.points[0])
}

// result returns what the operation should compute.
func (o Operation) result(x []float64) float64 { return o.right().Eval(x...) }

// partial returns the derivative of the result by operand i.
func (o Operation) partial(x []float64, i int) float64 {
	dx := make([]float64, len(x))
	o.right().Partials(dx, x, o.result(x))
	return dx[i]
}

// at writes the operands: "a = 3 and b = 2".
func (o Operation) at(x []float64) string {
	if o.Name == "Pow" {
		return fmt.Sprintf("a = %v and k = %v", x[0], x[1])
	}
	text := fmt.Sprintf("a = %v", x[0])
	if len(x) > 1 {
		text += fmt.Sprintf(" and b = %v", x[1])
	}
	return text
}

// factor writes the derivative by operand i: "∂(a·b)/∂a".
func (o Operation) factor(i int) string {
	written := o.written
	if strings.ContainsAny(written, " ·/") || strings.Contains(written, "^") {
		written = "(" + written + ")"
	}
	return fmt.Sprintf("∂%s/∂%s", written, operand[i])
}

var operand = []string{"a", "b"}

// general returns wrong derivatives by operand i that are usual for any operation.
func (o Operation) general(i int) []slip {
	own := func(f func(x []float64) float64) func(a, b, z float64) float64 {
		return func(a, b, _ float64) float64 { return f([]float64{a, b}[:len(o.points[0])]) }
	}
	slips := []slip{
		{"nothing is handed on: it is 0", func(_, _, _ float64) float64 { return 0 }},
		{"wrong sign", own(func(x []float64) float64 { return -o.partial(x, i) })},
		{"the result itself is taken for the derivative", func(_, _, z float64) float64 { return z }},
		{"twice too large", own(func(x []float64) float64 { return 2 * o.partial(x, i) })},
	}
	if o.operands() == 2 {
		slips = append(slips, slip{
			fmt.Sprintf("it is the derivative by the other operand, %s", operand[1-i]),
			own(func(x []float64) float64 { return o.partial(x, 1-i) }),
		})
	}
	return slips
}

// slips returns the slips that explain wrong derivatives by operand i: those that are usual for this
// operation, or else for any.
func (o Operation) slips(i int, found []float64) []string {
	if what := o.explained(o.slopes[i], found); what != nil {
		return what
	}
	return o.explained(o.general(i), found)
}

// at calls the function with the operands x and the result z.
func (s slip) at(x []float64, z float64) float64 {
	if len(x) == 1 {
		return s.f(x[0], 0, z)
	}
	return s.f(x[0], x[1], z)
}

// explained returns the slips that compute the same as was found at each point.
func (o Operation) explained(slips []slip, found []float64) (what []string) {
next:
	for _, s := range slips {
		for k, x := range o.points {
			if !engine.Equal(s.at(x, o.result(x)), found[k]) {
				continue next
			}
		}
		what = append(what, s.what)
	}
	return what
}

// All returns all operations that an engine can have.
func All() []Operation {
	return []Operation{Add(), Sub(), Mul(), Pow(), Div(), Exp(), Tanh(), ReLU()}
}
