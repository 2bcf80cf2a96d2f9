package idx

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const (
	vector = "\x00\x00\x08\x01\x00\x00\x00\x03abc"
	matrix = "\x00\x00\x08\x02\x00\x00\x00\x02\x00\x00\x00\x03abcdef"
	cube   = "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03abcdef"
)

func compressed(tb testing.TB, text string) string {
	tb.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func write(t *testing.T, text string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRead(t *testing.T) {
	large := strings.Repeat("0123456789abcdef", 1<<14) // read in several pieces
	for _, test := range []struct {
		name, text string
		dims       int
		want       Array
	}{
		{"one dimension", vector, 1, Array{[]int{3}, []byte("abc")}},
		{"two", matrix, 2, Array{[]int{2, 3}, []byte("abcdef")}},
		{"three", cube, 3, Array{[]int{1, 2, 3}, []byte("abcdef")}},
		{"one byte", "\x00\x00\x08\x01\x00\x00\x00\x01\xff", 1, Array{[]int{1}, []byte{255}}},
		{
			"every byte of a size", "\x00\x00\x08\x02\x00\x04\x00\x00\x00\x00\x00\x01" + large, 2,
			Array{[]int{1 << 18, 1}, []byte(large)},
		},
	} {
		for _, text := range []string{test.text, compressed(t, test.text)} {
			got, err := Read(write(t, text), test.dims)
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
	}
}

// A damaged gzip file gives an error, even if all the data come before the damage.
func TestReadDamaged(t *testing.T) {
	zip := compressed(t, vector)
	last := len(zip) - 1
	edit := func(at int) string { return zip[:at] + string(zip[at]^1) + zip[at+1:] }
	for _, test := range []struct{ name, text, want string }{
		{"gzip's two bytes", zip[:2], "unexpected EOF"},
		{"cut in its header", zip[:9], "unexpected EOF"},
		{"cut after its header", zip[:10], "unexpected EOF"},
		{"cut in its data", zip[:15], "unexpected EOF"},
		{"cut before its checksum", zip[:last-7], "unexpected EOF"},
		{"cut at its end", zip[:last], "unexpected EOF"},
		{"method", edit(2), "gzip: invalid header"},
		{"checksum", edit(last - 4), "gzip: invalid checksum"},
		{"length", edit(last), "gzip: invalid checksum"},
		{"data", zip[:10] + "\xff" + zip[11:], "flate: corrupt input before offset 1"},
		{"something after it", zip + "something else", "gzip: invalid header"},
	} {
		file := write(t, test.text)
		a, err := Read(file, 1)
		want := file + ": reading compressed data: " + test.want + ", want a complete, undamaged gzip file"
		if err == nil || err.Error() != want || a.Data != nil {
			t.Errorf("%s: %v, %v, want %s", test.name, a, err, want)
		}
	}
}

func TestReadMissing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data")
	_, err := Read(file, 1)
	if !errors.Is(err, os.ErrNotExist) || err.Error() != "open "+file+": "+syscall.ENOENT.Error() {
		t.Errorf("%v, want that there is no %s", err, file)
	}
}

// An error of the reader is never taken for the end of the data, wherever it occurs.
func TestReaderFails(t *testing.T) {
	failed := errors.New("input/output error")
	for n := range len(cube) + 1 {
		for name, f := range map[string]func(io.Reader, int) (Array, error){
			"read": read, "decode": decode,
		} {
			r := io.MultiReader(strings.NewReader(cube[:n]), iotest.ErrReader(failed))
			a, err := f(r, 3)
			if !errors.Is(err, failed) || a.Shape != nil || a.Data != nil {
				t.Errorf("%s after %d bytes: %v, %v, want %v", name, n, a, err, failed)
			}
		}
	}
	if a, err := decode(iotest.OneByteReader(strings.NewReader(cube)), 3); err != nil {
		t.Errorf("byte by byte: %v, %v", a, err)
	}
}

// A header that promises more data than there are does not make decode allocate memory for them.
func TestAllocates(t *testing.T) {
	const gigabyte = "\x00\x00\x08\x01\x40\x00\x00\x00"
	for _, test := range []struct{ name, text string }{
		{"a header", gigabyte},
		{"little data", gigabyte + strings.Repeat("x", 1000)},
		{"compressed", compressed(t, gigabyte)},
		{"much data, compressed", compressed(t, vector+strings.Repeat("\x00", 1<<24))},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := read(strings.NewReader(test.text), 1)
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; err == nil || bytes > 1<<20 {
			t.Errorf("%s: %d bytes allocated, %v, want an error and at most a megabyte",
				test.name, bytes, err)
		}
	}
}
