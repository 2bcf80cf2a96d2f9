package picture

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// An Album is a list of pictures that belong in one folder.
type Album []Picture

// A Picture is a drawing and the name of its file.
type Picture struct {
	File string
	Drawing
}

// A Drawing can be saved as a picture, in the format that the ending of the file name says, and has
// a caption, which says in a few words what the picture shows.
type Drawing interface {
	Save(file string) error
	Caption() string
}

// Add adds a drawing to the album. The name of its file begins with a number, as in 3-loss.png, so that a
// folder lists the pictures in order. A program that leaves pictures out does not change the numbers of
// the others.
func (a *Album) Add(file string, d Drawing) {
	*a = append(*a, Picture{file, d})
}

// Save saves all pictures in a folder, which must exist. If one of them cannot be saved, Save saves
// the others all the same and returns an error.
func (a Album) Save(folder string) (err error) {
	for _, p := range a {
		err = errors.Join(err, p.Save(filepath.Join(folder, p.File)))
	}
	return err
}

// Folder creates a folder for pictures, unless it exists, and returns its name. If name is "", it
// creates a new folder, whose name begins with prefix, in the system's folder for temporary files.
func Folder(name, prefix string) (string, error) {
	var err error
	if name == "" {
		name, err = os.MkdirTemp("", prefix)
	} else {
		err = os.MkdirAll(name, 0o755)
	}
	if err != nil {
		return "", fmt.Errorf("folder for pictures: %w", err)
	}
	return name, nil
}
