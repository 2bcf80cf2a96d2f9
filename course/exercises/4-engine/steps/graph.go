package steps

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/exercises/4-engine/operation"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/formula"
)

// A graph is built with package gradus, from formulas in a text, and with the engine of a learner.
type graph struct {
	text  string
	nodes []*gradus.Value // what is computed comes after its operands; the root is the last
	built map[*gradus.Value]any
}

// build builds a graph of formulas with an engine.
func build(e engine.Engine, text string) graph {
	read, err := formula.Read(text)
	if err != nil {
		panic(err) // the texts are constants of this package
	}
	g := graph{text: text, built: map[*gradus.Value]any{}}
	g.visit(read.Results[len(read.Results)-1])
	for _, v := range g.nodes {
		g.built[v] = g.compute(e, v)
	}
	return g
}

// visit lists the values under v, and v behind them.
func (g *graph) visit(v *gradus.Value) {
	if _, seen := g.built[v]; seen {
		return
	}
	g.built[v] = nil
	for _, p := range v.Parents() {
		g.visit(p)
	}
	g.nodes = append(g.nodes, v)
}

// compute computes a value with the engine, from the operands that are there.
func (g *graph) compute(e engine.Engine, v *gradus.Value) any {
	if v.Op() == nil {
		return e.New(v.Data)
	}
	var x []any
	var numbers []float64
	for _, p := range v.Parents() {
		x, numbers = append(x, g.built[p]), append(numbers, p.Data)
	}
	for _, o := range operation.All() {
		if o.Op == v.Op().Name() {
			return o.Call(e, x, numbers)
		}
	}
	panic("steps: no operation " + v.Op().Name())
}

func (g *graph) root() *gradus.Value { return g.nodes[len(g.nodes)-1] }

// name returns the name of a value in the text, or its number if it is a constant.
func name(v *gradus.Value) string {
	if v.Name() != "" {
		return v.Name()
	}
	return engine.Number(v.Data)
}

// String returns the definitions in one line.
func (g *graph) String() string { return strings.ReplaceAll(strings.TrimSpace(g.text), "\n", "; ") }

// values compares the Data of all values, and returns the first wrong one.
func (g *graph) values(e engine.Engine) *checking.Finding {
	for _, v := range g.nodes {
		if data := e.Data(g.built[v]); !engine.Equal(data, v.Data) {
			return &checking.Finding{Factor: name(v), Text: fmt.Sprintf("%s\n  %s is %s, and should be %s", g, name(v),
				engine.Number(data), engine.Number(v.Data))}
		}
	}
	return nil
}

// gradients compares the Grad of all values after Backward. It returns the first wrong one on the
// way back from the root, which every other that is wrong may follow from.
func (g *graph) gradients(e engine.Engine, after string) *checking.Finding {
	for i := len(g.nodes) - 1; i >= 0; i-- {
		v := g.nodes[i]
		grad := e.Grad(g.built[v])
		if v.Name() == "" || engine.Equal(grad, v.Grad) {
			continue
		}
		text := fmt.Sprintf("%s\n  %s the Grad of %s is %s, and should be %s%s", g, after, v.Name(),
			engine.Number(grad), engine.Number(v.Grad), g.paths(v))
		return &checking.Finding{Factor: g.factor(v), Text: text}
	}
	return nil
}

func (g *graph) factor(v *gradus.Value) string {
	return fmt.Sprintf("∂%s/∂%s", g.root().Name(), v.Name())
}

// paths says of what the gradient of a value consists.
func (g *graph) paths(v *gradus.Value) string {
	var terms, numbers []string
	for _, w := range g.nodes {
		for i, p := range w.Parents() {
			if p != v {
				continue
			}
			var x []float64
			for _, p := range w.Parents() {
				x = append(x, p.Data)
			}
			dx := make([]float64, len(x))
			w.Op().Partials(dx, x, w.Data)
			terms = append(terms, fmt.Sprintf("%s·∂%s/∂%s", g.factor(w), name(w), name(v)))
			numbers = append(numbers, bracketed(w.Grad)+"·"+bracketed(dx[i]))
		}
	}
	if terms == nil {
		return ": it is where Backward begins"
	}
	sum := func(parts []string) string { return strings.Join(parts, " + ") }
	return fmt.Sprintf(":\n  %s = %s = %s", g.factor(v), sum(terms), sum(numbers))
}

func bracketed(x float64) string {
	if x < 0 {
		return "(" + engine.Number(x) + ")"
	}
	return engine.Number(x)
}
