package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// transpose writes the transposition of a matrix, four rows by four columns at a time.
func transpose() {
	function("transposeAVX2", "func(z *float64, ldz int, x *float64, ldx int, rows, columns int)",
		"computes z = xᵀ for multiples of 4 rows and columns.")
	z, x, rows, left := param("z"), param("x"), param("rows"), GP64()
	zRow, xRow := newMatrix(stride("ldz"), 4), newMatrix(stride("ldx"), 4)
	pz, px := GP64(), GP64()
	Label("rows")
	MOVQ(z, pz)
	MOVQ(x, px)
	Load(Param("columns"), left)
	Label("columns")
	var four, pairs [4]VecVirtual
	for i := range four {
		four[i], pairs[i] = YMM(), YMM()
		VMOVUPD(xRow.row(px, i), four[i])
	}
	// Of two rows, those in columns 0 and 2 side by side, and those in columns 1 and 3. Then of all four.
	for i := 0; i < 4; i += 2 {
		VUNPCKLPD(four[i+1], four[i], pairs[i])
		VUNPCKHPD(four[i+1], four[i], pairs[i+1])
	}
	for j, halves := range []U8{0x20, 0x20, 0x31, 0x31} {
		VPERM2F128(halves, pairs[2+j%2], pairs[j%2], four[j])
	}
	for j, v := range four {
		VMOVUPD(v, zRow.row(pz, j))
	}
	LEAQ(Mem{Base: pz, Index: zRow.by[1], Scale: 4}, pz)
	ADDQ(Imm(32), px)
	SUBQ(Imm(4), left)
	JNZ(LabelRef("columns"))
	ADDQ(Imm(32), z)
	LEAQ(Mem{Base: x, Index: xRow.by[1], Scale: 4}, x)
	SUBQ(Imm(4), rows)
	JNZ(LabelRef("rows"))
	VZEROUPPER()
	RET()
}
