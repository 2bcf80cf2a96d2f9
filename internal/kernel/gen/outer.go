package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// outer is what the product of a column and a row holds in registers.
type outer struct {
	*set
	pb, pc Register
	end    Register // where the last whole vector of b ends
	rest   Register // what is left then, in elements
	last   *mask
	add    bool // to C
}

// unroll is how many vectors the loop of outer takes at a time.
const unroll = 4

// outer writes the product of a column and a row, row by row: there is nothing to keep in
// registers, and one stream of stores is what memory likes best.
func (s *set) outer(add bool) {
	name, doc := "outer", "computes C = a·bᵀ for a column a and a row bᵀ."
	if add {
		name, doc = "outerAdd", "adds a·bᵀ to C, for a column a and a row bᵀ."
	}
	function(name+s.name, "func(c *float64, ldc int, a *float64, ra int, b *float64, m, n int)", doc)
	c, a, b, m := param("c"), param("a"), param("b"), param("m")
	ldc, ra := stride("ldc"), stride("ra")
	p := outer{set: s, pb: GP64(), pc: GP64(), end: GP64(), rest: param("n"), add: add}
	MOVQ(p.rest, p.end)
	ANDQ(Imm(uint64(s.lanes-1)), p.rest)
	SUBQ(p.rest, p.end)
	LEAQ(Mem{Base: b, Index: p.end, Scale: 8}, p.end)
	count := GP64()
	MOVQ(p.rest, count)
	p.last = s.mask(count, 1)
	Label("row")
	VBROADCASTSD(Mem{Base: a}, s.regs[0])
	MOVQ(b, p.pb)
	MOVQ(c, p.pc)
	p.row()
	ADDQ(ldc, c)
	ADDQ(ra, a)
	DECQ(m)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// row writes the loops along one row.
func (p *outer) row() {
	SUBQ(I32(unroll*p.bytes()), p.end)
	CMPQ(p.pb, p.end)
	JG(LabelRef("few"))
	Label("loop")
	p.step(unroll, nil)
	CMPQ(p.pb, p.end)
	JLE(LabelRef("loop"))
	Label("few")
	ADDQ(I32(unroll*p.bytes()), p.end)
	CMPQ(p.pb, p.end)
	JE(LabelRef("rest"))
	Label("vector")
	p.step(1, nil)
	CMPQ(p.pb, p.end)
	JNE(LabelRef("vector"))
	Label("rest")
	TESTQ(p.rest, p.rest)
	JZ(LabelRef("next"))
	p.step(1, p.last)
	Label("next")
}

// step multiplies some vectors.
func (p *outer) step(vectors int, m *mask) {
	for v := range vectors {
		y := p.regs[1+v]
		p.load(Mem{Base: p.pb}, v, m, y)
		z := y
		if p.add {
			z = p.regs[2+unroll+v]
			p.load(Mem{Base: p.pc}, v, m, z)
			VFMADD231PD(y, p.regs[0], z)
		} else {
			VMULPD(y, p.regs[0], y)
		}
		if m != nil && p.add {
			p.storePart("end", z, Mem{Base: p.pc}, p.rest)
		} else {
			p.store(z, Mem{Base: p.pc}, v, m, p.regs[1+unroll])
		}
	}
	ADDQ(I32(vectors*p.bytes()), p.pb)
	ADDQ(I32(vectors*p.bytes()), p.pc)
}
