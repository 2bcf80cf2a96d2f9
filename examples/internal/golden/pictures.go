package golden

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// Pictures returns an error if the folder does not hold this number of PNG files, each of 960×540
// pixels, or if one of them is not named at the beginning of a line of the output.
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
		err = errors.Join(err, checkSize(file))
	}
	return err
}

func checkSize(file string) error {
	p, err := picturetest.Read(file)
	if err != nil {
		return err
	}
	if size := p.Bounds().Size(); size != image.Pt(960, 540) {
		return fmt.Errorf("%s has the size %v, want (960,540)", file, size)
	}
	return nil
}

// NewFolder runs the program without the flag -out. It returns the output and the folder in which
// it says that the pictures are. The test fails if that is not a new folder for temporary files,
// or if [Pictures] has an error to report about it.
func (p Program) NewFolder(t *testing.T, args string, pictures int) (output, folder string) {
	t.Helper()
	// The name is in the output, and that of t.TempDir is longer than a line has room for.
	temporary, err := os.MkdirTemp("", "t") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(temporary) }) // what is left does no harm
	t.Setenv("TMPDIR", temporary)
	output = p.Output(t, args)
	_, after, _ := strings.Cut(output, "== Pictures, in ")
	folder, _, _ = strings.Cut(after, "\n")
	if filepath.Dir(folder) != os.Getenv("TMPDIR") {
		t.Errorf("pictures are in %q, want a folder in %q", folder, os.Getenv("TMPDIR"))
	}
	if err := Pictures(folder, output, pictures); err != nil {
		t.Error(err)
	}
	return output, folder
}
