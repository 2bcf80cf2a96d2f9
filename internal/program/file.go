package program

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus/internal/wholefile"
)

// Writable returns an error if a file cannot be written. A program calls it before it starts to
// work, so that the result of the work is not lost. The name "" stands for no file at all, which is
// no error.
func Writable(file string) error {
	if file == "" {
		return nil
	}
	info, err := os.Stat(file)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: it is a folder, want the name of a file", file)
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s: it is a device or a pipe, want the name of a file", file)
	case err == nil:
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return err
		}
	}
	file = wholefile.Target(file)
	folder := filepath.Dir(file) // for a new file, which then takes the name of the old one
	switch info, err := os.Stat(folder); {
	case err == nil && !info.IsDir():
		return fmt.Errorf("%s: %s is a file, want a folder to write the file in", file, folder)
	case err != nil:
		return fmt.Errorf("%s: there is no folder %s to write the file in", file, folder)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(folder, ".writable-")
	if err != nil {
		return fmt.Errorf("%s: no file can be created in folder %s: %w", file, folder, errors.Unwrap(err))
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// Distinct returns an error if the file of the first flag is also the file of one of the other
// flags. Each argument consists of the name of a flag and the name of its file, which is "" if there
// is none.
func Distinct(first [2]string, others ...[2]string) error {
	for _, other := range others {
		if first[1] != "" && other[1] != "" && Same(first[1], other[1]) {
			return Usagef("-%s and -%s: %s and %s are the same file, want different ones",
				first[0], other[0], first[1], other[1])
		}
	}
	return nil
}

// Same reports whether two names are of the same file, which need not exist yet.
func Same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	a, errX = filepath.Abs(wholefile.Target(a))
	b, errY = filepath.Abs(wholefile.Target(b))
	return errX == nil && errY == nil && a == b
}
