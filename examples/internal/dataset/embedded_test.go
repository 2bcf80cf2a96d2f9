package dataset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func embedded(t *testing.T, train int) Data {
	t.Helper()
	d, err := Embedded(rand.New(rand.NewPCG(1, 2)), train)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The embedded file is the one that DATA.md describes.
func TestDigits(t *testing.T) {
	about, err := os.ReadFile("DATA.md")
	if err != nil {
		t.Fatal(err)
	}
	text := unzipped(t)
	if sum := fmt.Sprintf("`%x`", sha256.Sum256(text)); !strings.Contains(string(about), sum) {
		t.Errorf("the SHA-256 of the text is %s, and DATA.md says\n%s", sum, about)
	}
	if n := bytes.Count(text, []byte("\n")); n != Size {
		t.Errorf("%d lines, want %d", n, Size)
	}
}

func unzipped(t *testing.T) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(digits))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Each image of the file is in one of the two sets, with the same pixels and label.
func TestEmbedded(t *testing.T) {
	lines := strings.Fields(string(unzipped(t)))
	for _, train := range []int{1, 1000, 1796} {
		d := embedded(t, train)
		seen := map[int]bool{}
		for _, s := range []Set{d.Train, d.Test} {
			for i, x := range s.X {
				line := ""
				for _, pixel := range x {
					line += fmt.Sprint(16*pixel, ",")
				}
				line += fmt.Sprint(s.Labels[i])
				if want := lines[s.Index[i]]; line != want || seen[s.Index[i]] {
					t.Fatalf("image %d is %s, want once %s", s.Index[i], line, want)
				}
				seen[s.Index[i]] = true
			}
		}
		if len(d.Train.X) != train || len(d.Train.X)+len(d.Test.X) != 1797 || len(seen) != 1797 {
			t.Errorf("%d images to train, %d to test, want %d of 1797",
				len(d.Train.X), len(d.Test.X), train)
		}
		d.Train, d.Test = Set{}, Set{}
		want := Data{
			Name: "Optical Recognition of Handwritten Digits", File: "digits.csv.gz",
			Height: 8, Width: 8, Classes: 10,
		}
		if diff := cmp.Diff(want, d); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// The number of images in each class is that in the source, optdigits.names.
func TestEmbeddedIsStratified(t *testing.T) {
	d := embedded(t, 1198)
	for class, want := range []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180} {
		train, test := count(d.Train.Labels, class), count(d.Test.Labels, class)
		if train+test != want {
			t.Errorf("%d images of class %d, want %d", train+test, class, want)
		}
		if share := float64(want) * 1198 / 1797; float64(train) < share-1 || float64(train) > share+1 {
			t.Errorf("%d images of class %d to train, want %.1f ± 1", train, class, share)
		}
	}
}

// A seed gives the same split on every machine, as in TestStratifiedOrder, and another seed gives
// another split.
func TestEmbeddedOrder(t *testing.T) {
	d := embedded(t, 10)
	want := []int{709, 885, 1250, 110, 741, 1740, 157, 1366, 1783, 1553}
	if diff := cmp.Diff(want, d.Train.Index); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	sum := 0
	for k, i := range slices.Concat(d.Train.Index, d.Test.Index) {
		sum += k * i
	}
	if sum != 1460005151 {
		t.Errorf("place times index is %d altogether, want 1460005151", sum)
	}
	d, err := Embedded(rand.New(rand.NewPCG(2, 2)), 10)
	if err != nil || slices.Equal(want, d.Train.Index) {
		t.Errorf("another seed: %v, %v, want other images", d.Train.Index, err)
	}
}

func TestEmbeddedErrors(t *testing.T) {
	for _, train := range []int{-1, 0, 1797, 1798} {
		want := fmt.Sprintf(
			"%d images to train with, want 1 to 1796 of the 1797 embedded ones", train)
		if _, err := Embedded(rand.New(rand.NewPCG(1, 2)), train); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, text     string
		pixels, labels []byte
		err            string
	}{
		{"two images", "0,16,1\n2,3,9\n", []byte{0, 16, 2, 3}, []byte{1, 9}, "<nil>"},
		{"no end of line", "0,255,1", []byte{0, 255}, []byte{1}, "<nil>"},
		{"a number less", "0,16,1\n0,16\n", nil, nil, "record on line 2: wrong number of fields"},
		{"a number more", "0,16,1,2\n", nil, nil, "record on line 1: wrong number of fields"},
		{
			"no number", "0,16,1\n0,x,1", nil, nil,
			`line 2: strconv.ParseUint: parsing "x": invalid syntax`,
		},
		{"negative", "0,-1,1", nil, nil, `line 1: strconv.ParseUint: parsing "-1": invalid syntax`},
		{"no byte", "0,1,256", nil, nil, `line 1: strconv.ParseUint: parsing "256": value out of range`},
	} {
		pixels, labels, err := parse(strings.NewReader(test.text), 2)
		if diff := cmp.Diff([][]byte{test.pixels, test.labels}, [][]byte{pixels, labels}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if fmt.Sprint(err) != test.err {
			t.Errorf("%s: %v, want %s", test.name, err, test.err)
		}
	}
}
