package compile

import (
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/kernel"
)

// A row is a vector x of which several nodes z are computed at once. It may be a softmax: exponentials, each
// divided by the sum of all. That sum has the role normalizer, and the quotients z are shares. They are
// computed where the normalizer is. It may also be divided by its norm, see norms.go.
type row struct {
	x, z       []int32
	shifted    bool        // the largest x is subtracted from all x first, as Softmax of package gradus does
	norm       kernel.Norm // or zero
	gain, bias []int32     // of a norm, or nil
}

func (r row) operands() []int32 { return slices.Concat(r.x, r.gain, r.bias) }

const (
	sub, div, exp    = int32(builtin.Sub), int32(builtin.Div), int32(builtin.Exp)
	shift, logSumExp = int32(builtin.Shift), int32(builtin.LogSumExp)
)

// is reports whether a node is computed by an op, and how often it is used.
func (w *rewrite) is(i, op int32, uses int) bool {
	return w.role[i] == computed && w.Ops[i] == op && int(w.uses[i]) == uses
}

// findSoftmaxes finds quotients that are a softmax. What is between them and x has no other use.
func (w *rewrite) findSoftmaxes() {
	quotient := map[int32]int32{} // by the exponential that is divided
	for _, i := range w.nodes {
		if w.role[i] == computed && w.Ops[i] == div && w.is(w.Operands(i)[0], exp, 2) {
			quotient[w.Operands(i)[0]] = i
		}
	}
	if len(quotient) == 0 {
		return
	}
	for _, s := range w.nodes {
		exps := w.addedUp(s)
		other := func(e int32) bool {
			z, ok := quotient[e]
			return !ok || w.Operands(z)[1] != s
		}
		if len(exps) == 0 || int(w.uses[s]) != len(exps) || slices.ContainsFunc(exps, other) {
			continue
		}
		t := row{x: w.first(exps)}
		for _, e := range exps {
			t.z = append(t.z, quotient[e])
			w.role[e] = gone
		}
		w.unshift(&t)
		w.takeRow(s, t)
	}
}

// takeRow makes a row of a normalizer and its shares.
func (w *rewrite) takeRow(i int32, t row) {
	w.role[i], w.rowAt[i] = normalizer, t
	for _, z := range t.z {
		w.role[z], w.normalizers[z] = share, []int32{i}
	}
}

// unshift looks whether x are the differences of other numbers and the largest of these, which has no other
// use. Then the others take the place of x.
func (w *rewrite) unshift(t *row) {
	m := int32(none)
	for _, d := range t.x {
		if !w.is(d, sub, 1) || m != none && w.Operands(d)[1] != m {
			return
		}
		m = w.Operands(d)[1]
	}
	if x := w.first(t.x); w.is(m, shift, len(x)) && slices.Equal(w.Operands(m), x) {
		for _, d := range append(t.x, m) {
			w.role[d] = gone
		}
		t.x, t.shifted = x, true
	}
}

// addedUp returns the terms of a sum, or nothing if it is no sum, or one of products.
func (w *rewrite) addedUp(i int32) []int32 {
	switch {
	case w.role[i] == summed && w.sums[w.sumAt[i]].pairs.len() == 0:
		return w.addendsOf(&w.sums[w.sumAt[i]])
	case w.role[i] == computed && (w.Ops[i] == add || w.Ops[i] == sumOf):
		return w.Operands(i)
	}
	return nil
}

// first returns the first operands of nodes.
func (w *rewrite) first(nodes []int32) []int32 {
	x := make([]int32, len(nodes))
	for i, n := range nodes {
		x[i] = w.Operands(n)[0]
	}
	return x
}
