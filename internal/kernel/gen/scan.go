package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A scanner writes the kernels of scans. They take two vectors a and b of four factors at a time. Both
// instruction sets have vectors of 256 bits here: the halves of wider ones would have to be joined, too.
type scanner struct {
	*set
	one, absolute VecVirtual
}

// scans writes the kernels of FastScan and FastScanGrad.
func scans() {
	GLOBL("absolute", NOPTR|RODATA)
	DATA(0, U64(1<<63-1))
	for _, s := range []*set{avx2, avx512} {
		s.scan()
		s.scanGrad()
	}
}

func (s *set) scan() {
	function("scan"+s.name, "func(x float64, z, y *float64, n int) (low, high float64)",
		"is goScan.")
	k := scanner{s, broadcast(NewDataAddr(NewStaticSymbol("one"), 0)), nil}
	if s == avx2 {
		k.absolute = broadcast(NewDataAddr(NewStaticSymbol("absolute"), 0))
	}
	before := broadcast(addr("x"))
	z, y, n := param("z"), param("y"), param("n")
	low, high := YMM(), YMM()
	VMOVAPD(k.one, low)
	VMOVAPD(k.one, high)
	Label("loop")
	a, b := k.prefix(load(y, 0)), k.prefix(load(y, 32))
	VMULPD(lanes(0xFF, a), b, b) // by the product of the first four
	for _, p := range []VecVirtual{a, b} {
		k.extend(p, low, high)
	}
	VMULPD(before, a, a)
	all := lanes(0xFF, b)
	VMULPD(before, b, b)
	VMULPD(before, all, before)
	VMOVUPD(a, Mem{Base: z})
	VMOVUPD(b, Mem{Base: z, Disp: 32})
	ADDQ(Imm(64), z)
	ADDQ(Imm(64), y)
	SUBQ(Imm(8), n)
	JNZ(LabelRef("loop"))
	extreme(low, VMINPD)
	extreme(high, VMAXPD)
	VZEROUPPER()
	Store(low.AsX(), ReturnIndex(0))
	Store(high.AsX(), ReturnIndex(1))
	RET()
}

func (s *set) scanGrad() {
	function("scanGrad"+s.name, "func(gz float64, x, y, gy *float64, n int) float64",
		"is goScanGrad.")
	k := scanner{s, broadcast(NewDataAddr(NewStaticSymbol("one"), 0)), nil}
	gz := broadcast(addr("gz"))
	x, y, gy, n := param("x"), param("y"), param("gy"), param("n")
	Label("loop") // from the end to the beginning
	last := func(p Register, disp int) Mem { return Mem{Base: p, Index: n, Scale: 8, Disp: disp} }
	a, b := YMM(), YMM()
	VMOVUPD(last(y, -64), a)
	VMOVUPD(last(y, -32), b)
	behindA, allA := k.suffix(a)
	behindB, allB := k.suffix(b)
	VMULPD(allB, behindA, behindA)
	VMULPD(allB, allA, allA)
	for _, part := range []struct {
		behind VecVirtual
		disp   int
	}{{behindA, -64}, {behindB, -32}} {
		sum := YMM()
		VMULPD(gz, part.behind, part.behind)
		VMOVUPD(last(gy, part.disp), sum)
		VFMADD231PD(last(x, part.disp), part.behind, sum)
		VMOVUPD(sum, last(gy, part.disp))
	}
	VMULPD(allA, gz, gz)
	SUBQ(Imm(8), n)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	Store(gz.AsX(), ReturnIndex(0))
	RET()
}

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

// prefix returns y₀, y₀y₁, y₀y₁y₂ and y₀y₁y₂y₃.
func (k *scanner) prefix(y VecVirtual) VecVirtual {
	p := k.up(1, y)
	VMULPD(y, p, p) // y₀, y₀y₁, y₁y₂, y₂y₃
	q := k.up(2, p)
	VMULPD(p, q, q)
	return q
}

// suffix returns the products of what is behind each lane, y₁y₂y₃, y₂y₃, y₃ and 1, and the product of all in
// each lane.
func (k *scanner) suffix(y VecVirtual) (behind, all VecVirtual) {
	p, all := k.down(1, y), YMM()
	behind = k.down(1, p)
	VMULPD(p, behind, behind) // y₁y₂, y₂y₃, y₃, 1
	VMULPD(k.down(2, p), behind, behind)
	VMULPD(y, behind, all)
	return behind, lanes(0, all)
}

// up moves lanes n places up, and ones into the first.
func (k *scanner) up(n int, x VecVirtual) VecVirtual {
	z := YMM()
	switch {
	case k.set == avx512:
		VALIGNQ(Imm(uint64(4-n)), k.one, x, z)
		return z
	case n == 1:
		z = lanes(0b10_01_00_00, x)
	default:
		VPERM2F128(Imm(0), x, x, z)
	}
	VBLENDPD(Imm(uint64(1<<n-1)), k.one, z, z)
	return z
}

// down moves lanes n places down, and ones into the last.
func (k *scanner) down(n int, x VecVirtual) VecVirtual {
	z := YMM()
	switch {
	case k.set == avx512:
		VALIGNQ(Imm(uint64(n)), x, k.one, z)
		return z
	case n == 1:
		z = lanes(0b11_11_10_01, x)
	default:
		z = lanes(0b11_11_11_10, x)
	}
	VBLENDPD(Imm(uint64(0b1111<<(4-n)&0b1111)), k.one, z, z)
	return z
}

// lanes returns lanes of x, which order names, two bits for each.
func lanes(order uint64, x VecVirtual) VecVirtual {
	z := YMM()
	VPERMPD(Imm(order), x, z)
	return z
}

func broadcast(m Mem) VecVirtual {
	z := YMM()
	VBROADCASTSD(m, z)
	return z
}

func load(p Register, disp int) VecVirtual {
	x := YMM()
	VMOVUPD(Mem{Base: p, Disp: disp}, x)
	return x
}

// extreme puts the extreme of four lanes into the first.
func extreme(x VecVirtual, choose func(...Op)) {
	half := XMM()
	VEXTRACTF128(Imm(1), x, half)
	choose(half, x.AsX(), x.AsX())
	VPERMILPD(Imm(1), x.AsX(), half)
	choose(half, x.AsX(), x.AsX())
}
