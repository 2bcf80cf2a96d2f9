package steps

import (
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/exercises/4-engine/operation"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Values checks the first step: New, Add and Mul, and the parents of their results.
func Values(e engine.Engine) checking.Findings { return run(valuesOf(e)) }

func valuesOf(e engine.Engine) []check {
	c := []check{{"New", func() *checking.Finding { return checkNew(e) }}}
	for _, o := range []operation.Operation{operation.Add(), operation.Mul()} {
		c = append(c, check{o.Name, func() *checking.Finding {
			if f := o.Check(e); f != nil {
				return f
			}
			return o.Parents(e)
		}})
	}
	return c
}

// Locals checks the second step: the derivatives that Add, Sub and Mul record.
func Locals(e engine.Engine) checking.Findings { return run(localsOf(e)) }

func localsOf(e engine.Engine) []check {
	local := func(o operation.Operation) check {
		return check{"Local of " + o.Name, func() *checking.Finding { return o.Locals(e) }}
	}
	return append(
		valuesOf(e), local(operation.Add()), local(operation.Mul()),
		check{"Sub", func() *checking.Finding { return operation.Sub().Check(e) }}, local(operation.Sub()),
	)
}

// Orders checks the third step: the list of all values, operands first.
func Orders(e engine.Engine) checking.Findings { return run(ordersOf(e)) }

func ordersOf(e engine.Engine) []check {
	return append(localsOf(e), check{"Order", func() *checking.Finding { return order(e) }})
}

// Gradients checks the fourth step: Backward.
func Gradients(e engine.Engine) checking.Findings { return run(gradientsOf(e)) }

func gradientsOf(e engine.Engine) []check {
	return append(ordersOf(e), check{"Backward", func() *checking.Finding { return backward(e) }})
}

// Whole checks the fifth step: more operations, the two tests of micrograd, and a neuron that learns.
func Whole(e engine.Engine) checking.Findings {
	c := gradientsOf(e)
	for _, o := range operation.All()[3:] { // the first three were checked in step 2
		c = append(c, check{o.Name, func() *checking.Finding { return o.Whole(e) }})
	}
	return run(append(
		c,
		check{"micrograd's sanity check", func() *checking.Finding { return peer(e, sanity) }},
		check{"micrograd's test of more operations", func() *checking.Finding { return peer(e, more) }},
		check{"Neuron", func() *checking.Finding { return neuron(e) }},
		check{"Descend", func() *checking.Finding { return descend(e) }},
		check{"learning", func() *checking.Finding { return learn(e) }},
	))
}
