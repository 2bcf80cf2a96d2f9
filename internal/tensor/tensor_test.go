package tensor

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample has an array of each number of indices, and numbers that are easily lost.
func sample() []Tensor {
	return []Tensor{
		{"W", []int{2, 3}, []float64{1, 2, 3, 4, 5, 1.0 / 3}},
		{"b", []int{2}, []float64{math.Inf(-1), math.Copysign(0, -1)}},
		{"θ_1", []int{}, []float64{math.Float64frombits(0x7ff8000000000123)}}, // a NaN with a payload
		{"none", []int{0}, []float64{}},
		{"cube", []int{2, 1, 2}, []float64{5e-324, math.MaxFloat64, 7, 8}},
	}
}

// blank returns the tensors without their numbers.
func blank(tensors []Tensor) []Tensor {
	b := make([]Tensor, len(tensors))
	for i, t := range tensors {
		b[i] = Tensor{Name: t.Name, Shape: t.Shape}
	}
	return b
}

// bits returns the bits of all numbers.
func bits(tensors []Tensor) (all [][]uint64) {
	for _, t := range tensors {
		var b []uint64
		for _, x := range t.Data {
			b = append(b, math.Float64bits(x))
		}
		all = append(all, b)
	}
	return all
}

func write(tb testing.TB, file string, tensors []Tensor) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Write(&b, file, tensors); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// save writes bytes into a new file with that name, and returns its path.
func save(tb testing.TB, name string, text []byte) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}

func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"a.npz", "a.safetensors"} {
		text := write(t, name, sample())
		if !bytes.Equal(text, write(t, name, sample())) {
			t.Errorf("%s: the bytes differ from one call to the next", name)
		}
		got := blank(sample())
		if err := Read(save(t, name, text), got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(bits(sample()), bits(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// npzOf returns an archive with one file in it.
func npzOf(tb testing.TB, name string, contents ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, text := range contents {
		f, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func npy(header, data string) string {
	return magic + string([]byte{byte(len(header)), byte(len(header) >> 8)}) + header + data
}

// header returns the header of an array with two numbers.
func header(dtype, columnsFirst, shape string) string {
	return fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n", dtype, columnsFirst, shape)
}

func safe(header, data string) []byte {
	return append([]byte{byte(len(header)), byte(len(header) >> 8), 0, 0, 0, 0, 0, 0}, header+data...)
}

const two = "\x00\x00\x00\x00\x00\x00\xf0?\x00\x00\x00\x00\x00\x00\x00@" // 1 and 2

func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		text       []byte
		want       string
	}{
		{"ending", "a.pt", nil, `the ending is ".pt", want .npz or .safetensors`},
		{"no zip", "a.npz", []byte("hello"), "it is no .npz file: zip: not a valid zip file"},
		{"empty", "a.npz", nil, "it is no .npz file: zip: not a valid zip file"},
		{"missing", "a.npz", npzOf(t, "V.npy", ""), "array w: there is none with this name"},
		{"twice", "a.npz", npzOf(t, "w.npy", "", ""), "array w: it is there twice, want it once"},
		{"cut off", "a.npz", npzOf(t, "w.npy", magic), "array w: reading the beginning: unexpected EOF"},
		{
			"version 2", "a.npz", npzOf(t, "w.npy", "\x93NUMPY\x02\x00\x00\x00"),
			`array w: it begins with "\x93NUMPY\x02\x00", want "\x93NUMPY\x01\x00": format NPY 1.0`,
		},
		{
			"no header", "a.npz", npzOf(t, "w.npy", magic+"\xff\xff{"),
			"array w: reading the header: unexpected EOF",
		},
		{
			"no dictionary", "a.npz", npzOf(t, "w.npy", npy("[]\n", "")),
			`array w: the header is "[]\n", want one such as "{'descr': '<f8', 'fortran_order': False, `,
		},
		{
			"objects", "a.npz", npzOf(t, "w.npy", npy(header("|O", "False", "(2,)"), two)),
			`array w: the type of the numbers is "|O", want float64 or float32, little-endian`,
		},
		{
			"shape", "a.npz", npzOf(t, "w.npy", npy(header("<f8", "False", "(1, 2)"), two)),
			"array w: the shape is (1, 2), want (2,)",
		},
		{
			"scalar", "a.npz", npzOf(t, "w.npy", npy(header("<f8", "False", "()"), two)),
			"array w: the shape is (), want (2,)",
		},
		{
			"huge", "a.npz", npzOf(t, "w.npy", npy(header("<f8", "False", "(99999999999999999999,)"), two)),
			"array w: the shape has the length 99999999999999999999: value out of range",
		},
		{
			"short", "a.npz", npzOf(t, "w.npy", npy(header("<f8", "False", "(2,)"), two[:15])),
			"array w: reading 2 numbers: unexpected EOF",
		},
		{
			"long", "a.npz", npzOf(t, "w.npy", npy(header("<f8", "False", "(2,)"), two+"!")),
			"array w: there are more bytes than those of 2 numbers",
		},
		{"no length", "a.safetensors", []byte("abc"), "reading the length of the header: EOF"},
		{
			"long header", "a.safetensors", []byte("\xff\xff\xff\xff\xff\xff\xff\xff{}"),
			"the header has 18446744073709551615 bytes, want at most 2",
		},
		{"no JSON", "a.safetensors", safe("hello", ""), "the header: invalid character 'h'"},
		{
			"no entry", "a.safetensors", safe(`{"v":[1]}`, ""),
			"array v: the header: json: cannot unmarshal array",
		},
		{"none", "a.safetensors", safe(`{"__metadata__":{"w":"x"}}`, ""), "array w: there is none with this name"},
		{
			"other numbers", "a.safetensors",
			safe(`{"w":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}}`, two),
			`array w: the type of the numbers is "I64", want float64 or float32`,
		},
		{
			"other shape", "a.safetensors",
			safe(`{"w":{"dtype":"F64","shape":[2,1],"data_offsets":[0,16]}}`, two),
			"array w: the shape is (2, 1), want (2,)",
		},
		{
			"outside", "a.safetensors",
			safe(`{"w":{"dtype":"F64","shape":[2],"data_offsets":[1,17]}}`, two),
			"array w: the bytes from 1 to 17 are not among the 16 of the file",
		},
		{
			"backwards", "a.safetensors",
			safe(`{"w":{"dtype":"F64","shape":[2],"data_offsets":[16,0]}}`, two),
			"array w: the bytes from 16 to 0 are not among the 16 of the file",
		},
		{
			"too few", "a.safetensors", safe(`{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}`, two),
			"array w: reading 2 numbers: unexpected EOF",
		},
		{
			"too many", "a.safetensors", safe(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}`, two),
			"array w: there are more bytes than those of 2 numbers",
		},
	} {
		w := []Tensor{{"w", []int{2}, []float64{7, 7}}}
		err := Read(save(t, tt.file, tt.text), w)
		if got := fmt.Sprint(err); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: error %s\nwant %s", tt.name, got, tt.want)
		}
		if w[0].Data[0] != 7 || w[0].Data[1] != 7 {
			t.Errorf("%s: the numbers were changed to %v", tt.name, w[0].Data)
		}
	}
}

// A byte that was changed in the numbers of an .npz file is noticed by its checksum.
func TestChecksum(t *testing.T) {
	text := write(t, "a.npz", []Tensor{{"w", []int{2}, []float64{1, 2}}})
	at := bytes.Index(text, []byte(two))
	text[at]++
	err := Read(save(t, "a.npz", text), []Tensor{{Name: "w", Shape: []int{2}}})
	if want := "array w: zip: checksum error"; fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// Numbers may be of 32 bits, and in the other order.
func TestOtherNumbers(t *testing.T) {
	data := ""
	for i := range 6 {
		b := math.Float32bits(float32(i) + 0.1)
		data += string([]byte{byte(b), byte(b >> 8), byte(b >> 16), byte(b >> 24)})
	}
	w := []Tensor{{Name: "w", Shape: []int{3, 2}}}
	text := npzOf(t, "w.npy", npy(header("<f4", "True", "(3, 2)"), data))
	if err := Read(save(t, "a.npz", text), w); err != nil {
		t.Fatal(err)
	}
	want := []float64{
		0.10000000149011612, 3.0999999046325684, 1.100000023841858,
		4.099999904632568, 2.0999999046325684, 5.099999904632568,
	}
	if diff := cmp.Diff(want, w[0].Data); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}

// failing is a writer that takes a number of bytes.
type failing int

func (f *failing) Write(b []byte) (int, error) {
	if len(b) > int(*f) {
		return 0, os.ErrDeadlineExceeded
	}
	*f -= failing(len(b))
	return len(b), nil
}

func TestWriteFails(t *testing.T) {
	for _, file := range []string{"a.npz", "a.safetensors", "a.txt"} {
		for n := range 300 {
			f := failing(n)
			if err := Write(&f, file, sample()); err == nil {
				t.Errorf("%s: no error after %d bytes", file, n)
			}
		}
	}
}

func TestNoFile(t *testing.T) {
	if err := Read(filepath.Join(t.TempDir(), "a.npz"), nil); !os.IsNotExist(err) {
		t.Errorf("error %v, want that there is no file", err)
	}
}
