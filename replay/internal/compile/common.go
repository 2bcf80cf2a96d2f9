package compile

import (
	"math"
	"math/bits"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/listing"
)

// What is written twice is computed once: 1 − z in a GRU, the exponentials of a softmax in its sum and above
// it, the root of a variance for each number of a row, the outputs of a model that is called again.

// commons finds the nodes that compute what another one does: the same function of the same operands, or of
// operands that are the same in turn.
type commons struct {
	*rewrite
	first  []int32 // of each node the first that computes the same, or what aPart and findCandidates say
	table  []bucket
	joined map[int32]bool // the parts that joinParts has found
	leaky  []bool         // of the ops that are of no kind, whether LeakyReLU made them
}

// The hash table has buckets of entries. An entry is a node times 256, plus 8 bits of its hash; if it is 0,
// there is none, for node 0 is a leaf or has no operands.
type (
	bucket [8]entry
	entry  uint32
)

func (e entry) node() int32 { return int32(e >> 8) }

// A node whose bucket is full takes the place of the one that was looked up the longest time ago. The table
// has two to four entries for each node, but at most those of fewBuckets or, in a large graph, two to four
// bytes for each node of it. It never has more than mostBuckets, with which it stays in the cache.
const mostBuckets, fewBuckets = 1 << 13, 1 << 11

// mostNodes is how many nodes an entry can tell apart.
const mostNodes = 1 << 24

// aPart plus bits of its hash is in first of a node that dots may take apart for the only node that uses it.
// Such a node is not looked up: the nodes that use it are. See joinParts for the others that may be equal to
// it.
const aPart = 1 << 30

// partOf returns what stands in first of a part with this hash.
func partOf(hash uint64) int32 { return aPart | int32(hash>>32)&(aPart-1) }

// shareCommon lets what several nodes compute be computed by the first of them, if the graph has at most
// mostNodes.
func (w *rewrite) shareCommon() {
	if len(w.Ops) > mostNodes {
		return
	}
	c := &commons{rewrite: w, first: w.level}
	for _, op := range w.Table[listing.FirstOther:] {
		_, leaky := builtin.LeakySlope(op)
		c.leaky = append(c.leaky, leaky)
	}
	if n := c.findCandidates(); n > 0 {
		most := min(mostBuckets, max(fewBuckets, len(w.Ops)/16))
		c.table = make([]bucket, 1<<bits.Len(uint(min(n/4, most-1))))
		if equal, joined := c.findEqual(), c.joinParts(); equal || joined {
			c.share()
		}
	}
	clear(w.level)
}

// findCandidates sets first, of all nodes that can have an equal to themselves, and returns how many of
// these are to be looked up.
func (c *commons) findCandidates() (n int) {
	for i := range c.first {
		c.first[i] = int32(i)
		if c.role[i] == computed {
			alone, parts := c.markParts(int32(i))
			if n += 1 - parts; alone {
				c.first[i] = ^int32(i)
				n--
			}
		}
	}
	return n
}

// markParts sets first of the operands that dots may take apart for node i alone, and returns how many these
// are. It also reports whether node i is alone: no other node can compute what it does. It is so if nothing
// else uses an operand that has no equal either, as a weight in a network that is called once. A function of
// the caller is alone, so that it runs as often as it was written.
func (c *commons) markParts(i int32) (alone bool, parts int) {
	alone = c.isCallers(i)
	for _, a := range c.Operands(i) {
		switch {
		case c.uses[a] != 1:
		case c.first[a] < 0 || c.role[a] == input || c.role[a] == param:
			alone = true
		case c.role[a] == computed && c.takesApart(i, a):
			c.first[a] = aPart
			parts++
		}
	}
	return alone, parts
}

// isCallers reports whether a node is computed by a function of the caller.
func (c *commons) isCallers(i int32) bool {
	other := c.Ops[i] - listing.FirstOther
	return other >= 0 && !c.leaky[other]
}

// findEqual sets first of all nodes, and reports whether some have an equal before them.
func (c *commons) findEqual() (found bool) {
	for i, f := range c.first {
		if f < 0 || c.role[i] != computed {
			continue
		}
		h := c.hash(int32(i))
		if f == aPart {
			c.first[i] = partOf(h)
			continue
		}
		if c.first[i] = c.lookUpEqual(int32(i), h); c.first[i] != f {
			found = true
		}
	}
	return found
}

// lookUpEqual returns the first node that computes what node i does. If it is i, the table has it from now
// on.
func (c *commons) lookUpEqual(i int32, h uint64) int32 {
	b, tag := &c.table[int(h)&(len(c.table)-1)], entry(h>>56)
	k := 0
	for ; k < len(b) && b[k] != 0; k++ {
		if b[k]&0xff == tag && c.isEqual(b[k].node(), i) {
			i = b[k].node()
			break
		}
	}
	k = min(k, len(b)-1)
	copy(b[1:k+1], b[:k])
	b[0] = entry(i)<<8 | tag
	return i
}

// hash returns the same number for nodes that are equal.
func (c *commons) hash(i int32) uint64 {
	h := uint64(c.Ops[i])
	for _, a := range c.Operands(i) {
		x := uint64(c.firstOf(a))
		if c.role[a] == constant {
			x = ^math.Float64bits(c.Data[a])
		}
		h = mixed(h ^ x)
	}
	return h
}

// mixed returns a number in which each bit depends on many of x.
func mixed(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15 // 2⁶⁴ by the golden ratio
	return x ^ x>>32
}

// firstOf returns the first node that computes what node a does.
func (c *commons) firstOf(a int32) int32 { return max(c.first[a], ^c.first[a]) }

// isEqual reports whether two nodes compute the same. The order of the operands counts: if x·y were y·x, half
// of the products of all rows of a matrix would be missing among the others.
func (c *commons) isEqual(i, j int32) bool {
	c.stack = append(c.stack[:0], i, j)
	for n := len(c.stack); n > 0; n = len(c.stack) {
		i, j = c.stack[n-2], c.stack[n-1]
		c.stack = c.stack[:n-2]
		if c.Ops[i] != c.Ops[j] || !slices.EqualFunc(c.Operands(i), c.Operands(j), c.isSame) {
			return false
		}
		for k, a := range c.Operands(i) {
			if c.first[a] >= aPart {
				c.stack = append(c.stack, a, c.Operands(j)[k])
			}
		}
	}
	return true
}

// isSame reports whether two operands are the same number.
func (c *commons) isSame(a, b int32) bool {
	if c.role[a] == constant {
		return c.role[b] == constant && math.Float64bits(c.Data[a]) == math.Float64bits(c.Data[b])
	}
	return c.firstOf(a) == c.firstOf(b)
}

// joinParts finds the sums that are part of another sum and equal to one that is no part, as z is in z +
// tanh z if it was written twice. The first of both takes the place of the other. A product stays a part:
// without it, the sum might not be the row of a matrix any more.
func (c *commons) joinParts() bool {
	parts := c.candidateParts()
	if len(parts) == 0 {
		return false
	}
	whole := map[int32]int32{} // by what stands in first of a part that is equal; 0, which is a leaf, is none
	for _, i := range parts {
		whole[c.first[i]] = 0
	}
	for i := range c.first {
		if c.isWhole(i) {
			key := partOf(c.hash(int32(i)))
			if _, wanted := whole[key]; wanted {
				whole[key] = int32(i)
			}
		}
	}
	for _, i := range parts {
		if j := whole[c.first[i]]; j != 0 && c.isEqual(i, j) {
			c.join(i, j)
		}
	}
	return len(c.joined) > 0
}

// candidateParts returns the sums that are parts, but for most of those of which no equal is whole.
func (c *commons) candidateParts() (parts []int32) {
	var filter [1 << 10]uint64 // a bit for each hash of what is whole
	bit := func(key int32) (word *uint64, bit uint64) { return &filter[key>>6&(1<<10-1)], 1 << (key & 63) }
	for i := range c.first {
		if c.isWhole(i) {
			word, b := bit(partOf(c.hash(int32(i))))
			*word |= b
		}
	}
	for i, f := range c.first {
		if f < aPart {
			continue
		}
		if word, b := bit(f); *word&b != 0 && c.isSum(i) {
			parts = append(parts, int32(i))
		}
	}
	return parts
}

// isSum reports whether node i is a sum.
func (c *commons) isSum(i int) bool {
	op := c.Ops[i]
	return op == add || op == sumOf || op == dotOf
}

// isWhole reports whether node i is a sum that is no part, and the first of its equals.
func (c *commons) isWhole(i int) bool {
	return c.first[i] == int32(i) && c.role[i] == computed && c.isSum(i)
}

// join lets the first of a part i and of a node j that is equal to it, but no part, take the place of the
// other.
func (c *commons) join(i, j int32) {
	if c.joined == nil {
		c.joined = map[int32]bool{}
	}
	c.joined[i] = true
	j = c.firstOf(j) // another part may have taken its place
	c.first[i], c.first[j] = min(i, j), min(i, j)
}

// share lets nodes use the first of equal operands, and drops the others. A sum of products does not use
// those of another one, but for what joinParts says: each sum is taken apart by itself, and a part that
// another one uses, too, would not be a part of a matrix any more.
func (c *commons) share() {
	g := *c.Graph
	g.Args, g.Outputs = slices.Clone(g.Args), slices.Clone(g.Outputs)
	c.Graph, c.equal = &g, map[int32]int32{}
	use := func(a *int32) {
		if f := c.firstOf(c.firstOf(*a)); f != *a { // the first may have joined a part
			c.equal[*a] = f
			c.uses[*a]--
			c.uses[f]++
			*a = f
		}
	}
	for i := range c.Ops {
		if c.role[i] != computed {
			continue
		}
		operands := g.Operands(int32(i))
		for k, a := range operands {
			if !c.takesApart(int32(i), a) || c.joined[a] {
				use(&operands[k])
			}
		}
	}
	for k := range g.Outputs {
		use(&g.Outputs[k])
	}
	c.dropUnused()
}

// takesApart reports whether dots may take operand a of node i apart: a product or a sum in a sum, or a
// product in a product.
func (c *commons) takesApart(i, a int32) bool {
	isProduct := c.Ops[a] == mul || c.Ops[a] == square
	isSum := c.Ops[a] == add || c.Ops[a] == sumOf || c.Ops[a] == dotOf
	switch c.Ops[i] {
	case add, sumOf:
		return isProduct || isSum
	case mul, square, dotOf:
		return isProduct
	}
	return false
}

// dropUnused drops nodes and constants that nothing uses any more.
func (c *commons) dropUnused() {
	for i := len(c.Ops) - 1; i >= 0; i-- {
		if c.role[i] == computed && c.uses[i] == 0 {
			c.role[i] = gone
			for _, a := range c.Operands(int32(i)) {
				c.uses[a]--
			}
		}
	}
	leaves := c.Inputs + c.Params
	c.leaves = append(c.leaves[:leaves], slices.DeleteFunc(c.leaves[leaves:], func(i int32) bool {
		unused := c.uses[i] == 0
		if unused {
			c.role[i] = gone
		}
		return unused
	})...)
}
