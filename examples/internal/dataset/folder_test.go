package dataset

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	trainImages = "train-images-idx3-ubyte"
	trainLabels = "train-labels-idx1-ubyte"
	testImages  = "t10k-images-idx3-ubyte"
	testLabels  = "t10k-labels-idx1-ubyte"
)

// labels and images return the contents of a file.
func labels(values string) string {
	return "\x00\x00\x08\x01\x00\x00\x00" + string(rune(len(values))) + values
}

func images(n, height, width rune, pixels string) string {
	return "\x00\x00\x08\x03\x00\x00\x00" + string(n) + "\x00\x00\x00" + string(height) +
		"\x00\x00\x00" + string(width) + pixels
}

// good holds the four files of a data set: 3 training images of 2×3 pixels, and 2 test images.
var good = map[string]string{
	trainImages: images(3, 2, 3, "\x00\x33\x66\x99\xcc\xff"+
		"\xff\xff\xff\x00\x00\x00"+"\xff\x00\xff\x00\xff\x00"),
	trainLabels: labels("\x00\x02\x01"),
	testImages:  images(2, 2, 3, "\x00\x00\x00\xff\xff\xff"+"\x33\x33\x33\x33\x33\x66"),
	testLabels:  labels("\x00\x01"),
}

// goodData returns the data in these files.
func goodData(name string) Data {
	return Data{
		name, testImages, 2, 3, 3,
		Set{
			[][]float64{{0, 0.2, 0.4, 0.6, 0.8, 1}, {1, 1, 1, 0, 0, 0}, {1, 0, 1, 0, 1, 0}},
			[]int{0, 2, 1},
			[]int{0, 1, 2},
		},
		Set{
			[][]float64{{0, 0, 0, 1, 1, 1}, {0.2, 0.2, 0.2, 0.2, 0.2, 0.4}},
			[]int{0, 1},
			[]int{0, 1},
		},
	}
}

// folder writes the good files into a new folder. The map replaces the contents of some of them, adds
// others, or leaves a file out if its text is "". A name that ends with a slash is that of a folder.
func folder(t *testing.T, others map[string]string) (name string) {
	t.Helper()
	name = t.TempDir()
	files := maps.Clone(good)
	maps.Copy(files, others)
	for file, text := range files {
		path := filepath.Join(name, file)
		var err error
		switch {
		case strings.HasSuffix(file, "/"):
			err = os.Mkdir(path, 0o777)
		case text != "":
			err = os.WriteFile(path, []byte(text), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return name
}

func compressed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFolder(t *testing.T) {
	zip := func(name string) string { return compressed(t, good[name]) }
	const dotted = "train-labels.idx1-ubyte"
	other := labels("\x02\x02\x02")
	for _, test := range []struct {
		name   string
		others map[string]string
	}{
		{"plain", nil},
		{"compressed", map[string]string{
			trainImages: "", trainImages + ".gz": zip(trainImages),
			trainLabels: "", trainLabels + ".gz": zip(trainLabels),
			testImages: "", testImages + ".gz": zip(testImages),
			testLabels: "", testLabels + ".gz": zip(testLabels),
		}},
		{"mixed", map[string]string{trainLabels: "", trainLabels + ".gz": zip(trainLabels)}},
		{"dotted", map[string]string{
			trainImages: "", "train-images.idx3-ubyte": good[trainImages],
			trainLabels: "", "train-labels.idx1-ubyte.gz": zip(trainLabels),
			testImages: "", "t10k-images.idx3-ubyte.gz": zip(testImages),
			testLabels: "", "t10k-labels.idx1-ubyte": good[testLabels],
		}},
		{"names that lie", map[string]string{
			trainImages: zip(trainImages), trainLabels: "", trainLabels + ".gz": good[trainLabels],
		}},
		{"plain first", map[string]string{
			dotted: other, trainLabels + ".gz": other, dotted + ".gz": other, "README": "",
		}},
		{"then plain with a dot", map[string]string{
			trainLabels: "", dotted: good[trainLabels],
			trainLabels + ".gz": other, dotted + ".gz": other,
		}},
		{"then compressed", map[string]string{
			trainLabels: "", trainLabels + ".gz": zip(trainLabels), dotted + ".gz": other,
		}},
		{"folders of these names", map[string]string{
			trainLabels: "", trainLabels + "/": "", dotted: good[trainLabels],
		}},
	} {
		name := folder(t, test.others)
		d, err := Folder(name)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(goodData(name), d); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// The largest label in the two sets decides on the number of classes.
func TestClasses(t *testing.T) {
	for _, test := range []struct {
		train, test string
		want        int
	}{
		{"\x00\x02\x01", "\x00\x01", 3},
		{"\x00\x01\x02", "\x03\x01", 4},
		{"\x00\x00\x00", "\x01\x00", 2},
		{"\x01\x01\x01", "\x01\x01", 2},
		{"\x03\x01\x02", "\x02\x02", 4},
	} {
		d, err := Folder(folder(t, map[string]string{
			trainLabels: labels(test.train), testLabels: labels(test.test),
		}))
		if err != nil || d.Classes != test.want {
			t.Errorf("labels %x, %x: %d classes, %v, want %d",
				test.train, test.test, d.Classes, err, test.want)
		}
	}
}
