package compile

import "slices"

// factor takes common factors out of a sum:
//
//	Σ (a·xⱼ)·vⱼ = a·Σ xⱼ·vⱼ
//
// The derivatives of a layer are products δᵢ·xⱼ. So the derivative in a direction v, Σᵢⱼ (δᵢ·xⱼ)·vᵢⱼ,
// becomes Σᵢ δᵢ·uᵢ, where u = V·x is a matrix-vector product. It needs none of the products δᵢ·xⱼ.
// That pays if nothing else uses them. Of their two factors, the one that more of them have is taken out.
// What it is multiplied by becomes an inner sum, which waits for its own turn.
func (w *rewrite) factor(s *terms) {
	if !w.hasParts(s.pairs) {
		return
	}
	w.multiplyOut(s)
	count := w.countFactors(s)
	var factors []int32 // those that are taken out
	var inner []terms   // what each of them is multiplied by
	at := map[int32]int{}
	s.pairs = slices.DeleteFunc(s.pairs, func(p pair) bool {
		m, v := w.product(p)
		if m == none {
			return false
		}
		a, x := w.Operands(m)[0], w.Operands(m)[1]
		if count[a] < count[x] {
			a, x = x, a
		}
		if count[a] == 1 {
			return false
		}
		k, ok := at[a]
		if !ok {
			k, at[a] = len(inner), len(inner)
			factors, inner = append(factors, a), append(inner, terms{})
		}
		t := &inner[k]
		t.node, t.pairs = max(t.node, m), append(t.pairs, pair{x, v})
		w.role[m] = gone
		return true
	})
	for k, t := range inner {
		w.orient(t.pairs)
		s.pairs = append(s.pairs, pair{factors[k], t.node})
		w.orient(s.pairs[len(s.pairs)-1:])
		w.uses[factors[k]] -= int32(len(t.pairs)) - 1
		w.waiting = append(w.waiting, t)
	}
}

// multiplyOut multiplies out the factors of a sum that are sums of products themselves:
//
//	Σ (aⱼ + bⱼ)·vⱼ = Σ aⱼ·vⱼ + Σ bⱼ·vⱼ
//
// The derivatives of a layer are such sums if there are several samples, or if the loss has squares of
// weights in it: aⱼ is then δ·xⱼ, and bⱼ is that of another sample, or λ·wⱼ. It pays if aⱼ or bⱼ has two
// factors in common with others, as the products of each δᵢ and each xⱼ have.
func (w *rewrite) multiplyOut(s *terms) {
	count := w.countFactors(s)
	common := func(m int32) bool { return count[w.Operands(m)[0]] > 1 && count[w.Operands(m)[1]] > 1 }
	var pairs []pair
	for _, p := range s.pairs {
		g, v := w.sumOfProducts(p)
		if g == none || !slices.ContainsFunc(w.Operands(g), common) {
			pairs = append(pairs, p)
			continue
		}
		for _, m := range w.Operands(g) {
			pairs = append(pairs, pair{m, v})
			w.orient(pairs[len(pairs)-1:])
		}
		w.uses[v] += int32(len(w.Operands(g))) - 1
		w.role[g] = gone
	}
	s.pairs = pairs
}

// countFactors counts the products in the factors of a sum, by each factor that they have. The next call
// overwrites the counts, and so do the levels.
func (w *rewrite) countFactors(s *terms) (count []int32) {
	w.clearCounts()
	count = w.level
	add := func(m int32) {
		a, x := w.Operands(m)[0], w.Operands(m)[1]
		if count[a]++; x != a {
			count[x]++
		}
		w.counted = append(w.counted, a, x)
	}
	for _, p := range s.pairs {
		if m, _ := w.product(p); m != none {
			add(m)
		} else if g, _ := w.sumOfProducts(p); g != none {
			for _, m := range w.Operands(g) {
				add(m)
			}
		}
	}
	return count
}

func (w *rewrite) clearCounts() {
	for _, a := range w.counted {
		w.level[a] = 0
	}
	w.counted = w.counted[:0]
}

// hasParts reports whether a factor of some pair is a product or a sum of products that nothing else uses.
func (w *rewrite) hasParts(pairs []pair) bool {
	for _, p := range pairs {
		if !w.once(p.row) && !w.once(p.shared) { // as in most pairs
			continue
		}
		m, _ := w.product(p)
		g, _ := w.sumOfProducts(p)
		if m != none || g != none {
			return true
		}
	}
	return false
}

// once reports whether a node is computed by its op and has one use.
func (w *rewrite) once(i int32) bool { return w.role[i] == computed && w.uses[i] == 1 }

const none = -1

// product returns the product that is one of the factors of a pair and that nothing else uses, and the other
// factor, or none.
func (w *rewrite) product(p pair) (m, v int32) {
	return either(p, func(m, v int32) bool { return w.once(m) && w.isProduct(m, v) })
}

// sumOfProducts is product for a sum of products.
func (w *rewrite) sumOfProducts(p pair) (g, v int32) {
	return either(p, func(g, v int32) bool {
		return w.once(g) && (w.Ops[g] == add || w.Ops[g] == sumOf) &&
			!slices.ContainsFunc(w.Operands(g), func(m int32) bool { return !w.isProduct(m, v) })
	})
}

// isProduct reports whether m is a product a·x that can be multiplied by v in another order. The sum of x·v
// takes the place of the last of the products a·x in the order of the nodes. So v must be a leaf or come
// before m.
func (w *rewrite) isProduct(m, v int32) bool {
	return w.role[m] == computed && w.Ops[m] == mul && (w.role[v] < computed || v < m)
}

// either returns the factor of a pair of which ok holds, given the other one, and that other one, or none.
func either(p pair, ok func(factor, other int32) bool) (factor, other int32) {
	switch {
	case ok(p.row, p.shared):
		return p.row, p.shared
	case ok(p.shared, p.row):
		return p.shared, p.row
	}
	return none, none
}
