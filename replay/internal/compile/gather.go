package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/replay/internal/machine"
)

// Nodes with the same function are one instruction if their operands lie side by side. But one number of
// each of many samples lies in steps, and what one matrix has computed may be needed in the order of
// another. Such operands are copied side by side first: the copies and one instruction take less time than
// an instruction for each node or for each few.

// manySums is how many sums, differences or products there are at least if their operands are copied. One by
// one, fewer of them take less time than the copies. All other functions take longer.
const manySums = 12

// sameFunction emits nodes of one level with the same function. The keys are those of functions, in order.
func (l *lowering) sameFunction(keys [][2]int64) {
	if l.on(Gather) && l.on(Vectors) && l.mayGather(nodeOf(keys[0]), len(keys)) {
		n := l.instructionsOf(keys)
		if areMany(n, len(keys)) {
			byY := slices.Grow(l.byY[:0], len(keys))
			for _, key := range keys {
				byY = append(byY, [2]int64{key[1] >> 32, int64(int32(key[0]))<<32 | int64(nodeOf(key))})
			}
			l.byY = byY
			slices.SortFunc(byY, compareKeys)
			if m := l.instructionsOf(byY); m < n || m == n && firstsAreRun(byY) {
				n, keys = m, byY
			}
		}
		if areMany(n, len(keys)) && !l.mayRepeat(keys, n) {
			l.gathered(keys)
			return
		}
	}
	for _, key := range keys {
		l.function(nodeOf(key))
	}
}

// mayGather reports whether n nodes like i may be one instruction with copies of their operands: whether they
// have one, two or three in each element, and are not few sums.
func (l *lowering) mayGather(i int32, n int) bool {
	op := l.functionOf(i)
	switch op.code {
	case machine.Add, machine.Sub, machine.Mul, machine.Square:
		return n >= manySums
	}
	return 1 <= op.arity && op.arity <= 3
}

// areMany reports whether so many instructions for some nodes are replaced by one, and copies of two
// operands.
func areMany(instructions, nodes int) bool { return tooMany(instructions-2, nodes) }

// mayRepeat reports whether nodes are vectors of four numbers or more, each times a number, in so many
// instructions. Repeats makes one of these without a copy.
func (l *lowering) mayRepeat(keys [][2]int64, instructions int) bool {
	x, y := behind(keys[1], keys[0])
	return l.on(Repeats) && l.Ops[nodeOf(keys[0])] == mul && x != y && len(keys) >= 4*instructions
}

func compareKeys(a, b [2]int64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

func nodeOf(key [2]int64) int32 { return int32(key[1]) }

// instructionsOf returns how many instructions nodes take in the order of their keys.
func (l *lowering) instructionsOf(keys [][2]int64) (n int) {
	var last instruction
	for k, key := range keys {
		in := l.elementwise(nodeOf(key))
		in.Z = l.next + slot(k)
		if n == 0 || !last.grow(&in) {
			last, n = in, n+1
		}
	}
	return n
}

// firstsAreRun reports whether the first operands of the keys lie side by side.
func firstsAreRun(keys [][2]int64) bool {
	for k, key := range keys {
		if x, _ := behind(key, keys[0]); int(x) != k {
			return false
		}
	}
	return true
}

// behind returns how far the operands x and y of a node lie behind those of another.
func behind(key, other [2]int64) (x, y int32) {
	return int32(key[0]) - int32(other[0]), int32(key[1]>>32) - int32(other[1]>>32)
}

// An elementForm is what nodes with the same function have in common if one instruction computes them.
type elementForm struct{ active, main, gradX, gradY, gradC bool }

func (l *lowering) elementForm(i int32) elementForm {
	in := l.elementwise(i)
	return elementForm{in.Active, in.Main, in.GradX, in.GradY, in.GradC}
}

// gathered emits nodes with the same function as one instruction for each form, and copies of operands that
// do not lie side by side.
func (l *lowering) gathered(keys [][2]int64) {
	nodes := slices.Grow(l.left[:0], len(keys))
	for _, key := range keys {
		nodes = append(nodes, nodeOf(key))
	}
	l.left = nodes
	for len(nodes) > 0 {
		form, alike, others := l.elementForm(nodes[0]), slices.Grow(l.alike[:0], len(nodes)), nodes[:0]
		for _, i := range nodes {
			if l.elementForm(i) == form {
				alike = append(alike, i)
			} else {
				others = append(others, i)
			}
		}
		l.oneInstruction(alike)
		nodes, l.alike = others, alike
	}
}

// oneInstruction emits nodes of one form.
func (l *lowering) oneInstruction(nodes []int32) {
	in := l.elementwise(nodes[0])
	arity := len(l.Operands(nodes[0]))
	wanted := [...]bool{in.GradX || arity == 1, in.GradY, in.GradC}
	var columns [3]column
	for k := range arity {
		slots := slices.Grow(l.rowSlots[:0], len(nodes))
		for _, i := range nodes {
			slots = append(slots, l.slot[l.Operands(i)[k]])
		}
		l.rowSlots = slots
		columns[k] = l.sideBySide(slots, &in, wanted[k])
	}
	for j, i := range nodes {
		one := in
		one.X = columns[0].at(j)
		if arity > 1 {
			one.Y = columns[1].at(j)
		}
		if arity > 2 {
			one.C = columns[2].at(j)
		}
		l.settle(i, l.emit(&one, 1))
	}
}

// A column is an operand of several nodes: where that of the first lies, and the step from each to the next.
type column struct {
	first slot
	step  int8
}

// at returns where the operand of node j lies.
func (c column) at(j int) slot { return c.first + slot(j)*slot(c.step) }

// sideBySide returns an operand of several nodes, which lies in V side by side or is the same for all, or
// else its copies. They are for an instruction, by which the gradients of the operand may be wanted.
func (l *lowering) sideBySide(slots []slot, like *instruction, wanted bool) column {
	if step, _, ok := lattice(slots, len(slots)); ok && !l.inMat(slots[0]) {
		return column{slots[0], step}
	}
	copies := *like
	copies.Active = like.Active && wanted
	return column{l.copied(slots, &copies), 1}
}

// areWorthCopying reports whether lanes of one form become lanes of the same vectors with copies of their
// operands: whether that saves many instructions.
func (l *lowering) areWorthCopying(lanes []lane) bool {
	n := len(lanes)
	if n < manySums || !l.on(Gather) || !l.areMultiplyAdds(lanes) {
		return false
	}
	most := 3 * lanes[0].multiplyAdds() // a multiply-add has two factors to copy
	instructions := 0
	for len(lanes) > 0 {
		m := l.sameVectors(lanes)
		if l.areMultiplyAdds(lanes[:m]) {
			instructions += lanes[0].multiplyAdds()
		} else {
			m = max(m-1, 1)
			instructions += m
		}
		lanes = lanes[m:]
	}
	return tooMany(instructions-most, n)
}

// areManyAdds reports whether copies side by side save many of the instructions that add slots x and y one
// by one.
func (l *lowering) areManyAdds(x []slot, y func(r int) slot) bool {
	if len(x) < manySums || !l.on(Gather) || !l.on(Vectors) {
		return false
	}
	instructions := 0
	for k := 0; k < len(x); instructions++ {
		first := k
		if k++; k == len(x) {
			continue
		}
		dx, dy := x[k]-x[first], y(k)-y(first)
		for dx&^1 == 0 && dy&^1 == 0 && k < len(x) && // steps of 0 or 1
			x[k]-x[first] == dx*slot(k-first) && y(k)-y(first) == dy*slot(k-first) {
			k++
		}
	}
	return areMany(instructions, len(x))
}

// gatherAddends makes x slots that lie side by side, and returns such ones for y: where the numbers that an
// instruction adds are, or where they are copied to.
func (l *lowering) gatherAddends(x []slot, y func(r int) slot, like *instruction) func(r int) slot {
	ys := make([]slot, len(x))
	for r := range ys {
		ys[r] = y(r)
	}
	a, b := l.sideBySide(x, like, true), l.sideBySide(ys, like, true)
	for r := range x {
		x[r] = a.at(r)
	}
	return b.at
}
