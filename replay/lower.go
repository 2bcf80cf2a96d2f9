package replay

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus"
)

// An opKey sorts functions: by opcode, and those without one by themselves.
type opKey struct {
	code opcode
	op   *gradus.Op
}

// lower emits the instructions, in the order of the graph or, if additions may be reordered, level by
// level, so that what does not depend on each other comes together.
func (l *lowering) lower() {
	var nodes []int32
	for i := range l.ops {
		if l.role[i] == computed {
			nodes = append(nodes, int32(i))
		}
	}
	if !l.on(Vectors) {
		l.code = make([]inst, 0, len(nodes))
	}
	if !l.on(Reassociation) {
		for _, i := range nodes {
			l.function(i)
		}
		return
	}
	byLevel := func(a, b int32) int { return cmp.Compare(l.level[a], l.level[b]) }
	slices.SortStableFunc(nodes, byLevel)
	level := func(group []int32) int32 { return l.level[l.sums[group[0]].node] }
	slices.SortStableFunc(l.groups, func(a, b []int32) int {
		return cmp.Or(cmp.Compare(level(a), level(b)), cmp.Compare(len(b), len(a)))
	})
	groups := l.groups
	for len(nodes) > 0 || len(groups) > 0 {
		at := int32(1<<31 - 1)
		if len(nodes) > 0 {
			at = l.level[nodes[0]]
		}
		if len(groups) > 0 {
			at = min(at, level(groups[0]))
		}
		for len(groups) > 0 && level(groups[0]) == at {
			l.products(groups[0])
			groups = groups[1:]
		}
		n := 0
		for n < len(nodes) && l.level[nodes[n]] == at {
			n++
		}
		l.functions(nodes[:n])
		nodes = nodes[n:]
	}
}

// keepExponentials makes room for the exp(−|x|) of each softplus, which its derivative needs
// again.
func (l *lowering) keepExponentials() {
	l.kept = l.next
	for k := range l.code {
		if in := &l.code[k]; in.code == opSoftplus {
			in.c = l.next
			l.next += in.n
		}
	}
}

// functions emits nodes of one level, like functions together and in the order of their
// operands.
func (l *lowering) functions(nodes []int32) {
	if len(nodes) > 1 {
		type key struct{ class, x, y, node int32 }
		keys := make([]key, len(nodes))
		for k, i := range nodes {
			x, y := l.firstOperands(i)
			keys[k] = key{l.class(l.ops[i]), x, y, i}
		}
		slices.SortFunc(keys, func(a, b key) int {
			return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.x, b.x),
				cmp.Compare(a.y, b.y), cmp.Compare(a.node, b.node))
		})
		for k := range keys {
			nodes[k] = keys[k].node
		}
	}
	for _, i := range nodes {
		l.function(i)
	}
}

// class numbers functions in the order in which they come.
func (l *lowering) class(op *gradus.Op) int32 {
	key := opKey{direct[op], op}
	c, ok := l.classes[key]
	if !ok {
		c = int32(len(l.classes))
		l.classes[key] = c
	}
	return c
}

// firstOperands returns the slots of the first two operands of a node, 0 where it has none.
func (l *lowering) firstOperands(i int32) (x, y int32) {
	operands := l.operands(i)
	if len(operands) > 0 {
		x = l.slot[operands[0]]
	}
	if len(operands) > 1 {
		y = l.slot[operands[1]]
	}
	return x, y
}

// function emits the instruction of a node that is not a sum of products.
func (l *lowering) function(i int32) {
	op := l.ops[i]
	in := inst{n: 1, op: op, c: none, active: l.active[i], main: l.main[i]}
	in.x, in.y = l.firstOperands(i)
	in.code = direct[op]
	switch op.Arity() {
	case 1:
		in.y = none
		if in.code == 0 {
			in.code = opUnary
		}
	case 2:
		if in.code == 0 {
			in.code = opBinary
		}
		x, y := l.operands(i)[0], l.operands(i)[1]
		if op == mulOp && l.slot[y] == l.next-1 && l.role[x] < computed && l.role[y] == computed {
			// The last result comes first: perhaps a scan begins.
			x, y, in.x, in.y = y, x, in.y, in.x
		}
		in.gradX, in.gradY, in.once = l.active[x], l.active[y], l.uses[x] == 1
	default:
		in.code, in.x, in.y = opNary, none, none
		for _, a := range l.operands(i) {
			in.index = append(in.index, l.slot[a])
		}
	}
	l.slot[i] = l.emit(in, 1)
}

// none is the slot of an operand that an instruction lacks.
const none = -1

// emit appends an instruction with size results and returns the slot of the first. If it
// continues the last instruction, that one grows instead.
func (l *lowering) emit(in inst, size int) int32 {
	in.z = l.next
	l.next += int32(size)
	if n := len(l.code); n == 0 || !l.on(Vectors) || !l.code[n-1].grow(&in) {
		l.code = append(l.code, in)
	}
	return in.z
}

// grow adds an instruction of one element to in, if it does the same to the operands that
// come next. Elements are computed in order, so that those of a function of two numbers may
// depend on those before; those of a function of one may not.
func (in *inst) grow(next *inst) bool {
	if !in.alike(next) || in.z+in.n != next.z || in.y == none && next.x >= in.z {
		return false
	}
	grown := *in
	for _, o := range []struct {
		at, next int32
		step     *int8
	}{
		{in.x, next.x, &grown.xStep}, {in.y, next.y, &grown.yStep}, {in.c, next.c, &grown.cStep},
	} {
		if in.n == 1 && o.at != none && o.next == o.at+1 {
			*o.step = 1
		}
		if o.next != o.at+int32(*o.step)*in.n {
			return false
		}
	}
	grown.n++
	grown.once = next.once && (in.once || in.n == 1)
	*in = grown
	return true
}

// alike reports whether two instructions do the same, element by element.
func (in *inst) alike(next *inst) bool {
	switch in.code {
	case opPack, opDense, opTotal, opNary:
		return false
	}
	return in.code == next.code && in.op == next.op && in.active == next.active &&
		in.main == next.main && in.gradX == next.gradX && in.gradY == next.gradY
}
