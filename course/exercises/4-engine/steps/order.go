package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// The graphs of the steps 3 and 4: a product, one with itself, sums and products with several paths.
var (
	product = "a = 3; b = 2\nL = a·b"
	square  = "a = 3\nL = a·a"
	diamond = "a = 2; b = −3\nc = a·b\nd = c + a\ne = d·c\nL = c·e"
	tower   = "a = 2; b = 2\nc = a + b\nd = c·a\ne = c·c\nf = e + d\nL = f·c"
)

func graphs() []string { return []string{product, square, diamond, tower} }

// order checks the list of all values, operands first.
func order(e engine.Engine) *checking.Finding {
	for _, text := range graphs() {
		if f := orderOf(e, text); f != nil {
			return f
		}
	}
	return ladder(e, time.Second)
}

func orderOf(e engine.Engine, text string) *checking.Finding {
	g := build(e, text)
	names := map[any]string{}
	for _, v := range g.nodes {
		names[g.built[v]] = name(v)
	}
	list := e.Order(g.built[g.root()])
	var written []string
	place := map[any]int{}
	for i, v := range list {
		written = append(written, names[v])
		place[v] = i
	}
	wrong := func(factor, text string) *checking.Finding {
		return engine.Wrong(factor, fmt.Sprintf("%s\n  the Order of %s is [%s]: %s", &g, g.root().Name(),
			strings.Join(written, " "), text), listed(e)...)
	}
	if len(list) == 0 {
		return engine.Todo("Order")
	}
	for _, v := range list {
		if names[v] == "" {
			return wrong("the values", "it has a Value that is none of the graph, such as a copy")
		}
	}
	for _, v := range g.nodes {
		n := 0
		for _, w := range list {
			if w == g.built[v] {
				n++
			}
		}
		switch {
		case n == 0:
			return wrong(name(v), name(v)+" is missing")
		case n > 1:
			return wrong(name(v), fmt.Sprintf("%s is there %d times", name(v), n))
		}
	}
	for _, v := range g.nodes {
		for _, p := range v.Parents() {
			if place[g.built[p]] > place[g.built[v]] {
				return wrong(name(v), fmt.Sprintf("%s stands before %s, from which it is computed", name(v), name(p)))
			}
		}
	}
	return nil
}

// ladder checks that Order visits no value again and again: one with 60 steps has 2⁶⁰ paths. It waits
// for Order for some time.
func ladder(e engine.Engine, most time.Duration) *checking.Finding {
	v := e.New(1)
	for range 60 {
		v = e.Add(v, v)
	}
	done := make(chan int)
	go func() {
		defer func() { _ = recover() }()
		done <- len(e.Order(v))
	}()
	select {
	case <-done:
		return nil
	case <-time.After(most):
		return engine.Wrong("the visits", "x₁ = x₀ + x₀, x₂ = x₁ + x₁, and so on to x₆₀: Order has not come to an "+
			"end after "+most.String(), "a value is visited again on each of its paths, of which there are 2⁶⁰; "+
			"remember, for all calls together, which values were visited")
	}
}

// listed returns the slips that give the lists that Order gives for all graphs.
func listed(e engine.Engine) (what []string) {
next:
	for _, s := range lists(e) {
		for _, text := range graphs() {
			g := build(e, text)
			root := g.built[g.root()]
			if !slices.Equal(e.Order(root), s.list(root)) {
				continue next
			}
		}
		what = append(what, s.what)
	}
	return what
}

// A list is a usual wrong form of Order.
type list struct {
	what string
	list lister
}

type (
	// A lister lists the values under root.
	lister = func(root any) []any
	// A known says whether a value need not be visited again.
	known = func(v any, list []any) bool
)

func lists(e engine.Engine) []list {
	all := func(any, []any) bool { return false }
	seen := func(v any, list []any) bool { return slices.Contains(list, v) }
	data := func(v any, list []any) bool {
		return slices.ContainsFunc(list, func(w any) bool { return e.Data(w) == e.Data(v) })
	}
	after := func(k known) lister { return func(root any) []any { return listAfter(e, root, k, nil) } }
	before := func(k known) lister { return func(root any) []any { return listBefore(e, root, k, nil) } }
	levels := func(k known) lister { return func(root any) []any { return listLevels(e, root, k) } }
	turned := func(l lister) lister { return func(root any) []any { return reversed(l(root)) } }
	without := func(leave func(v, root any) bool) lister {
		return func(root any) []any {
			return slices.DeleteFunc(listAfter(e, root, seen, nil), func(v any) bool { return leave(v, root) })
		}
	}
	return []list{
		{"nothing remembers which values were visited, so that each path adds them again", after(all)},
		{
			"a value is appended before its operands, and nothing remembers which values were visited",
			before(all),
		},
		{"a value is appended before its operands; append it behind the loop over them", before(seen)},
		{
			"the root comes first; here the operands do, and Backward will go from the end",
			turned(after(seen)),
		},
		{
			"values are appended before their operands, and turning the list round is not enough where paths have " +
				"different lengths; append behind the loop over the operands",
			turned(before(seen)),
		},
		{
			"level by level is no order where paths have different lengths: a value comes before one of its operands",
			turned(levels(seen)),
		},
		{"level by level, and nothing remembers which values were visited", levels(all)},
		{"level by level, and nothing remembers which values were visited", turned(levels(all))},
		{"level by level from the root, the operands come last", levels(seen)},
		{
			"only parents are appended, so that the root is missing; and each comes before its own",
			func(root any) []any { return before(all)(root)[1:] },
		},
		{"values with equal Data are taken for one; remember pointers, not numbers", after(data)},
		{
			"these are the operands of the root alone; theirs are missing",
			func(root any) []any { return append(slices.Clone(e.Parents(root)), root) },
		},
		{
			"only values that were computed are appended; the leaves need a Grad, too",
			without(func(v, _ any) bool { return len(e.Parents(v)) == 0 }),
		},
		{"the root itself is not appended", without(func(v, root any) bool { return v == root })},
	}
}

// listAfter lists the operands of v and behind them v, unless v is known.
func listAfter(e engine.Engine, v any, known known, list []any) []any {
	if known(v, list) {
		return list
	}
	for _, p := range e.Parents(v) {
		list = listAfter(e, p, known, list)
	}
	return append(list, v)
}

// listBefore lists v and behind it its operands.
func listBefore(e engine.Engine, v any, known known, list []any) []any {
	if known(v, list) {
		return list
	}
	list = append(list, v)
	for _, p := range e.Parents(v) {
		list = listBefore(e, p, known, list)
	}
	return list
}

// listLevels lists the root, its operands, theirs, and so on.
func listLevels(e engine.Engine, root any, known known) []any {
	list := []any{root}
	for i := 0; i < len(list); i++ {
		for _, p := range e.Parents(list[i]) {
			if !known(p, list) {
				list = append(list, p)
			}
		}
	}
	return list
}

func reversed(list []any) []any {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
