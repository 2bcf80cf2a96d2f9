package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// nn is what mulNN holds in registers.
type nn struct {
	*set
	nnTile
	c, ldc, a, ca, b, ldb Register
	pa, pb, left          Register
	aRow                  matrix
}

// mulNN writes the kernel for t.rows rows of C and any number of columns. An element of C
// is one chain of fused multiply-adds, in the order of the rows of B, whatever the tile.
func (s *set) mulNN(t nnTile) {
	function(fmt.Sprintf("mulNN%d%s", t.rows, s.name),
		"func(c *float64, ldc int, a *float64, ra, ca int, b *float64, ldb int, n, k int, add uint64)",
		fmt.Sprintf("computes C = A·B for %d row(s) of A, plus C if all bits of add are set.", t.rows))
	p := nn{set: s, nnTile: t, c: param("c"), a: param("a"), b: param("b")}
	p.ldc, p.ca, p.ldb = stride("ldc"), stride("ca"), stride("ldb")
	p.aRow = newMatrix(stride("ra"), t.rows)
	p.pa, p.pb, p.left = GP64(), GP64(), GP64()
	n, width := param("n"), t.vectors*s.lanes
	Label("tile")
	CMPQ(n, Imm(uint64(width)))
	JL(LabelRef("rest"))
	p.tile("full", nil)
	ADDQ(I32(8*width), p.c)
	ADDQ(I32(8*width), p.b)
	SUBQ(Imm(uint64(width)), n)
	JMP(LabelRef("tile"))
	Label("rest")
	for t.vectors > 0 {
		p.rest(n)
		t.vectors /= 2
		p.vectors = t.vectors
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// rest writes the code for columns that do not fill the tile but more than half of it.
func (p *nn) rest(n Register) {
	less := fmt.Sprintf("less%d", p.vectors)
	CMPQ(n, I32(p.vectors/2*p.lanes))
	JLE(LabelRef(less))
	p.tile(fmt.Sprintf("part%d", p.vectors), p.mask(n, p.vectors))
	JMP(LabelRef("done"))
	Label(less)
}

// tile writes the code for rows of vectors of C.
func (p *nn) tile(name string, m *mask) {
	p.begin(name, m)
	MOVQ(p.a, p.pa)
	MOVQ(p.b, p.pb)
	Load(Param("k"), p.left)
	Label(name + "loop")
	for v := range p.vectors {
		p.load(Mem{Base: p.pb}, v, m, p.regs[v])
	}
	x := p.regs[p.vectors]
	for i := range p.rows {
		VBROADCASTSD(p.aRow.row(p.pa, i), x)
		for v := range p.vectors {
			VFMADD231PD(p.regs[v], x, p.acc(i*p.vectors+v))
		}
	}
	ADDQ(p.ca, p.pa)
	ADDQ(p.ldb, p.pb)
	DECQ(p.left)
	JNZ(LabelRef(name + "loop"))
	MOVQ(p.c, p.pa)
	p.each(func(i, v int) {
		p.store(p.acc(i*p.vectors+v), Mem{Base: p.pa}, v, m, p.regs[0])
	})
}

// begin fills the accumulators with C or zeros.
func (p *nn) begin(name string, m *mask) {
	CMPQ(addr("add"), Imm(0))
	JE(LabelRef(name + "zero"))
	MOVQ(p.c, p.pa)
	p.each(func(i, v int) {
		p.load(Mem{Base: p.pa}, v, m, p.acc(i*p.vectors+v))
	})
	JMP(LabelRef(name + "begin"))
	Label(name + "zero")
	for i := range p.rows * p.vectors {
		p.zero(p.acc(i))
	}
	Label(name + "begin")
}

// each calls f for every vector of the tile while pa goes down the rows of C.
func (p *nn) each(f func(i, v int)) {
	for i := range p.rows {
		for v := range p.vectors {
			f(i, v)
		}
		if i+1 < p.rows {
			ADDQ(p.ldc, p.pa)
		}
	}
}
