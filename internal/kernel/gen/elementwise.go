package main

import (
	"math"
	"math/bits"
	"slices"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// An elementwise kernel computes the elements of vectors one by one, or rather four by four. Products
// are rounded before they are added, so that the bits are those of the twin in Go.
type elementwise struct {
	*set
	vectors []vector
	numbers []string
	at      int  // which vector behind the pointers is at hand
	wide    bool // whether it is a vector, not one element
	used    int  // how many registers it takes
}

// A vector is a pointer, and the distance from four elements to the next four.
type vector struct {
	name    string
	pointer Register
	matrix
}

// vector returns the vector of that name.
func (e *elementwise) vector(name string) vector {
	return e.vectors[slices.IndexFunc(e.vectors, func(v vector) bool { return v.name == name })]
}

// ahead is how many vectors the loop of an elementwise kernel takes at a time.
const ahead = 2

// elementwise writes a kernel for the vectors that are named, and for numbers, whose names end in an
// equals sign. After an operand that has a star stands its step as a parameter of the kernel: if it is 0,
// the operand is one number, which stands for as many as the others have.
func (s *set) elementwise(name, names, doc string, compute func(e *elementwise)) {
	var signature string
	for _, v := range strings.Fields(names) {
		switch name := strings.TrimRight(v, "=*"); v[len(name):] {
		case "=":
			signature += name + " float64, "
		case "*":
			signature += name + " *float64, " + name + "Step int, "
		default:
			signature += name + " *float64, "
		}
	}
	function(name+s.name, "func("+signature+"n int)", doc)
	e := &elementwise{set: s}
	size := GP64()
	MOVQ(I32(int32(s.bytes())), size)
	for _, v := range strings.Fields(names) {
		name := strings.TrimRight(v, "=*")
		if strings.HasSuffix(v, "=") {
			VBROADCASTSD(addr(name), s.acc(len(e.numbers)))
			e.numbers = append(e.numbers, name)
			continue
		}
		pointer, by := param(name), Register(size)
		if strings.HasSuffix(v, "*") {
			by = e.broadcast(name, pointer)
		}
		e.vectors = append(e.vectors, vector{name, pointer, newMatrix(by, ahead)})
	}
	e.loops(param("n"), compute)
	VZEROUPPER()
	RET()
}

// broadcast returns the distance between the vectors of an operand. If its step is 0, the pointer
// becomes one to copies of the number.
func (e *elementwise) broadcast(name string, pointer Register) Register {
	by := param(name + "Step")
	copies := AllocLocal(e.bytes())
	SHLQ(Imm(uint64(bits.TrailingZeros(uint(e.bytes())))), by)
	JNZ(LabelRef(name + "vector"))
	VBROADCASTSD(Mem{Base: pointer}, e.regs[0])
	VMOVUPD(e.regs[0], copies)
	LEAQ(copies, pointer)
	Label(name + "vector")
	return by
}

// loops writes the loops: some vectors at a time, one vector, one element.
func (e *elementwise) loops(n Register, compute func(e *elementwise)) {
	e.loop("several", n, ahead, e.lanes, compute, func(v vector) { LEAQ(v.row(v.pointer, ahead), v.pointer) })
	e.loop("vector", n, 1, e.lanes, compute, func(v vector) { ADDQ(v.by[1], v.pointer) })
	// Fewer elements than copies of a number are left.
	e.loop("one", n, 1, 1, compute, func(v vector) { ADDQ(Imm(8), v.pointer) })
}

// loop writes the loop that takes so many vectors of so many lanes at a time, and then moves all
// pointers forward.
func (e *elementwise) loop(
	name string, n Register, vectors, lanes int, compute func(e *elementwise), forward func(v vector),
) {
	step := Imm(uint64(vectors * lanes))
	e.wide = lanes > 1
	SUBQ(step, n)
	JL(LabelRef("no" + name))
	Label(name)
	for e.at = range vectors {
		e.used = 0
		compute(e)
	}
	for _, v := range e.vectors {
		forward(v)
	}
	SUBQ(step, n)
	JGE(LabelRef(name))
	Label("no" + name)
	ADDQ(step, n)
}

// register returns a register that is free until the next elements.
func (e *elementwise) register() VecPhysical {
	e.used++
	return e.part(e.regs[e.used-1])
}

// number returns the register that has a number in all lanes.
func (e *elementwise) number(name string) VecPhysical {
	return e.part(e.acc(slices.Index(e.numbers, name)))
}

// part returns the part of a register that is in use.
func (e *elementwise) part(r VecPhysical) VecPhysical {
	if e.wide {
		return r
	}
	return []VecPhysical{
		X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, X12, X13, X14, X15,
	}[r.PhysicalIndex()]
}

// get loads elements. Where there is but one, the others in the register are 0.
func (e *elementwise) get(name string) VecPhysical {
	v, r := e.vector(name), e.register()
	if from := v.row(v.pointer, e.at); e.wide {
		VMOVUPD(from, r)
	} else {
		VMOVSD(from, r)
	}
	return r
}

// put stores elements.
func (e *elementwise) put(name string, r VecPhysical) {
	v := e.vector(name)
	if to := v.row(v.pointer, e.at); e.wide {
		VMOVUPD(r, to)
	} else {
		VMOVSD(r, to)
	}
}

// elementwiseKernels writes all kernels that work element by element.
func (s *set) elementwiseKernels() {
	GLOBL("one", NOPTR|RODATA)
	DATA(0, U64(math.Float64bits(1)))
	GLOBL("half", NOPTR|RODATA)
	DATA(0, U64(math.Float64bits(0.5)))
	for _, o := range []struct {
		name, sign string
		compute    func(ops ...Op)
	}{{"add", "+", VADDPD}, {"sub", "−", VSUBPD}, {"mul", "·", VMULPD}, {"div", "/", VDIVPD}} {
		s.elementwise(o.name, "z x* y*", "computes z = x "+o.sign+" y.", func(e *elementwise) {
			x, y := e.get("x"), e.get("y")
			o.compute(y, x, x)
			e.put("z", x)
		})
	}
	s.elementwise("inverseSqrt", "z x", "computes z = 1/√x.", func(e *elementwise) {
		x, one := e.get("x"), e.register()
		VBROADCASTSD(NewDataAddr(NewStaticSymbol("one"), 0), one.AsY())
		VSQRTPD(x, x)
		VDIVPD(x, one, x)
		e.put("z", x)
	})
	s.elementwise("mulAdd", "z x* y* c*", "computes z = x·y + c.", func(e *elementwise) {
		x, y, c := e.get("x"), e.get("y"), e.get("c")
		VMULPD(y, x, x)
		VADDPD(c, x, x)
		e.put("z", x)
	})
	s.elementwise("relu", "z x", "computes z = max(x, 0).", func(e *elementwise) {
		x, on := e.get("x"), e.register()
		e.positive(x, on)
		VANDPD(on, x, x)
		e.put("z", x)
	})
	s.elementwise("maximum", "z x* y*", "computes z = max(x, y).", func(e *elementwise) {
		e.extreme(VMAXPD, VANDPD) // of +0 and −0, AND is +0
	})
	s.elementwise("minimum", "z x* y*", "computes z = min(x, y).", func(e *elementwise) {
		e.extreme(VMINPD, VORPD) // of +0 and −0, OR is −0
	})
	s.elementwise("choose", "z x y* c*", "computes z = y where x > 0, c where x ≤ 0, NaN where x is.",
		func(e *elementwise) {
			x, y, c, on := e.get("x"), e.get("y"), e.get("c"), e.register()
			e.positive(x, on)
			VBLENDVPD(on, y, c, c)
			e.unordered(x, x, c)
			e.put("z", c)
		})
	s.elementwise("mulGrad", "gx gy gz x y", "adds gz·y to gx, and gz·x to gy.", func(e *elementwise) {
		gz, x, y := e.get("gz"), e.get("x"), e.get("y")
		VMULPD(gz, y, y)
		VMULPD(gz, x, x)
		e.add("gx", y)
		e.add("gy", x)
	})
	s.elementwise("divGrad", "gx gy gz y z", "adds gz·(1/y) to gx, and gz·(−z/y) to gy.", func(e *elementwise) {
		gz, y, z, one := e.get("gz"), e.get("y"), e.get("z"), e.register()
		VBROADCASTSD(NewDataAddr(NewStaticSymbol("one"), 0), one.AsY())
		VDIVPD(y, one, one)
		VMULPD(one, gz, one)
		e.add("gx", one)
		VDIVPD(y, z, z)
		VMULPD(z, gz, z)
		gy := e.get("gy")
		VSUBPD(z, gy, gy)
		e.put("gy", gy)
	})
	s.elementwise("squareGrad", "gx gz x", "adds gz·2x to gx.", func(e *elementwise) {
		gz, x := e.get("gz"), e.get("x")
		VADDPD(x, x, x)
		VMULPD(x, gz, gz)
		e.add("gx", gz)
	})
	s.elementwise("reluGrad", "gx gz x", "adds gz to gx where x > 0, and NaN where x is.", func(e *elementwise) {
		gz, x, on := e.get("gz"), e.get("x"), e.register()
		e.positive(x, on)
		e.unordered(x, x, gz)
		e.addWhere(on, "gx", gz)
	})
	s.elementwise("elseGrad", "gx gz x", "adds gz to gx where x ≤ 0, and NaN where x is.", func(e *elementwise) {
		gz, x, on := e.get("gz"), e.get("x"), e.register()
		e.zero(on)
		VCMPPD(notLess, x, on, on)
		e.unordered(x, x, gz)
		e.addWhere(on, "gx", gz)
	})
	s.elementwise("largerGrad", "gx gz x* y*", "adds gz to gx where x > y, gz/2 where x = y, NaN where one is.",
		func(e *elementwise) {
			gz, x, y, half := e.get("gz"), e.get("x"), e.get("y"), e.register()
			VBROADCASTSD(NewDataAddr(NewStaticSymbol("half"), 0), half.AsY())
			VMULPD(half, gz, half)
			same := e.register()
			VCMPPD(equal, y, x, same)
			VBLENDVPD(same, half, gz, gz)
			e.unordered(x, y, gz)
			VCMPPD(notLess, y, x, x)
			e.addWhere(x, "gx", gz)
		})
}

// Comparisons of VCMPPD, beside those in lanes.go.
const (
	unordered      = 3
	notLessOrEqual = 6
)

// extreme computes z from x and y by an instruction that returns y where both are 0 or one is NaN, and one
// that unites what it returns with x and y exchanged.
func (e *elementwise) extreme(compute, unite func(ops ...Op)) {
	x, y, z, exchanged := e.get("x"), e.get("y"), e.register(), e.register()
	compute(y, x, z)
	compute(x, y, exchanged)
	unite(exchanged, z, z)
	e.unordered(x, y, z)
	e.put("z", z)
}

// unordered sets all bits of r, which is NaN then, in the lanes where x or y is NaN.
func (e *elementwise) unordered(x, y, r VecPhysical) {
	is := e.register()
	VCMPPD(Imm(unordered), x, y, is)
	VORPD(is, r, r)
}

// addWhere adds elements to those of a vector in the lanes where on has all bits set.
func (e *elementwise) addWhere(on VecPhysical, name string, r VecPhysical) {
	sum := e.get(name)
	VADDPD(sum, r, r)
	VBLENDVPD(on, r, sum, sum)
	e.put(name, sum)
}

// positive sets all bits in the lanes of on where x is positive or NaN.
func (e *elementwise) positive(x, on VecPhysical) {
	e.zero(on)
	VCMPPD(Imm(notLessOrEqual), on, x, on)
}

// add adds elements to those of a vector.
func (e *elementwise) add(name string, r VecPhysical) {
	sum := e.get(name)
	VADDPD(r, sum, sum)
	e.put(name, sum)
}
