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
	var nodes []int32
	for i := range l.Ops {
		if l.role[i] == computed {
			nodes = append(nodes, int32(i))
		}
	}
	if !l.on(Vectors) {
		l.code = make([]machine.Inst, 0, len(nodes))
	}
	if l.Exact {
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

// functions emits the nodes of one level. Those with the same function come one after the other,
// in the order in which their operands lie in memory.
func (l *lowering) functions(nodes []int32) {
	if len(nodes) > 1 {
		type key struct{ class, x, y, node int32 }
		keys := make([]key, len(nodes))
		for k, i := range nodes {
			x, y := l.firstOperands(i)
			keys[k] = key{l.class(l.Ops[i]), x, y, i}
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
	c, ok := l.classes[op]
	if !ok {
		c = int32(len(l.classes))
		l.classes[op] = c
	}
	return c
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

// function emits the instruction of a node that is not a sum of products.
func (l *lowering) function(i int32) {
	op := l.Ops[i]
	in := instruction{
		Inst: machine.Inst{Code: machine.CodeOf(op), N: 1, Op: op, Active: l.active[i], Main: l.main[i]},
		c:    machine.None,
	}
	in.x, in.y = l.firstOperands(i)
	switch op.Arity() {
	case 1:
		in.y = machine.None
	case 2:
		x, y := l.Operands(i)[0], l.Operands(i)[1]
		if op == mul && l.slot[y] == l.next-1 && l.role[x] < computed && l.role[y] == computed {
			// The last result comes first: perhaps a scan begins.
			x, y, in.x, in.y = y, x, in.y, in.x
		}
		in.GradX, in.GradY, in.Once = l.active[x], l.active[y], l.uses[x] == 1
	default:
		in.x, in.y = machine.None, machine.None
		in.index = l.slots(l.Operands(i))
	}
	l.slot[i] = l.emit(&in, 1)
}

// emit appends an instruction with size results and returns the slot of the first. If it
// continues the last instruction, that one grows instead.
func (l *lowering) emit(in *instruction, size int) slot {
	in.z = l.next
	l.next += int32(size)
	if !l.pending || !l.on(Vectors) || !l.last.grow(in) {
		l.complete()
		l.last, l.pending = *in, true
	}
	return in.z
}
