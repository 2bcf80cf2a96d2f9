package compile

import (
	"cmp"
	"slices"
)

// group decides which sums of products become one matrix-vector product: those that have all their
// shared factors in common. Their other factors are the rows of the matrix. A sum that has no
// partner is tried again with the factors of its pairs exchanged. If it finds none then either,
// it stays alone.
func (w *rewrite) group() {
	for k := range w.sums {
		slices.SortFunc(w.sums[k].pairs, comparePairs)
	}
	slices.SortFunc(w.sums, func(s, t sum) int { return cmp.Compare(s.node, t.node) })
	for k := range w.sums {
		w.sumAt[w.sums[k].node] = int32(k)
	}
	if !w.on(Matrices) {
		for k := range w.sums {
			w.groups = append(w.groups, []int32{int32(k)})
		}
		return
	}
	byShared, all := newGrouping(w), []int32{}
	for k := range w.sums {
		all = append(all, int32(k))
	}
	byShared.add(all)
	alone := byShared.take()
	before := make([][]pair, len(alone))
	for i, k := range alone {
		s := &w.sums[k]
		before[i], s.pairs = s.pairs, flipped(s.pairs)
	}
	byRow := newGrouping(w)
	byRow.add(alone)
	for _, k := range byRow.take() {
		i, _ := slices.BinarySearch(alone, k)
		w.sums[k].pairs = before[i]
		w.groups = append(w.groups, []int32{k})
	}
	slices.SortFunc(w.groups, func(a, b []int32) int { return int(a[0] - b[0]) })
}

// flipped returns the pairs with their factors exchanged.
func flipped(pairs []pair) []pair {
	f := make([]pair, len(pairs))
	for i, p := range pairs {
		f[i] = pair{p.shared, p.row}
	}
	slices.SortFunc(f, comparePairs)
	return f
}

// A grouping puts sums into groups: those that are alike into one. It finds the group by a hash.
type grouping struct {
	*rewrite
	groups [][]int32
	byHash map[uint64][]int32
}

func newGrouping(w *rewrite) *grouping {
	return &grouping{rewrite: w, byHash: map[uint64][]int32{}}
}

// add puts each sum in the group where it belongs.
func (g *grouping) add(sums []int32) {
sums:
	for _, k := range sums {
		if len(g.sums[k].pairs) == 0 {
			g.groups = append(g.groups, []int32{k})
			continue
		}
		h := g.hash(&g.sums[k])
		for _, j := range g.byHash[h] {
			if g.alike(&g.sums[g.groups[j][0]], &g.sums[k]) {
				g.groups[j] = append(g.groups[j], k)
				continue sums
			}
		}
		g.byHash[h] = append(g.byHash[h], int32(len(g.groups)))
		g.groups = append(g.groups, []int32{k})
	}
}

// take hands the groups of two and more to the rewrite and returns the sums that are alone.
func (g *grouping) take() (alone []int32) {
	for _, group := range g.groups {
		if len(group) == 1 {
			alone = append(alone, group[0])
		} else {
			g.rewrite.groups = append(g.rewrite.groups, group)
		}
	}
	return alone
}

// hash returns a hash, FNV-1a of whole words, of what sums that are alike have in common.
func (g *grouping) hash(s *sum) uint64 {
	h := uint64(14695981039346656037)
	for _, n := range []int32{g.level[s.node], int32(len(s.addends))} {
		h = (h ^ uint64(n)) * 1099511628211
	}
	for _, p := range s.pairs {
		h = (h ^ uint64(p.shared)<<8 ^ uint64(g.role[p.row])) * 1099511628211
	}
	return h
}

// alike reports whether two sums can be rows of one matrix-vector product.
func (g *grouping) alike(s, t *sum) bool {
	return len(s.addends) == len(t.addends) && g.level[s.node] == g.level[t.node] &&
		g.main[s.node] == g.main[t.node] &&
		slices.EqualFunc(s.pairs, t.pairs, func(p, q pair) bool {
			return p.shared == q.shared && g.role[p.row] == g.role[q.row]
		})
}
