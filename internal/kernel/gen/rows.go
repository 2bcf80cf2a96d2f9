package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A row goes along rows of n numbers: whole vectors, and the rest with a mask.
type row struct {
	*set
	whole, rest Register // what of a row is whole vectors, in bytes, and the rest, in elements
	last        *mask
}

func (s *set) newRow() *row {
	p := &row{set: s, whole: param("n"), rest: GP64()}
	MOVQ(p.whole, p.rest)
	ANDQ(Imm(uint64(s.lanes-1)), p.rest)
	SUBQ(p.rest, p.whole)
	SHLQ(Imm(3), p.whole)
	count := GP64()
	MOVQ(p.rest, count)
	p.last = s.mask(count, 1)
	return p
}

// along writes a loop along a row. step is called with the distance from its beginning.
func (p *row) along(name string, step func(at Register, m *mask)) {
	at := GP64()
	XORQ(at, at)
	CMPQ(at, p.whole)
	JE(LabelRef(name + "Rest"))
	Label(name)
	step(at, nil)
	ADDQ(Imm(uint64(p.bytes())), at)
	CMPQ(at, p.whole)
	JNE(LabelRef(name))
	Label(name + "Rest")
	TESTQ(p.rest, p.rest)
	JZ(LabelRef(name + "End"))
	step(at, p.last)
	Label(name + "End")
}

// store stores a vector of a row, or the rest of it.
func (p *row) store(name string, r VecPhysical, to Mem, m *mask) {
	if m == nil {
		VMOVUPD(r, to)
	} else {
		p.storePart(name, r, to, p.rest)
	}
}

// next moves a pointer to the next of rows that lie one behind the other.
func (p *row) next(pointers ...Register) {
	for _, q := range pointers {
		ADDQ(p.whole, q)
		LEAQ(Mem{Base: q, Index: p.rest, Scale: 8}, q)
	}
}

// shift writes a kernel that subtracts the largest number of each row from all of it. NaN is not larger than
// another number, but where it is the first, it is the largest.
func (s *set) shift() {
	function("shift"+s.name, "func(z *float64, ldz int, x *float64, ldx int, largest *float64, rows, n int)",
		"subtracts the largest number of each row of x from all of it, and stores it at largest, unless that is nil.")
	z, ldz, x, ldx := param("z"), stride("ldz"), param("x"), stride("ldx")
	largest, rows := param("largest"), param("rows")
	p := s.newRow()
	most, v, spare, step := s.regs[0], s.regs[1], s.regs[2], GP64()
	XORQ(step, step)
	TESTQ(largest, largest)
	JZ(LabelRef("row"))
	MOVQ(U32(8), step)
	Label("row")
	VBROADCASTSD(Mem{Base: x}, most)
	p.along("most", func(at Register, m *mask) {
		if m != nil { // the first number stands where the mask is off
			VBROADCASTSD(Mem{Base: x}, v)
			s.merge(Mem{Base: x, Index: at, Scale: 1}, m, v, spare)
		} else {
			s.load(Mem{Base: x, Index: at, Scale: 1}, 0, nil, v)
		}
		VMAXPD(most, v, most)
	})
	s.spread(most, v, VMAXPD, VMAXSD)
	TESTQ(step, step)
	JZ(LabelRef("stored"))
	VMOVSD(most.AsX(), Mem{Base: largest})
	ADDQ(step, largest)
	Label("stored")
	p.along("shift", func(at Register, m *mask) {
		s.load(Mem{Base: x, Index: at, Scale: 1}, 0, m, v)
		VSUBPD(most, v, v)
		to := Mem{Base: z, Index: at, Scale: 1}
		if m != nil { // the exponentials of the last row are computed next
			CMPQ(rows, Imm(1))
			JE(LabelRef("lastRow"))
		}
		s.store(v, to, 0, m, spare)
		if m != nil {
			JMP(LabelRef("shiftEnd"))
			Label("lastRow")
			s.storePart("shifted", v, to, p.rest)
		}
	})
	ADDQ(ldx, x)
	ADDQ(ldz, z)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// merge loads numbers where the mask is on, and leaves the others in the register as they are.
func (s *set) merge(from Mem, m *mask, to, spare VecPhysical) {
	if m.k != nil {
		VMOVUPD(from, m.k[0], to)
		return
	}
	on := s.regs[3]
	VMOVUPD(Mem{Base: m.at}, on)
	VMASKMOVPD(from, on, spare)
	VBLENDVPD(on, spare, to, to)
}

// normalize writes a kernel that divides rows by their sums.
func (s *set) normalize() {
	function("normalize"+s.name, "func(z *float64, rows, n int)",
		"divides each row of n numbers by its sum.")
	z, rows := param("z"), param("rows")
	p := s.newRow()
	sum, x := s.regs[0], s.regs[1]
	Label("row")
	s.zero(sum)
	p.along("sum", func(at Register, m *mask) {
		s.load(Mem{Base: z, Index: at, Scale: 1}, 0, m, x)
		VADDPD(x, sum, sum)
	})
	s.spread(sum, x, VADDPD, VADDSD)
	p.along("divide", func(at Register, m *mask) {
		s.load(Mem{Base: z, Index: at, Scale: 1}, 0, m, x)
		VDIVPD(sum, x, x)
		p.store("divided", x, Mem{Base: z, Index: at, Scale: 1}, m)
	})
	p.next(z)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// softmaxGrad writes the kernel of SoftmaxGrad.
func (s *set) softmaxGrad() {
	function("softmaxGrad"+s.name, "func(gx *float64, ldx int, gz, z *float64, rows, n int)",
		"adds z·(gz − Σ gz·z) to gx, for each row of n numbers. Rows of gx begin ldx apart.")
	gx, ldx, gz, z, rows := param("gx"), stride("ldx"), param("gz"), param("z"), param("rows")
	p := s.newRow()
	sum, x, y, to := s.regs[0], s.regs[1], s.regs[2], s.regs[3]
	Label("row")
	s.zero(sum)
	p.along("sum", func(at Register, m *mask) {
		s.load(Mem{Base: gz, Index: at, Scale: 1}, 0, m, x)
		s.load(Mem{Base: z, Index: at, Scale: 1}, 0, m, y)
		VFMADD231PD(x, y, sum)
	})
	s.spread(sum, x, VADDPD, VADDSD)
	p.along("add", func(at Register, m *mask) {
		s.load(Mem{Base: gz, Index: at, Scale: 1}, 0, m, x)
		s.load(Mem{Base: z, Index: at, Scale: 1}, 0, m, y)
		s.load(Mem{Base: gx, Index: at, Scale: 1}, 0, m, to)
		VSUBPD(sum, x, x)
		VMULPD(y, x, x)
		VADDPD(x, to, to)
		p.store("added", to, Mem{Base: gx, Index: at, Scale: 1}, m)
	})
	p.next(gz, z)
	ADDQ(ldx, gx)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// spread joins all lanes of x, by instructions that add two vectors or take the larger of each lane, and puts
// the result into each lane. It destroys spare.
func (s *set) spread(x, spare VecPhysical, join, joinOne func(ops ...Op)) {
	y, half := x.AsY(), spare.AsX()
	if s.lanes == 8 {
		VEXTRACTF64X4(Imm(1), x, spare.AsY())
		join(spare.AsY(), y, y)
	}
	VEXTRACTF128(Imm(1), y, half)
	join(half, x.AsX(), x.AsX())
	VPERMILPD(Imm(1), x.AsX(), half)
	joinOne(half, x.AsX(), x.AsX())
	VBROADCASTSD(x.AsX(), x)
}

// scaleGrad writes the kernel of ScaleGrad. As all that is computed element by element, what it adds to gx is
// rounded before.
func (s *set) scaleGrad() {
	function("scaleGrad"+s.name, "func(gx, gz, x *float64, y float64, n int) float64",
		"adds gz·y to gx, and returns the sum of gz·x.")
	gx, gz, x := param("gx"), param("gz"), param("x")
	y := s.regs[3]
	VBROADCASTSD(addr("y"), y)
	for i := range chains {
		s.zero(s.acc(i))
	}
	s.along(4, []Register{gx, gz, x}, func(i int, m *mask) {
		z, to, spare := s.regs[0], s.regs[1], s.regs[2]
		s.load(Mem{Base: gz}, i, m, z)
		s.load(Mem{Base: x}, i, m, to)
		VFMADD231PD(to, z, s.acc(i))
		s.load(Mem{Base: gx}, i, m, to)
		VMULPD(y, z, z)
		VADDPD(z, to, to)
		s.store(to, Mem{Base: gx}, i, m, spare)
	})
	s.total()
}
