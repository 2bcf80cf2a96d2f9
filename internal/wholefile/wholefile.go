// Package wholefile writes files that are never half written.
package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Write writes the whole text to the file, or leaves the file as it is. It writes a temporary file in
// the same folder first and then renames it, so that the file keeps who may read and write it. If name is
// that of a symbolic link to a file, that file is written.
//
// It returns an error if the file is there and is a folder, a device or a pipe, or may not be written.
func Write(name string, text []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode, err := modeOf(name)
	if err != nil {
		return err
	}
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%016x", rand.Uint64()))
	t, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		wrong.Path = name // which is what the caller knows
	}
	if err != nil {
		return err
	}
	_, err = t.Write(text)
	if err == nil && mode != 0 {
		err = t.Chmod(mode)
	}
	err = errors.Join(err, t.Sync(), t.Close())
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		_ = os.Remove(temporary) // the first error is the one to report
	}
	return err
}

// modeOf returns the permissions of a file, 0 if there is no such file, or an error if it cannot be written.
func modeOf(name string) (fs.FileMode, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return 0, nil // to create it fails with a better error
	case !info.IsDir() && !info.Mode().IsRegular(): // to open a pipe would wait for a reader
		return 0, fmt.Errorf("%s is a device or a pipe, want a file", name)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	return info.Mode().Perm(), f.Close()
}
