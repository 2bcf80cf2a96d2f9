package chain

import "github.com/gradus-go/gradus"

// This file has what is done with the paths of a derivative in place of adding them.

// ofPaths adds what is done with whole paths.
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
	for i, g := range w.last {
		other := w.last[(i+1)%n]
		w.add(other, func() float64 { return float64(n) * only(g) },
			"the path %s is counted %d times, and no other", w.Path(w.f.Of, g), n)
		if n > 2 {
			w.add(g, func() float64 { return 2*only(g) - w.with(nil) },
				"wrong sign on all paths but %s", w.Path(w.f.Of, g))
		}
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

// ofLast adds what is done with the last factor of each path, or with what is above it.
func (w *wholeMistakes) ofLast() {
	n := len(w.last)
	if n < 2 {
		return
	}
	whole, derivatives := w.with(nil), w.Whole(w.f.Of, nil, nil)
	above, below, crossed := 0.0, 0.0, 0.0
	for i, g := range w.last {
		d := derivatives[g.Of]
		above += d
		below += w.Local[g]
		crossed += float64(d * w.Local[w.last[(i+1)%n]])
		if above := (Factor{w.f.Of, g.Of}); g.Of != w.f.Of {
			first, on := 0, w.Between(above, nil)
			for !on[w.on[first]] {
				first++
			}
			w.add1(w.on[first], whole+float64((1-d)*w.Local[g]), "%s is missing, on the path %s", above.whole(),
				w.Path(w.f.Of, g))
		}
	}
	by, last := w.f.By.Name(), w.last[0]
	w.add1(w.on[0], below, "only the last factor of each path is there, by %s", by)
	w.add1(last, above, "the last factor of each path is missing, by %s", by)
	w.add1(last, above*below, "the sums are multiplied, but each factor belongs to its own path")
	w.add1(last, above*below/float64(n),
		"the mean is multiplied by the sum, but each factor belongs to its own path")
	w.add1(last, crossed, "each factor belongs to its own path, and not to the next one")
	w.add1(last, above*w.f.By.Data, "%s where its derivative belongs, on all paths", by)
}

// avoids reports whether there is a path on which g is not.
func (w *wholeMistakes) avoids(g Factor) bool {
	reached := map[*gradus.Value]bool{w.f.Of: true}
	for _, h := range w.on { // those of a result come before those of its operands
		reached[h.By] = reached[h.By] || h != g && reached[h.Of]
	}
	return reached[w.f.By]
}
