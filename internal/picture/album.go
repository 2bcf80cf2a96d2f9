package picture

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// An Album is a number of pictures that belong into one folder.
type Album []Picture

// A Picture is a drawing with the name of its file.
type Picture struct {
	File string
	Drawing
}

// A Drawing is what can be saved as a picture. The ending of the file's name says how.
type Drawing interface {
	Save(file string) error
	Caption() string
}

// Add adds a drawing to the album. Its file is named with its number, so that a folder shows
// the pictures in order.
func (a *Album) Add(file string, d Drawing) {
	*a = append(*a, Picture{fmt.Sprintf("%d-%s", len(*a)+1, file), d})
}

// Save saves all pictures in a folder, which it makes if it is missing, and returns its
// name. If folder is "", that is a new one under the system's folder for temporary files,
// whose name begins with prefix. If one cannot be saved, the others are all the same.
func (a Album) Save(folder, prefix string) (string, error) {
	var err error
	if folder == "" {
		folder, err = os.MkdirTemp("", prefix)
	} else {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return "", fmt.Errorf("folder for pictures: %w", err)
	}
	for _, p := range a {
		err = errors.Join(err, p.Save(filepath.Join(folder, p.File)))
	}
	return folder, err
}
