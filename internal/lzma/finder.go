package lzma

import "encoding/binary"

// A match says that n bytes are as those at a distance, which is counted from 0.
type match struct {
	n        int
	distance uint32
}

// A finder finds earlier bytes that are as the next. Places with the same four bytes are a chain, the last
// place first; so are those with the same three, of which it looks at the last.
type finder struct {
	data    []byte
	threes  []int32
	fours   []int32
	earlier []int32 // for each place, that before it in the chain of its four bytes
	found   []match
}

const (
	hashBits = 20
	depth    = 128 // how many places it looks at
	nice     = 128 // a match of so many bytes is good enough
)

func newFinder(data []byte) *finder {
	f := &finder{
		data: data, threes: make([]int32, 1<<hashBits), fours: make([]int32, 1<<hashBits),
		earlier: make([]int32, len(data)),
	}
	for k := range f.threes {
		f.threes[k], f.fours[k] = -1, -1
	}
	return f
}

// matches returns the matches at a place, of growing length and distance. It must be called for each place in
// turn, or skip.
func (f *finder) matches(at int) []match {
	f.found = f.found[:0]
	most, best := min(longest, len(f.data)-at), shortest
	three, four := f.skip(at)
	consider := func(from int32) (enough bool) {
		if best < most && f.data[int(from)+best] != f.data[at+best] {
			return false
		}
		if n := f.same(int(from), at, most); n > best {
			best = n
			f.found = append(f.found, match{n, uint32(at) - uint32(from) - 1})
		}
		return best >= min(nice, most)
	}
	if three >= 0 && consider(three) {
		return f.found
	}
	for range depth {
		if four < 0 || consider(four) {
			break
		}
		four = f.earlier[four]
	}
	return f.found
}

// skip puts a place into its chains. It returns the places before it, or −1.
func (f *finder) skip(at int) (three, four int32) {
	if at+4 > len(f.data) {
		return -1, -1
	}
	word := binary.LittleEndian.Uint32(f.data[at:])
	t, h := &f.threes[word<<8*0x9e3779b1>>(32-hashBits)], &f.fours[word*0x9e3779b1>>(32-hashBits)]
	three, four = *t, *h
	*t, *h, f.earlier[at] = int32(at), int32(at), four
	return three, four
}

// same returns how many bytes are the same at two places, most at most.
func (f *finder) same(from, at, most int) (n int) {
	x, y := f.data[from:from+most], f.data[at:at+most]
	for n+8 <= most && binary.LittleEndian.Uint64(x[n:]) == binary.LittleEndian.Uint64(y[n:]) {
		n += 8
	}
	for n < most && x[n] == y[n] {
		n++
	}
	return n
}
