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
	w.ofPaths()
	w.ofConstants()
	w.ofChain()
	for _, g := range w.on {
		w.inFactor(g)
	}
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

// ofRule adds what is taken for the rule of a product or a quotient of two named values.
func (w *wholeMistakes) ofRule() {
	of, op, by := w.f.Of, builtin.Of(w.f.Of.Op()), w.f.By
	if op != builtin.Mul && op != builtin.Div {
		return
	}
	u, v := of.Parents()[0], of.Parents()[1]
	slope := func(x *gradus.Value) float64 { return w.Whole(x, nil, nil)[by] }
	if u.Name() == "" || v.Name() == "" || !w.depends(u) || !w.depends(v) {
		return
	}
	if op == builtin.Mul {
		w.add(Factor{of, u}, func() float64 { return slope(u) * slope(v) },
			"the derivatives of both factors are multiplied, but each belongs to the other factor as it is")
		w.add(Factor{of, u}, func() float64 { return float64(slope(u)*u.Data) + float64(slope(v)*v.Data) },
			"each derivative belongs to the other factor, and not to its own")
		return
	}
	w.add(Factor{of, u}, func() float64 { return slope(u) / slope(v) },
		"the derivatives are divided, and not by the rule of the quotient")
	w.add(Factor{of, u}, func() float64 { return w.with(nil) * v.Data },
		"%[1]s where %[1]s² belongs, in the derivative of a quotient", v.Name())
}

// depends reports whether a value is computed from f.By, or is it.
func (w *wholeMistakes) depends(v *gradus.Value) bool {
	_, depends := w.Whole(v, nil, nil)[w.f.By]
	return depends
}

// ofPaths adds what is done with the paths in place of adding them.
func (w *wholeMistakes) ofPaths() {
	n := len(w.last)
	if n < 2 {
		w.within(w.last[0])
		return
	}
	only := func(g Factor) float64 {
		wrong := map[Factor]float64{}
		for _, h := range w.last {
			if h != g {
				wrong[h] = 0
			}
		}
		return w.with(wrong)
	}
	w.add(w.last[0], func() float64 {
		product := 1.0
		for _, g := range w.last {
			product *= only(g)
		}
		return product
	}, "the paths are multiplied: what is multiplied along each of them must be added")
	w.add(w.on[0], func() float64 {
		sum := 0.0
		for _, g := range w.last {
			sum += w.Local[g]
		}
		return sum
	}, "only the last factor of each path is there, by %s", w.f.By.Name())
	sums := func(n int) func() float64 {
		return func() float64 {
			top, bottom, whole := 0.0, 0.0, w.Whole(w.f.Of, nil, nil)
			for _, g := range w.last {
				top, bottom = top+whole[g.Of], bottom+w.Local[g]
			}
			return top * bottom / float64(n)
		}
	}
	w.add(w.last[0], sums(1), "the sums are multiplied, but each factor belongs to its own path")
	w.add(w.last[0], sums(n), "the mean is multiplied by the sum, but each factor belongs to its own path")
	for i, g := range w.last {
		other := w.last[(i+1)%n]
		w.add(other, func() float64 { return float64(n) * only(g) },
			"the path %s is counted %d times, and no other", w.Path(w.f.Of, g), n)
	}
}

// within adds that the parts are multiplied in which By stands in one factor.
func (w *wholeMistakes) within(g Factor) {
	product, n, weight := w.Whole(w.f.Of, nil, nil)[g.Of], 0, w.Weights(g)
	for _, e := range w.Edges(g) {
		if e.Parent() == g.By {
			n++
			product *= float64(weight(e) * w.Partial(e))
		}
	}
	if n > 1 {
		w.add(g, func() float64 { return product },
			"the derivatives of the %d parts with %s are multiplied, and must be added", n, g.By.Name())
	}
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
				"%s is multiplied twice: it is in another factor",
				derivative.Of(w.f.Of.Name(), g.By.Name(), false))
		}
	}
}

// ofConstants adds that a part of a sum is kept which does not change.
func (w *wholeMistakes) ofConstants() {
	top := []*gradus.Value{w.f.Of}
	for i := 0; i < len(top) && i < 8; i++ {
		v := top[i]
		if op := builtin.Of(v.Op()); op != builtin.Add && op != builtin.Sub {
			continue
		}
		for k, p := range v.Parents() {
			if p.Name() == "" && p.Op() != nil {
				top = append(top, p)
				continue
			}
			if p.IsConst() || p.Name() != "" && !w.depends(p) {
				w.add(w.on[0], func() float64 { return w.with(nil) + w.Partial(Edge{v, k})*p.Data },
					"%s is kept, but the derivative of what does not change is 0",
					Expression(p, nil, 1))
			}
		}
	}
}

// inFactor adds what is done in one factor, although its own derivative is right.
func (w *wholeMistakes) inFactor(g Factor) {
	with := func(d float64) func() float64 {
		return func() float64 { return w.with(map[Factor]float64{g: d}) }
	}
	w.add(g, with(1), "the factor %s is missing in this line", g)
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

// most is how many named values a graph may have for which one is tried in place of another.
const most = 32

// ofOthers adds that another derivative is taken for f, or for that of a value on the way.
func (w *wholeMistakes) ofOthers() {
	if len(w.Named) > most {
		return
	}
	instead := func(g Factor, d func() float64, other, right Factor) {
		w.add(g, d, "%s where %s belongs", derivative.Of(other.Of.Name(), other.By.Name(), false),
			derivative.Of(right.Of.Name(), right.By.Name(), false))
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
			if _, is := whole[v]; is && v != g.By && g.By != w.f.By && naming.Alike(v.Name(), g.By.Name()) {
				instead(g, func() float64 {
					return w.Whole(w.f.Of, nil, map[*gradus.Value]float64{g.By: whole[v]})[w.f.By]
				}, Factor{w.f.Of, v}, Factor{w.f.Of, g.By})
			}
		}
	}
}
