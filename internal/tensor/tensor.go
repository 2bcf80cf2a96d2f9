package tensor

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Tensor is an array of numbers. It has one number if there is no index, and otherwise as many as
// the product of the lengths in Shape. The last index is the fastest.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float64
}

// A format is how a file holds tensors.
type format struct {
	write func(w io.Writer, tensors []Tensor) error
	open  func(r io.ReaderAt, size int64) (archive, error)
}

// An archive finds an array by its name. The order of its indices is reversed if columnsFirst is
// true, and data are its numbers, of a type such as "<f8".
type archive interface {
	find(name string) (a array, err error)
}

type array struct {
	dtype        string
	shape        []int
	columnsFirst bool
	data         io.Reader
}

// formatOf returns the format that the ending of a file's name asks for.
func formatOf(file string) (format, error) {
	switch ending := strings.ToLower(filepath.Ext(file)); ending {
	case ".npz":
		return format{writeNPZ, openNPZ}, nil
	case ".safetensors":
		return format{writeSafetensors, openSafetensors}, nil
	default:
		return format{}, fmt.Errorf("the ending is %q, want .npz or .safetensors", ending)
	}
}

// Write writes tensors with different names to w, in the format that the ending of file asks for:
// .npz or .safetensors. The bytes depend on nothing but the tensors. It returns an error if the
// ending is another one, or w returns one.
func Write(w io.Writer, file string, tensors []Tensor) error {
	f, err := formatOf(file)
	if err != nil {
		return err
	}
	return f.write(w, tensors)
}

// Read reads the arrays with the names and shapes of tensors from a file and sets their Data.
// Numbers of 32 bits are taken, too. The file may have other arrays as well. It needs memory for
// the tensors alone, whatever the file claims to hold.
//
// It returns an error that names the array, and leaves all Data as it is, if one is missing, has
// another shape or no such numbers, or if the file is damaged.
func Read(file string, tensors []Tensor) error {
	f, err := formatOf(file)
	if err != nil {
		return err
	}
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // it was only read
	info, err := r.Stat()
	if err != nil {
		return err
	}
	return f.read(r, info.Size(), tensors)
}

func (f format) read(r io.ReaderAt, size int64, tensors []Tensor) error {
	from, err := f.open(r, size)
	if err != nil {
		return err
	}
	all := make([][]float64, len(tensors))
	for i, t := range tensors {
		a, err := from.find(t.Name)
		if err == nil {
			all[i], err = a.numbers(t.Shape)
		}
		if err != nil {
			return fmt.Errorf("array %s: %w", t.Name, err)
		}
	}
	for i := range tensors {
		tensors[i].Data = all[i]
	}
	return nil
}

// numbers reads the numbers of an array, which must have a shape.
func (a array) numbers(shape []int) ([]float64, error) {
	if !slices.Equal(a.shape, shape) {
		return nil, fmt.Errorf("the shape is %s, want %s", tuple(a.shape), tuple(shape))
	}
	size := map[string]int{"<f8": 8, "<f4": 4}[a.dtype]
	if size == 0 {
		return nil, fmt.Errorf("the type of the numbers is %.20q, want float64 or float32, little-endian", a.dtype)
	}
	x := make([]float64, count(shape))
	buffer := make([]byte, size*min(len(x), 1<<13))
	for i := 0; i < len(x); {
		part := buffer[:min(len(buffer), size*(len(x)-i))]
		if _, err := io.ReadFull(a.data, part); err != nil {
			return nil, fmt.Errorf("reading %d numbers: %w", len(x), err)
		}
		for ; len(part) > 0; part = part[size:] {
			if size == 8 {
				x[i] = math.Float64frombits(binary.LittleEndian.Uint64(part))
			} else {
				x[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(part)))
			}
			i++
		}
	}
	switch n, err := io.ReadFull(a.data, make([]byte, 1)); {
	case n > 0:
		return nil, fmt.Errorf("there are more bytes than those of %d numbers", len(x))
	case err != io.EOF: // as if the checksum is wrong
		return nil, err
	}
	if a.columnsFirst {
		x = transposed(x, shape)
	}
	return x, nil
}

// transposed returns the numbers of an array with that shape, the last index fastest, given those
// with the first index fastest.
func transposed(x []float64, shape []int) []float64 {
	z, index := make([]float64, len(x)), make([]int, len(shape))
	for _, v := range x {
		at := 0
		for k, i := range index {
			at = at*shape[k] + i
		}
		z[at] = v
		for k := range index {
			if index[k]++; index[k] < shape[k] {
				break
			}
			index[k] = 0
		}
	}
	return z
}

// count returns how many numbers an array with that shape has.
func count(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}

// tuple writes a shape as Python does: (), (3,) or (2, 3).
func tuple(shape []int) string {
	words := make([]string, len(shape))
	for i, n := range shape {
		words[i] = strconv.Itoa(n)
	}
	if len(words) == 1 {
		words[0] += ","
	}
	return "(" + strings.Join(words, ", ") + ")"
}
