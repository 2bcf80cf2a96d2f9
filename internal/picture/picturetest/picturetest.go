package picturetest

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// Read returns the picture in a PNG file. Its errors name the file.
func Read(file string) (image.Image, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return img, nil
}

// Write writes a picture into a PNG file. The test fails at once if that is not possible.
func Write(tb testing.TB, file string, img image.Image) {
	tb.Helper()
	f, err := os.Create(file)
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
		tb.Fatalf("%s: %v", file, err)
	}
}

// Saved saves a drawing as a PNG file and returns the picture in it. The test fails at once if
// that is not possible.
func Saved(tb testing.TB, drawing interface{ Save(file string) error }) image.Image {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "picture.png")
	if err := drawing.Save(file); err != nil {
		tb.Fatal(err)
	}
	img, err := Read(file)
	if err != nil {
		tb.Fatal(err)
	}
	return img
}

// At returns the colour of a pixel.
func At(img image.Image, pixel image.Point) color.RGBA {
	return color.RGBAModel.Convert(img.At(pixel.X, pixel.Y)).(color.RGBA)
}
