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

// largest is the largest number of pixels of a picture. Reading one takes up to about 25 bytes a pixel.
const largest = 16_000_000

// Read returns the ink of a digit in a PNG file, dark on light or light on dark.
//
// It returns an error that names the file and says what is wrong if the file does not exist, is not a
// complete PNG file, or has more than 16 million pixels, or if all pixels are equally bright.
func Read(file string) (Ink, error) {
	info, err := os.Stat(file)
	if err != nil {
		return Ink{}, err
	}
	if info.IsDir() {
		return Ink{}, fmt.Errorf("%s: it is a folder, want a PNG file", file)
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait until somebody writes into it
		return Ink{}, fmt.Errorf("%s: it is a device or a pipe, want a PNG file", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return Ink{}, err
	}
	defer func() { _ = f.Close() }() // an error does not matter after reading
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

// decode decodes a PNG file unless the picture is too large.
func decode(r io.Reader) (image.Image, error) {
	var head bytes.Buffer // the bytes that were read to learn the size
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

// signature is the beginning of every PNG file.
const signature = "\x89PNG\r\n\x1a\n"

// whatIsWrong turns an error of package png into one that says what was found and what was expected.
func whatIsWrong(err error, head string) error {
	for _, format := range []struct{ name, signature string }{
		{"JPEG", "\xff\xd8\xff"}, {"GIF", "GIF8"}, {"WebP", "RIFF"}, {"BMP", "BM"}, {"TIFF", "II*\x00"},
	} {
		if strings.HasPrefix(head, format.signature) {
			return fmt.Errorf("it begins like a %s file, want a PNG file", format.name)
		}
	}
	switch {
	case head == "":
		return errors.New("it is empty, want a PNG file")
	case !strings.HasPrefix(signature, head[:min(len(head), len(signature))]):
		return fmt.Errorf("it begins with %.8q, want a PNG file, which begins with %q", head, signature)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends too early, want a complete PNG file")
	}
	return fmt.Errorf("%w, want a complete PNG file", err)
}
