package operation

import (
	"fmt"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Check checks what an operation computes, and that it changes none of its operands.
func (o Operation) Check(e engine.Engine) *checking.Finding {
	found := make([]float64, len(o.points))
	for k, x := range o.points {
		v := o.leaves(e, x)
		z := o.Call(e, v, x)
		if z == nil {
			return engine.Wrong(o.Name, fmt.Sprintf("%s returns nil for %s", o.Name, o.at(x)), "nil is returned")
		}
		for i, v := range v {
			if e.Data(v) != x[i] {
				return engine.Wrong(o.Name, fmt.Sprintf("%s changes %s itself: it was %s, and is %s afterwards", o.Name,
					operand[i], engine.Number(x[i]), engine.Number(e.Data(v))),
					"an operand is changed; a new Value is needed for the result, since others may use the operand")
			}
			if v == z {
				return engine.Wrong(o.Name, fmt.Sprintf("%s returns %s itself", o.Name, operand[i]),
					"an operand is returned; a new Value is needed for the result")
			}
		}
		found[k] = e.Data(z)
	}
	return o.compare(found)
}

// compare compares results with the right ones, those of package gradus.
func (o Operation) compare(found []float64) *checking.Finding {
	zero, wrong := true, -1
	for k, x := range o.points {
		zero = zero && found[k] == 0
		if wrong < 0 && !engine.Equal(found[k], o.result(x)) {
			wrong = k
		}
	}
	switch {
	case wrong < 0:
		return nil
	case zero:
		return engine.Todo(o.Name)
	}
	x := o.points[wrong]
	return engine.Wrong(o.Name, fmt.Sprintf("for %s, the Data of %s is %s, and should be %s", o.at(x), o.written,
		engine.Number(found[wrong]), engine.Number(o.result(x))), o.explained(o.values, found)...)
}

// leaves returns the operands as values.
func (o Operation) leaves(e engine.Engine, x []float64) (v []any) {
	for _, x := range x[:o.operands()] {
		v = append(v, e.New(x))
	}
	return v
}

// Parents checks that a binary operation remembers its operands.
func (o Operation) Parents(e engine.Engine) *checking.Finding {
	a, b := e.New(3), e.New(2)
	factor := "the parents of " + o.written
	p := e.Parents(o.Call(e, []any{a, b}, nil))
	twice := e.Parents(o.Call(e, []any{a, a}, nil))
	c := o.Call(e, []any{a, b}, nil)
	next := e.Parents(o.Call(e, []any{c, b}, nil))
	is := func(p []any, x, y any) bool { return len(p) == 2 && p[0] == x && p[1] == y }
	copies := func() bool {
		return len(p) == 2 && p[0] != nil && p[1] != nil && e.Data(p[0]) == 3 && e.Data(p[1]) == 2
	}
	say := func(what string) *checking.Finding {
		return engine.Wrong(factor, fmt.Sprintf("%s does not remember its operands as it should: %s should have "+
			"the two Parents a and b, in this order", o.Name, o.written), what)
	}
	switch {
	case len(e.Parents(a))+len(e.Parents(b)) > 0:
		return say("the Parents of an operand are changed; Parents belong into the Value that is returned")
	case is(p, a, b) && is(twice, a, a) && is(next, c, b) && is(e.Parents(c), a, b):
		return nil
	case is(p, a, b) && is(twice, a, a):
		return engine.Wrong(factor, fmt.Sprintf("if a was computed itself, %s has %d Parents, and should have "+
			"the two a and b", o.Name, len(next)),
			"the parents of the operand are taken over; only the operands themselves are parents")
	case is(p, a, b):
		return engine.Wrong(factor, fmt.Sprintf("with a for both operands, %s has %d of the 2 Parents a and a",
			o.Name, len(twice)), "a parent that comes twice is kept once, as in a set; a·a has two paths to a, "+
			"and both count")
	case len(p) == 0:
		return say("it has none; set Parents in the Value that is returned")
	case is(p, b, a):
		return say("they are exchanged")
	case is(p, a, a):
		return say("a stands there twice, and b is missing")
	case len(p) == 1:
		return say("only one of them is there")
	case copies():
		return say("they are copies; the gradient must reach a itself, so keep the pointer, v, and no copy of *v")
	}
	return say(fmt.Sprintf("there are %d others", len(p)))
}

// Locals checks the derivatives that an operation records. An operation may be put together from
// others. So they are added up over the paths to the operands.
func (o Operation) Locals(e engine.Engine) *checking.Finding {
	var found [2][]float64
	for _, x := range o.points {
		v := o.leaves(e, x)
		z := o.Call(e, v, x)
		if p, local := e.Parents(z), e.Local(z); len(p) == 0 || len(local) != len(p) {
			return engine.Wrong("the derivatives of "+o.written, fmt.Sprintf("%s records %d derivatives in Local, "+
				"and has %d operands", o.Name, len(local), o.operands()),
				"Parents needs each operand, and Local a derivative for each of the Parents")
		}
		for i, v := range v {
			found[i] = append(found[i], along(e, z, v))
		}
	}
	return o.slopesAre(found)
}

// along returns the derivative of z by v, as the sum over all paths of the products of Local.
func along(e engine.Engine, z, v any) (sum float64) {
	if z == v {
		return 1
	}
	local := e.Local(z)
	for i, p := range e.Parents(z) {
		sum += float64(local[i] * along(e, p, v))
	}
	return sum
}

// slopesAre compares derivatives at all points with the right ones, those of package gradus.
func (o Operation) slopesAre(found [2][]float64) *checking.Finding {
	for i := range o.operands() {
		for k, x := range o.points {
			if engine.Equal(found[i][k], o.partial(x, i)) {
				continue
			}
			return engine.Wrong(o.factor(i), fmt.Sprintf("for %s, %s is %s, and should be %s", o.at(x), o.factor(i),
				engine.Number(found[i][k]), engine.Number(o.partial(x, i))), o.slips(i, found[i])...)
		}
	}
	return nil
}

// Whole checks an operation of the fifth step: what it computes, and what Backward hands on.
func (o Operation) Whole(e engine.Engine) *checking.Finding {
	if f := o.Check(e); f != nil {
		return f
	}
	var found [2][]float64
	for _, x := range o.points {
		v := o.leaves(e, x)
		z := o.Call(e, v, x)
		if p, local := e.Parents(z), e.Local(z); len(local) != len(p) {
			return engine.Wrong("the derivatives of "+o.written, fmt.Sprintf("%s returns a Value with %d Parents and "+
				"%d numbers in Local", o.Name, len(p), len(local)), "Local needs a derivative for each of the Parents")
		}
		e.Backward(z)
		for i, v := range v {
			found[i] = append(found[i], e.Grad(v))
		}
	}
	return o.slopesAre(found)
}
