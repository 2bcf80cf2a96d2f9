package compile

import (
	"cmp"
	"slices"
)

// A likeness is what products have in common that become one: the matrix, and what the instruction says of
// all results.
type likeness struct {
	base, down, right       slot
	sums, pairs, addends    int
	active, main, gradientX bool
}

// join finds the products of one level that multiply the same matrix: positions of a text that pass through
// the same layer, or places of an image through the same filters. Each list that it returns becomes one
// product, of the matrix and several vectors. They are in the order in which the vectors lie in memory.
func (l *lowering) join(products []product) [][]product {
	if len(products) < 2 || !l.on(Join) {
		return slices.Collect(slices.Chunk(products, 1))
	}
	joined := classify(products, func(p product) likeness {
		first := &l.sums[p.sums[0]]
		return likeness{
			p.base, p.down, p.right, len(p.sums), len(p.order), first.addends.len(), l.active[first.node],
			l.isMain(first.node),
			slices.ContainsFunc(l.pairsOf(first), func(q pair) bool { return l.active[q.shared] }),
		}
	})
	for _, several := range joined {
		slices.SortStableFunc(several, func(p, q product) int {
			return cmp.Compare(l.shared(&p, 0), l.shared(&q, 0))
		})
	}
	return joined
}

// row returns a sum as a product with a matrix of one row. It reports false if its row factors are not side
// by side in Mat.
func (l *lowering) row(k int32) (p product, ok bool) {
	pairs := l.pairsOf(&l.sums[k])
	if !l.on(Join) || len(pairs) < 2 {
		return p, false
	}
	for i, p := range pairs {
		if !l.inMat(l.slot[p.row]) && l.inMat(l.slot[p.shared]) {
			pairs[i] = pair{p.shared, p.row}
		}
	}
	p, ok = l.product([]int32{k})
	return p, ok && l.inMat(p.base)
}

// aligned returns the slots of vectors, and runs: in a run all vectors are side by side in memory, and
// each begins at the same distance from the one before. If there are too many runs, or the distances differ,
// the slots are those of copies.
func (l *lowering) aligned(vectors [][]slot, like *instruction) (all [][]slot, runs []int) {
	n := len(vectors[0])
	if runs = l.runs(vectors...); !tooMany(len(runs)-1, n) && l.even(vectors, runs, like.GradX) {
		return vectors, runs
	}
	copies := *like
	copies.Active = like.Active && like.GradX
	return slices.Collect(slices.Chunk(l.packed(slices.Concat(vectors...), &copies), n)), []int{0, n}
}

// even reports whether the vectors of each run begin at the same distance from each other. If the gradients
// of vectors are wanted, the vectors must not overlap.
func (l *lowering) even(vectors [][]slot, runs []int, grad bool) bool {
	for i, start := range runs[:len(runs)-1] {
		length := slot(runs[i+1] - start)
		for k := 1; k < len(vectors); k++ {
			distance := vectors[k][start] - vectors[k-1][start]
			if distance != vectors[1][start]-vectors[0][start] || distance < 1 || grad && distance < length ||
				l.inMat(vectors[k][start]) != l.inMat(vectors[0][start]) {
				return false
			}
		}
	}
	return true
}
