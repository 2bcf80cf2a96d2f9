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
// the same folder first and then renames it. The file keeps its permissions; it keeps its owner if root
// writes it, and its group if the writer is in that, and otherwise belongs to the writer. Another hard link
// keeps what it had. If name is that of a symbolic link, [Target] is written.
//
// It returns an error if the file is there and is a folder, a device or a pipe, or may not be written; and if
// no file can be created in its folder, even if it may be written itself: it could be half written.
func Write(name string, text []byte) error {
	name = Target(name)
	old, err := existing(name)
	if err != nil {
		return err
	}
	folder, _ := filepath.Split(name) // and not Dir, which makes . of link/..
	temporary := folder + fmt.Sprintf(".%016x", rand.Uint64())
	t, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		if err = about(name, err); old != nil {
			err = fmt.Errorf("no file can be created beside it, to take its place when it is whole: %w", err)
		}
		return err
	}
	if old != nil { // before there is text that others may not read
		keepOwner(t, old)
		err = t.Chmod(old.Mode().Perm())
	}
	if err == nil {
		_, err = t.Write(text)
	}
	err = errors.Join(about(name, err), about(name, t.Sync()), about(name, t.Close()))
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		_ = os.Remove(temporary) // the first error is the one to report
	}
	return err
}

// about makes an error about the temporary file one about the file that the caller knows.
func about(name string, err error) error {
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		wrong.Path = name
	}
	return err
}

// Target returns the name of the file to which a symbolic link leads, whether or not that is there, or the
// name itself if it is that of no link.
func Target(name string) string {
	for range 100 { // links that lead to each other are an error of whatever opens them
		to, err := os.Readlink(name)
		if err != nil {
			break
		}
		if folder, _ := filepath.Split(name); !filepath.IsAbs(to) {
			to = folder + to
		}
		name = to
	}
	return name
}

// existing returns what is known of a file, or nil if it is not there, or an error if it cannot be written.
func existing(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil // to create it fails, if there is no folder
	case err != nil:
		return nil, err
	case !info.IsDir() && !info.Mode().IsRegular(): // to open a pipe would wait for a reader
		return nil, fmt.Errorf("%s is a device or a pipe, want a file", name)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}
