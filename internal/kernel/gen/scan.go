package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A scanner writes the kernels of scans. They take a group of eight factors at a time, in as many vectors as
// that needs.
type scanner struct {
	*set
	one      VecVirtual
	absolute VecVirtual // for AVX2
	last     VecVirtual // for AVX-512
}

// scans writes the kernels of FastScan and FastScanGrad.
func scans() {
	GLOBL("absolute", NOPTR|RODATA)
	DATA(0, U64(1<<63-1))
	GLOBL("seven", NOPTR|RODATA)
	DATA(0, U64(7))
	for _, s := range []*set{avx2, avx512} {
		s.scan()
		s.scanGrad()
	}
}

// group is how many factors a scan takes at a time, as in package kernel.
const group = 8

func (s *set) scan() {
	function("scan"+s.name, "func(x float64, z, y *float64, n int) (low, high float64)",
		"is goScan.")
	k := s.scanner()
	if s == avx2 {
		k.absolute = s.constantIn("absolute")
	} else {
		k.last = s.constantIn("seven")
	}
	before := s.vec()
	VBROADCASTSD(addr("x"), before)
	z, y, n := param("z"), param("y"), param("n")
	// Each vector has extremes of its own: one after the other would wait for the one before.
	low, high := make([]VecVirtual, group/s.lanes), make([]VecVirtual, group/s.lanes)
	for i := range low {
		low[i], high[i] = s.copyOf(k.one), s.copyOf(k.one)
	}
	Label("loop")
	all := before
	products := make([]VecVirtual, len(low))
	for i := range products {
		products[i] = k.prefix(k.vectorAt(Mem{Base: y, Disp: i * s.bytes()}))
		if i > 0 {
			VMULPD(all, products[i], products[i]) // by the product of all in the group so far
		}
		all = k.lastOf(products[i])
		k.extend(products[i], low[i], high[i])
	}
	for i, p := range products {
		VMULPD(before, p, p)
		VMOVUPD(p, Mem{Base: z, Disp: i * s.bytes()})
	}
	VMULPD(before, all, before)
	ADDQ(Imm(8*group), z)
	ADDQ(Imm(8*group), y)
	SUBQ(Imm(group), n)
	JNZ(LabelRef("loop"))
	s.extreme(low, VMINPD)
	s.extreme(high, VMAXPD)
	VZEROUPPER()
	Store(low[0].AsX(), ReturnIndex(0))
	Store(high[0].AsX(), ReturnIndex(1))
	RET()
}

func (s *set) scanGrad() {
	function("scanGrad"+s.name, "func(gz float64, x, y, gy *float64, n int) float64",
		"is goScanGrad.")
	k := s.scanner()
	gz := s.vec()
	VBROADCASTSD(addr("gz"), gz)
	x, y, gy, n := param("x"), param("y"), param("gy"), param("n")
	Label("loop") // from the end to the beginning
	all := gz
	behind := make([]VecVirtual, group/s.lanes)
	at := func(p Register, i int) Mem {
		return Mem{Base: p, Index: n, Scale: 8, Disp: i*s.bytes() - 8*group}
	}
	for i := len(behind) - 1; i >= 0; i-- {
		f := k.vectorAt(at(y, i))
		behind[i] = k.suffix(f)
		product := k.firstOf(s.mul(f, behind[i]))
		if i < len(behind)-1 {
			VMULPD(all, behind[i], behind[i])
			VMULPD(all, product, product)
		}
		all = product
	}
	for i, b := range behind {
		sum := k.vectorAt(at(gy, i))
		VMULPD(gz, b, b)
		VFMADD231PD(at(x, i), b, sum)
		VMOVUPD(sum, at(gy, i))
	}
	VMULPD(all, gz, gz)
	SUBQ(Imm(group), n)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	Store(gz.AsX(), ReturnIndex(0))
	RET()
}

func (s *set) scanner() *scanner { return &scanner{set: s, one: s.constantIn("one")} }

// extend extends the range from low to high to the sizes of p.
func (k *scanner) extend(p, low, high VecVirtual) {
	if k.set == avx512 {
		VRANGEPD(Imm(0b1010), p, low, low) // of both without signs, the lesser
		VRANGEPD(Imm(0b1011), p, high, high)
		return
	}
	size := YMM()
	VANDPD(k.absolute, p, size)
	VMINPD(size, low, low)
	VMAXPD(size, high, high)
}

// prefix returns y₀, y₀y₁, y₀y₁y₂ and so on.
func (k *scanner) prefix(y VecVirtual) VecVirtual {
	for n := 1; n < k.lanes; n *= 2 {
		y = k.mul(y, k.up(n, y))
	}
	return y
}

// suffix returns the products of what is behind each lane: …, yₙ₋₂yₙ₋₁, yₙ₋₁ and 1.
func (k *scanner) suffix(y VecVirtual) VecVirtual {
	y = k.down(1, y)
	for n := 1; n < k.lanes; n *= 2 {
		y = k.mul(y, k.down(n, y))
	}
	return y
}

// up moves lanes n places up, and ones into the first.
func (k *scanner) up(n int, x VecVirtual) VecVirtual {
	z := k.vec()
	switch {
	case k.set == avx512:
		VALIGNQ(Imm(uint64(k.lanes-n)), k.one, x, z)
		return z
	case n == 1:
		VPERMPD(Imm(0b10_01_00_00), x, z)
	default:
		VPERM2F128(Imm(0), x, x, z)
	}
	VBLENDPD(Imm(uint64(1<<n-1)), k.one, z, z)
	return z
}

// down moves lanes n places down, and ones into the last.
func (k *scanner) down(n int, x VecVirtual) VecVirtual {
	z := k.vec()
	switch {
	case k.set == avx512:
		VALIGNQ(Imm(uint64(n)), x, k.one, z)
		return z
	case n == 1:
		VPERMPD(Imm(0b11_11_10_01), x, z)
	default:
		VPERMPD(Imm(0b11_11_11_10), x, z)
	}
	VBLENDPD(Imm(uint64(0b1111<<(4-n)&0b1111)), k.one, z, z)
	return z
}

// firstOf returns the first lane of x in all lanes.
func (k *scanner) firstOf(x VecVirtual) VecVirtual {
	z := k.vec()
	VBROADCASTSD(x.AsX(), z)
	return z
}

// lastOf returns the last lane of x in all lanes.
func (k *scanner) lastOf(x VecVirtual) VecVirtual {
	z := k.vec()
	if k.set == avx512 {
		VPERMPD(x, k.last, z)
	} else {
		VPERMPD(Imm(0xFF), x, z)
	}
	return z
}

// constantIn returns a register that has a number of the data section in all lanes.
func (s *set) constantIn(name string) VecVirtual {
	z := s.vec()
	VBROADCASTSD(NewDataAddr(NewStaticSymbol(name), 0), z)
	return z
}

// vectorAt returns a register with the numbers from m on.
func (k *scanner) vectorAt(m Mem) VecVirtual {
	x := k.vec()
	VMOVUPD(m, x)
	return x
}

// extreme puts the extreme of all lanes of the vectors x into the first lane of the first.
func (s *set) extreme(x []VecVirtual, choose func(...Op)) {
	other := YMM()
	if s.lanes == 8 {
		VEXTRACTF64X4(Imm(1), x[0], other)
	} else {
		VMOVAPD(x[1], other)
	}
	choose(other, x[0].AsY(), x[0].AsY())
	half := XMM()
	VEXTRACTF128(Imm(1), x[0].AsY(), half)
	choose(half, x[0].AsX(), x[0].AsX())
	VPERMILPD(Imm(1), x[0].AsX(), half)
	choose(half, x[0].AsX(), x[0].AsX())
}
