package scan

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"strings"
)

// largest is the largest number of pixels of a picture. Reading one takes 20 to 50 bytes a pixel, and up to
// 80 if it is a single row.
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

// decode decodes a PNG file unless the picture is too large. It reads the file twice, because what stands
// before the size, or before a palette, may be as long as the file.
func decode(r io.ReadSeeker) (image.Image, error) {
	size, err := png.DecodeConfig(r)
	if err != nil {
		return nil, whatIsWrong(err, r)
	}
	if size.Width > largest/size.Height {
		return nil, fmt.Errorf("the picture has %d×%d pixels, want at most %d million",
			size.Width, size.Height, largest/1_000_000)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	picture, err := png.Decode(r)
	if err != nil {
		return nil, whatIsWrong(err, r)
	}
	return picture, nil
}

// signature is the beginning of every PNG file.
const signature = "\x89PNG\r\n\x1a\n"

// whatIsWrong turns an error of package png into one that says what was found at the beginning of r, and
// what was expected.
func whatIsWrong(err error, r io.ReadSeeker) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	first := make([]byte, len(signature))
	n, _ := io.ReadFull(r, first) // a file may have fewer bytes
	head := string(first[:n])
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
	case !strings.HasPrefix(signature, head):
		return fmt.Errorf("it begins with %q, want a PNG file, which begins with %q", head, signature)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends too early, want a complete PNG file")
	}
	return fmt.Errorf("%w, want a complete PNG file", err)
}
