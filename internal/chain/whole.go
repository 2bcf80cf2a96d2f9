package chain

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/derivative"
	"github.com/gradus-go/gradus/internal/naming"
)

// A WholeMistake is one that is made in putting together a derivative ∂Of/∂By over all paths, from
// factors that are right by themselves.
type WholeMistake struct {
	Factor     Factor         // where it is made
	What       string         // what was done
	Derivative func() float64 // the wrong one
}

// WholeMistakes returns the mistakes that are made in putting together the derivative f. How many
// there are, and which, depends on the structure of the graph alone. In a graph with more than 64
// factors on the paths there are none.
func (c *Chain) WholeMistakes(f Factor) []WholeMistake {
	if all, ok := c.mistakes[f]; ok {
		return all
	}
	on := c.Between(f, nil)
	if len(on) == 0 || len(on) > 64 {
		return nil
	}
	w := wholeMistakes{Chain: c, f: f}
	for _, g := range c.all {
		if on[g] {
			w.on = append(w.on, g)
		}
		if on[g] && g.By == f.By {
			w.last = append(w.last, g)
		}
	}
	w.ofRule()
	for _, g := range w.on {
		w.inFactor(g)
	}
	w.ofPaths()
	w.ofLast()
	w.ofConstants()
	w.ofChain()
	w.ofOthers()
	first := w.on[0]
	w.add(first, func() float64 { return f.Of.Data }, "%s where its derivative belongs", f.Of.Name())
	w.add(w.last[len(w.last)-1], func() float64 { return 0 },
		"%s is taken for a constant, of which the derivative is 0", f.By.Name())
	w.add(first, func() float64 { return -w.with(nil) }, "wrong sign, on all paths")
	c.mistakes[f] = w.all
	return w.all
}

type wholeMistakes struct {
	*Chain
	f        Factor
	on, last []Factor // the factors on the paths, and those among them by f.By
	all      []WholeMistake
}

func (w *wholeMistakes) add(g Factor, d func() float64, what string, args ...any) {
	w.all = append(w.all, WholeMistake{g, fmt.Sprintf(what, args...), d})
}

// with returns the derivative with other numbers for some factors.
func (w *wholeMistakes) with(wrong map[Factor]float64) float64 {
	return w.Whole(w.f.Of, wrong, nil)[w.f.By]
}

// add1 is add for a derivative that is cheap to compute.
func (w *wholeMistakes) add1(g Factor, d float64, what string, args ...any) {
	w.add(g, func() float64 { return d }, what, args...)
}

// ofRule adds what is taken for the rule of a product or a quotient of two named values.
func (w *wholeMistakes) ofRule() {
	of, op := w.f.Of, builtin.Of(w.f.Of.Op())
	if op != builtin.Mul && op != builtin.Div {
		return
	}
	u, v := of.Parents()[0], of.Parents()[1]
	if u.Name() == "" || v.Name() == "" || !w.depends(u) || !w.depends(v) {
		return
	}
	du, dv, f := w.Whole(u, nil, nil)[w.f.By], w.Whole(v, nil, nil)[w.f.By], Factor{of, u}
	own, other := float64(du*u.Data), float64(dv*v.Data)
	if op == builtin.Mul {
		w.add1(f, du*dv,
			"the derivatives of both factors are multiplied, but each belongs to the other factor as it is")
		w.add1(f, own+other, "each derivative belongs to the other factor, and not to its own")
		return
	}
	whole, square := w.with(nil), float64(v.Data*v.Data)
	w.add1(f, du/dv, "the derivatives are divided, and not by the rule of the quotient")
	w.add1(f, whole*v.Data, "%[1]s where %[1]s² belongs, in the derivative of a quotient", v.Name())
	w.add1(f, whole*square, "it is not divided by %s²", v.Name())
	w.add1(f, (own-other)/square, "each derivative belongs to the other part, and not to its own")
	for _, x := range append(w.alike(v), u) {
		w.add1(f, whole*square/float64(x.Data*x.Data), "%s² where %s² belongs, in the derivative of a quotient",
			x.Name(), v.Name())
	}
}

// depends reports whether a value is computed from f.By, or is it.
func (w *wholeMistakes) depends(v *gradus.Value) bool {
	_, depends := w.Whole(v, nil, nil)[w.f.By]
	return depends
}

// ofChain adds what is done with the factors in place of multiplying each of them once.
func (w *wholeMistakes) ofChain() {
	above := w.Whole(w.f.Of, nil, nil)
	last := w.last[0]
	if len(w.last) == 1 && len(w.on) > 1 {
		w.add(last, func() float64 { return above[last.Of] + w.Local[last] },
			"it is added, and must be multiplied")
	}
	seen := map[*gradus.Value]bool{w.f.By: true}
	for _, g := range w.on {
		if !seen[g.By] {
			seen[g.By] = true
			w.add(last, func() float64 { return above[g.By] * w.with(nil) },
				"%s is multiplied twice: it is in another factor", Factor{w.f.Of, g.By}.whole())
		}
	}
}

// ofConstants adds that a part of a sum is kept which does not change: in the derivative of the value that
// has the sum, or beside the whole derivative.
func (w *wholeMistakes) ofConstants() {
	above := w.Whole(w.f.Of, nil, nil)
	for _, g := range w.on {
		for _, m := range w.Kept(g) {
			if p := m.Args[0].(*gradus.Value); w.depends(p) {
				continue
			}
			kept, what := m.Derivative-w.Local[g], Phrase(m.What, m.Args, nil)
			w.add(g, func() float64 { return w.with(nil) + float64(above[g.Of]*kept) }, "%s", what)
			w.add(g, func() float64 { return w.with(nil) + kept }, "%s", what)
		}
	}
}

// inFactor adds what is done in one factor, although its own derivative is right.
func (w *wholeMistakes) inFactor(g Factor) {
	with := func(d float64) func() float64 {
		return func() float64 { return w.with(map[Factor]float64{g: d}) }
	}
	if g != w.f {
		w.add(g, with(1), "the factor %s is missing in this line", g)
	}
	if w.avoids(g) {
		w.add(g, with(0), "what comes through %s is missing, and must be added", g)
	}
	w.add(g, with(-w.Local[g]), "wrong sign in this line")
	w.add(g, with(w.Local[g]*w.Local[g]), "the factor %s is counted twice", g)
	w.add(g, with(w.Local[g]/g.Of.Data), "the factor %s is missing in %s", g.Of.Name(), g)
	w.add(g, with(g.Of.Data), "%s where its derivative belongs", g.Of.Name())
	if len(w.on) > 8 {
		return
	}
	weight := w.Weights(g)
	for _, e := range w.Edges(g) {
		instead := func(d float64) func() float64 {
			return with(w.Local[g] + float64(weight(e)*(d-w.Partial(e))))
		}
		for _, m := range w.Mistakes(e) {
			w.add(g, instead(m.Derivative), "%s, in this line", Phrase(m.What, m.Args, nil))
		}
		for _, m := range w.differences(e) {
			w.add(g, instead(m.Derivative), "%s", Phrase(m.What, m.Args, nil))
		}
		if builtin.Of(e.Node.Op()) != builtin.Mul || e.Partner().Name() == "" || len(w.Named) > most {
			continue
		}
		for _, v := range w.Named {
			if v != e.Partner() && v.Name() != "" {
				w.add(g, instead(v.Data), "%s where %s belongs", v.Name(), e.Partner().Name())
			}
		}
	}
}

// differences returns what is taken for the difference of which an edge leads from the square, a − b.
func (c *Chain) differences(e Edge) (m mistakes) {
	v := e.Parent()
	if builtin.Of(e.Node.Op()) != builtin.Square || builtin.Of(v.Op()) != builtin.Sub || v.Name() != "" {
		return nil
	}
	a, b := v.Parents()[0], v.Parents()[1]
	m.rare(2*a.Data, "%v is missing", b)
	m.rare(2*(a.Data+b.Data), "%[1]v + %[2]v where %[1]v − %[2]v belongs", a, b)
	for _, p := range v.Parents() {
		for _, other := range c.alike(p) {
			change := other.Data - p.Data
			if p == b {
				change = -change
			}
			m.rare(2*(v.Data+change), "%v where %v belongs", other, p)
		}
	}
	return m
}

// whole returns the name of the derivative over all paths.
func (f Factor) whole() string { return derivative.Of(f.Of.Name(), f.By.Name(), false).String() }

// most is how many named values a graph may have for which one is tried in place of another.
const most = 32

// ofOthers adds that another derivative is taken for f, or for that of a value on the way.
func (w *wholeMistakes) ofOthers() {
	if len(w.Named) > most {
		return
	}
	instead := func(g Factor, d func() float64, other, right Factor) {
		w.add(g, d, "%s where %s belongs", other.whole(), right.whole())
	}
	whole := w.Whole(w.f.Of, nil, nil)
	for _, of := range w.Named {
		d := w.Whole(of, nil, nil)
		_, under := whole[of]
		for _, by := range w.Named {
			if _, is := d[by]; is && of != by && (of == w.f.Of && by != w.f.By || by == w.f.By && !under) {
				instead(w.last[0], func() float64 { return d[by] }, Factor{of, by}, w.f)
			}
		}
	}
	for _, g := range w.on {
		for _, v := range w.Named {
			_, is := whole[v]
			if !is || v == w.f.Of || v == g.By || !naming.Alike(v.Name(), g.By.Name()) {
				continue
			}
			with := func(d float64) float64 {
				return w.Whole(w.f.Of, nil, map[*gradus.Value]float64{g.By: d})[w.f.By]
			}
			other, right := Factor{w.f.Of, v}, Factor{w.f.Of, g.By}
			if g.By != w.f.By {
				instead(g, func() float64 { return with(whole[v]) }, other, right)
			}
			if naming.Pattern(v.Name()) == naming.Pattern(g.By.Name()) {
				w.add1(g, with(whole[g.By]+whole[v]), "%s is added to %s", other.whole(), right.whole())
			}
		}
	}
}
