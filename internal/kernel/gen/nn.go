package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"   //nolint:revive // avo is made to be dot-imported
	. "github.com/mmcloughlin/avo/operand" //nolint:revive // as above
	"github.com/mmcloughlin/avo/reg"
)

// nn writes C = A·B or C += A·B for so many rows of C: vectors times four columns at a time,
// then up to four.
func nn(rows, vectors int) {
	name := fmt.Sprintf("nn%d", rows)
	TEXT(name, NOSPLIT, "func(n, k int, a *float64, ra, ca int, b *float64, ldb int, c *float64, ldc int, add bool)")
	Pragma("noescape")
	Doc(fmt.Sprintf("%s writes A·B to C, %d×n, or adds it. A[i,l] lies at i·ra + l·ca; k > 0.", name, rows))
	t := &nnTile{rows: rows, name: name, n: param("n"), b: param("b"), c: param("c")}
	t.ca, t.ldb = stride("ca"), stride("ldb")
	if rows > 1 {
		t.ra, t.ldc = stride("ra"), stride("ldc")
	}
	wide, narrow, done := name+"_wide", name+"_narrow", name+"_done"
	Label(wide)
	CMPQ(t.n, Imm(uint64(4*vectors)))
	JL(LabelRef(narrow))
	t.columns(vectors, wide, nil)
	SUBQ(Imm(uint64(4*vectors)), t.n)
	JMP(LabelRef(wide))

	Label(narrow)
	TESTQ(t.n, t.n)
	JLE(LabelRef(done))
	width, four := GP64(), GP64()
	MOVQ(U32(4), four)
	MOVQ(t.n, width)
	CMPQ(width, four)
	CMOVQGT(four, width)
	m := mask(width)
	t.columns(1, narrow, m)
	SUBQ(Imm(4), t.n)
	JMP(LabelRef(narrow))
	Label(done)
	VZEROUPPER()
	RET()
}

type nnTile struct {
	rows             int
	name             string
	n, b, c          reg.GPVirtual
	ra, ca, ldb, ldc reg.GPVirtual
}

// columns writes the tile of the next columns, and moves b and c to those behind. If there is
// a mask, it says how many columns there are.
func (t *nnTile) columns(vectors int, name string, m reg.VecVirtual) {
	acc := zeros(t.rows * vectors)
	l, a, b := param("k"), param("a"), GP64()
	MOVQ(t.b, b)
	loop, stored, set := name+"_k", name+"_stored", name+"_set"
	Label(loop)
	y := make([]reg.VecVirtual, vectors)
	for v := range y {
		y[v] = YMM()
		load(Mem{Base: b, Disp: 32 * v}, y[v], m)
	}
	row := GP64()
	MOVQ(a, row)
	for r := range t.rows {
		x := YMM()
		VBROADCASTSD(Mem{Base: row}, x)
		for v := range y {
			VFMADD231PD(y[v], x, acc[r*vectors+v])
		}
		if r < t.rows-1 {
			ADDQ(t.ra, row)
		}
	}
	ADDQ(t.ca, a)
	ADDQ(t.ldb, b)
	DECQ(l)
	JNE(LabelRef(loop))
	add := Load(Param("add"), GP8())
	TESTB(add, add)
	JE(LabelRef(set))
	t.store(acc, vectors, m, true)
	JMP(LabelRef(stored))
	Label(set)
	t.store(acc, vectors, m, false)
	Label(stored)
	ADDQ(Imm(uint64(32*vectors)), t.b)
	ADDQ(Imm(uint64(32*vectors)), t.c)
}

func (t *nnTile) store(acc []reg.VecVirtual, vectors int, m reg.VecVirtual, add bool) {
	c := GP64()
	MOVQ(t.c, c)
	for r := range t.rows {
		for v := range vectors {
			at, sum := Mem{Base: c, Disp: 32 * v}, acc[r*vectors+v]
			if add {
				old := YMM()
				load(at, old, m)
				VADDPD(old, sum, sum)
			}
			if m == nil {
				VMOVUPD(sum, at)
			} else {
				VMASKMOVPD(sum, m, at)
			}
		}
		if r < t.rows-1 {
			ADDQ(t.ldc, c)
		}
	}
}

func load(from Mem, to, m reg.VecVirtual) {
	if m == nil {
		VMOVUPD(from, to)
	} else {
		VMASKMOVPD(from, m, to)
	}
}
