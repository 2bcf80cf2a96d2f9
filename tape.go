package gradus

// A Tape makes loops that build the same graph again and again fast: it records nodes in
// memory that it reuses, and in an order that needs no sorting.
//
// A leaf made with [Tape.New] lives on the tape, and so does whatever is computed from it,
// with the same methods as ever. Parameters stay ordinary leaves, made with [New] or
// [Values]. [Tape.Reset] forgets all that was recorded and keeps the memory:
//
//	var tape gradus.Tape
//	for _, sample := range samples {
//		tape.Reset()
//		x := tape.New(sample.x)
//		loss(x, sample.t).Backward()
//		…
//	}
//
// A Value must not be used after the Reset of its tape. Its place then holds another node,
// or none: if none, naming it, using it as an operand and Backward panic.
//
// Gradients differ from those without a tape at most in the order in which sums are
// rounded. A graph may have nodes on a tape, on another tape and on none; only if all its
// interior nodes are on one is there no sorting.
//
// A tape, like a graph, belongs to one goroutine at a time. The zero Tape is ready to use.
// A tape must not be copied once it has been used: New and Reset of the copy panic.
type Tape struct {
	blocks []*[blockLen]Value // the nodes, in order of recording
	block  *[blockLen]Value   // the block that is being filled, never full
	next   uint8              // the next place in it

	mores    slab[more]
	operands slab[*Value]
	unnamed  more // shared by all nodes that need no more than to know their tape

	// mixed says that the order of recording leaves something out: a node has an operand on
	// another tape, or an interior one on none.
	mixed bool
}

// blockLen is the number of nodes in a block of a tape: as many as a uint8 has values, so
// that next wraps around and an index needs no check.
const blockLen = 256

// New returns a leaf that holds x and lives on the tape until the next Reset.
//
// It panics if the tape is nil or a copy of one that was used.
func (t *Tape) New(x float64) *Value {
	t.mustBeOriginal("New")
	if t.block == nil {
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
		panic(message("Tape."+method, "the Tape is nil, want one"))
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

// record puts a node at the end of the tape, over what was there before Reset. A leaf has
// no op, and only a function of one number, or of two, has x, or x and y.
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

// recordN puts a function of any number of numbers, those in w and then those in x, at the
// end of the tape.
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

// foreign reports whether x is neither an unnamed node of the tape, recorded already, nor a
// leaf off it: these need nothing done when they become operands.
func (t *Tape) foreign(x *Value) bool {
	if x.index == 0 {
		return x.op != nil
	}
	return x.more != &t.unnamed || x.index >= t.block[t.next].index
}

// admit takes note of an operand that is about to be recorded.
func (t *Tape) admit(x *Value) {
	owner := x.tape()
	if owner != nil {
		owner.mustHold(x)
	}
	t.mixed = t.mixed || owner != t
}

// mustHold panics if v's place on the tape is empty.
func (t *Tape) mustHold(v *Value) {
	if n := t.block[t.next].index; v.index >= n {
		panic(message("Tape", "a Value was used after Reset: it was node %d, and %d are recorded since",
			v.index, n-1))
	}
}

// newMore returns a more of its own for a node on the tape, with room for n operands.
func (t *Tape) newMore(n int) *more {
	m := &t.mores.take(1)[0]
	*m = more{tape: t, operands: t.operands.take(n)}
	return m
}

// backward is Backward without sorting: one scan from the root to the beginning, over
// those nodes that the root depends on. It reports whether that will do.
func (t *Tape) backward(root *Value) bool {
	t.mustHold(root)
	if t.mixed {
		return false
	}
	done := false
	defer func() {
		if !done { // a user's derivative panicked
			t.unreach(root)
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

// reach readies v for Backward and leaves a mark for the scan, once.
func (v *Value) reach() {
	if v.op == nil {
		v.state |= gradFlag
	} else if v.state&^flags == 0 {
		v.Grad, v.state = 0, gradFlag|1
	}
}

func (v *Value) reachOperands() {
	for _, p := range v.more.operands {
		p.reach()
	}
}

// unreach takes the scan's marks away.
func (t *Tape) unreach(root *Value) {
	for i := range int(root.index) {
		t.blocks[i/blockLen][i%blockLen].state &= flags
	}
}

// tape returns the tape that v lives on, or nil.
func (v *Value) tape() *Tape {
	if v.index == 0 {
		return nil
	}
	return v.more.tape
}

// A slab hands out slices of one type from blocks that it reuses after reset.
type slab[T any] struct {
	blocks      [][]T
	block, used int // the block that is being filled, and how much of it is
}

// take returns n elements, with what they held before the last reset.
func (s *slab[T]) take(n int) []T {
	for ; s.block < len(s.blocks); s.block, s.used = s.block+1, 0 {
		if b := s.blocks[s.block]; n <= len(b)-s.used {
			s.used += n
			return b[s.used-n : s.used : s.used]
		}
	}
	// At least twice the last block: blocks that proved too small then never add up to more
	// than those that did not.
	size := max(n, blockLen)
	if s.block > 0 {
		size = max(n, 2*len(s.blocks[s.block-1]))
	}
	s.blocks = append(s.blocks, make([]T, size))
	return s.take(n)
}

func (s *slab[T]) reset() { s.block, s.used = 0, 0 }
