package main

import (
	"math/bits"
	"strconv"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A narrow writes a part of the kernels for one vector and a matrix whose rows fit into a few registers, with
// masks for what is beyond their end. They read the matrix once, and lose little time before and after. Rows of
// four, as attention has them, are half a register of AVX-512: what stands behind them may just have been
// written, and a masked load would wait for that. AVX2, whose masks are slow, has rows of whole registers alone.
type narrow struct {
	*set
	part    string   // before the labels of this part
	vectors int      // how many registers a row takes
	row     *mask    // nil for rows of whole registers, or of four
	rest    Register // how many numbers a row has behind whole registers
	parts   int      // how many ends of rows there are so far, for the names of their labels
	m, ldm  Register
	x       []VecPhysical // the vector by which the rows are multiplied
}

// narrows writes all of them.
func (s *set) narrows() {
	s.affine()
	s.affineGrad()
	s.affineTGrad()
}

// narrow begins a kernel, and writes its parts: for rows of some numbers of registers, of four numbers and, if
// there is such a part, of pairs.
func (s *set) narrow(
	name, signature, doc string, begin func() (x Register), write func(p *narrow), pairs func(p *narrow, m Register),
) {
	function(name+s.name, signature, doc+" See IsNarrow for the rows that it takes.")
	m, ldm, x, n := param("m"), stride("ldm"), begin(), param("n")
	parts := []*narrow{
		{part: "narrow", vectors: 1},
		{part: "wide", vectors: 2},
		{part: "wider", vectors: 3},
		{part: "widest", vectors: 4},
		{part: "four", vectors: 1},
	}
	if s.lanes == 4 {
		pairs, parts = nil, []*narrow{
			{part: "sixteen", vectors: 4}, {part: "four", vectors: 1}, {part: "eight", vectors: 2}, {part: "twelve", vectors: 3},
		}
		for _, p := range parts[1:] {
			CMPQ(n, Imm(uint64(4*p.vectors)))
			JE(LabelRef(p.part))
		}
	} else {
		if pairs != nil {
			CMPQ(n, Imm(2))
			JE(LabelRef("pairs"))
		}
		CMPQ(n, Imm(4))
		JE(LabelRef("four"))
		for _, p := range parts[:3] {
			CMPQ(n, Imm(uint64(p.vectors*s.lanes)))
			JLE(LabelRef(p.part))
		}
		JMP(LabelRef("widest"))
	}
	for _, p := range parts {
		Label(p.part)
		p.set, p.m, p.ldm = s, m, ldm
		if s.lanes == 8 && p.part != "four" {
			count := GP64()
			MOVQ(n, count)
			p.row = s.mask(count, p.vectors)
			p.rest = GP64()
			MOVQ(n, p.rest)
			ANDQ(Imm(uint64(s.lanes-1)), p.rest)
		}
		p.x = s.regs[:p.vectors]
		if x != nil {
			p.loadVector(x)
		}
		write(p)
		VZEROUPPER()
		RET()
	}
	if pairs != nil {
		Label("pairs")
		pairs(&narrow{set: s, part: "pairs"}, m)
		VZEROUPPER()
		RET()
	}
}

// of returns the part of a register that holds a part of a row.
func (p *narrow) of(r VecPhysical) VecPhysical {
	if p.row == nil {
		return r.AsY().(VecPhysical)
	}
	return r
}

// loadRow loads part v of a row.
func (p *narrow) loadRow(from Register, v int, to VecPhysical) {
	p.load(Mem{Base: from}, v, p.row, p.of(to))
}

// storeRow stores part v of a row.
func (p *narrow) storeRow(r VecPhysical, to Register, v int) {
	p.store(p.of(r), Mem{Base: to}, v, p.row, nil)
}

// end writes what is done with the last part of a row: whole if there is nothing behind whole registers, or else
// part, under a name that is its own.
func (p *narrow) end(whole func(), part func(name string)) {
	if p.row == nil {
		whole()
		return
	}
	p.parts++
	name := p.part + "_part" + strconv.Itoa(p.parts)
	TESTQ(p.rest, p.rest)
	JNZ(LabelRef(name))
	whole()
	JMP(LabelRef(name + "End"))
	Label(name)
	part(name)
	Label(name + "End")
}

// loadEnd loads the last part of a row that may just have been stored.
func (p *narrow) loadEnd(from Register, to, spare VecPhysical) {
	m := Mem{Base: from, Disp: (p.vectors - 1) * p.bytes()}
	p.end(func() { VMOVUPD(m, p.of(to)) }, func(name string) { p.loadPart(name, m, p.rest, to, spare) })
}

// storeEnd stores the last part of a row so that the load of it, or of the next row, need not wait.
func (p *narrow) storeEnd(r VecPhysical, to Register) {
	m := Mem{Base: to, Disp: (p.vectors - 1) * p.bytes()}
	p.end(func() { VMOVUPD(p.of(r), m) }, func(name string) { p.storePart(name, r, m, p.rest) })
}

// loadVector loads all parts of the vector at x.
func (p *narrow) loadVector(x Register) {
	last := p.vectors - 1
	for v := range last {
		p.loadRow(x, v, p.x[v])
	}
	p.loadEnd(x, p.x[last], p.free(0))
}

// addMulRow adds part v of the row at m, times x, to z.
func (p *narrow) addMulRow(x VecPhysical, v int, z VecPhysical) {
	if from := (Mem{Base: p.m, Disp: v * p.bytes()}); p.row == nil {
		VFMADD231PD(from, p.of(x), p.of(z))
	} else {
		VFMADD231PD(from, x, p.row.k[v], z)
	}
}

func (p *narrow) label(name string)        { Label(p.part + "_" + name) }
func (p *narrow) ref(name string) LabelRef { return LabelRef(p.part + "_" + name) }

// affine writes the kernel of Affine. It takes eight rows at a time.
func (s *set) affine() {
	var z, x, c, cs, rows Register
	s.narrow("affine", "func(z, m *float64, ldm int, x, c *float64, cs, rows, n int)",
		"computes z = M·x + c. cs is 1, or 0 if c is one number for all rows.", func() Register {
			z, x, c, cs, rows = param("z"), param("x"), param("c"), param("cs"), param("rows")
			return x
		}, func(p *narrow) {
			addend, step := p.free(2), GP64() // from the addends of some rows to those of the next
			MOVQ(cs, step)
			SHLQ(Imm(uint64(bits.TrailingZeros(uint(s.bytes())))), step)
			VBROADCASTSD(Mem{Base: c}, addend)
			p.blocks(rows, z, func(int) {}, func(sums VecPhysical, few Register) {
				TESTQ(cs, cs)
				JZ(p.ref("one" + ending(few != nil)))
				p.loadSome("addend", Mem{Base: c}, few, addend)
				ADDQ(step, c)
				p.label("one" + ending(few != nil))
				VADDPD(addend, sums, sums)
			}, func(sum VecPhysical) {
				VADDSD(Mem{Base: c}, sum, sum)
				LEAQ(Mem{Base: c, Index: cs, Scale: 8}, c)
			})
		}, func(p *narrow, m Register) { p.pairsForward(z, m, x, c, cs, rows) })
}

// affineTGrad writes the kernel of AffineTGrad.
func (s *set) affineTGrad() {
	var x, gm, gx, rows Register
	s.narrow("affineTGrad", "func(gz, m, gm *float64, ldm int, x, gx *float64, rows, n int)",
		"computes gx += M·gz and GM += x⊗gz.", func() Register {
			x, gm, gx, rows = param("x"), param("gm"), param("gx"), param("rows")
			return param("gz")
		}, func(p *narrow) {
			p.blocks(rows, gx, func(i int) {
				p.outer(Mem{Base: x, Disp: 8 * i}, gm, true)
				ADDQ(p.ldm, gm)
			}, func(sums VecPhysical, few Register) {
				before := p.free(2)
				p.loadSome("before", Mem{Base: gx}, few, before)
				VADDPD(before, sums, sums)
				ADDQ(Imm(uint64(s.bytes())), x)
			}, func(sum VecPhysical) { VADDSD(Mem{Base: gx}, sum, sum) })
		}, nil)
}

// ending is what ends the labels for the last rows.
func ending(few bool) string {
	if !few {
		return ""
	}
	return "OfFew"
}

// loadSome loads a register, or a few numbers.
func (p *narrow) loadSome(name string, from Mem, few Register, to VecPhysical) {
	if few == nil {
		VMOVUPD(from, to)
	} else {
		p.loadPart(p.part+"_"+name, from, few, to, p.free(0))
	}
}

// free returns a register behind those of x.
func (p *narrow) free(i int) VecPhysical { return p.regs[p.vectors+i] }

// blocks writes a loop that multiplies rows by x, as many at a time as a register has lanes, and stores what it
// adds up along the rows at z. It calls each for every row, and add for the sums of the rows. Of fewer rows few
// says how many they are, or add1 is called for one after the other.
func (p *narrow) blocks(
	rows, z Register, each func(i int), add func(sums VecPhysical, few Register), add1 func(sum VecPhysical),
) {
	p.label("block")
	for i := range p.lanes {
		if i > 0 {
			CMPQ(rows, Imm(uint64(i)))
			JLE(p.ref("reduce"))
		}
		p.dot(p.acc(i))
		each(i)
		ADDQ(p.ldm, p.m)
	}
	p.label("reduce")
	sums := p.reduce()
	CMPQ(rows, Imm(uint64(p.lanes)))
	JL(p.ref("few"))
	add(sums, nil)
	VMOVUPD(sums, Mem{Base: z})
	ADDQ(Imm(uint64(p.bytes())), z)
	SUBQ(Imm(uint64(p.lanes)), rows)
	JNZ(p.ref("block"))
	VZEROUPPER()
	RET()
	p.label("few")
	if p.lanes == 4 {
		p.fewSums(rows, z, sums, add1)
		return
	}
	add(sums, rows)
	VMOVAPD(sums, p.free(0))
	p.storePart(p.part+"_sums", p.free(0), Mem{Base: z}, rows)
}

// fewSums stores the first lanes of sums at z, one after the other.
func (p *narrow) fewSums(rows, z Register, sums VecPhysical, add1 func(sum VecPhysical)) {
	one := p.free(0).AsX().(VecPhysical)
	p.label("lane")
	VMOVAPD(sums.AsX(), one)
	add1(one)
	VMOVSD(one, Mem{Base: z})
	ADDQ(Imm(8), z)
	VPERMPD(Imm(0b11_11_10_01), sums, sums)
	DECQ(rows)
	JNZ(p.ref("lane"))
}

// maskOf returns a mask of count lanes, fewer than a register has.
func (p *narrow) maskOf(count Register) *mask {
	ones := GP64()
	MOVQ(I32(-1), ones)
	BZHIQ(count, ones, ones)
	KMOVW(ones.As32(), K5)
	return &mask{k: []OpmaskPhysical{K5}}
}

// dot multiplies the row at m by x, lane by lane.
func (p *narrow) dot(z VecPhysical) {
	if p.row == nil {
		VMULPD(Mem{Base: p.m}, p.of(p.x[0]), p.of(z))
	} else {
		VMULPD_Z(Mem{Base: p.m}, p.x[0], p.row.k[0], z)
	}
	for v := 1; v < p.vectors; v++ {
		p.addMulRow(p.x[v], v, z)
	}
}

// outer sets a row of a matrix to the number at a, times x, or adds that to it.
func (p *narrow) outer(a Mem, row Register, add bool) {
	factor := p.of(p.free(0))
	VBROADCASTSD(a, factor)
	for v := range p.vectors {
		x, z := p.of(p.x[v]), p.free(1)
		if add {
			p.loadRow(row, v, z)
			VFMADD231PD(x, factor, p.of(z))
		} else {
			VMULPD(x, factor, p.of(z))
		}
		if add && v == p.vectors-1 {
			p.storeEnd(z, row)
		} else {
			p.storeRow(z, row, v)
		}
	}
}

// reduce returns the sum of each accumulator, of as many as there are lanes, in its lane. Each step adds what
// stands side by side, and so halves the number of registers.
func (p *narrow) reduce() VecPhysical {
	a, t := p.acc, []VecPhysical{p.free(0), p.free(1)}
	if p.lanes == 4 {
		VHADDPD(a(1), a(0), a(0))
		VHADDPD(a(3), a(2), a(2))
		VPERM2F128(Imm(0x20), a(2), a(0), t[0])
		VPERM2F128(Imm(0x31), a(2), a(0), t[1])
		VADDPD(t[0], t[1], a(0))
		return a(0)
	}
	for i := 0; i < 8; i += 2 {
		VUNPCKLPD(a(i+1), a(i), t[0])
		VUNPCKHPD(a(i+1), a(i), t[1])
		VADDPD(t[0], t[1], a(i))
	}
	for step := 2; step < 8; step *= 2 {
		for i := 0; i < 8; i += 2 * step {
			VSHUFF64X2(Imm(0b10_00_10_00), a(i+step), a(i), t[0])
			VSHUFF64X2(Imm(0b11_01_11_01), a(i+step), a(i), t[1])
			VADDPD(t[0], t[1], a(i))
		}
	}
	return a(0)
}

// affineGrad writes the kernel of AffineGrad. It goes through the rows once, and adds up multiples of them.
func (s *set) affineGrad() {
	var gz, gm, x, from, to, gc, rows Register
	s.narrow("affineGrad",
		"func(gz, m, gm *float64, ldm int, x, from, to, gc *float64, rows, n int, add uint64)",
		"computes GM = gz⊗x, plus GM if add is not 0, to = from + Mᵀ·gz and gc += gz, but for what is nil.",
		func() Register {
			gz, gm, x, to, rows = param("gz"), param("gm"), param("x"), param("to"), param("rows")
			from, gc = param("from"), param("gc")
			return nil
		}, func(p *narrow) {
			p.addVector(gc, gz, rows)
			for i := range 2 * p.vectors {
				p.zero(p.acc(i))
			}
			TESTQ(gm, gm)
			JZ(p.ref("none"))
			p.loadVector(x)
			CMPQ(addr("add"), Imm(0))
			JNE(p.ref("add"))
			p.columns("Set", rows, gz, func(a Mem) { p.outer(a, gm, false); ADDQ(p.ldm, gm) })
			p.label("add")
			p.columns("Add", rows, gz, func(a Mem) { p.outer(a, gm, true); ADDQ(p.ldm, gm) })
			p.label("none")
			TESTQ(to, to)
			JZ(p.ref("return"))
			p.columns("None", rows, gz, func(a Mem) { VBROADCASTSD(a, p.of(p.free(0))) })
			p.label("sums")
			TESTQ(to, to)
			JZ(p.ref("return"))
			for v := range p.vectors {
				VADDPD(p.of(p.acc(p.vectors+v)), p.of(p.acc(v)), p.of(p.acc(v)))
			}
			TESTQ(from, from)
			JZ(p.ref("store"))
			last := p.vectors - 1
			for v := range p.vectors {
				if v < last {
					p.loadRow(from, v, p.free(0))
				} else {
					p.loadEnd(from, p.free(0), p.free(1))
				}
				VADDPD(p.of(p.free(0)), p.of(p.acc(v)), p.of(p.acc(v)))
			}
			p.label("store")
			for v := range last {
				p.storeRow(p.acc(v), to, v)
			}
			VMOVAPD(p.of(p.acc(last)), p.of(p.free(0)))
			p.storeEnd(p.free(0), to)
			p.label("return")
		}, func(p *narrow, m Register) { p.pairsBack(gz, m, gm, x, from, to, gc, rows) })
}

// columns writes a loop that adds up the rows, each times a number at a, two at a time. each is called for
// such a number, and loads it to a register. What follows the loop has the label sums.
func (p *narrow) columns(name string, rows, a Register, each func(a Mem)) {
	row := func(chain int) {
		each(Mem{Base: a, Disp: 8 * chain})
		for v := range p.vectors {
			p.addMulRow(p.free(0), v, p.acc(chain*p.vectors+v))
		}
		ADDQ(p.ldm, p.m)
	}
	p.label("loop" + name)
	SUBQ(Imm(2), rows)
	JL(p.ref("last" + name))
	row(0)
	row(1)
	ADDQ(Imm(16), a)
	JMP(p.ref("loop" + name))
	p.label("last" + name)
	ADDQ(Imm(2), rows)
	JZ(p.ref("sums"))
	row(0)
	JMP(p.ref("sums"))
}

// addVector adds the numbers at x to those at to, unless that is nil.
func (p *narrow) addVector(to, x, n Register) {
	left, from, v := GP64(), GP64(), p.free(0)
	TESTQ(to, to)
	JZ(p.ref("added"))
	MOVQ(n, left)
	MOVQ(x, from)
	p.label("adding")
	SUBQ(Imm(uint64(p.lanes)), left)
	JL(p.ref("addLast"))
	VMOVUPD(Mem{Base: from}, v)
	VADDPD(Mem{Base: to}, v, v)
	VMOVUPD(v, Mem{Base: to})
	ADDQ(Imm(uint64(p.bytes())), from)
	ADDQ(Imm(uint64(p.bytes())), to)
	JMP(p.ref("adding"))
	p.label("addLast")
	ADDQ(Imm(uint64(p.lanes)), left)
	JZ(p.ref("added"))
	if p.lanes == 4 {
		p.label("addOne")
		VMOVSD(Mem{Base: from}, v.AsX())
		VADDSD(Mem{Base: to}, v.AsX(), v.AsX())
		VMOVSD(v.AsX(), Mem{Base: to})
		ADDQ(Imm(8), from)
		ADDQ(Imm(8), to)
		DECQ(left)
		JNZ(p.ref("addOne"))
	} else {
		sum := p.free(1)
		p.loadPart(p.part+"_from", Mem{Base: from}, left, v, p.free(2))
		p.loadPart(p.part+"_to", Mem{Base: to}, left, sum, p.free(2))
		VADDPD(sum, v, v)
		p.storePart(p.part+"_to_", v, Mem{Base: to}, left)
	}
	p.label("added")
}
