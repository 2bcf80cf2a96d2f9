// Package wholefile writes files that are never half written.
package wholefile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Write writes the whole text to the file, or leaves the file as it is. It writes a temporary file in
// the same folder first and then renames it. If name is that of a symbolic link to a file, that file is
// written.
func Write(name string, text []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%016x", rand.Uint64()))
	t, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = t.Write(text)
	err = errors.Join(err, t.Sync(), t.Close())
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		_ = os.Remove(temporary) // the first error is the one to report
	}
	return err
}
