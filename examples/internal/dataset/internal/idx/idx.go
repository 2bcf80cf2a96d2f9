package idx

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// largest is the largest size of the data of an Array, in bytes. MNIST has 47 million and the
// letters of EMNIST have 98 million. Reading an Array takes about twice its size.
const largest = 128 << 20

// An Array is an array of bytes with one or more dimensions. In Data the last index varies fastest.
type Array struct {
	Shape []int // the size of each dimension, at least 1
	Data  []byte
}

// Read reads a file of unsigned bytes with this number of dimensions, 1 to 255. The file may be
// compressed by gzip, which Read recognises by its first bytes, not by its name.
//
// It returns an error that names the file and says what was expected if the file has another format,
// is damaged, or holds more or less data than its header says, or more than 128 MiB.
func Read(file string, dims int) (Array, error) {
	f, err := os.Open(file)
	if err != nil {
		return Array{}, err // the error names the file
	}
	defer func() { _ = f.Close() }() // an error does not matter after reading
	a, err := read(f, dims)
	if err != nil {
		return Array{}, fmt.Errorf("%s: %w", file, err)
	}
	return a, nil
}

// read decodes data that may be compressed.
func read(r io.Reader, dims int) (Array, error) {
	b := bufio.NewReader(r)
	if first, err := b.Peek(2); err != nil || string(first) != "\x1f\x8b" {
		return decode(b, dims) // which meets the error again, if there is one
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return Array{}, damaged(err)
	}
	return decode(unzipped{z}, dims)
}

// unzipped marks errors in the compressed data, so that they are not taken for the end of the data.
type unzipped struct{ r io.Reader }

func (u unzipped) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, damaged(err)
}

func damaged(err error) error {
	return fmt.Errorf("reading compressed data: %w, want a complete, undamaged gzip file", err)
}

// decode reads the format of [Read] without compression, up to the end of r. The memory that it
// allocates is proportional to the data that r has, whatever the header says.
func decode(r io.Reader, dims int) (Array, error) {
	shape, size, err := decodeHeader(r, dims)
	if err != nil {
		return Array{}, err
	}
	data, err := readAtMost(r, size+1)
	switch {
	case err != nil:
		return Array{}, err
	case len(data) < size:
		return Array{}, fmt.Errorf("has %d bytes of data, want %s, as its header says",
			len(data), computed(size, shape))
	case len(data) > size:
		return Array{}, fmt.Errorf("has more data than the %s bytes that its header says",
			computed(size, shape))
	}
	return Array{shape, data}, nil
}

// decodeHeader returns the sizes of the dimensions and their product.
func decodeHeader(r io.Reader, dims int) (shape []int, size int, err error) {
	const word = 4 // bytes
	header, err := readAtMost(r, word*(1+dims))
	if err == nil && len(header) >= word {
		err = checkMagic([word]byte(header), dims)
	}
	if err != nil {
		return nil, 0, err
	}
	if got, want := len(header), word*(1+dims); got < want {
		return nil, 0, fmt.Errorf("has %d bytes, want a header of %d and then data", got, want)
	}
	sizes, bytes := make([]uint32, dims), uint64(1)
	for i := range sizes {
		sizes[i] = binary.BigEndian.Uint32(header[word*(1+i):])
		shape = append(shape, int(sizes[i]))
		bytes = min(bytes*uint64(sizes[i]), largest+1) // which cannot overflow
	}
	switch {
	case bytes == 0:
		err = fmt.Errorf("its header says %s bytes of data, want at least 1", product(sizes))
	case bytes > largest:
		err = fmt.Errorf("its header says %s bytes of data, want at most %d", product(sizes), largest)
	}
	return shape, int(bytes), err
}

// types are the types of data. Only the unsigned byte is supported.
var types = map[byte]string{
	0x08: "unsigned bytes",
	0x09: "signed bytes",
	0x0b: "16-bit integers",
	0x0c: "32-bit integers",
	0x0d: "32-bit floating-point numbers",
	0x0e: "64-bit floating-point numbers",
}

// checkMagic returns an error that says what the magic number means if it is not the wanted one.
func checkMagic(magic [4]byte, dims int) error {
	got, want := binary.BigEndian.Uint32(magic[:]), 0x0800+uint32(dims)
	if got == want {
		return nil
	}
	hint := "it is not an IDX file"
	name, known := types[magic[2]]
	switch {
	case magic[0] != 0 || magic[1] != 0 || !known:
	case magic[2] != 0x08:
		hint = fmt.Sprintf("its data are %s, type 0x%02x, and only %s, type 0x08, are supported",
			name, magic[2], types[0x08])
	default:
		hint = fmt.Sprintf("it has %s, want %s", dimensions(int(magic[3])), dimensions(dims))
	}
	return fmt.Errorf("the magic number is 0x%08x, want 0x%08x: %s", got, want, hint)
}

// dimensions writes a number of dimensions, and says for what it is usual.
func dimensions(n int) string {
	switch n {
	case 1:
		return "1 dimension, as labels have"
	case 3:
		return "3 dimensions, as images have"
	}
	return fmt.Sprintf("%d dimensions", n)
}

// computed writes a size, and the product that it is if there is more than one factor.
func computed(size int, shape []int) string {
	if len(shape) == 1 {
		return strconv.Itoa(size)
	}
	return fmt.Sprintf("%d = %s", size, product(shape))
}

// product writes a product, as 60000·28·28.
func product[T int | uint32](factors []T) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(factors), "[]"), " ", "·")
}

// readAtMost reads n bytes, or all if there are fewer. The memory that it allocates grows with the
// data that it reads.
func readAtMost(r io.Reader, n int) (data []byte, err error) {
	for len(data) < n {
		from := len(data)
		data = append(data, make([]byte, min(n-from, max(from, 1<<16)))...)
		got, err := io.ReadFull(r, data[from:])
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return data[:from+got], nil
		case err != nil:
			return nil, err
		}
	}
	return data, nil
}
