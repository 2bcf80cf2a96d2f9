package dataset

import (
	"bytes"
	"compress/gzip"
	_ "embed" // digits.csv.gz
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
)

//go:embed digits.csv.gz
var digits []byte

// Size is the number of embedded images.
const Size = 1797

// Embedded returns 1,797 images of handwritten digits of 8×8 pixels in a stratified random split: train
// of them are in Train, the others in Test. It returns an error unless both sets have images.
//
// Source: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, the test half, UCI
// Machine Learning Repository, 1998, https://doi.org/10.24432/C50P49, CC BY 4.0.
func Embedded(rng *rand.Rand, train int) (Data, error) {
	z, err := gzip.NewReader(bytes.NewReader(digits))
	if err != nil {
		return Data{}, err
	}
	pixels, labels, err := parse(z, 8*8)
	if err != nil {
		return Data{}, err
	}
	n := len(labels)
	if train < 1 || train >= n {
		return Data{}, fmt.Errorf("%d images to train with, want 1 to %d of the %d embedded ones",
			train, n-1, n)
	}
	s := newSet(pixels, labels, 16).Stratified(rng)
	return Data{
		Name:   "Optical Recognition of Handwritten Digits",
		File:   "digits.csv.gz",
		Height: 8, Width: 8, Classes: 10,
		Train: s.Slice(0, train), Test: s.Slice(train, n),
	}, nil
}

// parse reads one image from each line: this number of pixels, and a label.
func parse(r io.Reader, size int) (pixels, labels []byte, err error) {
	lines := csv.NewReader(r)
	lines.FieldsPerRecord = size + 1
	records, err := lines.ReadAll()
	if err != nil {
		return nil, nil, err
	}
	for line, record := range records {
		for i, field := range record {
			x, err := strconv.ParseUint(field, 10, 8)
			if err != nil {
				return nil, nil, fmt.Errorf("line %d: %w", line+1, err)
			}
			if i < size {
				pixels = append(pixels, byte(x))
			} else {
				labels = append(labels, byte(x))
			}
		}
	}
	return pixels, labels, nil
}
