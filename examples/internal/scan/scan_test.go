package scan

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sheet has solid ink, 1, in the shape of a T with an edge of 0.8, and faint marks of 0.2.
var sheet = Ink{9, 7, []float64{
	0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0.2, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 1, 1, 1, 1, 1, 0, 0,
	0, 0, 0, 0.8, 1, 0.8, 0.2, 0, 0,
	0, 0, 0, 0.8, 1, 0.2, 0, 0, 0,
	0, 0, 0, 0.8, 1, 0.2, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0,
}}

// inked is the ink that should be found on the sheet.
var inked = Ink{5, 4, []float64{
	1, 1, 1, 1, 1,
	0, 0.8, 1, 0.8, 0,
	0, 0.8, 1, 0, 0,
	0, 0.8, 1, 0, 0,
}}

func encoded(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func saved(t *testing.T, content []byte) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRead(t *testing.T) {
	shifted := image.Rect(-3, 5, -3+sheet.Width, 5+sheet.Height)
	grays := color.Palette{gray(0.9), gray(0.1), gray(0.26), gray(0.74)}
	transparent := func(r, g, b uint8) func(float64) color.Color {
		return func(p float64) color.Color { return color.NRGBA{r, g, b, uint8(255 * p)} }
	}
	for _, test := range []struct {
		name   string
		m      settable
		colour func(ink float64) color.Color
	}{
		{"black on white", image.NewGray(shifted), func(p float64) color.Color { return gray(1 - p) }},
		{"white on black", image.NewGray(shifted), gray16},
		{"16 bits, two near grays", image.NewGray16(shifted), func(p float64) color.Color {
			return color.Gray16{Y: 30_000 - uint16(100*p)}
		}},
		{"blue on yellow", image.NewRGBA(shifted), func(p float64) color.Color {
			return color.RGBA{uint8(250 - 200*p), uint8(240 - 200*p), uint8(100 + 100*p), 255}
		}},
		{"yellow on blue", image.NewRGBA64(shifted), func(p float64) color.Color {
			return color.RGBA{uint8(50 + 200*p), uint8(40 + 200*p), uint8(200 - 100*p), 255}
		}},
		{"palette", image.NewPaletted(shifted, grays), func(p float64) color.Color {
			return gray(0.9 - 0.8*p)
		}},
		{"black on nothing", image.NewNRGBA(shifted), transparent(0, 0, 0)},
		{"red on nothing", image.NewNRGBA64(shifted), transparent(200, 0, 0)},
		{"black on white on nothing", image.NewNRGBA(shifted), func(p float64) color.Color {
			if p == 0 {
				return color.Transparent
			}
			return gray(1 - p)
		}},
		{"white on nothing", image.NewNRGBA(shifted), transparent(255, 255, 255)},
	} {
		for i, p := range sheet.Pix {
			test.m.Set(shifted.Min.X+i%sheet.Width, shifted.Min.Y+i/sheet.Width, test.colour(p))
		}
		got, err := Read(saved(t, encoded(t, test.m)))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		// A level of 8 bits is 0.004 of the largest difference, and 0.01 of a smaller one.
		if d := cmp.Diff(inked, got, cmpopts.EquateApprox(0, 0.02)); d != "" {
			t.Errorf("%s: -want +got\n%s", test.name, d)
		}
		if d := cmp.Diff(got, mustInk(t, test.m)); d != "" {
			t.Errorf("%s: -file +picture\n%s", test.name, d)
		}
	}
}

func gray16(light float64) color.Color { return color.Gray16{Y: uint16(65_535 * light)} }

type settable interface {
	image.Image
	Set(x, y int, c color.Color)
}

func TestReadErrors(t *testing.T) {
	whole := encoded(t, sheet.picture(black))
	damaged := bytes.Replace(bytes.Clone(whole), []byte("IDAT"), []byte("IDAX"), 1)
	even := image.NewGray16(image.Rect(0, 0, 2, 2))
	copy(even.Pix, "\x12\x34\x12\x34\x12\x34\x12\x34")
	for _, test := range []struct{ name, content, want string }{
		{"empty", "", "it is empty, want a PNG file"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", "it begins like a JPEG file, want a PNG file"},
		{"GIF", "GIF89a\x01\x00\x01\x00", "it begins like a GIF file, want a PNG file"},
		{"text", "0,0,5,13,9", `it begins with "0,0,5,13", want a PNG file, which begins with "\x89PNG`},
		{"short text", "0", `it begins with "0", want a PNG file`},
		{"signature alone", signature, "it ends too early, want a complete PNG file"},
		{"half a signature", signature[:4], "it ends too early, want a complete PNG file"},
		{
			"truncated", string(whole[:len(whole)/2]),
			"png: invalid format: not enough pixel data, want a complete PNG file",
		},
		{"without the last byte", string(whole[:len(whole)-1]), "it ends too early"},
		{"damaged", string(damaged), "png: invalid format: invalid checksum, want a complete PNG file"},
		{"too large", sized(t, 4000, 4001), "the picture has 4000×4001 pixels, want at most 16 million"},
		{"just not too large", sized(t, 4000, 4000), "png: invalid format: not enough pixel data"},
		{
			"even gray", string(encoded(t, even)),
			"all pixels are equally bright, want a digit on a background",
		},
		{
			"blank", string(encoded(t, image.NewGray(image.Rect(0, 0, 9, 9)))),
			"all pixels are equally bright, want a digit on a background",
		},
		{
			"transparent", string(encoded(t, image.NewNRGBA(image.Rect(0, 0, 9, 9)))),
			"all pixels are equally bright, want a digit on a background",
		},
	} {
		file := saved(t, []byte(test.content))
		_, err := Read(file)
		if err == nil || !strings.HasPrefix(err.Error(), file+": "+test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
	}
	folder := t.TempDir()
	if _, err := Read(folder); err == nil || err.Error() != folder+": it is a folder, want a PNG file" {
		t.Errorf("error %v for a folder", err)
	}
	missing := filepath.Join(folder, "b.png")
	if _, err := Read(missing); !os.IsNotExist(err) || !strings.Contains(err.Error(), missing) {
		t.Errorf("error %v for no file", err)
	}
}

// sized returns a PNG file that claims to have this many pixels but has only one.
func sized(t *testing.T, width, height uint32) string {
	t.Helper()
	file := encoded(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	header := file[len(signature)+4:][:4+13] // its type and what it holds, then the checksum
	binary.BigEndian.PutUint32(header[4:], width)
	binary.BigEndian.PutUint32(header[8:], height)
	binary.BigEndian.PutUint32(file[len(signature)+4+len(header):], crc32.ChecksumIEEE(header))
	return string(file)
}
