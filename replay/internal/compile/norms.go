package compile

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/kernel"
)

// A norm is a row of numbers d that are all multiplied by s, or divided by 1/s, however that is written:
//
//	s = (Σ d²·Mul/Div + Epsilon)^−½
//
// If it is centered, d are the differences of numbers x and their mean, and otherwise they are x.
type norm struct {
	kernel.Norm
	d, x      []int32
	place     map[int32]int   // of each d
	squares   map[int32]int32 // how often the sum of squares uses each
	divides   bool            // by 1/s
	inner     []int32         // the nodes between x and s
	constants []int32         // those that are used there

	plain            []int32 // d·s
	full, gain, bias []int32 // d·s·gain, or d·s·gain + bias
	scaled           []int32 // s·gain, where full has been written as d·(s·gain)
}

const pow, sqrt, mean = int32(builtin.Pow), int32(builtin.Sqrt), int32(builtin.Mean)

// findNorms finds rows that are divided by their norms. What is between them has no other use. Then s, or
// 1/s, has the role normalizer, and what is computed of it are shares.
func (w *rewrite) findNorms() {
	norms := map[int32]*norm{} // by s, or 1/s
	for _, i := range w.nodes {
		if n := w.normAt(i); n != nil {
			norms[i] = n
		}
	}
	if len(norms) == 0 {
		return
	}
	w.findResults(norms)
	for _, i := range w.nodes {
		if n := norms[i]; n != nil && int(w.uses[i]) == n.N {
			w.takeNorm(i, n)
		}
	}
	w.leaves = slices.DeleteFunc(w.leaves, func(i int32) bool {
		return w.role[i] == constant && w.uses[i] == 0
	})
}

// normAt returns the norm of which a node is s or 1/s, or nil. It has no results yet.
func (w *rewrite) normAt(i int32) *norm {
	p := w.exponent(i)
	if math.Abs(p) != 0.5 {
		return nil
	}
	n := &norm{Norm: kernel.Norm{Mul: 1, Div: 1}, divides: p > 0}
	n.place, n.squares = map[int32]int{}, map[int32]int32{}
	for w.Ops[i] == div { // 1/√q
		n.constants = append(n.constants, w.Operands(i)[0])
		i = w.Operands(i)[1]
		n.inner = append(n.inner, i)
	}
	x := w.Operands(i)
	n.constants = append(n.constants, x[1:]...)
	if !w.isSumOfSquares(n, x[0]) || !(n.Mul > 0 && n.Div > 0 && n.Epsilon >= 0) {
		return nil
	}
	for k, d := range n.d {
		n.place[d] = k
	}
	if n.N, n.x = len(n.place), n.d; n.N < len(n.d) {
		return nil
	}
	w.center(n)
	for _, list := range []*[]int32{&n.plain, &n.full, &n.gain, &n.bias} {
		*list = slices.Repeat([]int32{none}, n.N)
	}
	return n
}

// exponent returns p if a node is computed as q^p, or else 0.
func (w *rewrite) exponent(i int32) (p float64) {
	if w.role[i] != computed {
		return 0
	}
	switch x := w.Operands(i); w.Ops[i] {
	case sqrt:
		return 0.5
	case pow:
		if w.role[x[1]] == constant {
			return w.Data[x[1]]
		}
	case div:
		if w.isConstant(x[0], 1) && w.uses[x[1]] == 1 {
			return -w.exponent(x[1])
		}
	}
	return 0
}

func (w *rewrite) isConstant(i int32, x float64) bool { return w.role[i] == constant && w.Data[i] == x }

// isSumOfSquares reports whether a node is Σ d²·Mul/Div + Epsilon, and finds all these, the last one first.
func (w *rewrite) isSumOfSquares(n *norm, i int32) bool {
	for w.uses[i] == 1 {
		n.inner = append(n.inner, i)
		pairs, addends := w.termsOf(i)
		addends = slices.DeleteFunc(slices.Clone(addends), func(a int32) bool {
			return n.Mul == 1 && n.Div == 1 && w.take(n, &n.Epsilon, 0, a)
		})
		switch x := w.Operands(i); {
		case len(pairs) > 1 && len(addends) == 0:
			for _, p := range pairs {
				n.d = append(n.d, p.row)
			}
			w.countUses(n, i)
			return !slices.ContainsFunc(pairs, func(p pair) bool { return p.row != p.shared })
		case len(pairs) == 1 && len(addends) == 0 && w.take(n, &n.Mul, 1, pairs[0].row):
			i = pairs[0].shared
		case len(pairs) == 1 && len(addends) == 0 && w.take(n, &n.Mul, 1, pairs[0].shared):
			i = pairs[0].row
		case len(pairs) == 0 && len(addends) == 1:
			i = addends[0]
		case w.role[i] == computed && w.Ops[i] == div && w.take(n, &n.Div, 1, x[1]):
			i = x[0]
		case w.role[i] == computed && w.Ops[i] == mean && n.Div == 1:
			n.Div = float64(len(x))
			return w.areSquares(n, x)
		default:
			return false
		}
	}
	return false
}

// termsOf returns the terms of a node that adds or multiplies, and nothing for others.
func (w *rewrite) termsOf(i int32) (pairs []pair, addends []int32) {
	switch x := w.Operands(i); {
	case w.role[i] == summed:
		return w.operands(i)
	case w.role[i] == computed && w.Ops[i] == add:
		return nil, x
	case w.role[i] == computed && w.Ops[i] == mul:
		return []pair{{x[0], x[1]}}, nil
	}
	return nil, nil
}

// take sets a number of a norm to a constant. It reports whether it is one and the number was still as given.
func (w *rewrite) take(n *norm, to *float64, was float64, c int32) bool {
	if w.role[c] != constant || *to != was {
		return false
	}
	*to, n.constants = w.Data[c], append(n.constants, c)
	return true
}

// areSquares reports whether nodes are squares that nothing else uses, and finds the numbers d.
func (w *rewrite) areSquares(n *norm, nodes []int32) bool {
	for _, i := range nodes {
		x := w.Operands(i)
		if !w.is(i, square, 1) && (!w.is(i, mul, 1) || x[0] != x[1]) {
			return false
		}
		n.d, n.squares[x[0]] = append(n.d, x[0]), int32(len(x))
	}
	n.inner = append(n.inner, nodes...)
	return len(nodes) > 1
}

// countUses counts how often a sum of squares uses each number: it is twice in d·d, and once in d².
func (w *rewrite) countUses(n *norm, sum int32) {
	for parts := []int32{sum}; len(parts) > 0; {
		operands := w.Operands(parts[0])
		parts = parts[1:]
		for _, a := range operands {
			if w.role[a] == gone {
				parts = append(parts, a)
			} else {
				n.squares[a]++
			}
		}
	}
}

// center looks whether d are the differences of other numbers and their mean. Then the others are x.
func (w *rewrite) center(n *norm) {
	m := int32(none)
	for _, d := range n.d {
		if !w.is(d, sub, int(n.squares[d])+1) || m != none && w.Operands(d)[1] != m {
			return
		}
		m = w.Operands(d)[1]
	}
	if x := w.first(n.d); w.isMean(n, m, x) {
		n.inner = append(append(n.inner, n.d...), m)
		n.x, n.Centered = x, true
	}
}

// isMean reports whether m is the mean of x, which nothing but the differences uses.
func (w *rewrite) isMean(n *norm, m int32, x []int32) bool {
	operands := w.Operands(m)
	if w.is(m, mean, n.N) {
		return slices.Equal(operands, x)
	}
	for k, c := range operands {
		by := w.is(m, div, n.N) && k == 1 && w.isConstant(c, float64(n.N)) ||
			w.is(m, mul, n.N) && w.isConstant(c, 1/float64(n.N))
		if sum := operands[len(operands)-1-k]; by && w.uses[sum] == 1 && slices.Equal(w.addedUp(sum), x) {
			n.inner, n.constants = append(n.inner, sum), append(n.constants, c)
			return true
		}
	}
	return false
}

// A part is a product in a norm: d·s of this d or, if k is none, s·gain, the latter in by.
type part struct {
	*norm
	k  int // which d
	by int32
}

// findResults finds what is computed of d and s, or 1/s: alone, or with gains and biases, which are leaves.
func (w *rewrite) findResults(norms map[int32]*norm) {
	parts := map[int32]part{}
	for _, z := range w.nodes {
		pairs, addends := w.termsOf(z)
		divides := w.role[z] == computed && w.Ops[z] == div
		if x := w.Operands(z); divides {
			pairs = []pair{{x[0], x[1]}}
		}
		if len(pairs) != 1 || len(addends) > 1 {
			continue
		}
		bias := int32(none)
		if len(addends) == 1 {
			bias = addends[0]
		}
		orders := []pair{pairs[0], {pairs[0].shared, pairs[0].row}}
		if divides { // by the second
			orders = orders[:1]
		}
		for _, p := range orders {
			if n := norms[p.shared]; n != nil && n.divides == divides && bias == none {
				w.findPart(n, z, p.row, parts)
			} else if t := parts[p.shared]; t.norm != nil && !divides && w.uses[p.shared] == 1 {
				w.findFull(t, z, p.row, bias)
			}
		}
	}
}

// findPart finds out whether z, a product of s and a factor, is d·s or s·gain.
func (w *rewrite) findPart(n *norm, z, factor int32, parts map[int32]part) {
	if k, ok := n.place[factor]; ok {
		n.plain[k], parts[z] = z, part{norm: n, k: k}
	} else if w.role[factor] < computed && !n.divides {
		n.scaled, parts[z] = append(n.scaled, z), part{norm: n, k: none, by: factor}
	}
}

// findFull finds out whether z, the product of a part and a factor, and perhaps with a bias, is d·s·gain.
func (w *rewrite) findFull(t part, z, factor, bias int32) {
	k, gain := t.k, factor
	if k == none {
		var ok bool
		if k, ok = t.place[factor]; !ok {
			return
		}
		gain = t.by
	}
	if w.role[gain] < computed && (bias == none || w.role[bias] < computed) {
		t.full[k], t.gain[k], t.bias[k] = z, gain, bias
	}
}

// areSameGains reports whether the gains are one number, and so are the biases, as in a batch norm. A norm
// would need copies of them, a multiply-add of vectors and numbers does not.
func (n *norm) areSameGains() bool {
	differs := func(i int32) bool { return i != n.gain[0] }
	otherBias := func(i int32) bool { return i != n.bias[0] }
	return !slices.ContainsFunc(n.gain, differs) && !slices.ContainsFunc(n.bias, otherBias)
}

// takeNorm makes shares of the results of a norm, if there is one for each d.
func (w *rewrite) takeNorm(i int32, n *norm) {
	t := row{x: n.x, z: n.plain, norm: n.Norm}
	without := len(slices.DeleteFunc(slices.Clone(n.bias), func(b int32) bool { return b != none }))
	isPlain, isFull := !slices.Contains(n.plain, none), !slices.Contains(n.full, none)
	if isFull && (without == 0 || without == n.N) && (!isPlain || !n.areSameGains()) {
		if t.z, t.gain, t.bias = n.full, n.gain, n.bias; without > 0 {
			t.bias = nil
		}
		n.inner = append(append(n.inner, n.plain...), n.scaled...)
	} else if !isPlain {
		return
	}
	for _, k := range n.inner {
		if k != none {
			w.role[k] = gone
		}
	}
	for _, c := range n.constants {
		w.uses[c]--
	}
	w.takeRow(i, t)
}
