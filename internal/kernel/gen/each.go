package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// An each goes through products of the same size, each of a matrix and vectors of its own. The rows of the
// matrices are whole registers.
type each struct {
	*set
	ldm    Register
	n      Register // of a row, in bytes
	labels int      // so far
}

func (s *set) newEach() *each { return &each{set: s, n: stride("n"), ldm: stride("ldm")} }

// products writes a loop that calls one for each product, of a matrix, a vector a with a number for each row,
// and a vector b with one for each column.
func (p *each) products(one func(p *each, m, a, b Register)) {
	m, a, b := param("m"), param("a"), param("b")
	step, lda, ldb, count := stride("step"), stride("lda"), stride("ldb"), param("count")
	Label("product")
	one(p, m, a, b)
	ADDQ(step, m)
	ADDQ(lda, a)
	ADDQ(ldb, b)
	DECQ(count)
	JNZ(LabelRef("product"))
	VZEROUPPER()
	RET()
}

// loop writes a loop that calls first, and then other as often as it takes. next says by the zero flag
// whether that was the last time.
func (p *each) loop(first, other, next func()) {
	p.labels++
	again, end := fmt.Sprint("loop", p.labels), fmt.Sprint("end", p.labels)
	first()
	next()
	JE(LabelRef(end))
	Label(again)
	other()
	next()
	JNE(LabelRef(again))
	Label(end)
}

// rows writes a loop along the rows of a matrix, and along the numbers that belong to them.
func (p *each) rows(m, x Register, first, other func(row, number Register)) {
	row, number, left := GP64(), GP64(), GP64()
	MOVQ(m, row)
	MOVQ(x, number)
	MOVQ(addr("rows"), left)
	p.loop(func() { first(row, number) }, func() { other(row, number) }, func() {
		ADDQ(p.ldm, row)
		ADDQ(Imm(8), number)
		DECQ(left)
	})
}

// along writes a loop along a row.
func (p *each) along(first, other func(at Register)) {
	at := GP64()
	XORQ(at, at)
	p.loop(func() { first(at) }, func() { other(at) }, func() {
		ADDQ(Imm(uint64(p.bytes())), at)
		CMPQ(at, p.n)
	})
}

// put stores a sum, or adds it.
func (p *each) put(sum Op, to Mem, add, move func(ops ...Op)) {
	p.labels++
	store := fmt.Sprint("store", p.labels)
	CMPQ(addr("add"), Imm(0))
	JE(LabelRef(store))
	add(to, sum, sum)
	Label(store)
	move(sum, to)
}

// eachProduct writes the kernels of Each.
func (s *set) eachProduct() {
	const signature = "func(m *float64, step, ldm int, a *float64, lda int, b *float64, ldb, count, rows, n int"
	sum, v := s.regs[0], s.regs[1]
	at := func(base, index Register) Mem { return Mem{Base: base, Index: index, Scale: 1} }

	function("mulEach"+s.name, signature+", add uint64)",
		"computes a = M·b, plus a if add is not 0, for each M, a and b.")
	s.newEach().products(func(p *each, m, a, b Register) {
		dot := func(row, to Register) {
			p.along(func(i Register) {
				VMOVUPD(at(row, i), sum)
				VMULPD(at(b, i), sum, sum)
			}, func(i Register) {
				VMOVUPD(at(row, i), v)
				VFMADD231PD(at(b, i), v, sum)
			})
			one, other := sum.AsX(), v.AsX()
			VEXTRACTF128(Imm(1), sum, other)
			VADDPD(other, one, one)
			VPERMILPD(Imm(1), one, other)
			VADDSD(other, one, one)
			p.put(one, Mem{Base: to}, VADDSD, VMOVSD)
		}
		p.rows(m, a, dot, dot)
	})

	function("mulEachT"+s.name, signature+", add uint64)",
		"computes b = Mᵀ·a, plus b if add is not 0, for each M, a and b.")
	s.newEach().products(func(p *each, m, a, b Register) {
		column := func(i Register) {
			first := GP64()
			LEAQ(at(m, i), first)
			p.rows(first, a, func(row, number Register) {
				VBROADCASTSD(Mem{Base: number}, sum)
				VMULPD(Mem{Base: row}, sum, sum)
			}, func(row, number Register) {
				VBROADCASTSD(Mem{Base: number}, v)
				VFMADD231PD(Mem{Base: row}, v, sum)
			})
			p.put(sum, at(b, i), VADDPD, VMOVUPD)
		}
		p.along(column, column)
	})

	function("outerEach"+s.name, signature+")", "adds a⊗b to M, for each M, a and b.")
	s.newEach().products(func(p *each, m, a, b Register) {
		row := func(row, number Register) {
			VBROADCASTSD(Mem{Base: number}, v)
			column := func(i Register) {
				VMOVUPD(at(row, i), sum)
				VFMADD231PD(at(b, i), v, sum)
				VMOVUPD(sum, at(row, i))
			}
			p.along(column, column)
		}
		p.rows(m, a, row, row)
	})
}
