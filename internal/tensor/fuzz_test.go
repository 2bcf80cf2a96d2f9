package tensor

import (
	"bytes"
	"testing"
)

// fuzz reads damaged files. What is read from one, and written, is read again as the same bits.
func fuzz(f *testing.F, file string) {
	f.Helper()
	wanted := blank(sample())
	text := write(f, file, sample())
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		format, err := formatOf(file)
		if err != nil {
			t.Fatal(err)
		}
		got := blank(wanted)
		if format.read(bytes.NewReader(text), int64(len(text)), got) != nil {
			return
		}
		again := blank(wanted)
		text = write(t, file, got)
		if err := format.read(bytes.NewReader(text), int64(len(text)), again); err != nil {
			t.Fatal(err)
		}
		for i, b := range bits(got) {
			for k, x := range bits(again)[i] {
				if x != b[k] {
					t.Fatalf("number %d of %s is %x, want %x", k, got[i].Name, x, b[k])
				}
			}
		}
	})
}

func FuzzNPZ(f *testing.F) { fuzz(f, "a.npz") }

func FuzzSafetensors(f *testing.F) { fuzz(f, "a.safetensors") }
