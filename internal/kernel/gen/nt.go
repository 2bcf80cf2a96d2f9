package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// nt is what mulNT holds in registers.
type nt struct {
	*set
	rows       int
	c, ldc     Register
	a, aEnd    Register // the rows of A, and where the last whole vector of the first ends
	b          Register
	pa, pb     Register // run along the rows
	aRow, bRow matrix
	tail       Register // what of a row is no whole vector, in elements
	mask       *mask
}

// mulNT writes the kernel for t.rows rows of A and any number of rows of B. Each element of
// C has one accumulator and is reduced in the same order whatever the tile, so that it
// depends on its two rows only.
func (s *set) mulNT(t ntTile) {
	function(fmt.Sprintf("mulNT%d%s", t.rows, s.name),
		"func(c *float64, ldc int, a *float64, lda int, b *float64, ldb int, n, k int, add uint64)",
		fmt.Sprintf("computes C = A·Bᵀ for %d row(s) of A, plus C if all bits of add are set.", t.rows))
	p := nt{set: s, rows: t.rows, c: param("c"), a: param("a"), b: param("b")}
	p.ldc = stride("ldc")
	p.aRow = newMatrix(stride("lda"), t.rows)
	p.bRow = newMatrix(stride("ldb"), t.cols[0])
	p.aEnd = param("k")
	p.tail = GP64()
	MOVQ(p.aEnd, p.tail)
	ANDQ(Imm(uint64(s.lanes-1)), p.tail)
	SUBQ(p.tail, p.aEnd)
	LEAQ(Mem{Base: p.a, Index: p.aEnd, Scale: 8}, p.aEnd)
	count := GP64()
	MOVQ(p.tail, count)
	p.mask = s.mask(count, 1)
	p.pa, p.pb = GP64(), GP64()
	n := param("n")
	for _, cols := range t.cols {
		again, next := fmt.Sprintf("tile%d", cols), fmt.Sprintf("after%d", cols)
		Label(again)
		CMPQ(n, Imm(uint64(cols)))
		JL(LabelRef(next))
		p.tile(cols)
		SUBQ(Imm(uint64(cols)), n)
		JMP(LabelRef(again))
		Label(next)
	}
	VZEROUPPER()
	RET()
}

// tile writes the code for rows×cols elements of C, and goes on to the next.
func (p *nt) tile(cols int) {
	for i := range p.rows * cols {
		p.zero(p.acc(i))
	}
	name := func(s string) string { return fmt.Sprintf("%s%d", s, cols) }
	MOVQ(p.a, p.pa)
	MOVQ(p.b, p.pb)
	CMPQ(p.pa, p.aEnd)
	JE(LabelRef(name("rest")))
	Label(name("loop"))
	p.step(cols, nil)
	ADDQ(Imm(uint64(p.bytes())), p.pb)
	ADDQ(Imm(uint64(p.bytes())), p.pa)
	CMPQ(p.pa, p.aEnd)
	JNE(LabelRef(name("loop")))
	Label(name("rest"))
	TESTQ(p.tail, p.tail)
	JZ(LabelRef(name("reduce")))
	p.step(cols, p.mask)
	Label(name("reduce"))
	p.reduce(cols)
	for range cols {
		ADDQ(p.bRow.by[1], p.b)
	}
	ADDQ(Imm(uint64(8*cols)), p.c)
}

// step adds the products of one vector of each row.
func (p *nt) step(cols int, m *mask) {
	if p.rows == 1 && m == nil {
		x := p.regs[0]
		p.load(Mem{Base: p.pa}, 0, nil, x)
		for j := range cols {
			VFMADD231PD(p.bRow.row(p.pb, j), x, p.acc(j))
		}
		return
	}
	x := p.regs[cols]
	for j := range cols {
		p.load(p.bRow.row(p.pb, j), 0, m, p.regs[j])
	}
	for i := range p.rows {
		p.load(p.aRow.row(p.pa, i), 0, m, x)
		for j := range cols {
			VFMADD231PD(p.regs[j], x, p.acc(i*cols+j))
		}
	}
}

// reduce stores the sums of the accumulators.
func (p *nt) reduce(cols int) {
	add := Y3
	VBROADCASTSD(addr("add"), add)
	MOVQ(p.c, p.pa)
	for i := range p.rows {
		for j := 0; j < cols; j += 2 {
			c := Mem{Base: p.pa, Disp: 8 * j}
			x := p.half(p.acc(i*cols+j), 0)
			if j+1 == cols {
				VHADDPD(x, x, x)
				VEXTRACTF128(Imm(1), x, X1)
				VADDSD(X1, X0, X0)
				VMOVSD(c, X1)
				VANDPD(X1, add.AsX(), X1)
				VADDSD(X1, X0, X0)
				VMOVSD(X0, c)
				continue
			}
			VHADDPD(p.half(p.acc(i*cols+j+1), 1), x, x)
			VEXTRACTF128(Imm(1), x, X1)
			VADDPD(X1, X0, X0)
			VANDPD(c, add.AsX(), X1)
			VADDPD(X1, X0, X0)
			VMOVUPD(X0, c)
		}
		if i+1 < p.rows {
			ADDQ(p.ldc, p.pa)
		}
	}
}

// half returns the register that holds four sums: for eight lanes, register i in which it
// adds the upper half of r to the lower.
func (p *nt) half(r VecPhysical, i int) VecPhysical {
	y := []VecPhysical{Y0, Y1}[i]
	if p.lanes == 4 {
		if i == 0 {
			VMOVAPD(r, y)
			return y
		}
		return r
	}
	VEXTRACTF64X4(Imm(1), r, y)
	VADDPD(r.AsY(), y, y)
	return y
}

// addr is the address of a parameter.
func addr(name string) Mem {
	b, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}
