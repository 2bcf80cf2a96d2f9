package compile

import (
	"cmp"
	"math/bits"
	"slices"
)

// group decides which sums of products become one matrix-vector product: those that have all their
// shared factors in common. Their other factors are the rows of the matrix. A sum that has no
// partner is tried again with the factors of its pairs exchanged. If it finds none then either,
// it stays alone.
func (w *rewrite) group() {
	w.sums = slices.DeleteFunc(w.sums, func(s sum) bool { return w.role[s.node] != summed })
	slices.Reverse(w.sums) // they are nearly in order now
	slices.SortFunc(w.sums, func(s, t sum) int { return cmp.Compare(s.node, t.node) })
	for k := range w.sums {
		s := &w.sums[k]
		sortPairs(w.pairsOf(s))
		w.sumAt[s.node] = int32(k)
	}
	g := grouping{rewrite: w, first: make([]int32, len(w.sums)), size: make([]int32, len(w.sums))}
	g.table = make([]int32, 1<<bits.Len(uint(2*len(w.sums))))
	for k := range g.first {
		g.first[k], g.size[k] = int32(k), 1
	}
	if w.on(Matrices) {
		g.gather()
		g.flip()
		g.gather()
		g.flip()
	}
	g.collect()
}

// A grouping puts sums into groups: those that are alike into one.
type grouping struct {
	*rewrite
	first []int32 // of each sum the first one of its group
	size  []int32 // of each group, where its first sum is, and 0 where the others are
	table []int32 // by a hash of what is alike: 1 + the first sum of a group, or 0
}

// flip exchanges the factors of the sums that are alone.
func (g *grouping) flip() {
	for k, size := range g.size {
		if size != 1 {
			continue
		}
		pairs := g.pairsOf(&g.sums[k])
		for i, p := range pairs {
			pairs[i] = pair{p.shared, p.row}
		}
		sortPairs(pairs)
	}
}

// gather looks for groups among the sums that are alone. It finds them in the table.
func (g *grouping) gather() {
	table, width := g.table, bits.Len(uint(len(g.table)))-1
	clear(table)
	for k, size := range g.size {
		s := &g.sums[k]
		if size != 1 || s.pairs.len() == 0 {
			continue
		}
		at := int(g.hash(s) >> (64 - width))
		for table[at] != 0 && !g.alike(&g.sums[table[at]-1], s) {
			at = (at + 1) % len(table)
		}
		if table[at] == 0 {
			table[at] = int32(k) + 1
			continue
		}
		g.first[k], g.size[k] = table[at]-1, 0
		g.size[g.first[k]]++
	}
}

// collect lists the groups, in the order of their first sums.
func (g *grouping) collect() {
	n, start := 0, int32(0)
	for _, size := range g.size {
		n += min(int(size), 1)
	}
	g.grouped, g.groups = make([]int32, len(g.sums)), make([]span, 0, n)
	at := g.size // of each group, now, which it is
	for k, first := range g.first {
		if int(first) == k {
			size := g.size[k]
			at[k] = int32(len(g.groups))
			g.groups = append(g.groups, span{start, start})
			start += size
		}
		group := &g.groups[at[first]]
		g.grouped[group.end] = int32(k)
		group.end++
	}
}

// members returns the sums of a group.
func (w *rewrite) members(group span) []int32 { return w.grouped[group.start:group.end:group.end] }

// hash returns a hash of what sums that are alike have in common.
func (w *rewrite) hash(s *sum) uint64 {
	h := mix(0, uint64(w.level[s.node]))
	for _, p := range w.pairsOf(s) {
		h = mix(h, uint64(p.shared)<<8^uint64(w.role[p.row]))
	}
	return mix(h, uint64(s.addends.len()))
}

// mix returns a hash of a hash and what comes next. All bits of both have a part in the upper half of the
// product by the golden ratio, which goes into the lower half.
func mix(hash, next uint64) uint64 {
	high, low := bits.Mul64(hash^next, 0x9e3779b97f4a7c15)
	return high ^ low
}

// alike reports whether two sums can be rows of one matrix-vector product.
func (w *rewrite) alike(s, t *sum) bool {
	return s.addends.len() == t.addends.len() && w.level[s.node] == w.level[t.node] &&
		w.isMain(s.node) == w.isMain(t.node) &&
		slices.EqualFunc(w.pairsOf(s), w.pairsOf(t), func(p, q pair) bool {
			return p.shared == q.shared && w.role[p.row] == w.role[q.row]
		})
}
