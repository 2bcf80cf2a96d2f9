package compile

import (
	"cmp"
	"slices"
)

// A sum is a node that is computed as a sum of products and of other terms:
//
//	Σ row·shared + Σ addend
type sum struct {
	node           int32
	pairs, addends span // of those of all sums
}

// A span is a part of a list, from start up to end.
type span struct{ start, end int32 }

func (s span) len() int { return int(s.end - s.start) }

// pairsOf returns the products of a sum.
func (w *rewrite) pairsOf(s *sum) []pair { return w.pairs[s.pairs.start:s.pairs.end:s.pairs.end] }

// addendsOf returns the other terms of a sum.
func (w *rewrite) addendsOf(s *sum) []int32 {
	return w.others[s.addends.start:s.addends.end:s.addends.end]
}

// terms are those of a sum that is still being put together.
type terms struct {
	node    int32
	apart   bool // there are terms of another node, which was taken apart
	pairs   []pair
	addends []int32
	odd     []odd
}

// An odd pair is the product of two numbers that are neither parameters nor constants. It has a node.
type odd struct {
	at   int // in the pairs
	node int32
}

// A pair is a product in a sum. Its factor shared is the one that other sums are more likely to
// have as well: of a weight and an activation, the activation. The factors row of such sums are
// the rows of a matrix.
type pair struct{ row, shared int32 }

// key orders pairs by their shared factor.
func (p pair) key() int64 { return int64(p.shared)<<32 + int64(p.row) }

func comparePairs(p, q pair) int { return cmp.Compare(p.key(), q.key()) }

// sortPairs orders pairs, which most often are in order already.
func sortPairs(pairs []pair) {
	for j := 1; j < len(pairs); j++ {
		if pairs[j-1].key() > pairs[j].key() {
			slices.SortFunc(pairs, comparePairs)
			return
		}
	}
}

// dots turns many nodes into one sum of products, however the sum was written: as a chain or a tree
// of additions, with Sum or with Dot. The products, squares and dot products in it become pairs,
// unless something else uses them, too. Results are looked at before operands, so that a sum
// within a sum is already a part of the outer one when its own turn comes.
func (w *rewrite) dots() {
	w.sums = make([]sum, 0, 8+len(w.Ops)/64)
	var s terms // the slices of one sum are used again for the next
	for i := int32(len(w.Ops)) - 1; i >= 0; i-- {
		if w.role[i] != computed {
			continue
		}
		switch w.Ops[i] {
		case add, sumOf, dotOf:
			s = terms{node: i, pairs: s.pairs[:0], addends: s.addends[:0], odd: s.odd[:0]}
			if w.takeApart(&s); w.Ops[i] != add || len(s.pairs) > 0 || s.apart {
				w.waiting = append(w.waiting, s)
			}
			for len(w.waiting) > 0 {
				next := w.waiting[len(w.waiting)-1]
				w.waiting = w.waiting[:len(w.waiting)-1]
				w.factor(&next)
				w.addSum(&next, len(w.Ops)-int(i), len(w.Ops)-w.Inputs-w.Params)
			}
		}
	}
}

// addSum computes the node of t as the sum of a copy of t. It is called in some of a total of steps.
func (w *rewrite) addSum(t *terms, done, total int) {
	if w.sumAt == nil {
		w.sumAt = make([]int32, len(w.Ops))
	}
	w.role[t.node], w.sumAt[t.node] = summed, int32(len(w.sums))
	s := sum{t.node, span{start: int32(len(w.pairs))}, span{start: int32(len(w.others))}}
	w.pairs = append(reserve(w.pairs, len(t.pairs), done, total), t.pairs...)
	w.others = append(reserve(w.others, len(t.addends), done, total), t.addends...)
	s.pairs.end, s.addends.end = int32(len(w.pairs)), int32(len(w.others))
	w.sums = append(reserve(w.sums, 1, done, total), s)
}

// takeApart finds the terms of the sum at the node of s, and of all sums within it that nothing else uses.
func (w *rewrite) takeApart(s *terms) {
	stack := w.stack[:0]
	stack = append(stack, s.node)
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if i != s.node && (w.role[i] != computed || w.uses[i] != 1) {
			s.addends = append(s.addends, i)
			continue
		}
		x := w.Operands(i)
		switch w.Ops[i] {
		case add, sumOf:
			for k := len(x) - 1; k >= 0; k-- {
				stack = append(stack, x[k])
			}
		case dotOf:
			for k, n := 0, len(x)/2; k < n; k++ {
				s.pairs = append(s.pairs, pair{x[k], x[n+k]})
			}
		case mul:
			if w.role[x[0]] > constant && w.role[x[1]] > constant {
				s.odd = append(s.odd, odd{at: len(s.pairs), node: i})
			}
			s.pairs = append(s.pairs, pair{x[0], x[1]})
		case square:
			s.pairs = append(s.pairs, pair{x[0], x[0]})
		default:
			s.addends = append(s.addends, i)
			continue
		}
		if i != s.node {
			w.role[i], s.apart = gone, true
		}
	}
	w.stack = stack
	w.leaveOdd(s)
	w.orient(s.pairs)
}

// fewOdd is how many products of weights a sum has at least for each odd one that is left out of it.
const fewOdd = 2

// leaveOdd leaves products without a parameter and without a constant out of a sum of which they are few:
//
//	Σ wᵢⱼ·δⱼ + aᵢ·bᵢ
//
// They become addends. Without them the sum is a row of a matrix, as it may be for every i. The derivatives
// of a derivative are such sums: those with respect to the activations of a layer, on which the slopes of
// their functions depend, too.
func (w *rewrite) leaveOdd(s *terms) {
	if len(s.odd) == 0 || !w.on(Matrices) {
		return
	}
	weighted := 0
	for _, p := range s.pairs {
		if (w.role[p.row] <= constant) != (w.role[p.shared] <= constant) {
			weighted++
		}
	}
	if fewOdd*len(s.odd) > weighted {
		return
	}
	left, pairs := s.odd, s.pairs[:0]
	for at, p := range s.pairs {
		if len(left) == 0 || left[0].at != at {
			pairs = append(pairs, p)
			continue
		}
		s.addends = append(s.addends, left[0].node)
		w.role[left[0].node] = computed
		left = left[1:]
	}
	s.pairs = pairs
}

// orient decides which factors of the pairs of a sum are shared. Between a parameter and something computed,
// the parameter is in the row. Between factors of the same role, all first ones are shared or all second
// ones: those with more uses. So the shares that attention gives to positions stay together, and so do the
// values of these.
func (w *rewrite) orient(pairs []pair) {
	var first, second int32 // uses of factors of the same role
	for i, p := range pairs {
		switch r, s := w.role[p.row], w.role[p.shared]; {
		case r > s:
			pairs[i] = pair{p.shared, p.row}
		case r == s:
			first, second = first+w.uses[p.row], second+w.uses[p.shared]
		}
	}
	if first <= second {
		return
	}
	for i, p := range pairs {
		if w.role[p.row] == w.role[p.shared] {
			pairs[i] = pair{p.shared, p.row}
		}
	}
}
