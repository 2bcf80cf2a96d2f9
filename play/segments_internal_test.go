package play

import (
	"bytes"
	"slices"
	"testing"
)

// A module with a section 1, a data section and a section 0.
func module(data ...byte) []byte {
	return slices.Concat([]byte("\x00asm\x01\x00\x00\x00"), []byte{1, 4, 1, 0x60, 0, 0},
		[]byte{11, byte(len(data))}, data, []byte{0, 2, 1, 'x'})
}

func TestJoined(t *testing.T) {
	long := bytes.Repeat([]byte{7}, 200)
	for _, tt := range []struct {
		name    string
		in, out []byte
	}{
		{
			"segments in any order",
			module(3, 0, 0x41, 6, 0x0b, 2, 'g', 'h', 0, 0x41, 1, 0x0b, 1, 'b', 0, 0x41, 3, 0x0b, 1, 'd'),
			module(1, 0, 0x41, 0, 0x0b, 8, 0, 'b', 0, 'd', 0, 0, 'g', 'h'),
		},
		{
			"numbers of two bytes, as signed and unsigned numbers have them",
			module(2, 0, 0x41, 0xc0, 0, 0x0b, 1, 'x', 0, 0x41, 0x81, 0x01, 0x0b, 1, 'y')[:14+2+15],
			slices.Concat(module()[:14], []byte{11, 0x80 + 9, 1, 1, 0, 0x41, 0, 0x0b, 0x80 + 2, 1},
				make([]byte, 64), []byte{'x'}, make([]byte, 64), []byte{'y'}),
		},
		{"no segments", module(0), module(1, 0, 0x41, 0, 0x0b, 0)},
		{"no data section", module()[:14], module()[:14]},
		{"a segment that is too long", module(1, 0, 0x41, 0, 0x0b, 2, 'a'), nil},
		{"a place that is computed", module(1, 0, 0x23, 0, 0x0b, 1, 'a'), nil},
		{"another kind of segment", module(1, 1, 1, 'a'), nil},
		{"more than the segments", module(1, 0, 0x41, 0, 0x0b, 1, 'a', 'b'), nil},
		{"a place that is no number", module(1, 0, 0x41, 0xff), nil},
		{"a huge place", module(1, 0, 0x41, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x0b, 1, 'a'), nil},
		{"a section that is cut off", slices.Concat(module()[:14], []byte{11, 100}, long[:99]), nil},
		{"no module", []byte("text"), nil},
	} {
		want := tt.out
		if want == nil {
			want = tt.in
		}
		if got := joined(tt.in); !bytes.Equal(got, want) {
			t.Errorf("%s: % x becomes\n% x, want\n% x", tt.name, tt.in, got, want)
		}
	}
}
