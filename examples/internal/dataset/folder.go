package dataset

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/examples/internal/dataset/internal/idx"
)

// largest is how many bytes of memory a data set may take. MNIST takes 442 million, and the letters of
// EMNIST take 919 million.
const largest = 1 << 30

// Folder returns the images in a folder with the four files of MNIST, or of a data set that is
// distributed as MNIST is:
//
//	train-images-idx3-ubyte    t10k-images-idx3-ubyte
//	train-labels-idx1-ubyte    t10k-labels-idx1-ubyte
//
// The names may have a dot in place of the second hyphen, as in train-images.idx3-ubyte, and .gz at the
// end, for compressed files. If a folder has several of these, a file that is not compressed is read.
// The number of classes is the largest label plus 1. Each of them needs an image; class 0 does not, since
// labels may begin with 1.
//
// Folder returns an error that names the file and says what was expected if a file is missing or
// damaged, if the numbers of labels and images differ, if the images of the two sets have different
// sizes, if both together would take more than 1 GiB of memory, at 8 bytes a pixel and 40 an image, if there
// are fewer than two classes, or if a class has no image.
func Folder(name string) (Data, error) { return folderOf(name, largest) }

// folderOf returns the images in a folder, unless they take more bytes than that.
func folderOf(name string, most int64) (Data, error) {
	files, err := findAll(name)
	if err != nil {
		return Data{}, err
	}
	train, size, err := load(files[0], files[1], most)
	if err != nil {
		return Data{}, err
	}
	test, testSize, err := load(files[2], files[3], most-memory(len(train.Labels), size))
	if err != nil {
		return Data{}, err
	}
	if !slices.Equal(size, testSize) {
		return Data{}, fmt.Errorf("%s has images of %d×%d pixels, and %s has images of %d×%d, want the same size",
			files[0], size[0], size[1], files[2], testSize[0], testSize[1])
	}
	classes, err := countClasses(append(slices.Clone(train.Labels), test.Labels...))
	if err != nil {
		return Data{}, fmt.Errorf("%s, %s: %w", files[1], files[3], err)
	}
	return Data{name, usual[2], size[0], size[1], classes, train, test}, nil
}

// countClasses returns the number of classes: the largest label plus 1. The labels may begin with 1, as
// those of the letters of EMNIST do. If there is no image of a class below the largest, this label may be
// a mistake.
func countClasses(labels []int) (int, error) {
	seen := slices.Compact(slices.Sorted(slices.Values(labels)))
	last := seen[len(seen)-1]
	if last == 0 {
		return 0, errors.New("all labels are 0, want at least 2 classes")
	}
	for i := 1; i < len(seen); i++ {
		if before := seen[i-1]; seen[i] != before+1 {
			return 0, fmt.Errorf("there is a label %d and none of %d to %d, want images of all classes up to the last",
				seen[i], before+1, seen[i]-1)
		}
	}
	if seen[0] > 1 {
		return 0, fmt.Errorf("the smallest label is %d, want 0 or 1", seen[0])
	}
	return last + 1, nil
}

// usual holds the usual names of the files: training images and labels, test images and labels.
var usual = []string{
	"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
	"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
}

// findAll returns the four files, in that order.
func findAll(folder string) (files []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("%w, want a folder with the four files of MNIST", err)
	}
	isFile := map[string]bool{}
	for _, e := range entries {
		isFile[e.Name()] = !e.IsDir() // some archives have folders with these names
	}
	for _, name := range usual {
		dotted := strings.Replace(name, "-idx", ".idx", 1)
		names := []string{name, dotted, name + ".gz", dotted + ".gz"}
		i := slices.IndexFunc(names, func(n string) bool { return isFile[n] })
		if i < 0 {
			return nil, fmt.Errorf("%s: there is no file %s in this folder", folder, strings.Join(names, " or "))
		}
		files = append(files, filepath.Join(folder, names[i]))
	}
	return files, nil
}

// load returns the images of two files, and their height and width. It returns an error if they take more
// bytes than that.
func load(images, labels string, most int64) (s Set, size []int, err error) {
	l, err := idx.Read(labels, 1)
	if err != nil {
		return Set{}, nil, err
	}
	a, err := idx.Read(images, 3)
	if err != nil {
		return Set{}, nil, err
	}
	if a.Shape[0] != l.Shape[0] {
		return Set{}, nil, fmt.Errorf("%s has %d images, %s has %d labels, want one for each",
			images, a.Shape[0], labels, l.Shape[0])
	}
	size = a.Shape[1:]
	if got := memory(a.Shape[0], size); got > most {
		return Set{}, nil, fmt.Errorf(
			"%s: its images would take %d bytes of memory, want at most the %d that are left",
			images, got, most)
	}
	return newSet(a.Data, l.Data, 255), size, nil
}

// memory returns how many bytes a Set of n images takes.
func memory(n int, size []int) int64 {
	const pixel, image = 8, 24 + 8 + 8 // a slice, a label and an index
	return int64(n) * (image + pixel*int64(size[0])*int64(size[1]))
}
