package play

import (
	"encoding/binary"
	"slices"
)

// joined returns a WebAssembly module with its memory in one piece. Go's linker leaves out the zeros, and so
// writes up to 100,000 pieces, each with its place. Places do not pack, zeros do: without them the packed
// module is a twelfth smaller, and a browser has less to do. A module of another form stays as it is.
//
// Source: the WebAssembly specification, version 2.0, 5.5 Modules.
func joined(module []byte) []byte {
	const header, idOfData = 8, 11
	if len(module) < header {
		return module
	}
	out, rest := slices.Clone(module[:header]), module[header:]
	for len(rest) > 0 {
		id := rest[0]
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return module
		}
		section := rest[1+n:][:size]
		rest = rest[1+n+int(size):]
		if id == idOfData {
			memory, ok := memoryOf(section)
			if !ok {
				return module
			}
			section = binary.AppendUvarint([]byte{1, active, constant, 0, end}, uint64(len(memory)))
			section = append(section, memory...)
		}
		out = binary.AppendUvarint(append(out, id), uint64(len(section)))
		out = append(out, section...)
	}
	return out
}

// The bytes before the place of a segment, its length and its content, of those that Go writes.
const (
	active   = 0    // it is copied into memory 0 when the module starts
	constant = 0x41 // the place is a constant
	end      = 0x0b
)

// memoryOf returns what the segments of a section fill memory with, from its beginning. It knows segments
// with constant places.
func memoryOf(section []byte) (memory []byte, ok bool) {
	number := func() int {
		x, n := binary.Uvarint(section)
		if ok = n > 0 && x <= 1<<30; !ok {
			return 0
		}
		section = section[n:]
		return int(x)
	}
	is := func(b byte) bool {
		if ok = ok && len(section) > 0 && section[0] == b; ok {
			section = section[1:]
		}
		return ok
	}
	for range number() {
		if !ok || !is(active) || !is(constant) {
			return nil, false
		}
		at := number()
		if !ok || !is(end) {
			return nil, false
		}
		size := number()
		if ok = ok && size <= len(section); !ok {
			return nil, false
		}
		memory = append(memory, make([]byte, max(0, at+size-len(memory)))...)
		section = section[copy(memory[at:], section[:size]):]
	}
	return memory, ok && len(section) == 0
}
