// Command gen writes the AVX2 and FMA code of package kernel. It is a module of its own, so
// that whoever imports gradus does not need avo.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"   //nolint:revive // avo is made to be dot-imported
	. "github.com/mmcloughlin/avo/operand" //nolint:revive // as above
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	masks()
	nt(1)
	nt(2)
	nn(1, 4)
	nn(4, 2)
	Generate()
}

// masks holds four words of ones and then four of zeros: eight bytes times 4 − n into it are
// n of ones.
func masks() {
	GLOBL("masks", RODATA|NOPTR)
	for i := range 8 {
		ones := ^uint64(0)
		if i >= 4 {
			ones = 0
		}
		DATA(8*i, U64(ones))
	}
}

// mask loads the mask of n words, 1 to 4.
func mask(n reg.GPVirtual) reg.VecVirtual {
	table, word, m := GP64(), GP64(), YMM()
	LEAQ(NewDataAddr(NewStaticSymbol("masks"), 32), table)
	MOVQ(n, word)
	NEGQ(word)
	VMOVUPD(Mem{Base: table, Index: word, Scale: 8}, m)
	return m
}

// param loads an argument; a stride becomes bytes.
func param(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

func stride(name string) reg.GPVirtual {
	s := param(name)
	SHLQ(Imm(3), s)
	return s
}

// zeros returns n registers that hold zeros.
func zeros(n int) []reg.VecVirtual {
	r := make([]reg.VecVirtual, n)
	for i := range r {
		r[i] = YMM()
		VXORPD(r[i], r[i], r[i])
	}
	return r
}

// nt writes C += A·Bᵀ for so many rows of A: four rows of B at a time, then one.
func nt(rows int) {
	name := fmt.Sprintf("nt%d", rows)
	TEXT(name, NOSPLIT, "func(n, k int, a *float64, lda int, b *float64, ldb int, c *float64, ldc int)")
	Pragma("noescape")
	Doc(fmt.Sprintf("%s adds A·Bᵀ to C, %d×n. The k columns of A and B lie side by side.", name, rows))
	t := &ntTile{rows: rows, name: name, n: param("n"), a: []reg.GPVirtual{param("a")}, b: param("b")}
	t.c, t.ldb = param("c"), stride("ldb")
	if rows == 2 {
		a := stride("lda")
		ADDQ(t.a[0], a)
		t.a = append(t.a, a)
	}
	t.rows4()
	t.rows1()
	VZEROUPPER()
	RET()
}

type ntTile struct {
	rows    int
	name    string
	n, b, c reg.GPVirtual
	ldb     reg.GPVirtual
	a       []reg.GPVirtual
}

// rows4 handles four rows of B at a time.
func (t *ntTile) rows4() {
	loop, done := t.name+"_rows4", t.name+"_rows4_done"
	Label(loop)
	CMPQ(t.n, Imm(4))
	JL(LabelRef(done))
	b := []reg.GPVirtual{t.b}
	for i := range 3 {
		next := GP64()
		LEAQ(Mem{Base: b[i], Index: t.ldb, Scale: 1}, next)
		b = append(b, next)
	}
	acc := t.dots(b, loop)
	for r := range t.rows {
		sum := sum4(acc[4*r : 4*r+4])
		c := Mem{Base: t.c}
		if r == 1 {
			ldc := stride("ldc")
			c = Mem{Base: t.c, Index: ldc, Scale: 1}
		}
		VADDPD(c, sum, sum)
		VMOVUPD(sum, c)
	}
	LEAQ(Mem{Base: b[3], Index: t.ldb, Scale: 1}, t.b)
	ADDQ(Imm(32), t.c)
	SUBQ(Imm(4), t.n)
	JMP(LabelRef(loop))
	Label(done)
}

// rows1 handles the rows of B that are left.
func (t *ntTile) rows1() {
	loop, done := t.name+"_rows1", t.name+"_rows1_done"
	Label(loop)
	CMPQ(t.n, Imm(1))
	JL(LabelRef(done))
	acc := t.dots([]reg.GPVirtual{t.b}, loop)
	for r := range t.rows {
		x, high := acc[r].AsX(), XMM()
		VEXTRACTF128(Imm(1), acc[r], high)
		VADDPD(high, x, x)
		VUNPCKHPD(x, x, high)
		VADDSD(high, x, x)
		c := Mem{Base: t.c}
		if r == 1 {
			ldc := stride("ldc")
			c = Mem{Base: t.c, Index: ldc, Scale: 1}
		}
		VADDSD(c, x, x)
		VMOVSD(x, c)
	}
	ADDQ(t.ldb, t.b)
	ADDQ(Imm(8), t.c)
	DECQ(t.n)
	JMP(LabelRef(loop))
	Label(done)
}

// dots writes the loop over k. It returns, row of A by row of B, four partial sums each.
func (t *ntTile) dots(b []reg.GPVirtual, name string) []reg.VecVirtual {
	n := t.rows * len(b)
	sets := 8 / n // independent sums that hide the latency of an FMA
	acc := zeros(n * sets)
	i, k := GP64(), param("k")
	XORQ(i, i)
	step := func(set int, load func(p reg.GPVirtual, offset int) Op) {
		a := make([]Op, t.rows)
		for r := range a {
			a[r] = load(t.a[r], 32*set)
		}
		for j := range b {
			y := load(b[j], 32*set)
			for r := range a {
				VFMADD231PD(y, a[r], acc[set*n+r*len(b)+j])
			}
		}
	}
	at := func(p reg.GPVirtual, offset int) Mem { return Mem{Base: p, Index: i, Scale: 8, Disp: offset} }
	full := func(p reg.GPVirtual, offset int) Op {
		v := YMM()
		VMOVUPD(at(p, offset), v)
		return v
	}
	for by := sets; by > 0; by /= sets {
		loop, done := fmt.Sprintf("%s_by%d", name, by), fmt.Sprintf("%s_by%d_done", name, by)
		Label(loop)
		SUBQ(Imm(uint64(4*by)), k)
		JL(LabelRef(done))
		for s := range by {
			step(s, full)
		}
		ADDQ(Imm(uint64(4*by)), i)
		JMP(LabelRef(loop))
		Label(done)
		ADDQ(Imm(uint64(4*by)), k)
		if by == 1 {
			break
		}
	}
	none := name + "_no_tail"
	TESTQ(k, k)
	JE(LabelRef(none))
	m := mask(k)
	step(0, func(p reg.GPVirtual, offset int) Op {
		v := YMM()
		VMASKMOVPD(at(p, offset), m, v)
		return v
	})
	Label(none)
	for s := 1; s < sets; s++ {
		for j := range n {
			VADDPD(acc[s*n+j], acc[j], acc[j])
		}
	}
	return acc[:n]
}

// sum4 returns the sums of four registers in one.
func sum4(x []reg.VecVirtual) reg.VecVirtual {
	low, high := YMM(), YMM()
	VHADDPD(x[1], x[0], x[0])
	VHADDPD(x[3], x[2], x[2])
	VPERM2F128(Imm(0x21), x[2], x[0], high)
	VBLENDPD(Imm(0b1100), x[2], x[0], low)
	VADDPD(high, low, low)
	return low
}
