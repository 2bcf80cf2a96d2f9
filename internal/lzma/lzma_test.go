package lzma_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/internal/lzma"
)

func ExamplePack() {
	packed := lzma.Pack(bytes.Repeat([]byte("gradient "), 1000))
	fmt.Println(len(packed))
	// Output: 64
}

// A decoder is written after the decoder of the specification, and shares nothing with the package.
type decoder struct {
	in          []byte
	width, code uint32
	err         error
}

func (d *decoder) narrow() {
	if d.width >= 1<<24 {
		return
	}
	if len(d.in) == 0 {
		d.err = errors.New("the file is cut off")
		d.in = []byte{0}
	}
	d.width, d.code, d.in = d.width<<8, d.code<<8|uint32(d.in[0]), d.in[1:]
}

func (d *decoder) bit(p *uint16) int {
	defer d.narrow()
	*p ^= 1024 // so that zero is one half
	defer func() { *p ^= 1024 }()
	bound := (d.width >> 11) * uint32(*p)
	if d.code < bound {
		d.width = bound
		*p += (2048 - *p) >> 5
		return 0
	}
	d.width, d.code = d.width-bound, d.code-bound
	*p -= *p >> 5
	return 1
}

func (d *decoder) tree(p []uint16, n int) int {
	m := 1
	for range n {
		m = m<<1 + d.bit(&p[m])
	}
	return m - 1<<n
}

func (d *decoder) reverse(p []uint16, n int) (x int) {
	m := 1
	for k := range n {
		b := d.bit(&p[m])
		m, x = m<<1+b, x|b<<k
	}
	return x
}

type lengthDecoder struct {
	choice, choice2 uint16
	low, mid        [8]uint16
	high            [256]uint16
}

func (l *lengthDecoder) read(d *decoder) int {
	if d.bit(&l.choice) == 0 {
		return 2 + d.tree(l.low[:], 3)
	}
	if d.bit(&l.choice2) == 0 {
		return 10 + d.tree(l.mid[:], 3)
	}
	return 18 + d.tree(l.high[:], 8)
}

// unpacked decodes a file with lc = 3, lp = 0, pb = 0, and with its size in the header or a marker at its
// end.
func unpacked(file []byte) ([]byte, error) {
	if len(file) < 18 || file[0] != 3 || file[13] != 0 {
		return nil, fmt.Errorf("the header is % x", file[:min(18, len(file))])
	}
	size := int64(binary.LittleEndian.Uint64(file[5:]))
	d := &decoder{in: file[18:], width: 1<<32 - 1, code: binary.BigEndian.Uint32(file[14:])}
	var (
		isMatch, isRep, isRepG0, isRepG1, isRepG2, isRep0Long [12]uint16
		literal                                               [8][768]uint16
		posSlot                                               [4][64]uint16
		pos                                                   [128]uint16
		align                                                 [16]uint16
		lenNew, lenRep                                        lengthDecoder
		rep                                                   [4]int
		out                                                   []byte
	)
	state := 0
	next := func(small, large int) int {
		if state < 7 {
			return small
		}
		return large
	}
	for int64(len(out)) != size {
		if d.err != nil {
			return nil, d.err
		}
		if d.bit(&isMatch[state]) == 0 {
			before := byte(0)
			if len(out) > 0 {
				before = out[len(out)-1]
			}
			p, symbol := &literal[before>>5], 1
			if state >= 7 {
				match := int(out[len(out)-rep[0]-1])
				for symbol < 256 {
					b := match >> 7 & 1
					match <<= 1
					got := d.bit(&p[(1+b)<<8+symbol])
					if symbol = symbol<<1 | got; got != b {
						break
					}
				}
			}
			for symbol < 256 {
				symbol = symbol<<1 | d.bit(&p[symbol])
			}
			out = append(out, byte(symbol))
			state = [...]int{0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 4, 5}[state]
			continue
		}
		n := 0
		if d.bit(&isRep[state]) == 0 {
			rep = [4]int{0, rep[0], rep[1], rep[2]}
			n = lenNew.read(d)
			state = next(7, 10)
			slot := d.tree(posSlot[min(n-2, 3)][:], 6)
			rep[0] = slot
			if slot >= 4 {
				bits := slot>>1 - 1
				rep[0] = (2 | slot&1) << bits
				if slot < 14 {
					rep[0] += d.reverse(pos[rep[0]-slot:], bits)
				} else {
					for bits--; bits >= 4; bits-- {
						if d.width >>= 1; d.code >= d.width {
							d.code -= d.width
							rep[0] += 1 << bits
						}
						d.narrow()
					}
					rep[0] += d.reverse(align[:], 4)
				}
			}
			if uint32(rep[0]) == math.MaxUint32 {
				return out, d.err
			}
		} else {
			switch {
			case d.bit(&isRepG0[state]) == 0:
				if d.bit(&isRep0Long[state]) == 0 {
					n = 1
				}
			case d.bit(&isRepG1[state]) == 0:
				rep = [4]int{rep[1], rep[0], rep[2], rep[3]}
			case d.bit(&isRepG2[state]) == 0:
				rep = [4]int{rep[2], rep[0], rep[1], rep[3]}
			default:
				rep = [4]int{rep[3], rep[0], rep[1], rep[2]}
			}
			if n == 1 {
				state = next(9, 11)
			} else {
				n = lenRep.read(d)
				state = next(8, 11)
			}
		}
		if rep[0] >= len(out) {
			return nil, fmt.Errorf("at %d: the distance is %d", len(out), rep[0]+1)
		}
		for range n {
			out = append(out, out[len(out)-rep[0]-1])
		}
	}
	return out, d.err
}

const formulas = "w = 0.5\nx = 2\nz = w·x + w·x + 0.25\nL = ½(z − 1)²; L = ½(z − 1)²; z = w·x + w·x + 0.26"

const reference = "AwAAAAT//////////wA7iERbUD3fcnn5K0AO7TY3isERvuu1+Li5t5KoUpiCA3MyBF4SQXToGWd0VKZp7Th2LtSf" +
	"R7Qj5N3/+EipgA=="

// The decoder of this test reads what another program wrote: python3's lzma.compress of the formulas, with
// format=FORMAT_ALONE and lc = 3, lp = 0, pb = 0.
func TestDecoder(t *testing.T) {
	file, err := base64.StdEncoding.DecodeString(reference)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unpacked(file); string(got) != formulas || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, formulas)
	}
}

// text returns n bytes that are partly as those before.
func text(seed uint64, n int) []byte {
	rng := rand.New(rand.NewPCG(seed, 1))
	var b []byte
	for len(b) < n {
		switch k := rng.IntN(5); {
		case k < 2 || len(b) < 9:
			for range 1 + rng.IntN(9) {
				b = append(b, byte(rng.IntN(256)>>rng.IntN(8)))
			}
		case k == 2:
			b = append(b, make([]byte, rng.IntN(400))...)
		default: // what was there, with a byte changed
			from := rng.IntN(len(b))
			part := bytes.Clone(b[from:min(len(b), from+2+rng.IntN(1<<rng.IntN(10)))])
			part[rng.IntN(len(part))] ^= byte(rng.IntN(2))
			b = append(b, part...)
		}
	}
	return b[:n]
}

func mustUnpack(t *testing.T, data []byte) (packed []byte) {
	t.Helper()
	packed = lzma.Pack(data)
	got, err := unpacked(packed)
	if err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d bytes, %.20q …, come out as %d others: %v", len(data), data, len(got), err)
	}
	return packed
}

func TestPack(t *testing.T) {
	for n := range 40 {
		mustUnpack(t, text(uint64(n), n))
	}
	for seed := range uint64(10) {
		data := text(seed, 100_000)
		mustUnpack(t, data)
		mustUnpack(t, bytes.Repeat(data[:seed+1], 3000))
	}
	// With the same parameters, xz 5.4 has 3,046 bytes for these, at its slowest.
	if n := len(mustUnpack(t, text(99, 60_000))); n > 3350 {
		t.Errorf("a text of 60,000 bytes has %d when packed, want a tenth more than 3,046 at most", n)
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte(formulas))
	f.Add(text(1, 3000))
	f.Fuzz(func(t *testing.T, data []byte) { mustUnpack(t, data) })
}
