package machine

import (
	"testing"
	"unsafe"
)

// An instruction fits into a cache line: a graph that is no network may have one for each node.
func TestInstSize(t *testing.T) {
	if size := unsafe.Sizeof(Inst{}); size > 64 {
		t.Errorf("an instruction takes %d bytes, want 64 at most", size)
	}
}
