package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Rows of two numbers, one behind the other, are the most frequent first layer: that of a network with two
// inputs. Four of them fill a register, and eight have eight results.

// orders writes the orders into which pairs puts lanes.
func orders() {
	GLOBL("orders", NOPTR|RODATA)
	for i, lane := range []int{0, 2, 4, 6, 1, 3, 5, 7, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7} {
		DATA(8*i, U64(lane))
	}
}

// order loads one of three orders.
func order(i int, to VecPhysical) {
	VMOVUPD(NewDataAddr(NewStaticSymbol("orders"), 64*i), to)
}

// eachEight writes a loop along rows, eight at a time: step is called for eight and for what is left. Its masks
// are those of the two registers that the rows fill, and of the one with a number of each row.
func (p *narrow) eachEight(name string, rows Register, step func(pairs, one *mask), next func()) {
	left, count := GP64(), GP64()
	MOVQ(rows, left)
	p.label(name)
	SUBQ(Imm(8), left)
	JL(p.ref(name + "Rest"))
	step(nil, nil)
	next()
	JMP(p.ref(name))
	p.label(name + "Rest")
	ADDQ(Imm(8), left)
	JZ(p.ref(name + "End"))
	LEAQ(Mem{Base: left, Index: left, Scale: 1}, count)
	step(p.mask(count, 2), p.maskOf(left))
	p.label(name + "End")
}

// pairsForward is the part of affine for pairs.
func (p *narrow) pairsForward(z, m, x, c, cs, rows Register) {
	both, inOrder, addend, low, high, sums := p.regs[0], p.regs[1], p.regs[2], p.regs[3], p.regs[4], p.regs[5]
	VBROADCASTF64X2(Mem{Base: x}, both)
	order(0, inOrder)
	VBROADCASTSD(Mem{Base: c}, addend)
	step := GP64() // from the addends of eight rows to those of the next
	MOVQ(cs, step)
	SHLQ(Imm(6), step)
	addends := func(one *mask, part string) {
		TESTQ(cs, cs)
		JZ(p.ref(part))
		p.load(Mem{Base: c}, 0, one, addend)
		p.label(part)
	}
	p.eachEight("eight", rows, func(pairs, one *mask) {
		p.load(Mem{Base: m}, 0, pairs, low)
		p.load(Mem{Base: m}, 1, pairs, high)
		VMULPD(low, both, low)
		VMULPD(high, both, high)
		VUNPCKLPD(high, low, sums)
		VUNPCKHPD(high, low, low)
		VADDPD(low, sums, sums) // of rows 0, 4, 1, 5, 2, 6, 3 and 7
		VPERMPD(sums, inOrder, sums)
		addends(one, "addend"+ending(one != nil))
		VADDPD(addend, sums, sums)
		p.store(sums, Mem{Base: z}, 0, one, nil)
	}, func() {
		ADDQ(step, c)
		ADDQ(Imm(64), z)
		ADDQ(Imm(128), m)
	})
}

// pairsBack is the part of affineGrad for pairs.
func (p *narrow) pairsBack(gz, m, gm, x, from, to, gc, rows Register) {
	both, g, factor, v := p.regs[0], p.regs[1], p.regs[2], p.regs[3]
	twice := []VecPhysical{p.regs[4], p.regs[5]}
	order(1, twice[0])
	order(2, twice[1])
	// factors calls step for the two registers that eight rows fill, with the factor of each of their lanes.
	factors := func(name string, step func(i int, pairs *mask), next ...Register) {
		at := GP64()
		MOVQ(gz, at)
		p.eachEight(name, rows, func(pairs, one *mask) {
			p.load(Mem{Base: at}, 0, one, g)
			for i := range twice {
				VPERMPD(g, twice[i], factor)
				step(i, pairs)
			}
		}, func() {
			ADDQ(Imm(64), at)
			for _, q := range next {
				ADDQ(Imm(128), q)
			}
		})
	}
	TESTQ(to, to)
	JZ(p.ref("matrix"))
	sums := []VecPhysical{p.regs[6], p.regs[7]}
	for _, sum := range sums {
		p.zero(sum)
	}
	factors("columns", func(i int, pairs *mask) {
		p.load(Mem{Base: m}, i, pairs, v)
		VFMADD231PD(v, factor, sums[i])
	}, m)
	sum := sums[0]
	VADDPD(sums[1], sum, sum)
	VEXTRACTF64X4(Imm(1), sum, v.AsY())
	VADDPD(v.AsY(), sum.AsY(), sum.AsY())
	VEXTRACTF128(Imm(1), sum.AsY(), v.AsX())
	VADDPD(v.AsX(), sum.AsX(), sum.AsX())
	TESTQ(from, from)
	JZ(p.ref("store"))
	VADDPD(Mem{Base: from}, sum.AsX(), sum.AsX())
	p.label("store")
	VMOVUPD(sum.AsX(), Mem{Base: to})
	p.label("matrix")
	p.addVector(gc, gz, rows)
	TESTQ(gm, gm)
	JZ(p.ref("return"))
	VBROADCASTF64X2(Mem{Base: x}, both)
	CMPQ(addr("add"), Imm(0))
	JNE(p.ref("add"))
	factors("set8", func(i int, pairs *mask) {
		VMULPD(both, factor, v)
		p.store(v, Mem{Base: gm}, i, pairs, nil)
	}, gm)
	JMP(p.ref("return"))
	p.label("add")
	factors("add8", func(i int, pairs *mask) {
		p.load(Mem{Base: gm}, i, pairs, v)
		VFMADD231PD(both, factor, v)
		p.store(v, Mem{Base: gm}, i, pairs, nil)
	}, gm)
	p.label("return")
}
