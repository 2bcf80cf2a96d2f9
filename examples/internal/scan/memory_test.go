package scan

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"runtime"
	"testing"
)

// allocated returns how many bytes it takes to read the picture.
func allocated(t *testing.T, content []byte) int {
	t.Helper()
	file := saved(t, content)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read(file)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	return int(after.TotalAlloc - before.TotalAlloc)
}

// What stands before the palette may be long. It is skipped, not kept.
func TestReadLongChunk(t *testing.T) {
	m := image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.White, color.Black})
	m.SetColorIndex(4, 4, 1)
	whole := encoded(t, m)
	const size, header = 1 << 24, len(signature) + 4 + 4 + 13 + 4
	chunk := append(binary.BigEndian.AppendUint32(nil, size), "long"...)
	chunk = append(chunk, make([]byte, size)...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	n := allocated(t, bytes.Join([][]byte{whole[:header], chunk, whole[header:]}, nil))
	if n > 1<<21 {
		t.Errorf("%d bytes allocated, want at most two megabytes for 9×9 pixels", n)
	}
}

// The memory grows with the number of pixels, whatever the shape of the ink is.
func TestReadMemory(t *testing.T) {
	const side = 1000
	for _, test := range []struct {
		name string
		ink  func(x, y int) bool
	}{
		{"a dot", func(x, y int) bool { return x == side/2 && y == side/2 }},
		{"solid", func(x, y int) bool { return x > side/9 && y > side/9 }},
		{"dots", func(x, y int) bool { return x%2 == 1 && y%2 == 1 }},
		{"touching squares", func(x, y int) bool { return (x/3+y/5)%2 == 0 }},
	} {
		m := image.NewGray(image.Rect(0, 0, side, side))
		for i := range m.Pix {
			if !test.ink(i%side, i/side) {
				m.Pix[i] = 255
			}
		}
		if n := allocated(t, encoded(t, m)) / (side * side); n > 32 {
			t.Errorf("%s: %d bytes a pixel allocated, want at most 32", test.name, n)
		}
	}
}
