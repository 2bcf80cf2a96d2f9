package machine

import (
	"testing"
	"unsafe"
)

// inLine returns how many numbers of its cache line lie before x.
func inLine(x *float64) int { return int(uintptr(unsafe.Pointer(x))/8) % CacheLine }

func TestAligned(t *testing.T) {
	for slot := range int32(20) {
		if got, want := inLine(&Aligned(slot, 1000)[0]), int(slot)%CacheLine; got != want {
			t.Errorf("slot %d has %d numbers before it in its cache line, want %d", slot, got, want)
		}
	}
}

func TestSamples(t *testing.T) {
	for size := 1; size < 100; size++ {
		l := Layout{MatParams: Span{0, 13}}
		memory, stride := l.Samples(5, size)
		switch {
		case inLine(&memory[0]) != 13%CacheLine:
			t.Errorf("size %d: the memory begins at number %d of a cache line, want 5", size, inLine(&memory[0]))
		case stride%(2*CacheLine) != CacheLine:
			t.Errorf("size %d: the samples are %d apart, want an odd multiple of %d", size, stride, CacheLine)
		case stride < size || stride > size+2*CacheLine:
			t.Errorf("size %d: the samples are %d apart", size, stride)
		case len(memory) < 4*stride+size:
			t.Errorf("size %d: there are %d numbers, want 5 samples that are %d apart", size, len(memory), stride)
		}
	}
}
