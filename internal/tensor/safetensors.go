package tensor

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A .safetensors file is the length of a header in eight bytes, the header in JSON, and the
// numbers. Source: https://huggingface.co/docs/safetensors, "Format".

// An entry is what the header says of an array.
type entry struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"` // where its bytes begin and end, from the end of the header on
}

// metadata is the key of what is no array.
const metadata = "__metadata__"

// longestHeader is the length that the format allows, in bytes.
const longestHeader = 100_000_000

func writeSafetensors(w io.Writer, tensors []Tensor) error {
	entries, at := map[string]entry{}, int64(0)
	for _, t := range tensors {
		end := at + 8*int64(len(t.Data))
		entries[t.Name] = entry{"F64", append([]int{}, t.Shape...), [2]int64{at, end}}
		at = end
	}
	header, err := json.Marshal(entries) // with sorted keys
	if err != nil {
		return err
	}
	header = append(header, strings.Repeat(" ", (8-len(header)%8)%8)...)
	start := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	if _, err := w.Write(append(start, header...)); err != nil {
		return err
	}
	for _, t := range tensors {
		if err := binary.Write(w, binary.LittleEndian, t.Data); err != nil {
			return err
		}
	}
	return nil
}

type safetensors struct {
	entries map[string]entry
	data    *io.SectionReader
}

func openSafetensors(r io.ReaderAt, size int64) (archive, error) {
	var start [8]byte
	if n, err := r.ReadAt(start[:], 0); n < len(start) {
		return nil, fmt.Errorf("reading the length of the header: %w", err)
	}
	length := binary.LittleEndian.Uint64(start[:])
	if most := min(size-8, longestHeader); length > uint64(most) {
		return nil, fmt.Errorf("the header has %d bytes, want at most %d", length, most)
	}
	header := make([]byte, length)
	if n, err := r.ReadAt(header, 8); n < len(header) {
		return nil, fmt.Errorf("reading the header: %w", err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(header, &all); err != nil {
		return nil, fmt.Errorf("the header: %w", err)
	}
	end := 8 + int64(length)
	s := safetensors{map[string]entry{}, io.NewSectionReader(r, end, size-end)}
	for name, text := range all {
		var e entry
		if name == metadata {
			continue
		}
		if err := json.Unmarshal(text, &e); err != nil {
			return nil, fmt.Errorf("array %.40s: the header: %w", name, err)
		}
		s.entries[name] = e
	}
	return s, nil
}

func (s safetensors) find(name string) (array, error) {
	e, ok := s.entries[name]
	from, to := e.Offsets[0], e.Offsets[1]
	switch {
	case !ok:
		return array{}, errMissing
	case from < 0 || to < from || to > s.data.Size():
		return array{}, fmt.Errorf("the bytes from %d to %d are not among the %d of the file",
			from, to, s.data.Size())
	}
	dtype := e.DType
	if d := map[string]string{"F64": "<f8", "F32": "<f4"}[dtype]; d != "" {
		dtype = d
	}
	return array{dtype: dtype, shape: e.Shape, data: io.NewSectionReader(s.data, from, to-from)}, nil
}
