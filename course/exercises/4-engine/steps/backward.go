package steps

import (
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// backward checks the gradients of all values, after one call of Backward and after two.
func backward(e engine.Engine) *checking.Finding {
	for calls := 1; calls <= 2; calls++ {
		after := "after Backward,"
		if calls == 2 {
			after = "after a second call of Backward,"
		}
		for _, text := range graphs() {
			g := build(e, text)
			for range calls {
				e.Backward(g.built[g.root()])
				g.root().Backward()
			}
			f := g.gradients(e, after)
			if f == nil {
				continue
			}
			if g.untouched(e) {
				f.Text += "\n  every Grad is 0, as before Backward was called"
			}
			return engine.Wrong(f.Factor, f.Text, handedOn(e, calls)...)
		}
	}
	return nil
}

// untouched reports whether every Grad is 0, the root's included.
func (g *graph) untouched(e engine.Engine) bool {
	return !slices.ContainsFunc(g.nodes, func(v *gradus.Value) bool { return e.Grad(g.built[v]) != 0 })
}

// A pass is a usual wrong form of Backward. It changes the gradients in grad.
type pass struct {
	what string
	run  func(e engine.Engine, root any, grad map[any]float64)
}

// handedOn returns the slips that give all gradients that the engine gives after so many calls.
func handedOn(e engine.Engine, calls int) (what []string) {
next:
	for _, p := range passes() {
		for _, text := range graphs() {
			g, grad := build(e, text), map[any]float64{}
			root := g.built[g.root()]
			for range calls {
				e.Backward(root)
				p.run(e, root, grad)
			}
			for _, v := range g.built {
				if !engine.Equal(e.Grad(v), grad[v]) {
					continue next
				}
			}
		}
		what = append(what, p.what)
	}
	return what
}
