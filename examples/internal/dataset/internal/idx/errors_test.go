package idx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadErrors(t *testing.T) {
	const (
		isNone = ": it is not an IDX file"
		only   = ", and only unsigned bytes, type 0x08, are supported"
	)
	for _, test := range []struct {
		name, text string
		dims       int
		want       string
	}{
		{"nothing", "", 3, "has 0 bytes, want a header of 16 and then data"},
		{"half a magic number", "\x00\x00\x08", 1, "has 3 bytes, want a header of 8 and then data"},
		{"magic number", cube[:4], 3, "has 4 bytes, want a header of 16 and then data"},
		{"half a header", cube[:15], 3, "has 15 bytes, want a header of 16 and then data"},
		{
			"a web page", "<!DOCTYPE html>", 3,
			"the magic number is 0x3c21444f, want 0x00000803" + isNone,
		},
		{
			"a byte too early", cube[1:], 3,
			"the magic number is 0x00080300, want 0x00000803" + isNone,
		},
		{"first byte", "\x01" + cube[1:], 3, "the magic number is 0x01000803, want 0x00000803" + isNone},
		{"second byte", "\x00\x8b" + cube[2:], 3, "the magic number is 0x008b0803, want 0x00000803" + isNone},
		{"like gzip", "\x1f\x8a\x08\x00", 3, "the magic number is 0x1f8a0800, want 0x00000803" + isNone},
		{
			"unknown type", "\x00\x00\x0a\x01", 1,
			"the magic number is 0x00000a01, want 0x00000801" + isNone,
		},
		{
			"little-endian", "\x03\x08\x00\x00", 3,
			"the magic number is 0x03080000, want 0x00000803" + isNone,
		},
		{
			"signed bytes", "\x00\x00\x09\x03" + cube[4:], 3,
			"the magic number is 0x00000903, want 0x00000803: " +
				"its data are signed bytes, type 0x09" + only,
		},
		{
			"shorts", "\x00\x00\x0b\x03", 3,
			"the magic number is 0x00000b03, want 0x00000803: " +
				"its data are 16-bit integers, type 0x0b" + only,
		},
		{
			"ints", "\x00\x00\x0c\x01", 3,
			"the magic number is 0x00000c01, want 0x00000803: " +
				"its data are 32-bit integers, type 0x0c" + only,
		},
		{
			"floats", "\x00\x00\x0d\x01", 1,
			"the magic number is 0x00000d01, want 0x00000801: its data are " +
				"32-bit floating-point numbers, type 0x0d" + only,
		},
		{
			"doubles", "\x00\x00\x0e\x01", 1,
			"the magic number is 0x00000e01, want 0x00000801: its data are " +
				"64-bit floating-point numbers, type 0x0e" + only,
		},
		{
			"labels", vector, 3, "the magic number is 0x00000801, want 0x00000803: " +
				"it has 1 dimension, as labels have, want 3 dimensions, as images have",
		},
		{
			"images", cube, 1, "the magic number is 0x00000803, want 0x00000801: " +
				"it has 3 dimensions, as images have, want 1 dimension, as labels have",
		},
		{
			"matrix", matrix, 4, "the magic number is 0x00000802, want 0x00000804: " +
				"it has 2 dimensions, want 4 dimensions",
		},
		{
			"no labels", "\x00\x00\x08\x01\x00\x00\x00\x00", 1,
			"its header says 0 bytes of data, want at least 1",
		},
		{
			"no columns", "\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 3,
			"its header says 4294967295·4294967295·0 bytes of data, want at least 1",
		},
		{
			"no images", "\x00\x00\x08\x03\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff", 3,
			"its header says 0·4294967295·4294967295 bytes of data, want at least 1",
		},
		{
			"too large by one", "\x00\x00\x08\x01\x08\x00\x00\x01", 1,
			"its header says 134217729 bytes of data, want at most 134217728",
		},
		{
			"the largest", "\x00\x00\x08\x02\x00\x01\x00\x00\x00\x00\x08\x00.", 2,
			"has 1 bytes of data, want 134217728 = 65536·2048, as its header says",
		},
		{
			"absurd", "\x00\x00\x08\x03" + strings.Repeat("\xff", 12), 3,
			"its header says 4294967295·4294967295·4294967295 bytes of data, want at most 134217728",
		},
		{ // 2¹⁶·2¹⁶·2¹⁶·2¹⁶ is 0 in 64 bits
			"overflow to nothing", "\x00\x00\x08\x04" + strings.Repeat("\x00\x01\x00\x00", 4), 4,
			"its header says 65536·65536·65536·65536 bytes of data, want at most 134217728",
		},
		{ // 2¹⁶·2¹⁶·2⁸·2²⁴ is 0 in 64 bits
			"overflow to nothing, in large steps", "\x00\x00\x08\x04\x00\x01\x00\x00\x00\x01\x00\x00" +
				"\x00\x00\x01\x00\x01\x00\x00\x00", 4,
			"its header says 65536·65536·256·16777216 bytes of data, want at most 134217728",
		},
		{
			"no data", cube[:16], 3, "has 0 bytes of data, want 6 = 1·2·3, as its header says",
		},
		{
			"too short", "\x00\x00\x08\x03\x00\x00\xea\x60\x00\x00\x00\x1c\x00\x00\x00\x1c" +
				strings.Repeat("x", 1000), 3,
			"has 1000 bytes of data, want 47040000 = 60000·28·28, as its header says",
		},
		{
			"a label short", "\x00\x00\x08\x01\x00\x00\x00\x03ab", 1,
			"has 2 bytes of data, want 3, as its header says",
		},
		{
			"a label too many", "\x00\x00\x08\x01\x00\x00\x00\x03abcd", 1,
			"has more data than the 3 bytes that its header says",
		},
		{
			"a byte short", cube[:len(cube)-1], 3,
			"has 5 bytes of data, want 6 = 1·2·3, as its header says",
		},
		{
			"a byte long", cube + ".", 3,
			"has more data than the 6 = 1·2·3 bytes that its header says",
		},
		{
			"twice", matrix + matrix, 2,
			"has more data than the 6 = 2·3 bytes that its header says",
		},
	} {
		for _, text := range []string{test.text, compressed(t, test.text)} {
			file := write(t, text)
			a, err := Read(file, test.dims)
			if err == nil || err.Error() != file+": "+test.want {
				t.Errorf("%s: %v, want %s", test.name, err, test.want)
			}
			if diff := cmp.Diff(Array{}, a); diff != "" {
				t.Errorf("%s: there is an error and the array (-nothing +got):\n%s", test.name, diff)
			}
		}
	}
}
