package main

import (
	"math"
	"strconv"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// table has the place of each constant in the table of the assembly.
var table = map[string]int{}

// writeTable writes the constants, each four times in a row.
func writeTable(list []constant) {
	GLOBL("constants", NOPTR|RODATA)
	for i, c := range list {
		table[c.name] = 32 * i
		for j := range 4 {
			DATA(32*i+8*j, U64(math.Float64bits(c.value)))
		}
	}
}

// c returns where a constant lies.
func c(name string) Mem {
	at, ok := table[name]
	if !ok {
		panic("no constant " + name)
	}
	return NewDataAddr(NewStaticSymbol("constants"), at)
}

// A calculation writes the code that computes the results of a vector of numbers.
type calculation func(s *set, x VecVirtual) []VecVirtual

// functions writes the functions of one number.
func (s *set) functions() {
	s.function1("exp", "z = e^x", (*set).exp)
	s.function1("sigmoid", "z = 1/(1 + e^−x)", (*set).sigmoid)
	s.function1("tanh", "z = tanh x", (*set).tanh)
	s.function1("log", "z = ln x", (*set).log)
	s.function1("log1p", "z = ln(1 + x)", (*set).log1p)
	s.each("softplus", "func(z, e, x *float64, n int)", "computes e = e^−|x| and z = ln(1 + e^x).",
		[]string{"z", "e"}, (*set).softplus)
	s.each("expm1", "func(z, e, x *float64, n int)", "computes e = e^x and z = e^x − 1.",
		[]string{"z", "e"}, (*set).expm1)
	s.each("gelu", "func(z, d, x *float64, n int)", "computes z = x·Φ(x) and its slope d.",
		[]string{"z", "d"}, (*set).gelu)
}

func (s *set) function1(name, formula string, f func(s *set, x VecVirtual) VecVirtual) {
	s.each(name, "func(z, x *float64, n int)", "computes "+formula+".", []string{"z"},
		func(s *set, x VecVirtual) []VecVirtual { return []VecVirtual{f(s, x)} })
}

// each writes a function of n numbers, 1 or more. What fills at most half a vector of AVX-512 it leaves to the
// code for AVX2, which is as fast for it.
func (s *set) each(name, signature, doc string, results []string, f calculation) {
	function(name+s.name, signature, doc)
	e := eachOf{px: param("x"), n: param("n")}
	for _, z := range results {
		e.to = append(e.to, param(z))
	}
	if s.lanes == 8 {
		e.wide(s, f)
	}
	e.narrow(avx2, f)
}

// wide writes the code for AVX-512. More than half a vector takes it, too: while wide vectors are being
// computed, processors of Intel have one unit less for others.
func (e *eachOf) wide(s *set, f calculation) {
	x := s.vec()
	Label("wide")
	CMPQ(e.n, Imm(8))
	JL(LabelRef("fewer"))
	VMOVUPD(Mem{Base: e.px}, x)
	Label("wideBody")
	y := f(s, x)
	CMPQ(e.n, Imm(8))
	JL(LabelRef("storeSome"))
	e.store(s, y)
	JNZ(LabelRef("wide"))
	JMP(LabelRef("done"))
	Label("fewer")
	CMPQ(e.n, Imm(4))
	JG(LabelRef("loadSome"))
	TESTQ(e.n, e.n)
	JNZ(LabelRef("loop"))
	JMP(LabelRef("done"))
	Label("loadSome")
	s.loadPart("some", Mem{Base: e.px}, e.n, x, s.vec())
	JMP(LabelRef("wideBody"))
	Label("storeSome")
	for i, p := range e.to {
		s.storePart("stored"+strconv.Itoa(i), y[i], Mem{Base: p}, e.n)
	}
	JMP(LabelRef("done"))
}

// An eachOf holds pointers to the numbers and to the results, and how many are left.
type eachOf struct {
	px Register
	to []Register
	n  Register
}

// store stores vectors of results and goes on. The zero flag says whether nothing is left.
func (e *eachOf) store(s *set, y []VecVirtual) {
	for i, p := range e.to {
		VMOVUPD(y[i], Mem{Base: p})
		ADDQ(Imm(uint64(s.bytes())), p)
	}
	ADDQ(Imm(uint64(s.bytes())), e.px)
	SUBQ(Imm(uint64(s.lanes)), e.n)
}

// narrow writes the code for AVX2, whose last vector may have fewer numbers.
func (e *eachOf) narrow(s *set, f calculation) {
	x := s.vec()
	Label("loop")
	CMPQ(e.n, Imm(4))
	JL(LabelRef("load"))
	VMOVUPD(Mem{Base: e.px}, x)
	Label("body")
	y := f(s, x)
	CMPQ(e.n, Imm(4))
	JL(LabelRef("store"))
	e.store(s, y)
	JNZ(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
	few("load", "body", e.n, func(n int) { loadFew(Mem{Base: e.px}, x, n) })
	few("store", "done", e.n, func(n int) {
		for i, p := range e.to {
			storeFew(y[i], Mem{Base: p}, n)
		}
	})
}

// few writes what loads or stores 1, 2 or 3 numbers. VMASKMOVPD would do for all, but processors of AMD
// take longer for it than for a function.
func few(name, then string, n Register, write func(n int)) {
	Label(name)
	CMPQ(n, Imm(2))
	JE(LabelRef(name + "2"))
	JG(LabelRef(name + "3"))
	write(1)
	JMP(LabelRef(then))
	Label(name + "2")
	write(2)
	JMP(LabelRef(then))
	Label(name + "3")
	write(3)
	JMP(LabelRef(then))
}

// loadFew loads n numbers, and zeros. It loads one after the other: they may have been stored so, by Go code,
// and a load of more than one store has written waits until all of that is in the cache.
func loadFew(from Mem, x VecVirtual, n int) {
	VMOVSD(from, x.AsX())
	if n > 1 {
		VMOVHPD(from.Offset(8), x.AsX(), x.AsX())
	}
	if n == 3 {
		last := XMM()
		VMOVSD(from.Offset(16), last)
		VINSERTF128(Imm(1), last, x, x)
	}
}

// storeFew stores n numbers.
func storeFew(z VecVirtual, to Mem, n int) {
	if n == 1 {
		VMOVSD(z.AsX(), to)
		return
	}
	VMOVUPD(z.AsX(), to)
	if n == 3 {
		last := XMM()
		VEXTRACTF128(Imm(1), z, last)
		VMOVSD(last, to.Offset(16))
	}
}

// A power is e^x as 2ᵏ·(1 + r + half + tail).
type power struct {
	t             VecVirtual // k in the low bits
	k             VecVirtual
	r, half, tail VecVirtual
}

// expOf is expOf of the Go code.
func (s *set) expOf(x Op) power {
	p := power{t: s.of(c("toInteger"))}
	s.addMul(p.t, x, c("log2E"))
	p.k = s.sub(p.t, c("toInteger"))
	high := s.copyOf(x)
	s.subMul(high, p.k, c("ln2High"))
	p.r = s.copyOf(high)
	s.subMul(p.r, p.k, c("ln2Low"))
	lost := s.sub(high, p.r)
	s.subMul(lost, p.k, c("ln2Low"))
	r2 := s.mul(p.r, p.r)
	r4 := s.mul(r2, r2)
	r3 := s.mul(r2, p.r)
	p.half = s.mul(r2, c("half"))
	s.addMul(p.half, p.r, lost)
	last := s.even(p.r, r2, "exp7", "exp8", "exp9", "exp10")
	s.addMul(last, r4, s.even(p.r, r2, "exp11", "exp12"))
	p.tail = lost
	s.addMul(p.tail, r3, s.even(p.r, r2, "exp3", "exp4", "exp5", "exp6"))
	s.addMul(p.tail, s.mul(r4, r3), last)
	return p
}

// even returns c0 + c1·x + x²·(c2 + c3·x).
func (s *set) even(x, x2 Op, names ...string) VecVirtual {
	a := s.of(c(names[1]))
	s.horner(a, x, c(names[0]))
	switch rest := names[2:]; len(rest) {
	case 0:
	case 1:
		s.addMul(a, x2, s.of(c(rest[0])))
	default:
		s.addMul(a, x2, s.even(x, x2, rest...))
	}
	return a
}

// onePlus returns 1 + r + half + tail, and what its rounding has lost. The tail, which takes the longest time,
// comes last.
func (s *set) onePlus(p power) (high, low VecVirtual) {
	one := s.add(p.r, c("one"))
	low = s.add(s.add(s.sub(p.r, s.sub(one, c("one"))), p.half), p.tail)
	return s.fastTwoSum(one, low)
}

// powers returns numbers whose product is 2ᵏ; AVX-512 has an instruction instead.
func (s *set) powers(p power) (first, second VecVirtual) {
	first, second = s.vec(), s.vec()
	VPSRAD(Imm(1), p.t, first)
	VPSUBD(first, p.t, second)
	for _, z := range []VecVirtual{first, second} {
		VPSLLQ(Imm(52), z, z)
		VPADDQ(c("one"), z, z)
	}
	return first, second
}

// scaled returns x·2ᵏ, rounded once.
func (s *set) scaled(x VecVirtual, p power) VecVirtual {
	if s.lanes == 8 {
		return s.two(VSCALEFPD, VSCALEFPD_BCST, x, p.k)
	}
	first, second := s.powers(p)
	return s.mul(s.mul(x, first), second)
}

func (s *set) exp(x VecVirtual) VecVirtual {
	p := s.expOf(s.most(c("expLeast"), s.least(c("expMost"), x)))
	e, _ := s.onePlus(p)
	return s.scaled(e, p)
}

func (s *set) sigmoid(x VecVirtual) VecVirtual {
	p := s.expOf(s.negated(x))
	high, low := s.onePlus(p)
	two := s.scaled(s.of(c("one")), p)
	d := s.of(c("one"))
	s.addMul(d, two, high)
	dLow := s.sub(s.mul(two, high), s.sub(d, c("one")))
	s.addMul(dLow, two, low)
	negative := s.compare(less, x, c("zero"))
	y := s.div(s.of(c("one")), s.plusOne(p, two))
	quotient := func(high, low VecVirtual) VecVirtual {
		n, nLow := s.choose(negative, high, s.of(c("one"))), s.choose(negative, low, s.of(c("zero")))
		return s.quotient(n, nLow, d, dLow, y)
	}
	// Where x is negative, the quotient is to be multiplied by 2ᵏ.
	if s.lanes == 8 {
		z := quotient(high, low)
		VSCALEFPD(p.k, z, negative, z)
		return z
	}
	first, second := s.powers(p) // the first comes before the division, for which all waits
	return s.mul(quotient(s.mul(high, first), s.mul(low, first)), s.choose(negative, second, s.of(c("one"))))
}

// negated returns −|x|, but not less than expLeast.
func (s *set) negated(x Op) VecVirtual {
	return s.most(c("expLeast"), s.or(x, c("sign")))
}

// plusOne returns e^x + 1, but for rounding, where two is 2ᵏ.
func (s *set) plusOne(p power, two VecVirtual) VecVirtual {
	d := s.add(two, c("one"))
	s.addMul(d, two, p.r)
	s.addMul(d, two, p.half)
	s.addMul(d, two, p.tail)
	return d
}

// quotient returns (n + nLow)/(d + dLow), where y is 1/d but for rounding. It destroys nLow.
func (s *set) quotient(n, nLow, d, dLow, y VecVirtual) VecVirtual {
	z := s.mul(n, y)
	s.subMul(nLow, z, dLow)
	rest := s.copyOf(n)
	s.subMul(rest, z, d)
	s.addMul(z, s.add(rest, nLow), y)
	return z
}

// lessOne returns e^x − 1, and what its rounding has lost, where two is 2ᵏ.
func (s *set) lessOne(p power, two VecVirtual) (high, low VecVirtual) {
	m := s.sub(two, c("one"))
	n := s.copyOf(m)
	s.addMul(n, two, p.r)
	lost := s.sub(m, n)
	s.addMul(lost, two, p.r)
	rest := s.add(lost, s.sub(s.sub(two, m), c("one")))
	s.addMul(rest, two, p.tail)
	s.addMul(rest, two, p.half)
	return s.fastTwoSum(n, rest)
}

func (s *set) expm1(x VecVirtual) []VecVirtual {
	p := s.expOf(s.most(c("expLeast"), s.least(c("expMost"), x)))
	high, _ := s.onePlus(p)
	e := s.scaled(high, p)
	n, _ := s.lessOne(p, s.scaled(s.of(c("one")), p))
	z := s.or(n, s.and(x, c("sign")))
	return []VecVirtual{s.choose(s.compare(greater, x, c("expm1Most")), e, z), e}
}

func (s *set) tanh(x VecVirtual) VecVirtual {
	a := s.least(c("tanhMost"), s.and(x, c("magnitude")))
	p := s.expOf(s.add(a, a))
	two := s.scaled(s.of(c("one")), p)
	n, nLow := s.lessOne(p, two)
	d, dLow := s.orderedSum(n, c("two"))
	y := s.div(s.of(c("one")), s.plusOne(p, two))
	z := s.quotient(n, nLow, d, s.add(dLow, nLow), y)
	return s.or(z, s.and(x, c("sign")))
}

func (s *set) log(x VecVirtual) VecVirtual {
	tiny := s.compare(less, x, c("leastNormal"))
	y := s.choose(tiny, s.mul(x, c("scale")), x)
	e, m := s.split(y)
	k := s.sub(e, s.choose(tiny, c("biasTiny"), s.of(c("bias"))))
	high, low := s.logOf(k, s.sub(m, c("one")), nil)
	return s.special(s.add(high, low), x, "zero")
}

// unlessInf returns z, but x where that is +Inf or NaN.
func (s *set) unlessInf(z, x VecVirtual) VecVirtual {
	return s.choose(s.compare(notLess, x, c("inf")), x, z)
}

// special is unlessInf, but −Inf where x is least and NaN below.
func (s *set) special(z, x VecVirtual, least string) VecVirtual {
	z = s.unlessInf(z, x)
	z = s.choose(s.compare(equal, x, c(least)), c("minusInf"), z)
	return s.choose(s.compare(less, x, c(least)), c("nan"), z)
}

// split returns m in [√½, √2) and e, as a number that is larger than it by 2⁵², so that
// x = 2^(e−1023)·m.
func (s *set) split(x Op) (e, m VecVirtual) {
	b := s.vec()
	s.write(VPADDQ, VPADDQ_BCST, c("sqrtHalfToOne"), x, b)
	e = s.vec()
	VPSRLQ(Imm(52), b, e)
	e = s.or(e, c("bit52"))
	m = s.and(b, c("mantissa"))
	s.write(VPADDQ, VPADDQ_BCST, c("sqrtHalf"), m, m)
	return e, m
}

// logOf returns k·ln 2 + ln(1 + f + lost), and what rounding has lost of it. There may be no lost.
func (s *set) logOf(k, f VecVirtual, lost Op) (high, low VecVirtual) {
	q := s.div(f, s.add(f, c("two")))
	w := s.mul(q, q)
	w2 := s.mul(w, w)
	a := s.even(w, w2, "log3", "log5", "log7", "log9")
	b := s.even(w, w2, "log11", "log13", "log15")
	s.addMul(a, s.mul(w2, w2), b)
	g := s.mul(f, c("half"))
	half := s.mul(g, f)
	tail := s.copyOf(half)
	VFMSUB231PD(g, f, tail)
	t := s.sub(f, half)
	rest := s.sub(s.sub(s.sub(f, t), half), tail)
	if lost != nil {
		rest = s.add(rest, lost)
	}
	s.addMul(half, w, a)
	s.addMul(rest, q, half)
	s.addMul(rest, k, c("ln2Low"))
	whole := s.mul(k, c("ln2High"))
	high = s.add(whole, t)
	return high, s.add(s.add(s.sub(whole, high), t), rest)
}

func (s *set) log1p(x VecVirtual) VecVirtual {
	u, rest := s.twoSum(s.of(c("one")), x)
	e, m := s.split(u)
	inverse := s.vec()
	VPSLLQ(Imm(52), e, inverse)
	VPSUBQ(inverse, s.of(c("exponents")), inverse)
	rest = s.mul(rest, s.mul(inverse, c("half")))
	g := s.sub(m, c("one"))
	f := s.add(g, rest)
	high, low := s.logOf(s.sub(e, c("bias")), f, s.add(s.sub(g, f), rest))
	z := s.or(s.add(high, low), s.and(x, c("sign")))
	return s.special(z, x, "minusOne")
}

func (s *set) softplus(x VecVirtual) []VecVirtual {
	p := s.expOf(s.negated(x))
	high, low := s.onePlus(p)
	e := s.scaled(high, p)
	lost := s.scaled(low, p)
	large := s.compare(greater, e, c("logMost"))
	d := s.sub(e, c("one"))
	dLost := s.add(s.sub(e, s.add(d, c("one"))), lost)
	k := s.choose(large, c("one"), s.of(c("zero")))
	f := s.choose(large, s.mul(d, c("half")), e)
	lost = s.choose(large, s.mul(dLost, c("half")), lost)
	high, low = s.logOf(k, f, lost)
	sum, lost := s.twoSum(s.most(c("zero"), x), high)
	return []VecVirtual{s.unlessInf(s.add(sum, s.add(lost, low)), x), e}
}

// geluTerms is how many coefficients the polynomial of gelu has.
const geluTerms = 24

// gelu computes a·Φ(−a) and the slope of −a·Φ(−a), where a is |x|, and from them those at x.
func (s *set) gelu(x VecVirtual) []VecVirtual {
	a := s.least(c("geluMost"), s.and(x, c("magnitude")))
	square := s.mul(a, a)
	lost := s.copyOf(square)
	VFMSUB231PD(a, a, lost)
	p := s.expOf(s.mul(square, c("minusHalf")))
	high, low := s.onePlus(p)
	s.addMul(low, s.mul(lost, c("minusHalf")), high)
	diff, diffLow := s.twoSum(a, s.of(c("minusGeluCenter")))
	sum, sumLow := s.twoSum(a, s.of(c("geluCenter")))
	y := s.div(s.of(c("one")), sum)
	t := s.quotient(diff, diffLow, sum, sumLow, y)
	var names []string
	for i := range geluTerms {
		names = append(names, "gelu"+strconv.Itoa(i))
	}
	m := s.quotient(s.even(t, s.mul(t, t), names...), s.of(c("zero")), sum, sumLow, y)
	tail := s.mul(high, m)
	s.addMul(tail, low, m)
	z := s.scaled(s.mul(a, tail), p)
	s.subMul(m, a, c("inverseSqrt2Pi"))
	d := s.scaled(s.mul(high, m), p)
	negative := s.compare(less, x, c("zero"))
	return []VecVirtual{
		s.choose(negative, s.or(z, c("sign")), s.sub(x, z)),
		s.choose(negative, d, s.sub(s.of(c("one")), d)),
	}
}
