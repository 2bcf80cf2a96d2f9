package compile

import "slices"

// factor takes common factors out of a sum:
//
//	Σ (a·xⱼ)·vⱼ = a·Σ xⱼ·vⱼ
//
// The derivatives of a layer are products δᵢ·xⱼ. So the derivative in a direction v, Σᵢⱼ (δᵢ·xⱼ)·vᵢⱼ,
// becomes Σᵢ δᵢ·uᵢ, where u = V·x is a matrix-vector product. It needs none of the products δᵢ·xⱼ.
// That pays if nothing else uses them. Of their two factors, the one that more of them have is taken out.
func (w *rewrite) factor(s *sum) {
	var count map[int32]int // of the products that have a factor
	for _, p := range s.pairs {
		if m, _ := w.product(p); m != none {
			if count == nil {
				count = map[int32]int{}
			}
			for _, a := range w.Operands(m) {
				count[a]++
			}
		}
	}
	if count == nil {
		return
	}
	var factors []int32 // those that are taken out
	var inner []sum     // what each of them is multiplied by
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
			factors, inner = append(factors, a), append(inner, sum{})
		}
		t := &inner[k]
		t.node, t.pairs = max(t.node, m), append(t.pairs, w.orient(x, v))
		w.role[m] = gone
		return true
	})
	for k, t := range inner {
		s.pairs = append(s.pairs, w.orient(factors[k], t.node))
		w.uses[factors[k]] -= int32(len(t.pairs)) - 1
		w.factor(&t)
		w.addSum(t)
	}
}

const none = -1

// product returns the product that is one of the factors of a pair and that nothing else uses, and the other
// factor, or none. The sum of x·v takes the place of the last of the products a·x in the order of the
// nodes. So the other factor must be a leaf or come before the product.
func (w *rewrite) product(p pair) (m, v int32) {
	for _, p := range []pair{p, {p.shared, p.row}} {
		m, v := p.row, p.shared
		if w.role[m] == computed && w.Ops[m] == mul && w.uses[m] == 1 && (w.role[v] < computed || v < m) {
			return m, v
		}
	}
	return none, none
}
