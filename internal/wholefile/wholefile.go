// Package wholefile writes files that are never half written.
package wholefile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
)

// Write writes the whole text to the file, or leaves the file as it is. It writes a temporary file in
// the same folder first and then renames it.
func Write(name string, text []byte) error {
	temporary := fmt.Sprintf("%s.%016x", name, rand.Uint64())
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
