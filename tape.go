package gradus

// A Tape makes a loop fast that builds a graph again and again. It records the nodes in memory
// that it reuses, and in an order that is already topological, so that nothing is sorted.
//
// A leaf made with [Tape.New] is on the tape, and so is whatever is computed from it, by the
// same methods as without a tape. Parameters stay ordinary leaves, made with [New] or [Values].
// [Tape.Reset] forgets what was recorded and keeps the memory:
//
//	var tape gradus.Tape
//	for _, sample := range samples {
//		tape.Reset()
//		x := tape.New(sample.x)
//		loss(x, sample.t).Backward()
//		…
//	}
//
// A Value must not be used after the Reset of its tape: its place holds another node by then,
// or is empty. If it is empty, [Value.As], [Value.Backward] and every operation on the Value
// panic. If it holds another node, nothing is noticed.
//
// The gradients equal those without a tape, but sums may be rounded in another order. A graph
// may have nodes on several tapes and nodes on none; it is then sorted, unless all its interior
// nodes are on one tape.
//
// A number that is an operand, as in x.Mul(2), becomes a constant on the tape. Go allocates 8
// bytes for it, unless the number is known when the program is compiled.
//
// The zero Tape is ready to use. A tape, like a graph, belongs to one goroutine at a time. It
// must not be copied once it has been used: New and Reset of the copy panic.
type Tape struct {
	blocks []*[blockLen]Value // the nodes, in order of recording
	block  *[blockLen]Value   // the block that is being filled, never full
	next   uint8              // the next place in it

	mores    slab[more]
	operands slab[*Value]
	unnamed  more // shared by all nodes that need no more than to know their tape

	// mixed says that the tape does not hold the whole graph: some node has an operand that is on
	// another tape, or that is an interior node on no tape.
	mixed bool
}

// blockLen is the number of nodes in a block. A uint8 has as many values, so that next returns
// to 0 after the last place, and the compiler need not check it as an index.
const blockLen = 256

// New returns a leaf that holds x and is on the tape until the next Reset.
//
// It panics if the tape is nil or a copy of one that was used.
func (t *Tape) New(x float64) *Value {
	if t == nil || t.unnamed.tape != t {
		t.mustBeOriginal("New")
		t.unnamed.tape = t
		t.open(0)
	}
	return t.record(nil, nil, x, nil, nil)
}

// Reset forgets every Value on the tape and keeps the memory for those to come.
//
// It panics if the tape is nil or a copy of one that was used.
func (t *Tape) Reset() {
	t.mustBeOriginal("Reset")
	if t.block != nil {
		t.open(0)
	}
	t.mores.reset()
	t.operands.reset()
	t.mixed = false
}

// mustBeOriginal panics if the tape is nil or a copy, which would write over the nodes of the
// original.
func (t *Tape) mustBeOriginal(method string) {
	if t == nil {
		panic(message("Tape."+method, "the Tape is nil, want a Tape"))
	}
	if t.unnamed.tape != nil && t.unnamed.tape != t {
		panic(message("Tape."+method, "the Tape is a copy, want the original: hand on a *Tape"))
	}
}

// open makes block b the one to fill.
func (t *Tape) open(b int) {
	if b == len(t.blocks) {
		block := new([blockLen]Value)
		for i := range block {
			block[i].index = uint32(b*blockLen + i + 1)
		}
		t.blocks = append(t.blocks, block)
	}
	t.block, t.next = t.blocks[b], 0
}

// record writes a node at the end of the tape, over what was there before Reset. For a leaf op
// and back are nil. x and y are the operands of a function of two numbers; a function of one
// number has only x, and other nodes have neither.
func (t *Tape) record(op *Op, back func(*Value), z float64, x, y *Value) *Value {
	if x != nil && t.foreign(x) {
		t.admit(x)
	}
	if y != nil && t.foreign(y) {
		t.admit(y)
	}
	v := &t.block[t.next]
	v.op, v.back = op, back
	v.parents[0], v.parents[1] = x, y
	v.more = &t.unnamed
	v.Data, v.Grad, v.state = z, 0, 0
	if t.next++; t.next == 0 {
		t.open(int(v.index) / blockLen)
	}
	return v
}

// recordN is record for a function of any number of numbers: those in w and then those in x.
func (t *Tape) recordN(op *Op, w, x []*Value) *Value {
	m := t.newMore(len(w) + len(x))
	copy(m.operands[copy(m.operands, w):], x)
	for i, p := range m.operands {
		if p == nil {
			panic(op.nilAmong(i, len(m.operands)))
		}
		if t.foreign(p) {
			t.admit(p)
		}
	}
	z := op.nary.value(operands{nodes: m.operands})
	v := t.record(op, op.back, z, nil, nil)
	v.more = m
	return v
}

// foreign reports whether admit must look at x before x becomes an operand. It need not look at
// the two usual kinds: a leaf off the tape, and a node of this tape, recorded since Reset, that
// shares unnamed.
func (t *Tape) foreign(x *Value) bool {
	if x.index == 0 {
		return x.op != nil
	}
	return x.more != &t.unnamed || x.index >= t.block[t.next].index
}

// admit checks that x may become an operand, and notes in mixed if x is on another tape or on
// none.
func (t *Tape) admit(x *Value) {
	var owner *Tape
	if x.index != 0 {
		owner = x.more.tape
		owner.mustHold(x)
	}
	t.mixed = t.mixed || owner != t
}

// mustHold panics if v's place on the tape is empty, or if v is a copy of what is there.
func (t *Tape) mustHold(v *Value) {
	if n := t.block[t.next].index; v.index >= n {
		panic(message("Tape", "a Value was used after Reset: it was node %d, and %d have been recorded since",
			v.index, n-1))
	}
	if i := v.index - 1; v != &t.blocks[i/blockLen][i%blockLen] {
		panic(message("Tape", "a Value on a tape was copied: it was node %d; want the *Value", v.index))
	}
}

// newMore returns a more for one node of the tape, with room for n operands.
func (t *Tape) newMore(n int) *more {
	m := &t.mores.take(1)[0]
	*m = more{tape: t, operands: t.operands.take(n)}
	return m
}

// backward is Backward without sorting: one scan from the root to the beginning of the tape. It
// runs only the nodes that the root depends on, which their results mark on the way. It
// returns false, and has done nothing, if the tape does not hold the whole graph.
func (t *Tape) backward(root *Value) bool {
	t.mustHold(root)
	if t.mixed {
		return false
	}
	done := false
	defer func() {
		if !done { // the derivative of a caller's op panicked: no node must stay marked
			for i := range int(root.index) {
				t.blocks[i/blockLen][i%blockLen].state &= flags
			}
		}
	}()
	root.reach()
	root.Grad++
	i := int(root.index) - 1
	for b := i / blockLen; b >= 0; b-- {
		block := t.blocks[b]
		for i %= blockLen; i >= 0; i-- {
			if v := &block[i]; v.state&^flags != 0 {
				v.state = gradFlag
				if x := v.parents[0]; x != nil {
					x.reach()
					if y := v.parents[1]; y != nil {
						y.reach()
					}
				} else {
					v.reachOperands()
				}
				v.back(v)
			}
		}
		i = blockLen - 1
	}
	done = true
	return true
}

// reach marks v for the scan, and sets the Grad of an interior node to 0 the first time.
func (v *Value) reach() {
	if v.op == nil {
		v.state |= gradFlag
	} else if v.state&^flags == 0 {
		v.Grad, v.state = 0, gradFlag|1
	}
}

// reachOperands is reach for the operands of a function of any number of numbers.
func (v *Value) reachOperands() {
	for _, p := range v.more.operands {
		p.reach()
	}
}

// A slab lends slices, cut from blocks of memory that it reuses after reset.
type slab[T any] struct {
	blocks      [][]T
	block, used int // the block that is being filled, and how much of it is
}

// take returns n elements. They still hold what they held before the last reset.
func (s *slab[T]) take(n int) []T {
	for ; s.block < len(s.blocks); s.block, s.used = s.block+1, 0 {
		if b := s.blocks[s.block]; n <= len(b)-s.used {
			s.used += n
			return b[s.used-n : s.used : s.used]
		}
	}
	// A new block is at least twice as long as the last one. So the blocks that were too short
	// for n, together, are never longer than the one that is long enough.
	size := max(n, blockLen)
	if s.block > 0 {
		size = max(n, 2*len(s.blocks[s.block-1]))
	}
	s.blocks = append(s.blocks, make([]T, size))
	return s.take(n)
}

func (s *slab[T]) reset() { s.block, s.used = 0, 0 }
