package progress

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A bar is invisible unless it is on a terminal.
func TestInvisible(t *testing.T) {
	var b strings.Builder
	bar := New(&b, 3, "three")
	for range 3 {
		if err := bar.Add(1); err != nil {
			t.Error(err)
		}
	}
	if err := bar.Finish(); err != nil || b.Len() > 0 {
		t.Errorf("%q, %v, want nothing", &b, err)
	}
}

func TestIsTerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if isTerminal(file) || isTerminal(new(strings.Builder)) {
		t.Error("a file or a string counts as a terminal, want neither to")
	}
	// This file exists on systems that have pseudo-terminals.
	if ptmx, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0); err == nil {
		defer func() { _ = ptmx.Close() }()
		if !isTerminal(ptmx) {
			t.Error("a pseudo-terminal does not count as a terminal")
		}
	}
}
