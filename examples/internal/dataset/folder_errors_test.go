package dataset

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFolderErrors(t *testing.T) {
	for _, test := range []struct {
		name   string
		others map[string]string
		want   string // DIR is the folder
	}{
		{
			"no file", map[string]string{trainImages: ""}, "DIR: there is no file train-images-idx3-ubyte or " +
				"train-images.idx3-ubyte or train-images-idx3-ubyte.gz or train-images.idx3-ubyte.gz in this folder",
		},
		{
			"found before any is read",
			map[string]string{trainImages: "?", testLabels: ""},
			"DIR: there is no file t10k-labels-idx1-ubyte or " +
				"t10k-labels.idx1-ubyte or t10k-labels-idx1-ubyte.gz or t10k-labels.idx1-ubyte.gz in this folder",
		},
		{
			"folders alone",
			map[string]string{testImages: "", testImages + ".gz/": ""},
			"DIR: there is no file t10k-images-idx3-ubyte or " +
				"t10k-images.idx3-ubyte or t10k-images-idx3-ubyte.gz or t10k-images.idx3-ubyte.gz in this folder",
		},
		{
			"labels of images",
			map[string]string{trainLabels: good[trainImages]},
			"DIR/train-labels-idx1-ubyte: the magic number is 0x00000803, want 0x00000801: " +
				"it has 3 dimensions, as images have, want 1 dimension, as labels have",
		},
		{
			"images of labels",
			map[string]string{testImages: good[testLabels]},
			"DIR/t10k-images-idx3-ubyte: the magic number is 0x00000801, want 0x00000803: " +
				"it has 1 dimension, as labels have, want 3 dimensions, as images have",
		},
		{
			"no images",
			map[string]string{trainImages: images(0, 2, 3, ""), trainLabels: labels("")},
			"DIR/train-labels-idx1-ubyte: its header says 0 bytes of data, want at least 1",
		},
		{
			"no test images",
			map[string]string{testImages: images(0, 2, 3, "")},
			"DIR/t10k-images-idx3-ubyte: its header says 0·2·3 bytes of data, want at least 1",
		},
		{
			"a label less",
			map[string]string{
				trainLabels: "", trainLabels + ".gz": compressed(t, labels("\x00\x01")),
			},
			"DIR/train-images-idx3-ubyte has 3 images, DIR/train-labels-idx1-ubyte.gz has 2 labels, " +
				"want one for each",
		},
		{
			"a label more",
			map[string]string{testLabels: labels("\x00\x01\x01")},
			"DIR/t10k-images-idx3-ubyte has 2 images, DIR/t10k-labels-idx1-ubyte has 3 labels, " +
				"want one for each",
		},
		{
			"another height",
			map[string]string{testImages: images(2, 1, 3, "abcdef")},
			"DIR/train-images-idx3-ubyte has images of 2×3 pixels, and " +
				"DIR/t10k-images-idx3-ubyte has images of 1×3, want the same size",
		},
		{
			"another width",
			map[string]string{testImages: images(2, 2, 4, "abcdefghabcdefgh")},
			"DIR/train-images-idx3-ubyte has images of 2×3 pixels, and " +
				"DIR/t10k-images-idx3-ubyte has images of 2×4, want the same size",
		},
		{
			"turned",
			map[string]string{testImages: images(2, 3, 2, "abcdefabcdef")},
			"DIR/train-images-idx3-ubyte has images of 2×3 pixels, and " +
				"DIR/t10k-images-idx3-ubyte has images of 3×2, want the same size",
		},
		{
			"one class",
			map[string]string{
				trainLabels: labels("\x00\x00\x00"), testLabels: labels("\x00\x00"),
			},
			"DIR/train-labels-idx1-ubyte, DIR/t10k-labels-idx1-ubyte: all labels are 0, " +
				"want at least 2 classes",
		},
		{
			"a stray label",
			map[string]string{trainLabels: labels("\x00\xc8\x02"), testLabels: labels("\x01\x00")},
			"DIR/train-labels-idx1-ubyte, DIR/t10k-labels-idx1-ubyte: there is a label 200 and none of 3 to 199, " +
				"want images of all classes up to the last",
		},
		{
			"labels from 2 on",
			map[string]string{trainLabels: labels("\x02\x03\x02"), testLabels: labels("\x03\x03")},
			"DIR/train-labels-idx1-ubyte, DIR/t10k-labels-idx1-ubyte: the smallest label is 2, want 0 or 1",
		},
	} {
		name := folder(t, test.others)
		want := strings.ReplaceAll(test.want, "DIR/", name+string(filepath.Separator))
		want = strings.ReplaceAll(want, "DIR", name)
		d, err := Folder(name)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", test.name, err, want)
		}
		if diff := cmp.Diff(Data{}, d); diff != "" {
			t.Errorf("%s: there is an error and data (-nothing +got):\n%s", test.name, diff)
		}
	}
}

// The memory for both sets is limited, that for the test images to what the training images leave.
func TestFolderTooLarge(t *testing.T) {
	name := folder(t, nil)
	for _, test := range []struct {
		most       int64
		file, want string
	}{
		{263, trainImages, "264 bytes of memory, want at most the 263 that are left"},
		{264, testImages, "176 bytes of memory, want at most the 0 that are left"},
		{264 + 175, testImages, "176 bytes of memory, want at most the 175 that are left"},
	} {
		_, err := folderOf(name, test.most)
		want := filepath.Join(name, test.file) + ": its images would take " + test.want
		if err == nil || err.Error() != want {
			t.Errorf("at most %d: %v, want %s", test.most, err, want)
		}
	}
	d, err := folderOf(name, 264+176)
	if diff := cmp.Diff(goodData(name), d); diff != "" || err != nil {
		t.Errorf("at most 264 + 176: %v (-want +got):\n%s", err, diff)
	}
}

// A set takes as much memory as is counted for it, and less on a machine of 32 bits.
func TestMemory(t *testing.T) {
	const n = 1000
	for _, size := range [][]int{{1, 1}, {28, 28}} {
		pixels, labels := make([]byte, n*size[0]*size[1]), make([]byte, n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s := newSet(pixels, labels, 255)
		runtime.ReadMemStats(&after)
		got, want := int64(after.TotalAlloc-before.TotalAlloc), memory(len(s.X), size)
		if got > want*11/10 || got < want && strconv.IntSize == 64 { // the runtime rounds up
			t.Errorf("%v: %d bytes allocated, want %d", size, got, want)
		}
	}
}

// The system's message for a file in place of a folder differs between systems.
func TestNoFolder(t *testing.T) {
	name := folder(t, nil)
	for _, name := range []string{filepath.Join(name, "none"), filepath.Join(name, trainImages)} {
		_, opened := os.ReadDir(name)
		if opened == nil || !strings.Contains(opened.Error(), name) {
			t.Fatalf("%v, want an error that names %s", opened, name)
		}
		want := opened.Error() + ", want a folder with the four files of MNIST"
		if _, err := Folder(name); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
