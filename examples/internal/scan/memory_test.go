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

// The memory grows with the number of pixels, whatever the shapes of the ink and of the picture are.
func TestReadMemory(t *testing.T) {
	for _, test := range []struct {
		name string
		ink  func(x, y int) bool
	}{
		{"a dot", func(x, y int) bool { return x == 7 && y == 0 }},
		{"solid", func(x, _ int) bool { return x > 9 }},
		{"dots", func(x, y int) bool { return x%2 == 1 && y%2 == 0 }},
		{"touching squares", func(x, y int) bool { return (x/3+y/5)%2 == 0 }},
	} {
		for _, size := range []struct{ width, height, most int }{{1000, 1000, 40}, {1_000_000, 1, 70}} {
			pixels := image.Rect(0, 0, size.width, size.height)
			gray, colours := image.NewGray(pixels), image.NewNRGBA64(pixels)
			for i := range gray.Pix {
				x, y := i%size.width, i/size.width
				if !test.ink(x, y) {
					gray.Pix[i] = 255
				}
				level := gray.GrayAt(x, y).Y
				colours.Set(x, y, color.NRGBA{level, level, level, 254}) // with 16 bits a channel, 8 bytes a pixel
			}
			for _, m := range []image.Image{gray, colours} {
				if n := allocated(t, encoded(t, m)) / len(gray.Pix); n > size.most {
					t.Errorf("%s, %T of %v: %d bytes a pixel allocated, want at most %d",
						test.name, m, pixels.Max, n, size.most)
				}
			}
		}
	}
}
