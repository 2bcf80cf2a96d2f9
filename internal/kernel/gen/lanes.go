package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// What follows writes one instruction, or a few, on all lanes of vectors. Registers are those that avo
// finds free, but for constants, which lie in memory.

// vec returns a register.
func (s *set) vec() VecVirtual {
	if s.lanes == 8 {
		return ZMM()
	}
	return YMM()
}

// write writes an instruction, or that of AVX-512 for a constant.
func (s *set) write(plain, broadcast func(...Op), ops ...Op) {
	for _, op := range ops {
		if _, memory := op.(Mem); memory && s.lanes == 8 {
			broadcast(ops...)
			return
		}
	}
	plain(ops...)
}

// of returns a register that holds a constant.
func (s *set) of(c Mem) VecVirtual {
	z := s.vec()
	if s.lanes == 8 {
		VBROADCASTSD(c, z)
	} else {
		VMOVUPD(c, z)
	}
	return z
}

// copyOf returns a copy of x.
func (s *set) copyOf(x Op) VecVirtual {
	z := s.vec()
	VMOVAPD(x, z)
	return z
}

// two writes an instruction that computes z of x and y.
func (s *set) two(plain, broadcast func(...Op), x, y Op) VecVirtual {
	z := s.vec()
	s.write(plain, broadcast, y, x, z)
	return z
}

func (s *set) add(x, y Op) VecVirtual { return s.two(VADDPD, VADDPD_BCST, x, y) }
func (s *set) sub(x, y Op) VecVirtual { return s.two(VSUBPD, VSUBPD_BCST, x, y) }
func (s *set) mul(x, y Op) VecVirtual { return s.two(VMULPD, VMULPD_BCST, x, y) }
func (s *set) div(x, y Op) VecVirtual { return s.two(VDIVPD, VDIVPD_BCST, x, y) }
func (s *set) and(x, y Op) VecVirtual { return s.two(VANDPD, VANDPD_BCST, x, y) }
func (s *set) or(x, y Op) VecVirtual  { return s.two(VORPD, VORPD_BCST, x, y) }

// least and most return x where it is NaN.
func (s *set) least(c Mem, x Op) VecVirtual { return s.two(VMINPD, VMINPD_BCST, s.of(c), x) }
func (s *set) most(c Mem, x Op) VecVirtual  { return s.two(VMAXPD, VMAXPD_BCST, s.of(c), x) }

// horner makes p = p·x + c.
func (s *set) horner(p, x, c Op) { s.write(VFMADD213PD, VFMADD213PD_BCST, c, x, p) }

// addMul makes z = z + x·y.
func (s *set) addMul(z, x, y Op) { s.write(VFMADD231PD, VFMADD231PD_BCST, y, x, z) }

// subMul makes z = z − x·y.
func (s *set) subMul(z, x, y Op) { s.write(VFNMADD231PD, VFNMADD231PD_BCST, y, x, z) }

// fastTwoSum returns a + b, for |a| ≥ |b|, and what its rounding has lost.
func (s *set) fastTwoSum(a, b Op) (high, low VecVirtual) {
	high = s.add(a, b)
	return high, s.sub(b, s.sub(high, a))
}

// twoSum is fastTwoSum for any a and b.
func (s *set) twoSum(a, b Op) (high, low VecVirtual) {
	high = s.add(a, b)
	t := s.sub(high, a)
	return high, s.add(s.sub(a, s.sub(high, t)), s.sub(b, t))
}

// orderedSum is twoSum for a and b of which none is negative, of the larger and the smaller one.
func (s *set) orderedSum(a Op, b Mem) (high, low VecVirtual) {
	high = s.add(a, b)
	return high, s.sub(s.least(b, a), s.sub(high, s.most(b, a)))
}

// The comparisons of VCMPPD. Those with NaN are false, but notLess is true.
const (
	equal   = U8(0x00)
	less    = U8(0x11)
	notLess = U8(0x15)
	greater = U8(0x1e)
)

// compare returns the lanes where what is true of x and c, as choose takes them.
func (s *set) compare(what U8, x Op, c Mem) Op {
	if s.lanes == 8 {
		k := K()
		VCMPPD_BCST(what, c, x, k)
		return k
	}
	z := YMM()
	VCMPPD(what, c, x, z)
	return z
}

// choose returns yes where lanes says so, and no elsewhere.
func (s *set) choose(lanes, yes, no Op) VecVirtual {
	z := s.vec()
	if s.lanes == 8 {
		s.write(VBLENDMPD, VBLENDMPD_BCST, yes, no, lanes, z)
	} else {
		VBLENDVPD(lanes, yes, no, z)
	}
	return z
}
