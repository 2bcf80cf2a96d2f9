package gradus

import "github.com/gradus-go/gradus/internal/slab"

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
// The gradients equal those without a tape, but sums may be rounded in another order. A graph may have nodes
// that are on no tape, such as a penalty Σw² on parameters: these are sorted. If it has nodes on several
// tapes, all nodes are.
//
// A number that is an operand, as in x.Mul(2), becomes a constant on the tape. Go allocates 8
// bytes for it, unless the number is known when the program is compiled.
//
// The zero Tape is ready to use. A tape, like a graph, belongs to one goroutine at a time. It
// must not be copied once it has been used: New and Reset of the copy panic.
type Tape struct {
	blocks []*[blockLen]Value // the nodes, in order of recording
	plain  more               // shared by the nodes that have none of their own

	mores    slab.Slab[more]
	operands slab.Slab[*Value]
	named    []*Value // the nodes since Reset that have a more of their own for a name

	// off has the interior nodes on no tape that have become operands since Reset, some of them more than
	// once. None depends on a node of a tape, or it would be on that tape itself.
	off   []*Value
	mixed bool // some node has an operand that is on another tape
}

// blockLen is the number of nodes in a block. A uint8 has as many values, so that the compiler need
// not check it as an index.
const blockLen = 256

// New returns a leaf that holds x and is on the tape until the next Reset.
//
// It panics if the tape is nil or a copy of one that was used.
func (t *Tape) New(x float64) *Value {
	if t == nil || t.plain.tape != t {
		t.mustBeOriginal("New")
		t.plain.tape = t
	}
	if t.plain.isFull() {
		t.open()
	}
	return t.plain.put(nil, nil, x, nil, nil)
}

// Reset forgets every Value on the tape and keeps the memory for those to come.
//
// It panics if the tape is nil or a copy of one that was used.
func (t *Tape) Reset() {
	t.mustBeOriginal("Reset")
	for _, v := range t.named {
		v.more = &t.plain
	}
	t.plain.nodes, t.named = 0, t.named[:0]
	t.mores.Reset()
	t.operands.Reset()
	clear(t.off)
	t.off, t.mixed = t.off[:0], false
}

// mustBeOriginal panics if the tape is nil or a copy, which would write over the nodes of the
// original.
func (t *Tape) mustBeOriginal(method string) {
	if t == nil {
		panic(message("Tape."+method, "the Tape is nil, want a Tape"))
	}
	if t.plain.tape != nil && t.plain.tape != t {
		panic(message("Tape."+method, "the Tape is a copy, want the original: hand on a *Tape"))
	}
}

// record writes a node at the end of the tape, over what was there before Reset. For a leaf op
// and back are nil. x and y are the operands of a function of two numbers; a function of one
// number has only x, and other nodes have neither.
func (t *Tape) record(op *Op, back func(*Value), z float64, x, y *Value) *Value {
	if x != nil && t.foreign(x) || y != nil && t.foreign(y) {
		t.admit(x, y)
	}
	if t.plain.isFull() {
		t.open()
	}
	return t.plain.put(op, back, z, x, y)
}

// open makes the block of the next node the one to fill.
func (t *Tape) open() {
	b := int(t.plain.nodes) / blockLen
	if b == len(t.blocks) {
		block := new([blockLen]Value)
		for i := range block {
			block[i].index, block[i].more = uint32(b*blockLen+i+1), &t.plain
		}
		t.blocks = append(t.blocks, block)
	}
	t.plain.block = t.blocks[b]
}

// isFull reports whether the next node needs another block.
func (m *more) isFull() bool { return uint8(m.nodes) == 0 }

// put is record if the block is not full and nothing is to be admitted. Add and Mul call it, where the
// compiler puts its code in place of the call. A loop that builds the same graph again finds the op and
// the operands in their places: to compare them is faster than to write them. Where the op was the same, so
// is more: recordN gives a node one of its own, and Reset takes back those that only hold a name.
func (m *more) put(op *Op, back func(*Value), z float64, x, y *Value) *Value {
	v := &m.block[uint8(m.nodes)]
	m.nodes++
	v.Data, v.Grad, v.state = z, 0, 0
	if v.parents[1] != y || v.parents[0] != x || v.op != op {
		v.op, v.back, v.more = op, back, m
		v.parents[0], v.parents[1] = x, y
	}
	return v
}

// takes reports whether put will do for a node with the operands x and y, if m is the more of x. It will
// not if x is on no tape or has a more of its own: there nodes is 0. Of the three kinds of y that need not be
// admitted, it looks for the two usual ones first: a plain node of the tape, and a leaf on no tape.
func (m *more) takes(x, y *Value) bool {
	return m != nil && x.index <= m.nodes && !m.isFull() &&
		(y.more == m && y.index <= m.nodes || y.index == 0 && y.op == nil || !m.tape.foreign(y))
}

// recordN is record for a function of any number of numbers: those in w and then those in x.
func (t *Tape) recordN(op *Op, w, x []*Value) *Value {
	all := t.operands.Take(len(w) + len(x))
	z, ok := 0.0, false
	if op == dot {
		z, ok = t.dot(all, w, x)
	}
	if !ok {
		copy(all[copy(all, w):], x)
		mustBeValues(op.name, "operand", all)
		t.admit(all...)
		z = op.nary.value(operands{nodes: all})
	}
	if t.plain.isFull() {
		t.open()
	}
	v := t.plain.put(op, op.back, z, nil, nil)
	t.newMore(v, all)
	return v
}

// dot returns the dot product of w and x, as dotOp does, and copies them to all. It reports false if admit
// must look at an operand. To check, copy and compute in one go saves a third of the time. What is usual is
// found first: in w a leaf off the tape, a parameter, and in x a node that has no more of its own. As in put,
// an operand that all holds already is not written.
func (t *Tape) dot(all, w, x []*Value) (z float64, ok bool) {
	if len(x) == 0 { // of Apply, w has both halves
		w, x = halves(w)
	}
	a, b := halves(all)
	x, a, b = x[:len(w)], a[:len(w)], b[:len(w)] // so that the loop checks no index
	nodes := t.plain.nodes
	for i, p := range w {
		q := x[i]
		if p == nil || q == nil || (p.index != 0 || p.op != nil) && t.foreign(p) ||
			(q.more != &t.plain || q.index > nodes) && t.foreign(q) {
			return 0, false
		}
		if a[i] != p || b[i] != q {
			a[i], b[i] = p, q
		}
		z += float64(p.Data * q.Data)
	}
	return z, true
}

// foreign reports whether admit must look at x before x becomes an operand. It need not look at
// the two usual kinds: a leaf off the tape, and a node of this tape, recorded since Reset.
func (t *Tape) foreign(x *Value) bool {
	return x.index == 0 && x.op != nil || x.index != 0 && (x.more.tape != t || x.index > t.plain.nodes)
}

// admit checks that each x may become an operand, and notes those that are on another tape or on none.
func (t *Tape) admit(x ...*Value) {
	for _, x := range x {
		switch {
		case x == nil || !t.foreign(x):
		case x.index == 0:
			t.off = append(t.off, x)
		default:
			x.more.tape.mustHold(x)
			t.mixed = t.mixed || x.more.tape != t
		}
	}
}

// mustHold panics if v's place on the tape is empty, or if v is a copy of what is there.
func (t *Tape) mustHold(v *Value) {
	if v.index > t.plain.nodes {
		panic(message("Tape", "a Value was used after Reset: it was node %d, and %d have been recorded since",
			v.index, t.plain.nodes))
	}
	if i := v.index - 1; v != &t.blocks[i/blockLen][i%blockLen] {
		panic(message("Tape", "a Value on a tape was copied: it was node %d; want the *Value", v.index))
	}
}

// newMore gives v, a node of the tape, a more of its own with these operands, until Reset.
func (t *Tape) newMore(v *Value, operands []*Value) {
	v.more = &t.mores.Take(1)[0]
	v.more.name, v.more.operands, v.more.tape = "", operands, t
}

// backward is Backward with one scan from the root to the beginning of the tape in place of sorting. It runs
// only the nodes that the root depends on, which their results mark on the way. Then it runs what these
// depend on off the tape, which it sorts. It returns false, and has done nothing, if there is another tape.
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
			for _, v := range t.off {
				v.state &= flags
			}
		}
	}()
	root.receive(1)
	t.scan(int(root.index) - 1)
	if len(t.off) > 0 {
		reached := t.reached()
		nodes, _ := countUses(nil, reached, true)
		backward(reached, nodes)
	}
	done = true
	return true
}

// reached returns the nodes off the tape that the scan has marked, each once. The mark is a use that is
// counted: theirs as roots.
func (t *Tape) reached() (nodes []*Value) {
	for _, v := range t.off {
		if v.state&^flags != 0 {
			v.state = gradFlag
			nodes = append(nodes, v)
		}
	}
	for _, v := range nodes {
		v.state++
	}
	return nodes
}

// scan runs the nodes from position i to the beginning of the tape that are marked.
//
// It does what the closures of the ops do that networks are made of, and calls those of all others: a
// processor often mispredicts where a call of a closure leads, which made a node take up to 26 ns, not 9.
// A product that was recorded just before its sum, as in z.Add(w.Mul(x)), it runs together with the sum.
func (t *Tape) scan(i int) {
	plus, times, inner := add, mul, dot
	for b := i / blockLen; b >= 0; b-- {
		block := t.blocks[b]
		for i %= blockLen; i >= 0; i-- {
			v := &block[uint8(i)]
			if v.state&^flags == 0 {
				continue
			}
			v.state = gradFlag
			switch v.op {
			case plus:
				g, y := v.Grad, v.parents[1]
				v.parents[0].receive(g)
				if y != &block[uint8(i-1)] || y.op != times || y.state&^flags != 0 {
					y.receive(g)
					continue
				}
				y.Grad, y.state = g, gradFlag
				p, q := y.parents[0], y.parents[1]
				p.receive(float64(g * q.Data))
				q.receive(float64(g * p.Data))
				i--
			case times:
				x, y := v.parents[0], v.parents[1]
				x.receive(float64(v.Grad * y.Data))
				y.receive(float64(v.Grad * x.Data))
			case inner:
				v.scanDot()
			default:
				for _, p := range v.parentList() {
					p.receive(0)
				}
				v.back(v)
			}
		}
		i = blockLen - 1
	}
}

// scanDot is scan for a dot product. In a function of its own the loop has the registers for itself.
func (v *Value) scanDot() {
	g := v.Grad
	w, x := halves(v.more.operands)
	for i, p := range w {
		q := x[i]
		p.receiveMore(float64(g * q.Data))
		q.receiveMore(float64(g * p.Data))
	}
}

// receive marks v for the scan and adds g to Grad, which is 0 the first time if v is an interior node.
func (v *Value) receive(g float64) {
	if v.op == nil {
		v.state |= gradFlag | leafFlag
	} else if v.state&^flags == 0 {
		v.Grad, v.state = g, gradFlag|1
		return
	}
	v.Grad += g
}

// receiveMore is receive, and faster if v has received something before. One comparison tells: below gradFlag
// there then is leafFlag or the mark.
func (v *Value) receiveMore(g float64) {
	if v.state > gradFlag {
		v.Grad += g
		return
	}
	v.receive(g)
}
