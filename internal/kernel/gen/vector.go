package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// chains is the number of accumulators of a sum: more than one, since each addition waits
// for the one before.
const chains = 8

// along writes a loop along vectors of n elements: step is called for whole vectors, of
// which chains are handled at a time, and at the end with a mask.
func (s *set) along(unroll int, pointers []Register, step func(i int, m *mask)) {
	n := param("n")
	forward := func(count int) {
		for _, p := range pointers {
			ADDQ(I32(int32(count*s.bytes())), p)
		}
		SUBQ(I32(int32(count*s.lanes)), n)
	}
	SUBQ(I32(int32(unroll*s.lanes)), n)
	JL(LabelRef("vectors"))
	Label("loop")
	for i := range unroll {
		step(i, nil)
	}
	forward(unroll)
	JGE(LabelRef("loop"))
	Label("vectors")
	ADDQ(I32(int32((unroll-1)*s.lanes)), n)
	JL(LabelRef("rest"))
	Label("vector")
	step(0, nil)
	for _, p := range pointers {
		ADDQ(Imm(uint64(s.bytes())), p)
	}
	SUBQ(Imm(uint64(s.lanes)), n)
	JGE(LabelRef("vector"))
	Label("rest")
	ADDQ(Imm(uint64(s.lanes)), n)
	JZ(LabelRef("done"))
	step(0, s.mask(n, 1))
	Label("done")
}

// dot writes the kernel of a dot product.
func (s *set) dot() {
	function("dot"+s.name, "func(x, y *float64, n int) float64",
		"returns the sum of x·y.")
	px, py := param("x"), param("y")
	for i := range chains {
		s.zero(s.acc(i))
	}
	s.along(chains, []Register{px, py}, func(i int, m *mask) {
		s.load(Mem{Base: px}, i, m, s.regs[0])
		if m == nil {
			VFMADD231PD(Mem{Base: py, Disp: i * s.bytes()}, s.regs[0], s.acc(i))
			return
		}
		s.load(Mem{Base: py}, i, m, s.regs[1])
		VFMADD231PD(s.regs[1], s.regs[0], s.acc(i))
	})
	s.total()
}

// sum writes the kernel of Sum.
func (s *set) sum() {
	function("sum"+s.name, "func(x *float64, n int) float64",
		"returns the sum of x.")
	px := param("x")
	for i := range chains {
		s.zero(s.acc(i))
	}
	s.along(chains, []Register{px}, func(i int, m *mask) {
		s.load(Mem{Base: px}, i, m, s.regs[0])
		VADDPD(s.regs[0], s.acc(i), s.acc(i))
	})
	s.total()
}

// total returns the sum of the accumulators, added in pairs.
func (s *set) total() {
	for step := chains / 2; step > 0; step /= 2 {
		for i := range step {
			VADDPD(s.acc(i+step), s.acc(i), s.acc(i))
		}
	}
	y := s.acc(0)
	VHADDPD(y, y, y)
	VEXTRACTF128(Imm(1), y, X0)
	VADDSD(X0, y.AsX(), X0)
	VZEROUPPER()
	Store(X0, ReturnIndex(0))
	RET()
}

// addScaled writes the kernel of AddScaled.
func (s *set) addScaled() {
	function("addScaled"+s.name, "func(y *float64, alpha float64, x *float64, n int)",
		"adds alpha·x to y.")
	py, px := param("y"), param("x")
	alpha := s.regs[0]
	VBROADCASTSD(addr("alpha"), alpha)
	s.along(4, []Register{py, px}, func(i int, m *mask) {
		sum, x := s.regs[1], s.regs[2]
		s.load(Mem{Base: py}, i, m, sum)
		s.load(Mem{Base: px}, i, m, x)
		VFMADD231PD(x, alpha, sum)
		s.store(sum, Mem{Base: py}, i, m, x)
	})
	VZEROUPPER()
	RET()
}

// fetch writes the kernel of Fetch. The second-level cache waits for more lines at a time than the first.
func fetch() {
	function("fetchLines", "func(x *float64, n int)", "fetches the lines that x, of n > 0 elements, lies in.")
	x, n := param("x"), param("n")
	Label("line")
	PREFETCHT1(Mem{Base: x})
	ADDQ(Imm(lineBytes), x)
	SUBQ(Imm(lineBytes/8), n)
	JG(LabelRef("line"))
	RET()
}

// lineBytes is the size of a line of the caches.
const lineBytes = 64
