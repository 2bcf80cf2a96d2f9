package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A set is an instruction set: one generator serves both.
type set struct {
	name  string
	lanes int
	regs  []VecPhysical
	nt    []ntTile
	nn    []nnTile
}

// An ntTile is the shape of what mulNT holds in registers: a number of rows of A times so
// many rows of B as the first of cols that is left.
type ntTile struct {
	rows int
	cols []int
}

// An nnTile is the shape of what mulNN holds in registers: rows of C times vectors of it.
type nnTile struct {
	rows, vectors int
}

var avx2 = &set{
	name:  "AVX2",
	lanes: 4,
	regs: []VecPhysical{
		Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15,
	},
	nt: []ntTile{{4, []int{3, 1}}, {1, []int{6, 2, 1}}},
	nn: []nnTile{{4, 3}, {2, 4}, {1, 4}},
}

var avx512 = &set{
	name:  "AVX512",
	lanes: 8,
	regs: []VecPhysical{
		Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9, Z10, Z11, Z12, Z13, Z14, Z15,
		Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z24, Z25, Z26, Z27, Z28, Z29, Z30, Z31,
	},
	nt: []ntTile{{4, []int{6, 2, 1}}, {1, []int{6, 2, 1}}},
	nn: []nnTile{{6, 4}, {2, 4}, {1, 4}},
}

// bytes is the size of a vector.
func (s *set) bytes() int { return 8 * s.lanes }

// acc returns accumulator i: they are at the end, so that the first registers, which every
// instruction can name, are free for what is short-lived.
func (s *set) acc(i int) VecPhysical { return s.regs[len(s.regs)-1-i] }

// zero clears a register. VPXORQ is the one for 512 bits without further extensions.
func (s *set) zero(r Op) {
	if s.lanes == 8 {
		VPXORQ(r, r, r)
		return
	}
	VXORPD(r, r, r)
}

// maskWords is how many lanes the table of masks can switch on.
const maskWords = 16

// masks writes the table of which avx2 takes masks: ones, and then zeros.
func (s *set) masks() {
	GLOBL("masks", NOPTR|RODATA)
	for i := range maskWords {
		DATA(8*i, U64(1<<64-1))
	}
	for i := range maskWords {
		DATA(8*(maskWords+i), U64(0))
	}
}

// A mask switches on the first lanes of one vector or several in a row: of the table at at,
// or those in the registers k.
type mask struct {
	at Register
	k  []OpmaskPhysical
}

// mask makes a mask of count lanes, fewer than are in the vectors. It destroys count.
func (s *set) mask(count Register, vectors int) *mask {
	if s.lanes == 4 {
		at := GP64()
		LEAQ(NewDataAddr(NewStaticSymbol("masks"), 8*maskWords), at)
		SHLQ(Imm(3), count)
		SUBQ(count, at)
		return &mask{at: at}
	}
	k := []OpmaskPhysical{K1, K2, K3, K4}[:vectors]
	ones := GP64()
	MOVQ(I32(-1), ones)
	BZHIQ(count, ones, ones)
	for i, reg := range k {
		if i > 0 {
			SHRQ(Imm(8), ones)
		}
		KMOVW(ones.As32(), reg)
	}
	return &mask{k: k}
}

// load loads vector v of those that begin at from: where the mask is off it loads zeros and
// does not touch memory. Without a mask, m is nil.
func (s *set) load(from Mem, v int, m *mask, to VecPhysical) {
	from = from.Offset(v * s.bytes())
	switch {
	case m == nil:
		VMOVUPD(from, to)
	case m.k != nil:
		VMOVUPD_Z(from, m.k[v], to)
	default:
		VMOVUPD(Mem{Base: m.at, Disp: v * s.bytes()}, to)
		VMASKMOVPD(from, to, to)
	}
}

// store is the opposite of load. It destroys spare if there is a mask.
func (s *set) store(r VecPhysical, to Mem, v int, m *mask, spare VecPhysical) {
	to = to.Offset(v * s.bytes())
	switch {
	case m == nil:
		VMOVUPD(r, to)
	case m.k != nil:
		VMOVUPD(r, m.k[v], to)
	default:
		VMOVUPD(Mem{Base: m.at, Disp: v * s.bytes()}, spare)
		VMASKMOVPD(r, spare, to)
	}
}

// anyVec is a register for vectors.
type anyVec interface {
	Register
	Vec
}

// storePart stores the first lanes of r, as many as rest says: in parts that are whole. A load of what lies
// behind them, as that of the next row, need not wait, which it would for a store with a mask. It destroys r.
func (s *set) storePart(name string, r anyVec, to Mem, rest Register) {
	at := GP64()
	LEAQ(to, at)
	if s.lanes == 8 {
		TESTQ(U32(4), rest)
		JZ(LabelRef(name + "Two"))
		VMOVUPD(r.AsY(), Mem{Base: at})
		VEXTRACTF64X4(Imm(1), r, r.AsY())
		ADDQ(Imm(32), at)
		Label(name + "Two")
	}
	TESTQ(U32(2), rest)
	JZ(LabelRef(name + "One"))
	VMOVUPD(r.AsX(), Mem{Base: at})
	if s.lanes == 8 { // registers from 16 on, too
		VEXTRACTF64X2(Imm(1), r.AsY(), r.AsX())
	} else {
		VEXTRACTF128(Imm(1), r.AsY(), r.AsX())
	}
	ADDQ(Imm(16), at)
	Label(name + "One")
	TESTQ(U32(1), rest)
	JZ(LabelRef(name + "Done"))
	VMOVSD(r.AsX(), Mem{Base: at})
	Label(name + "Done")
}

// loadPart loads as many numbers as rest says (1 to lanes−1), and zeros: in the parts in which storePart stores
// them. A load of more than one store has written waits until all of that is in the cache.
func (s *set) loadPart(name string, from Mem, rest Register, to, spare anyVec) {
	at := GP64()
	LEAQ(from, at)
	LEAQ(Mem{Base: at, Index: rest, Scale: 8}, at)
	s.zero(to)
	TESTQ(U32(1), rest)
	JZ(LabelRef(name + "Two"))
	SUBQ(Imm(8), at)
	VMOVSD(Mem{Base: at}, to.AsX())
	Label(name + "Two")
	TESTQ(U32(2), rest)
	JZ(LabelRef(name + "Four"))
	SUBQ(Imm(16), at)
	VMOVUPD(Mem{Base: at}, spare.AsX())
	if s.lanes == 4 {
		VINSERTF128(Imm(1), to.AsX(), spare.AsY(), to.AsY())
		Label(name + "Four")
		return
	}
	VINSERTF64X2(Imm(1), to.AsX(), spare.AsY(), to.AsY())
	Label(name + "Four")
	TESTQ(U32(4), rest)
	JZ(LabelRef(name + "Done"))
	SUBQ(Imm(32), at)
	VMOVUPD(Mem{Base: at}, spare.AsY())
	VINSERTF64X4(Imm(1), to.AsY(), spare, to)
	Label(name + "Done")
}

// function begins a function. It begins at a cache line: without that, what stands before it decides
// whether a short loop lies in one line or in two, which is 1 ns in a sum of 30 numbers.
func function(name, signature, doc string) {
	TEXT(name, NOSPLIT, signature)
	Doc(doc)
	Pragma("noescape")
	Instruction(&ir.Instruction{Opcode: "PCALIGN", Operands: []Op{Imm(64)}})
}

// param loads a parameter.
func param(name string) Register {
	return Load(Param(name), GP64())
}

// stride loads a stride and makes bytes of elements.
func stride(name string) Register {
	r := param(name)
	SHLQ(Imm(3), r)
	return r
}

// A matrix addresses the rows of a matrix by multiples of the stride in registers.
type matrix struct {
	by map[int]Register
}

// newMatrix computes the multiples of the stride that rows need.
func newMatrix(by Register, rows int) matrix {
	m := matrix{map[int]Register{1: by}}
	if rows > 3 {
		m.by[3] = GP64()
		LEAQ(Mem{Base: by, Index: by, Scale: 2}, m.by[3])
	}
	if rows > 5 {
		m.by[5] = GP64()
		LEAQ(Mem{Base: by, Index: by, Scale: 4}, m.by[5])
	}
	return m
}

// row is the address of row i, counted from base.
func (m matrix) row(base Register, i int) Mem {
	switch i {
	case 0:
		return Mem{Base: base}
	case 1, 3, 5:
		return Mem{Base: base, Index: m.by[i], Scale: 1}
	case 2, 4:
		return Mem{Base: base, Index: m.by[1], Scale: uint8(i)}
	}
	panic(fmt.Sprintf("no address for row %d", i))
}
