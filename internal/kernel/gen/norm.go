package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// norms writes the kernels of Norm. A row keeps three numbers.
func (s *set) norms() {
	s.squares()
	s.scaleRows()
	s.normGrad()
}

const keptBytes = 24

// kept returns an address of what a row keeps.
func kept(at Register, i int) Mem { return Mem{Base: at, Disp: 8 * i} }

// minus loads numbers of a row and subtracts the mean. Where the mask is off, the difference is 0.
func (s *set) minus(from Mem, m *mask, mean, to, spare VecPhysical) {
	if m == nil {
		VMOVUPD(from, to)
	} else {
		VMOVAPD(mean, to)
		s.merge(from, m, to, spare)
	}
	VSUBPD(mean, to, to)
}

// squares writes a kernel that computes the mean of each row, or 0, and the sum of squares without it.
func (s *set) squares() {
	function("squares"+s.name, "func(kept, x *float64, ldx, rows, n int, centered uint64)",
		"sets the first of what each row keeps to its mean, or 0, and the second to Σ (x − mean)².")
	to, x, ldx, rows := param("kept"), param("x"), stride("ldx"), param("rows")
	p, centered := s.newRow(), param("centered")
	mean, sum, v, spare, count := s.regs[0], s.regs[1], s.regs[2], s.regs[4], s.regs[5].AsX()
	VCVTSI2SDQ(addr("n"), count, count)
	Label("row")
	s.zero(mean)
	TESTQ(centered, centered)
	JZ(LabelRef("squares"))
	p.along("mean", func(at Register, m *mask) {
		s.load(Mem{Base: x, Index: at, Scale: 1}, 0, m, v)
		VADDPD(v, mean, mean)
	})
	s.spread(mean, v, VADDPD, VADDSD)
	VDIVSD(count, mean.AsX(), mean.AsX())
	VBROADCASTSD(mean.AsX(), mean)
	Label("squares")
	s.zero(sum)
	p.along("square", func(at Register, m *mask) {
		s.minus(Mem{Base: x, Index: at, Scale: 1}, m, mean, v, spare)
		VFMADD231PD(v, v, sum)
	})
	s.spread(sum, v, VADDPD, VADDSD)
	VMOVSD(mean.AsX(), kept(to, 0))
	VMOVSD(sum.AsX(), kept(to, 1))
	ADDQ(Imm(keptBytes), to)
	ADDQ(ldx, x)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// scaleRows writes a kernel that computes the rows.
func (s *set) scaleRows() {
	function("scaleRows"+s.name, "func(z, kept, x *float64, ldx int, gain, bias *float64, rows, n int)",
		"computes z = (x − mean)·s·gain + bias of each row, of which the mean and s are kept.")
	z, from, x, ldx := param("z"), param("kept"), param("x"), stride("ldx")
	gain, bias, rows := param("gain"), param("bias"), param("rows")
	p := s.newRow()
	mean, scale, v, w := s.regs[0], s.regs[1], s.regs[2], s.regs[5]
	Label("row")
	VBROADCASTSD(kept(from, 0), mean)
	VBROADCASTSD(kept(from, 1), scale)
	p.along("scale", func(at Register, m *mask) {
		s.load(Mem{Base: x, Index: at, Scale: 1}, 0, m, v)
		VSUBPD(mean, v, v)
		VMULPD(scale, v, v)
		ifAny(gain, "Gain", m, func() {
			s.load(Mem{Base: gain, Index: at, Scale: 1}, 0, m, w)
			VMULPD(w, v, v)
		})
		ifAny(bias, "Bias", m, func() {
			s.load(Mem{Base: bias, Index: at, Scale: 1}, 0, m, w)
			VADDPD(w, v, v)
		})
		p.store("scaled", v, Mem{Base: z, Index: at, Scale: 1}, m)
	})
	p.next(z)
	ADDQ(Imm(keptBytes), from)
	ADDQ(ldx, x)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// ifAny writes code that is skipped if a pointer is nil: once without a mask, and once with one.
func ifAny(pointer Register, name string, m *mask, code func()) {
	if m != nil {
		name += "OfRest"
	}
	TESTQ(pointer, pointer)
	JZ(LabelRef("no" + name))
	code()
	Label("no" + name)
}

// normGrad writes the kernel of Grad.
func (s *set) normGrad() {
	function("normGrad"+s.name,
		"func(gx, gGain, gBias *float64, ldx int, gz, kept, x, gain *float64, rows, n int, centered uint64)",
		"hands the gradients gz of rows on, as Norm.Grad says.")
	gx, gGain, gBias, ldx := param("gx"), param("gGain"), param("gBias"), stride("ldx")
	gz, from, x, gain, rows := param("gz"), param("kept"), param("x"), param("gain"), param("rows")
	p := s.newRow()
	mean, scale, along, sum := s.regs[0], s.regs[1], s.regs[2], s.regs[5]
	g, h, d, spare, centered := s.regs[6], s.regs[7], s.regs[8], s.regs[4], s.regs[9]
	VBROADCASTSD(addr("centered"), centered)
	of := func(pointer, at Register) Mem { return Mem{Base: pointer, Index: at, Scale: 1} }
	load := func(name string, at Register, m *mask) {
		s.load(of(gz, at), 0, m, g)
		VMOVAPD(g, h)
		ifAny(gain, name, m, func() {
			s.load(of(gain, at), 0, m, d)
			VMULPD(d, h, h)
		})
		s.minus(of(x, at), m, mean, d, spare)
		VMULPD(scale, d, d)
	}
	add := func(v VecPhysical, pointer, at Register, m *mask) {
		s.load(of(pointer, at), 0, m, h)
		VADDPD(v, h, h)
	}
	Label("row")
	VBROADCASTSD(kept(from, 0), mean)
	VBROADCASTSD(kept(from, 1), scale)
	s.zero(along)
	s.zero(sum)
	p.along("sums", func(at Register, m *mask) {
		load("Gain", at, m)
		VFMADD231PD(d, h, along)
		VADDPD(h, sum, sum)
	})
	s.spread(along, h, VADDPD, VADDSD)
	s.spread(sum, h, VADDPD, VADDSD)
	VBROADCASTSD(kept(from, 2), h)
	VMULPD(h, along, along)
	VCVTSI2SDQ(addr("n"), h.AsX(), h.AsX())
	VDIVSD(h.AsX(), scale.AsX(), h.AsX())
	VMULSD(h.AsX(), sum.AsX(), sum.AsX())
	VBROADCASTSD(sum.AsX(), sum)
	VANDPD(centered, sum, sum)
	p.along("add", func(at Register, m *mask) {
		load("GainAgain", at, m)
		VMULPD(scale, h, h)
		VMULPD(along, d, spare)
		VSUBPD(spare, h, h)
		VSUBPD(sum, h, s.regs[10])
		add(s.regs[10], gx, at, m)
		p.store("added", h, of(gx, at), m)
		ifAny(gGain, "GradOfGain", m, func() {
			VMULPD(g, d, d)
			add(d, gGain, at, m)
			s.store(h, of(gGain, at), 0, m, spare)
		})
		ifAny(gBias, "GradOfBias", m, func() {
			add(g, gBias, at, m)
			s.store(h, of(gBias, at), 0, m, spare)
		})
	})
	p.next(gz)
	ADDQ(Imm(keptBytes), from)
	ADDQ(ldx, x)
	ADDQ(ldx, gx)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}
