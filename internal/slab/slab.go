package slab

// A Slab lends slices, cut from blocks of memory that it reuses after Reset. The zero Slab is ready to use.
type Slab[T any] struct {
	blocks      [][]T
	block, used int // the block that is being filled, and how much of it is
}

// firstBlock is the least number of elements in a block.
const firstBlock = 256

// Take returns n elements. They still hold what they held before the last Reset.
func (s *Slab[T]) Take(n int) []T {
	for ; s.block < len(s.blocks); s.block, s.used = s.block+1, 0 {
		if b := s.blocks[s.block]; n <= len(b)-s.used {
			s.used += n
			return b[s.used-n : s.used : s.used]
		}
	}
	// A new block is at least twice as long as the last one. So the blocks that were too short
	// for n, together, are never longer than the one that is long enough.
	size := max(n, firstBlock)
	if s.block > 0 {
		size = max(n, 2*len(s.blocks[s.block-1]))
	}
	s.blocks = append(s.blocks, make([]T, size))
	return s.Take(n)
}

// Reset takes all slices back.
func (s *Slab[T]) Reset() { s.block, s.used = 0, 0 }
