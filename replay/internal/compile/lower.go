package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// lower emits the instructions. If they must be exact, it does so in the order of the graph.
// Otherwise it goes level by level: nodes of one level do not depend on each other, so that it can
// put those together that have the same function.
func (l *lowering) lower() {
	nodes := slices.DeleteFunc(l.nodes, func(i int32) bool {
		return l.role[i] != computed && l.role[i] != normalizer
	})
	l.toSettle = len(nodes) + len(l.sums)
	l.code = slices.Grow(l.code, 8+l.toSettle/64)
	if l.Exact {
		for _, i := range nodes {
			l.function(i)
		}
		return
	}
	l.sortByLevel(nodes)
	first := func(group span) int32 { return l.grouped[group.start] }
	level := func(group span) int32 { return l.level[l.sums[first(group)].node] }
	slices.SortFunc(l.groups, func(a, b span) int {
		return cmp.Or(int(level(a)-level(b)), b.len()-a.len(), int(first(a)-first(b)))
	})
	groups := l.groups
	for at := int32(0); len(nodes)+len(groups) > 0; at++ {
		n := 0
		for n < len(groups) && level(groups[n]) == at {
			n++
		}
		l.products(groups[:n])
		groups = groups[n:]
		n = 0
		for n < len(nodes) && l.level[nodes[n]] == at {
			n++
		}
		l.functions(nodes[:n])
		nodes = nodes[n:]
	}
}

// sortByLevel sorts nodes by their levels. Those of one level stay in their order.
func (l *lowering) sortByLevel(nodes []int32) {
	if slices.IsSortedFunc(nodes, func(a, b int32) int { return int(l.level[a] - l.level[b]) }) {
		return
	}
	begin := make([]int32, l.highest+2) // where the next node of each level comes
	for _, i := range nodes {
		begin[l.level[i]+1]++
	}
	for k := range l.highest {
		begin[k+1] += begin[k]
	}
	for _, i := range slices.Clone(nodes) {
		nodes[begin[l.level[i]]] = i
		begin[l.level[i]]++
	}
}

// functions emits the nodes of one level. Those with the same function come one after the other,
// in the order in which their operands lie in memory.
func (l *lowering) functions(nodes []int32) {
	nodes = l.rows(nodes)
	if len(nodes) > 1 {
		keys := slices.Grow(l.keys[:0], len(nodes)) // the function and x, and then y and the node
		for _, i := range nodes {
			x, y := l.firstOperands(i)
			keys = append(keys, [2]int64{int64(l.functionOf(i).class)<<32 + int64(x), int64(y)<<32 + int64(i)})
		}
		l.keys = keys
		slices.SortFunc(keys, compareKeys)
		for len(keys) > 0 {
			n := 1
			for n < len(keys) && keys[n][0]>>32 == keys[0][0]>>32 {
				n++
			}
			l.sameFunction(keys[:n])
			keys = keys[n:]
		}
		return
	}
	for _, i := range nodes {
		l.function(i)
	}
}

// A function is an op, with its opcode, and its number in the order in which they come.
type function struct {
	*gradus.Op
	code  machine.Opcode
	arity int
	class int32
}

// functionOf returns the function that computes a node.
func (l *lowering) functionOf(i int32) *function {
	f := &l.ops[l.Ops[i]]
	if f.Op == nil {
		op := l.Op(i)
		*f = function{op, machine.CodeOf(op), op.Arity(), l.classes}
		l.classes++
	}
	return f
}

// firstOperands returns the slots of the first two operands of a node, 0 where there is none.
func (l *lowering) firstOperands(i int32) (x, y slot) {
	operands := l.Operands(i)
	if len(operands) > 0 {
		x = l.slot[operands[0]]
	}
	if len(operands) > 1 {
		y = l.slot[operands[1]]
	}
	return x, y
}

// elementwise returns the instruction of a node with one, two or three operands. Of another node it has the
// function alone.
func (l *lowering) elementwise(i int32) instruction {
	op, operands := l.functionOf(i), l.Operands(i)
	in := instruction{Code: op.code, N: 1, Op: op.Op, Active: l.active[i], Main: l.isMain(i), C: machine.None}
	in.X, in.Y = l.firstOperands(i)
	switch op.arity {
	case 1:
		in.Y = machine.None
	case 2:
		in.GradX, in.GradY, in.Once = l.active[operands[0]], l.active[operands[1]], l.uses[operands[0]] == 1
	case 3:
		in.C = l.slot[operands[2]]
		in.GradY, in.GradC = l.active[operands[1]], l.active[operands[2]]
	}
	return in
}

// function emits the instruction of a node that is not a sum of products.
func (l *lowering) function(i int32) {
	op, operands := l.functionOf(i), l.Operands(i)
	in := l.elementwise(i)
	switch {
	case op.arity == 2:
		x, y := operands[0], operands[1]
		commutes := l.Ops[i] == mul || op.code == machine.Max || op.code == machine.Min
		if commutes && l.slot[y] == l.next-1 && l.role[x] < computed && l.role[y] == computed {
			// The last result comes first: perhaps a scan begins.
			in.X, in.Y = in.Y, in.X
			in.GradX, in.GradY, in.Once = in.GradY, in.GradX, l.uses[y] == 1
		}
	case op.arity == 1 || op.arity == 3:
	case l.isPick(i):
		l.pick(&in, operands)
	default:
		in.X, in.Y = machine.None, machine.None
		in.More = &machine.More{Index: l.slots(operands)}
	}
	l.settle(i, l.emit(&in, 1))
}

// settle notes in which slot a node is computed, and that it has its instruction.
func (l *lowering) settle(i int32, at slot) {
	l.slot[i] = at
	l.settled++
}

// emit appends an instruction with size results and returns the slot of the first. If it
// continues the last instruction, that one grows instead.
func (l *lowering) emit(in *instruction, size int) slot {
	in.Z = l.next
	l.next += int32(size)
	if !l.open || !l.on(Vectors) || !(*instruction)(&l.code[len(l.code)-1]).grow(in) {
		l.complete()
		l.code = append(reserve(l.code, 1, l.settled, l.toSettle), machine.Inst(*in))
		l.open = true
	}
	return in.Z
}
