package lzma

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// An encoder packs data block by block. In each it takes the cheapest way from the beginning to the end.
type encoder struct {
	coder
	model
	history
	*finder
	nodes      []node
	newLengths [longest + 1]int32 // what lengths cost
	oldLengths [longest + 1]int32
	slotPrices [4][1 << slotBits]int32
}

// block is the number of bytes for which prices are taken to be those at its beginning.
const block = 1 << 12

// A node is a place, with the cheapest way to it so far.
type node struct {
	history
	price    int32
	n        int // the last symbol of the way: its bytes, and, of a copy,
	old      int // which of the last distances it has, or −1; −2 is a byte
	distance uint32
}

// Pack returns data in the format LZMA, as the programs xz and lzma read it: a header of 13 bytes with the
// parameters lc = 3, lp = 0 and pb = 0 and the number of bytes, and no marker at the end.
func Pack(data []byte) []byte {
	e := &encoder{finder: newFinder(data), coder: coder{width: math.MaxUint32, pending: 1}}
	e.nodes = make([]node, block+1)
	e.reset()
	e.out = binary.LittleEndian.AppendUint32([]byte{context}, 1<<max(12, bits.Len(uint(len(data)))))
	e.out = binary.LittleEndian.AppendUint64(e.out, uint64(len(data)))
	for at := 0; at < len(data); at += block {
		e.pack(at, min(block, len(data)-at))
	}
	for range 5 {
		e.next()
	}
	return e.out
}

// pack packs a block of n bytes.
func (e *encoder) pack(at, n int) {
	for k := shortest; k <= longest; k++ {
		e.newLengths[k], e.oldLengths[k] = e.newLen.price(k), e.oldLen.price(k)
	}
	for k := range e.slots {
		for slot := range e.slotPrices[k] {
			e.slotPrices[k][slot] = treePrice(e.slots[k][:], uint32(slot), slotBits)
		}
	}
	for k := range n {
		e.nodes[k+1].price = math.MaxInt32
	}
	e.nodes[0] = node{history: e.history}
	for k := 0; k < n; {
		far := e.leave(at, k, n-k)
		for i := 1; i < far; i++ {
			e.insert(at + k + i)
		}
		k += far
	}
	var way []*node
	for k := n; k > 0; k -= e.nodes[k].n {
		way = append(way, &e.nodes[k])
	}
	for k := len(way) - 1; k >= 0; k-- {
		if s := way[k]; s.old < -1 {
			e.putByte(e.around(at, e.last[0]))
		} else {
			e.putCopy(s.old, s.n, s.distance)
		}
		at += way[k].n
	}
}

// around returns the byte at a place, that before it and that at a distance.
func (e *encoder) around(at int, distance uint32) (b, before, match byte) {
	if at > 0 {
		before = e.data[at-1]
	}
	if int(distance) < at {
		match = e.data[at-1-int(distance)]
	}
	return e.data[at], before, match
}

// leave goes from the k-th place of a block to those that one symbol leads to, at most room bytes away.
// It returns how far the next place is from which to go on: that at the end of a long copy.
func (e *encoder) leave(at, k, room int) (far int) {
	at += k
	from := e.nodes[k]
	to := func(n int, price int32, old int, distance uint32) {
		if t := &e.nodes[k+n]; price < t.price {
			t.price, t.n, t.old, t.distance = price, n, old, distance
			if old < -1 {
				t.history = from.afterByte()
			} else {
				t.history = from.afterCopy(old, n, distance)
			}
		}
	}
	b, before, same := e.around(at, from.last[0])
	to(1, from.price+e.bytePrice(from.state, b, before, same), -2, 0)
	for old, distance := range from.last {
		if int(distance) >= at {
			continue
		}
		n := e.same(at-1-int(distance), at, 0, min(room, longest))
		if old == 0 && n > 0 {
			to(1, from.price+e.oldPrice(from.state, 0, 1), 0, 0)
		}
		price := from.price + e.oldPrice(from.state, old, 2)
		if n >= nice {
			to(n, price+e.oldLengths[n], old, 0)
			e.insert(at)
			return n
		}
		for ; n >= shortest; n-- {
			to(n, price+e.oldLengths[n], old, 0)
		}
	}
	price, n := from.price+e.isCopy[from.state].price(1)+e.isOld[from.state].price(0), shortest
	for _, m := range e.matches(at) {
		slot, _ := slotOf(m.distance)
		further := price + e.distancePrice(m.distance)
		if m.n >= nice && m.n <= room {
			to(m.n, further+e.newLengths[m.n]+e.slotPrices[3][slot], -1, m.distance)
			return m.n
		}
		for ; n <= min(m.n, room); n++ {
			to(n, further+e.newLengths[n]+e.slotPrices[min(n-shortest, 3)][slot], -1, m.distance)
		}
	}
	return 1
}
