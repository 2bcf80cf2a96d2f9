package tensor

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// An .npz file is a ZIP archive with a file NAME.npy for each array: the magic, the version of the
// format, the length of a header in two bytes, the header, which is a dictionary of Python, and the
// numbers. Source: NEP 1, https://numpy.org/neps/nep-0001-npy-format.html.
const magic = "\x93NUMPY\x01\x00"

// npyAlignment is what the place of the first number is a multiple of.
const npyAlignment = 64

var npyHeader = regexp.MustCompile(`^\{'descr': '([^']*)', 'fortran_order': (True|False), ` +
	`'shape': \(((?:\d+,)?|\d+(?:, \d+)+,?)\),? ?\} *\n$`)

func writeNPZ(w io.Writer, tensors []Tensor) error {
	z := zip.NewWriter(w)
	for _, t := range tensors {
		f, err := z.CreateHeader(&zip.FileHeader{Name: t.Name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': %s, }", tuple(t.Shape))
		used := len(magic) + 2 + len(header) + 1
		header += strings.Repeat(" ", (npyAlignment-used%npyAlignment)%npyAlignment) + "\n"
		start := binary.LittleEndian.AppendUint16([]byte(magic), uint16(len(header)))
		if _, err := f.Write(append(start, header...)); err != nil {
			return err
		}
		if err := binary.Write(f, binary.LittleEndian, t.Data); err != nil {
			return err
		}
	}
	return z.Close()
}

// An npz has the files of an archive by the names of their arrays.
type npz map[string]*zip.File

func openNPZ(r io.ReaderAt, size int64) (archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("it is no .npz file: %w", err)
	}
	n := npz{}
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		if n[name] != nil {
			return nil, fmt.Errorf("array %.40s: it is there twice, want it once", name)
		}
		n[name] = f
	}
	return n, nil
}

func (n npz) find(name string) (a array, err error) {
	f := n[name]
	if f == nil {
		return a, errMissing
	}
	if a.data, err = f.Open(); err != nil {
		return a, err
	}
	var start [len(magic) + 2]byte
	if _, err := io.ReadFull(a.data, start[:]); err != nil {
		return a, fmt.Errorf("reading the beginning: %w", err)
	}
	if got := string(start[:len(magic)]); got != magic {
		return a, fmt.Errorf("it begins with %q, want %q: format NPY 1.0", got, magic)
	}
	header := make([]byte, binary.LittleEndian.Uint16(start[len(magic):]))
	if _, err := io.ReadFull(a.data, header); err != nil {
		return a, fmt.Errorf("reading the header: %w", err)
	}
	parts := npyHeader.FindSubmatch(header)
	if parts == nil {
		return a, fmt.Errorf("the header is %.100q, want one such as %q", header,
			"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }")
	}
	a.dtype, a.columnsFirst = string(parts[1]), string(parts[2]) == "True"
	for _, word := range strings.Fields(strings.ReplaceAll(string(parts[3]), ",", " ")) {
		length, err := strconv.Atoi(word)
		if err != nil {
			return a, fmt.Errorf("the shape has the length %.40s: %w", word, errors.Unwrap(err))
		}
		a.shape = append(a.shape, length)
	}
	return a, nil
}

var errMissing = errors.New("there is none with this name")
