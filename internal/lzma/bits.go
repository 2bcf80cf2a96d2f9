package lzma

import "math"

// A chance is how likely a decision is 0, of 2048. It follows the decisions that were made.
type chance uint16

const (
	one  = 2048 // a chance of 1
	rate = 5    // a chance goes a 32nd of the way to what was decided
)

// prices has the bits that a decision costs, in 64ths, for each 16th chance.
var prices [one / 16]int32

func init() {
	for k := range prices {
		prices[k] = int32(math.Round(-64 * math.Log2((float64(k)+0.5)/float64(len(prices)))))
	}
}

// price returns what a decision costs.
func (c chance) price(bit uint32) int32 {
	if bit == 1 {
		c = one - c
	}
	return prices[c/16]
}

// even sets chances to one half.
func even(all []chance) {
	for k := range all {
		all[k] = one / 2
	}
}

// A coder writes decisions as the digits of a number between low and low + width.
type coder struct {
	out     []byte
	low     uint64
	width   uint32
	cache   byte // the last byte that a carry may still change
	pending int  // the number of bytes, with the cache, that it may change: the others are 255
}

// put writes a decision.
func (c *coder) put(p *chance, bit uint32) {
	bound := c.width / one * uint32(*p)
	if bit == 0 {
		c.width = bound
		*p += (one - *p) >> rate
	} else {
		c.low += uint64(bound)
		c.width -= bound
		*p -= *p >> rate
	}
	c.shift()
}

// putEven writes the n lowest bits of a number, which nobody can foresee.
func (c *coder) putEven(x uint32, n int) {
	for n--; n >= 0; n-- {
		c.width /= 2
		c.low += uint64(c.width * (x >> n & 1))
		c.shift()
	}
}

// shift writes bytes until the width has enough digits.
func (c *coder) shift() {
	for c.width < 1<<24 {
		c.width <<= 8
		c.next()
	}
}

// next writes the highest byte of low, once no carry can change it any more.
func (c *coder) next() {
	if c.low < 0xff<<24 || c.low >= 1<<32 {
		carry := byte(c.low >> 32)
		for b := c.cache; c.pending > 0; c.pending-- {
			c.out = append(c.out, b+carry)
			b = 0xff
		}
		c.cache = byte(c.low >> 24)
	}
	c.pending++
	c.low = c.low << 8 & (1<<32 - 1)
}

// putTree writes the n lowest bits of a number from the highest on. The chance of each depends on those
// before it.
func (c *coder) putTree(tree []chance, x uint32, n int) {
	at := uint32(1)
	for n--; n >= 0; n-- {
		bit := x >> n & 1
		c.put(&tree[at], bit)
		at = at<<1 | bit
	}
}

// putReverse is putTree from the lowest bit on.
func (c *coder) putReverse(tree []chance, x uint32, n int) {
	at := uint32(1)
	for range n {
		bit := x & 1
		c.put(&tree[at], bit)
		at, x = at<<1|bit, x>>1
	}
}

// treePrice returns what putTree costs.
func treePrice(tree []chance, x uint32, n int) (sum int32) {
	for x |= 1 << n; x > 1; x >>= 1 {
		sum += tree[x>>1].price(x & 1)
	}
	return sum
}

// reversePrice returns what putReverse costs.
func reversePrice(tree []chance, x uint32, n int) (sum int32) {
	at := uint32(1)
	for range n {
		bit := x & 1
		sum += tree[at].price(bit)
		at, x = at<<1|bit, x>>1
	}
	return sum
}
