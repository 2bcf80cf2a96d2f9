package chart

import (
	"fmt"
	"os"
	"path/filepath"
)

// An Album is a number of charts that belong into one folder.
type Album []Picture

// A Picture is a chart with the name of its file, see [Chart.Save].
type Picture struct {
	File string
	Chart
}

// Add adds a chart to the album. Its file is named with its number, so that a folder shows
// the pictures in order.
func (a *Album) Add(file string, c Chart) {
	*a = append(*a, Picture{fmt.Sprintf("%d-%s", len(*a)+1, file), c})
}

// Save saves all pictures in a folder, which it makes if it is missing, and returns its
// name. If folder is "", that is a new one under the system's folder for temporary files,
// whose name begins with prefix.
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
		if err := p.Save(filepath.Join(folder, p.File)); err != nil {
			return "", err
		}
	}
	return folder, nil
}
