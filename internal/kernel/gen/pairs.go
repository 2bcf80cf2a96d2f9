package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Rows of two numbers, one behind the other, are the most frequent first layer: that of a network with two
// inputs. Four of them fill a register.

// pairs writes the kernels for them, for eight rows at a time.
func pairs() {
	orders := GLOBL("pairOrders", NOPTR|RODATA)
	for i, lane := range []int{0, 2, 4, 6, 1, 3, 5, 7, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7} {
		DATA(8*i, U64(lane))
	}
	order := func(i int) VecVirtual {
		z := ZMM()
		VMOVUPD(orders.Offset(64*i), z)
		return z
	}
	pairsForward(order)
	pairsBackward(order)
}

// bothOf returns the pair at x, four times.
func bothOf(x Register) VecVirtual {
	z := ZMM()
	VBROADCASTF64X2(Mem{Base: x}, z)
	return z
}

func pairsForward(order func(i int) VecVirtual) {
	function("pairsAVX512", "func(z, m, x, c *float64, cs, rows int)",
		"computes z = M·x + c for rows of two, a multiple of eight. c is one number if cs is 0, not 64.")
	z, m, c, cs, rows := param("z"), param("m"), param("c"), param("cs"), param("rows")
	x, inOrder, addends := bothOf(param("x")), order(0), ZMM()
	VBROADCASTSD(Mem{Base: c}, addends)
	Label("loop")
	low, high, sums, t := ZMM(), ZMM(), ZMM(), ZMM()
	VMULPD(Mem{Base: m}, x, low)
	VMULPD(Mem{Base: m, Disp: 64}, x, high)
	VUNPCKLPD(high, low, sums)
	VUNPCKHPD(high, low, t)
	VADDPD(t, sums, sums) // of rows 0, 4, 1, 5, 2, 6, 3 and 7
	VPERMPD(sums, inOrder, sums)
	TESTQ(cs, cs)
	JZ(LabelRef("one"))
	VMOVUPD(Mem{Base: c}, addends)
	Label("one")
	VADDPD(addends, sums, sums)
	VMOVUPD(sums, Mem{Base: z})
	ADDQ(cs, c)
	ADDQ(Imm(64), z)
	ADDQ(Imm(128), m)
	SUBQ(Imm(8), rows)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

func pairsBackward(order func(i int) VecVirtual) {
	function("pairsGradAVX512", "func(gz, m, gm, x, gx *float64, rows int)",
		"computes GM = gz⊗x and gx += Mᵀ·gz for rows of two, a multiple of eight. gx may be nil.")
	gz, m, gm, gx, rows := param("gz"), param("m"), param("gm"), param("gx"), param("rows")
	x, firstHalf, secondHalf := bothOf(param("x")), order(1), order(2)
	sums := []VecVirtual{ZMM(), ZMM()}
	for _, s := range sums {
		avx512.zero(s)
	}
	Label("loop")
	g := ZMM()
	VMOVUPD(Mem{Base: gz}, g)
	for i, twice := range []VecVirtual{firstHalf, secondHalf} {
		factor, product := ZMM(), ZMM()
		VPERMPD(g, twice, factor)
		VMULPD(factor, x, product)
		VMOVUPD(product, Mem{Base: gm, Disp: 64 * i})
		VFMADD231PD(Mem{Base: m, Disp: 64 * i}, factor, sums[i])
	}
	ADDQ(Imm(64), gz)
	ADDQ(Imm(128), m)
	ADDQ(Imm(128), gm)
	SUBQ(Imm(8), rows)
	JNZ(LabelRef("loop"))
	TESTQ(gx, gx)
	JZ(LabelRef("done"))
	half, quarter, sum := YMM(), XMM(), sums[0]
	VADDPD(sums[1], sum, sum)
	VEXTRACTF64X4(Imm(1), sum, half)
	VADDPD(half, sum.AsY(), half)
	VEXTRACTF128(Imm(1), half, quarter)
	VADDPD(quarter, half.AsX(), quarter)
	VADDPD(Mem{Base: gx}, quarter, quarter)
	VMOVUPD(quarter, Mem{Base: gx})
	Label("done")
	VZEROUPPER()
	RET()
}
