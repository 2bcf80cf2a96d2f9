package steps

import (
	"slices"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
)

// A gift is what a value has when it hands on to its parent number i.
type gift struct {
	data, grad float64 // of the value
	parents    []any
	local      []float64
	i          int
	e          engine.Engine
}

// A share is a usual wrong form of what is handed on.
type share struct {
	what string
	of   func(g gift) float64
}

func shares() []share {
	return []share{
		{
			"the Grad of the value that hands on is missing: the chain is broken",
			func(g gift) float64 { return g.local[g.i] },
		},
		{
			"the local derivative is missing: the Grad is handed on as it is",
			func(g gift) float64 { return g.grad },
		},
		{
			"the local derivative is added, and should multiply",
			func(g gift) float64 { return g.grad + g.local[g.i] },
		},
		{
			"the local derivative of the wrong operand is taken",
			func(g gift) float64 { return g.grad * g.local[len(g.local)-1-g.i] },
		},
		{
			"only the first parent gets its part",
			func(g gift) float64 { return right(g) * float64(max(1-g.i, 0)) },
		},
		{
			"a parent that comes twice, as in a·a, gets its part once",
			func(g gift) float64 {
				if slices.Contains(g.parents[:g.i], g.parents[g.i]) {
					return 0
				}
				return right(g)
			},
		},
		{
			"the Data of the parent is multiplied, where the local derivative belongs",
			func(g gift) float64 { return g.grad * g.e.Data(g.parents[g.i]) },
		},
		{
			"wrong sign: what is handed on is subtracted",
			func(g gift) float64 { return -right(g) },
		},
		{
			"the Data of a value is handed on, and not its Grad",
			func(g gift) float64 { return g.data * g.local[g.i] },
		},
	}
}

// right is the right share.
func right(g gift) float64 { return g.grad * g.local[g.i] }

// hand hands the gradient of v on to its parents.
func hand(e engine.Engine, v any, grad map[any]float64, of func(g gift) float64) {
	p, local := e.Parents(v), e.Local(v)
	for i := range p {
		grad[p[i]] += float64(of(gift{e.Data(v), grad[v], p, local, i, e}))
	}
}

// scan returns Backward with something in it exchanged: what is done with each gradient first, with
// what the root begins, and how each value, from the root on, hands on.
func scan(
	begin func(e engine.Engine, v any, grad map[any]float64), first func(e engine.Engine, root any) float64,
	of func(g gift) float64,
) func(engine.Engine, any, map[any]float64) {
	return func(e engine.Engine, root any, grad map[any]float64) {
		list := e.Order(root)
		for _, v := range list {
			begin(e, v, grad)
		}
		grad[root] = first(e, root)
		for _, v := range slices.Backward(list) {
			hand(e, v, grad, of)
		}
	}
}

func none(engine.Engine, any, map[any]float64)           { /* nothing is set to 0 */ }
func every(_ engine.Engine, v any, grad map[any]float64) { grad[v] = 0 }
func interior(e engine.Engine, v any, grad map[any]float64) {
	if len(e.Parents(v)) > 0 {
		grad[v] = 0
	}
}

// passes lists the usual wrong forms of Backward.
func passes() []pass {
	one := func(engine.Engine, any) float64 { return 1 }
	const early = "a value hands on before all its paths have brought theirs: walk the list of Order, " +
		"from its end"
	list := []pass{
		{"= stands where += belongs: of several paths the last one alone is left", set},
		{
			"the Grad of the root is not 1 when the walk begins, so that 0 is handed on",
			scan(interior, func(engine.Engine, any) float64 { return 0 }, right),
		},
		{
			"it begins with the Data of the root, and not with 1: ∂L/∂L is 1",
			scan(interior, func(e engine.Engine, root any) float64 { return e.Data(root) }, right),
		},
		{
			"the Grad of values that were computed is not set to 0 first, so that what the first call left there is " +
				"handed on again", scan(none, one, right),
		},
		{
			"a leaf's Grad is set to 0, too, so that the gradients of two losses do not add up",
			scan(every, one, right),
		},
		{"the list is walked from its beginning: a value hands on before it has got anything", forward},
		{early, first},
		{early, once},
		{"the root itself hands nothing on: the walk begins behind it", late},
		{"a value's Grad is set to 0 in the walk, when it has handed on, and is lost; do it before the walk", lost},
		{"a value's Grad is set to 0 in the walk, before it hands on; do it for all values before the walk", wiped},
		{
			"the Grad of the parent is multiplied, which is 0 still; that of the value that hands on belongs there",
			late,
		},
		{"only the root hands on, and not the values from which it was computed", alone},
		{"it calls itself, and so sets the Grad of each value to 1, as if each were a root", restart},
		{"each path hands on, once more, all that has arrived: walk the list of Order, and hand on once", again},
	}
	for _, s := range shares() {
		list = append(list, pass{s.what, scan(interior, one, s.of)})
	}
	return list
}

// set is Backward with = in place of +=.
func set(e engine.Engine, root any, grad map[any]float64) {
	grad[root] = 1
	for _, v := range slices.Backward(e.Order(root)) {
		local := e.Local(v)
		for i, p := range e.Parents(v) {
			grad[p] = grad[v] * local[i]
		}
	}
}

// forward walks the list from its beginning.
func forward(e engine.Engine, root any, grad map[any]float64) {
	list := e.Order(root)
	for _, v := range list {
		interior(e, v, grad)
	}
	grad[root] = 1
	for _, v := range list {
		hand(e, v, grad, right)
	}
}

// first visits a value when the first path reaches it, and then hands on to all its parents.
func first(e engine.Engine, root any, grad map[any]float64) {
	for _, v := range e.Order(root) {
		interior(e, v, grad)
	}
	grad[root] = 1
	seen := func(v any, list []any) bool { return slices.Contains(list, v) }
	for _, v := range listBefore(e, root, seen, nil) {
		hand(e, v, grad, right)
	}
}

// once is a recursion that visits each value once, and again is one that visits it on each path. Both
// hand on to a parent and then go there at once.
func once(e engine.Engine, root any, grad map[any]float64)  { recur(e, root, grad, map[any]bool{}) }
func again(e engine.Engine, root any, grad map[any]float64) { recur(e, root, grad, nil) }

func recur(e engine.Engine, root any, grad map[any]float64, seen map[any]bool) {
	for _, v := range e.Order(root) {
		interior(e, v, grad)
	}
	grad[root] = 1
	var visit func(v any)
	visit = func(v any) {
		if seen[v] {
			return
		}
		if seen != nil {
			seen[v] = true
		}
		for i, p := range e.Parents(v) {
			grad[p] += float64(grad[v] * e.Local(v)[i])
			visit(p)
		}
	}
	visit(root)
}

// late leaves the root out of the walk.
func late(_ engine.Engine, root any, grad map[any]float64) {
	grad[root] = 1
}

// lost sets a gradient to 0 when it has been handed on.
func lost(e engine.Engine, root any, grad map[any]float64) {
	grad[root] = 1
	for _, v := range slices.Backward(e.Order(root)) {
		hand(e, v, grad, right)
		interior(e, v, grad)
	}
}

// wiped sets a gradient to 0 before it has been handed on.
func wiped(e engine.Engine, root any, grad map[any]float64) {
	grad[root] = 1
	for _, v := range slices.Backward(e.Order(root)) {
		if v != root {
			interior(e, v, grad)
		}
		hand(e, v, grad, right)
	}
}

// alone lets the root alone hand on.
func alone(e engine.Engine, root any, grad map[any]float64) {
	for _, v := range e.Order(root) {
		interior(e, v, grad)
	}
	grad[root] = 1
	hand(e, root, grad, right)
}

// restart calls itself for each parent, and begins with 1 each time.
func restart(e engine.Engine, root any, grad map[any]float64) {
	grad[root] = 1
	for i, p := range e.Parents(root) {
		grad[p] += float64(grad[root] * e.Local(root)[i])
		restart(e, p, grad)
	}
}
