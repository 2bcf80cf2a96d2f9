// Package scan reads a picture of a digit, of any size and in any colours, and frames it as the
// images are framed on which a network was trained.
package scan

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"strings"
)

// largest bounds the pixels of a picture. Reading one takes about 20 bytes each.
const largest = 32_000_000

// Read returns the ink of a digit in a PNG file, dark on light or light on dark.
//
// It returns an error that names the file and says what is wrong if there is none, if it is not
// a whole PNG file, has more than 32 million pixels, or if all of them are equally bright.
func Read(file string) (Ink, error) {
	info, err := os.Stat(file)
	if err != nil {
		return Ink{}, err
	}
	if info.IsDir() {
		return Ink{}, fmt.Errorf("%s: is a folder, want a PNG file", file)
	}
	if !info.Mode().IsRegular() { // to open a pipe takes as long as nobody writes into it
		return Ink{}, fmt.Errorf("%s: is no file that can be kept, want a PNG file", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return Ink{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	picture, err := decode(f)
	if err != nil {
		return Ink{}, fmt.Errorf("%s: %w", file, err)
	}
	ink, err := newInk(picture)
	if err != nil {
		return Ink{}, fmt.Errorf("%s: %w", file, err)
	}
	return ink, nil
}

// decode decodes a PNG file if it is not too large.
func decode(r io.Reader) (image.Image, error) {
	var head bytes.Buffer // what was read to know the size
	size, err := png.DecodeConfig(io.TeeReader(r, &head))
	if err != nil {
		return nil, whatIsWrong(err, head.String())
	}
	if size.Width > largest/size.Height {
		return nil, fmt.Errorf("the picture has %d×%d pixels, want at most %d million",
			size.Width, size.Height, largest/1_000_000)
	}
	picture, err := png.Decode(io.MultiReader(&head, r))
	if err != nil {
		return nil, whatIsWrong(err, signature)
	}
	return picture, nil
}

// signature is what a PNG file begins with.
const signature = "\x89PNG\r\n\x1a\n"

// whatIsWrong says of an error of package png what was found and what was expected.
func whatIsWrong(err error, head string) error {
	for _, format := range []struct{ name, signature string }{
		{"JPEG", "\xff\xd8\xff"}, {"GIF", "GIF8"}, {"WebP", "RIFF"}, {"BMP", "BM"}, {"TIFF", "II*\x00"},
	} {
		if strings.HasPrefix(head, format.signature) {
			return fmt.Errorf("begins as a %s file does, want a PNG file", format.name)
		}
	}
	switch {
	case head == "":
		return errors.New("is empty, want a PNG file")
	case !strings.HasPrefix(signature, head[:min(len(head), len(signature))]):
		return fmt.Errorf("begins with %.8q, want a PNG file, which begins with %q", head, signature)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("ends too early, want a whole PNG file")
	}
	return fmt.Errorf("%w, want a whole PNG file", err)
}
