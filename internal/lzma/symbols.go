package lzma

import "math/bits"

const (
	shortest  = 2   // a copy has at least so many bytes
	longest   = 273 // and at most so many
	states    = 12  // what the last symbols were
	literals  = 7   // in these first states the last one was a byte
	context   = 3   // a byte's chances depend on so many bits of the byte before
	slotBits  = 6
	alignBits = 4 // the chances of the lowest bits of large distances are of their own
	modelled  = 14
)

// lengths has the chances of the lengths of copies.
type lengths struct {
	isLarge, isLarger chance
	low, middle       [8]chance
	high              [256]chance
}

func (l *lengths) reset() {
	l.isLarge, l.isLarger = one/2, one/2
	even(l.low[:])
	even(l.middle[:])
	even(l.high[:])
}

// A model has the chances of all decisions. After a copy, the byte at the same distance helps to foresee the
// next.
type model struct {
	isCopy, isOld, isNotLast, isNotSecond, isNotThird, isLong [states]chance

	bytes          [1 << context][3 << 8]chance
	newLen, oldLen lengths
	slots          [4][1 << slotBits]chance
	near           [128]chance
	align          [1 << alignBits]chance
}

func (m *model) reset() {
	for _, c := range [][]chance{
		m.isCopy[:], m.isOld[:], m.isNotLast[:], m.isNotSecond[:], m.isNotThird[:], m.isLong[:],
		m.near[:], m.align[:],
	} {
		even(c)
	}
	for k := range m.bytes {
		even(m.bytes[k][:])
	}
	for k := range m.slots {
		even(m.slots[k][:])
	}
	m.newLen.reset()
	m.oldLen.reset()
}

// A history is what the decoder knows of the last symbols: their kinds, and the last four distances, which
// are counted from 0.
type history struct {
	state uint8
	last  [4]uint32
}

// afterByte returns the history after a byte.
func (h history) afterByte() history {
	switch {
	case h.state < 4:
		h.state = 0
	case h.state < 10:
		h.state -= 3
	default:
		h.state -= 6
	}
	return h
}

// afterCopy returns the history after a copy of n bytes from one of the last distances, the old-th, or from
// another one, where old is −1. A copy of a single byte is from the last distance.
func (h history) afterCopy(old, n int, distance uint32) history {
	kind := uint8(1)
	if old < 0 {
		kind, old = 0, 3
	} else if distance = h.last[old]; n == 1 {
		kind = 2
	}
	copy(h.last[1:old+1], h.last[:old])
	h.last[0] = distance
	if h.state < literals {
		h.state = 7 + kind
	} else {
		h.state = 10 + min(kind, 1)
	}
	return h
}

// slotOf returns the number of a range of distances, and how many bits say which it is.
func slotOf(distance uint32) (slot uint32, n int) {
	if distance < 4 {
		return distance, 0
	}
	n = bits.Len32(distance) - 2
	return uint32(n)<<1 + distance>>n, n
}

// putByte writes a byte. match is the one at the last distance.
func (e *encoder) putByte(b, before, match byte) {
	e.put(&e.isCopy[e.state], 0)
	chances, at, x, y := &e.bytes[before>>(8-context)], uint32(1), uint32(b), uint32(match)
	same := e.state >= literals
	for n := 7; n >= 0; n-- {
		bit, offset := x>>n&1, uint32(0)
		if same {
			offset = (1 + y>>n&1) << 8
			same = y>>n&1 == bit
		}
		e.put(&chances[offset+at], bit)
		at = at<<1 | bit
	}
	e.history = e.afterByte()
}

// bytePrice returns what putByte costs.
func (m *model) bytePrice(state uint8, b, before, match byte) int32 {
	sum := m.isCopy[state].price(0)
	chances, at, x, y := &m.bytes[before>>(8-context)], uint32(1), uint32(b), uint32(match)
	same := state >= literals
	for n := 7; n >= 0; n-- {
		bit, offset := x>>n&1, uint32(0)
		if same {
			offset = (1 + y>>n&1) << 8
			same = y>>n&1 == bit
		}
		sum += chances[offset+at].price(bit)
		at = at<<1 | bit
	}
	return sum
}

// putLength writes the length of a copy.
func (c *coder) putLength(l *lengths, n int) {
	switch n -= shortest; {
	case n < 8:
		c.put(&l.isLarge, 0)
		c.putTree(l.low[:], uint32(n), 3)
	case n < 16:
		c.put(&l.isLarge, 1)
		c.put(&l.isLarger, 0)
		c.putTree(l.middle[:], uint32(n-8), 3)
	default:
		c.put(&l.isLarge, 1)
		c.put(&l.isLarger, 1)
		c.putTree(l.high[:], uint32(n-16), 8)
	}
}

// price returns what putLength costs.
func (l *lengths) price(n int) int32 {
	switch n -= shortest; {
	case n < 8:
		return l.isLarge.price(0) + treePrice(l.low[:], uint32(n), 3)
	case n < 16:
		return l.isLarge.price(1) + l.isLarger.price(0) + treePrice(l.middle[:], uint32(n-8), 3)
	}
	return l.isLarge.price(1) + l.isLarger.price(1) + treePrice(l.high[:], uint32(n-16), 8)
}

// putCopy writes that n bytes are as those at a distance. See [history.afterCopy].
func (e *encoder) putCopy(old, n int, distance uint32) {
	s := e.state
	e.put(&e.isCopy[s], 1)
	if old < 0 {
		e.put(&e.isOld[s], 0)
		e.putLength(&e.newLen, n)
		e.putDistance(min(n-shortest, 3), distance)
	} else {
		e.put(&e.isOld[s], 1)
		e.put(&e.isNotLast[s], uint32(min(old, 1)))
		switch old {
		case 0:
			e.put(&e.isLong[s], uint32(min(n-1, 1)))
		default:
			e.put(&e.isNotSecond[s], uint32(min(old-1, 1)))
			if old > 1 {
				e.put(&e.isNotThird[s], uint32(old-2))
			}
		}
		if n > 1 {
			e.putLength(&e.oldLen, n)
		}
	}
	e.history = e.afterCopy(old, n, distance)
}

// oldPrice returns what putCopy costs for an old distance, without the length.
func (m *model) oldPrice(s uint8, old, n int) int32 {
	sum := m.isCopy[s].price(1) + m.isOld[s].price(1) + m.isNotLast[s].price(uint32(min(old, 1)))
	if old == 0 {
		return sum + m.isLong[s].price(uint32(min(n-1, 1)))
	}
	sum += m.isNotSecond[s].price(uint32(min(old-1, 1)))
	if old > 1 {
		sum += m.isNotThird[s].price(uint32(old - 2))
	}
	return sum
}

// putDistance writes a distance. Its chances depend on the length of the copy.
func (e *encoder) putDistance(k int, distance uint32) {
	slot, n := slotOf(distance)
	e.putTree(e.slots[k][:], slot, slotBits)
	rest := distance & (1<<n - 1)
	switch {
	case n == 0:
	case slot < modelled:
		e.putReverse(e.near[distance-rest-slot:], rest, n)
	default:
		e.putEven(rest>>alignBits, n-alignBits)
		e.putReverse(e.align[:], rest&(1<<alignBits-1), alignBits)
	}
}

// distancePrice returns what putDistance costs, without the slot.
func (m *model) distancePrice(distance uint32) int32 {
	slot, n := slotOf(distance)
	rest := distance & (1<<n - 1)
	switch {
	case n == 0:
		return 0
	case slot < modelled:
		return reversePrice(m.near[distance-rest-slot:], rest, n)
	}
	return int32(n-alignBits)*64 + reversePrice(m.align[:], rest&(1<<alignBits-1), alignBits)
}
