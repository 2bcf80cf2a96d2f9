package lzma

import "encoding/binary"

// A match says that n bytes are as those at a distance, which is counted from 0.
type match struct {
	n        int
	distance uint32
}

// A finder finds earlier bytes that are as the next. Of places with the same three bytes it looks at the
// last. Places with the same four bytes are a binary tree, in the order of the bytes that follow, with the
// last place at the root. So a place that is further down is earlier, and the way down to where the next
// bytes belong passes the best matches.
type finder struct {
	data     []byte
	threes   []int32
	fours    []int32 // the roots
	children []int32 // for each place, that of the smaller and that of the larger bytes, or −1
	found    []match
}

const (
	hashBits = 20
	depth    = 48  // how many places of a tree it looks at
	nice     = 273 // a match of so many bytes is good enough
)

func newFinder(data []byte) *finder {
	f := &finder{
		data: data, threes: make([]int32, 1<<hashBits), fours: make([]int32, 1<<hashBits),
		children: make([]int32, 2*len(data)),
	}
	for k := range f.threes {
		f.threes[k], f.fours[k] = -1, -1
	}
	return f
}

// matches returns the matches at a place, of growing length and distance. It must be called for each place in
// turn, or insert, where the matches are not wanted.
func (f *finder) matches(at int) []match {
	f.found = f.found[:0]
	f.insert(at)
	return f.found
}

// insert makes a place the root of the tree of its four bytes, and notes the matches on the way. The tree is
// cut in two along the way: what is smaller than the bytes at the place, and what is larger.
func (f *finder) insert(at int) {
	if at+4 > len(f.data) {
		return
	}
	most, best := min(longest, len(f.data)-at), shortest
	word := binary.LittleEndian.Uint32(f.data[at:])
	three, root := &f.threes[word<<8*0x9e3779b1>>(32-hashBits)], &f.fours[word*0x9e3779b1>>(32-hashBits)]
	note := func(from int32, n int) {
		if n > best {
			best = n
			f.found = append(f.found, match{n, uint32(at) - uint32(from) - 1})
		}
	}
	if *three >= 0 {
		note(*three, f.same(int(*three), at, 0, most))
	}
	smaller, larger := &f.children[2*at], &f.children[2*at+1]
	ofSmaller, ofLarger := 0, 0 // how many bytes all have in common that go there
	place := *root
	*three, *root = int32(at), int32(at)
	for range depth {
		if place < 0 {
			break
		}
		n := f.same(int(place), at, min(ofSmaller, ofLarger), most)
		note(place, n)
		children := f.children[2*place : 2*place+2]
		switch {
		case n == most:
			*smaller, *larger = children[0], children[1]
			return
		case f.data[int(place)+n] < f.data[at+n]:
			*smaller, smaller, place, ofSmaller = place, &children[1], children[1], n
		default:
			*larger, larger, place, ofLarger = place, &children[0], children[0], n
		}
	}
	*smaller, *larger = -1, -1
}

// same returns how many bytes are the same at two places, most at most. It takes the first n for granted.
func (f *finder) same(from, at, n, most int) int {
	x, y := f.data[from:from+most], f.data[at:at+most]
	for n+8 <= most && binary.LittleEndian.Uint64(x[n:]) == binary.LittleEndian.Uint64(y[n:]) {
		n += 8
	}
	for n < most && x[n] == y[n] {
		n++
	}
	return n
}
