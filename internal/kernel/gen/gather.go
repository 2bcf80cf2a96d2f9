package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// gather writes the kernels of Places. Each number at a place is loaded by itself: on Zen 4 that takes half of
// the time of the instructions that gather, or less. Two numbers side by side are stored, or loaded, at once.
func gather() {
	function("gatherAVX2", "func(z, x *float64, at *int32, n int)", "computes z[i] = x[at[i]].")
	fourPlaces(param("z"), param("x"), func(z Mem, x [2]Mem) {
		pair := XMM()
		VMOVSD(x[0], pair)
		VMOVHPD(x[1], pair, pair)
		VMOVUPD(pair, z)
	}, func(z, x Mem) {
		number := XMM()
		VMOVSD(x, number)
		VMOVSD(number, z)
	})
	function("addAtAVX2", "func(gz, gx *float64, at *int32, n int)", "adds gz[i] to gx[at[i]].")
	fourPlaces(param("gz"), param("gx"), func(gz Mem, gx [2]Mem) {
		low, high := XMM(), XMM()
		VMOVUPD(gz, low)
		VUNPCKHPD(low, low, high)
		addTo(gx[0], low)
		addTo(gx[1], high) // which may be the same place
	}, func(gz, gx Mem) {
		number := XMM()
		VMOVSD(gz, number)
		addTo(gx, number)
	})
}

// gatherFours writes the kernels of Places of which fours lie side by side.
func gatherFours() {
	function("gatherFoursAVX2", "func(z, x *float64, at *int32, n int)",
		"computes z[i] = x[at[i]] if four places at a time lie side by side.")
	fours(param("z"), param("x"), func(z, x Mem) {
		four := YMM()
		VMOVUPD(x, four)
		VMOVUPD(four, z)
	})
	function("addFoursAVX2", "func(gz, gx *float64, at *int32, n int)",
		"adds gz[i] to gx[at[i]] if four places at a time lie side by side.")
	fours(param("gz"), param("gx"), func(gz, gx Mem) {
		four := YMM()
		VMOVUPD(gz, four)
		VADDPD(gx, four, four)
		VMOVUPD(four, gx)
	})
}

// fours writes the loop over n > 0 places in x, four at a time. z goes on from number to number.
func fours(z, x Register, step func(z, x Mem)) {
	at, n := param("at"), param("n")
	Label("four")
	place := GP64()
	MOVL(Mem{Base: at}, place.As32())
	step(Mem{Base: z}, Mem{Base: x, Index: place, Scale: 8})
	ADDQ(Imm(16), at)
	ADDQ(Imm(32), z)
	SUBQ(Imm(4), n)
	JNZ(LabelRef("four"))
	VZEROUPPER()
	RET()
}

// addTo adds a number to the one in memory.
func addTo(to Mem, number VecVirtual) {
	VADDSD(to, number, number)
	VMOVSD(number, to)
}

// fourPlaces writes the loops over n > 0 places in x: four at a time, as two pairs, and then one. z goes on
// from number to number.
func fourPlaces(z, x Register, pair func(z Mem, x [2]Mem), one func(z, x Mem)) {
	at, n := param("at"), param("n")
	SUBQ(Imm(4), n)
	JL(LabelRef("rest"))
	Label("four")
	for i := range 2 {
		low, high := GP64(), GP64()
		MOVQ(Mem{Base: at, Disp: 8 * i}, high)
		MOVL(high.As32(), low.As32())
		SHRQ(Imm(32), high)
		place := func(i Register) Mem { return Mem{Base: x, Index: i, Scale: 8} }
		pair(Mem{Base: z, Disp: 16 * i}, [2]Mem{place(low), place(high)})
	}
	ADDQ(Imm(16), at)
	ADDQ(Imm(32), z)
	SUBQ(Imm(4), n)
	JGE(LabelRef("four"))
	Label("rest")
	ADDQ(Imm(4), n)
	JZ(LabelRef("done"))
	Label("one")
	place := GP64()
	MOVL(Mem{Base: at}, place.As32())
	one(Mem{Base: z}, Mem{Base: x, Index: place, Scale: 8})
	ADDQ(Imm(4), at)
	ADDQ(Imm(8), z)
	DECQ(n)
	JNZ(LabelRef("one"))
	Label("done")
	RET()
}
