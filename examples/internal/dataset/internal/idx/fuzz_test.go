package idx

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// encode writes an array in the format that the database's page describes.
func encode(a Array) []byte {
	text := []byte{0, 0, 8, byte(len(a.Shape))}
	for _, size := range a.Shape {
		text = binary.BigEndian.AppendUint32(text, uint32(size))
	}
	return append(text, a.Data...)
}

// whole reports whether the text is a header with dims sizes, and as much data as their product says.
func whole(text []byte, dims int) bool {
	if len(text) < 4+4*dims || [4]byte(text) != [4]byte{0, 0, 8, byte(dims)} {
		return false
	}
	product := big.NewInt(1)
	for i := range dims {
		product.Mul(product, new(big.Int).SetBytes(text[4+4*i:8+4*i]))
	}
	data := int64(len(text) - 4 - 4*dims)
	return data > 0 && product.Cmp(big.NewInt(data)) == 0
}

func add(f *testing.F, add func(text string, dims uint8)) {
	f.Helper()
	for _, text := range []string{vector, matrix, cube} {
		add(text, text[3])
		add(text[:len(text)-1], text[3])
		add(text+"\x00", text[3])
	}
	add(vector, 3)
	add("\x00\x00\x08\x02\x00\x00\x00\x00\xff\xff\xff\xff", 2)
	add("\x00\x00\x08\x04"+strings.Repeat("\x00\x01\x00\x00", 4), 4)
	add("\x00\x00\x08\xff"+strings.Repeat("\x00\x00\x00\x01", 255)+"x", 255)
}

// A text can be decoded if and only if it is whole. Then the result encodes to the same bytes, and
// decoding takes little more memory than these.
func FuzzDecode(f *testing.F) {
	add(f, func(text string, dims uint8) { f.Add([]byte(text), dims) })
	f.Fuzz(func(t *testing.T, text []byte, dims uint8) {
		if dims == 0 {
			return
		}
		a, err := decode(strings.NewReader(string(text)), int(dims))
		if want := whole(text, int(dims)); (err == nil) != want {
			t.Fatalf("%v, want that it decodes: %t", err, want)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(text, encode(a)); diff != "" {
			t.Fatalf("encoded (-want +got):\n%s", diff)
		}
		if cap(a.Data) > 2*len(text)+1<<16 {
			t.Fatalf("%d bytes have %d of memory", len(text), cap(a.Data))
		}
	})
}

// A compressed text gives the same array, or the same error, as the text. If a byte of it is changed,
// it gives that or another error, as gzip's header has bytes that do not matter. If it is cut short,
// it gives an error.
func FuzzGzip(f *testing.F) {
	add(f, func(text string, dims uint8) {
		f.Add(text, dims, uint(14), byte(0))
		f.Add(text, dims, uint(3), byte(4))
		f.Add(text, dims, uint(len(text)), byte(255))
	})
	f.Fuzz(func(t *testing.T, text string, dims uint8, at uint, change byte) {
		if dims == 0 {
			return
		}
		describe := func(a Array, err error) string {
			return fmt.Sprintf("%v, %q, %v", a.Shape, a.Data, err)
		}
		want := describe(decode(strings.NewReader(text), int(dims)))
		zip := []byte(compressed(t, text))
		at %= uint(len(zip))
		zip[at] ^= change
		a, err := read(strings.NewReader(string(zip)), int(dims))
		if got := describe(a, err); got != want && (change == 0 || err == nil) {
			t.Fatalf("compressed, byte %d changed by %d: %s, want %s", at, change, got, want)
		}
		if a, err := read(strings.NewReader(string(zip[:at])), int(dims)); err == nil {
			t.Fatalf("the first %d bytes of %d are %v, want an error", at, len(zip), a)
		}
	})
}
