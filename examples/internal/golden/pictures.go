package golden

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
)

// Pictures returns an error if the folder does not hold so many PNG files of the size that
// package chart gives them, or if the output does not name each at the beginning of a line.
func Pictures(folder, output string, want int) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.png"))
	if err != nil {
		return err
	}
	if len(files) != want {
		return fmt.Errorf("%d pictures, want %d: %v", len(files), want, files)
	}
	for _, file := range files {
		if !strings.Contains(output, "\n"+filepath.Base(file)+" ") {
			err = errors.Join(err, fmt.Errorf("the output does not name %s", file))
		}
		err = errors.Join(err, picture(file))
	}
	return err
}

func picture(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	p, err := png.Decode(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if size := p.Bounds().Size(); size != image.Pt(960, 540) {
		return fmt.Errorf("%s has the size %v, want (960,540)", file, size)
	}
	return nil
}
