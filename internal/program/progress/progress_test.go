package progress

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
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

// A bar never reaches the last column, however narrow the terminal is. In one of 40 columns the bar is whole,
// and its description is cut off.
func TestNarrow(t *testing.T) {
	for _, columns := range []int{1, 2, 10, 30, 40, 80} {
		var b strings.Builder
		narrow := line{&b, func(io.Writer) int { return columns }}
		bar := onLine(narrow, true, 3, "ä description of some length")
		for range 3 {
			if err := bar.Add(1); err != nil {
				t.Error(err)
			}
		}
		longest := 0
		for part := range strings.SplitSeq(b.String(), "\r") {
			longest = max(longest, utf8.RuneCountInString(part))
		}
		if want := max(1, columns-1); longest > want || columns <= 40 && longest < want {
			t.Errorf("%d columns: the longest line has %d, want %d; %q", columns, longest, want, &b)
		}
		if columns >= 40 && !strings.Contains(b.String(), "|  [0s:0s]") {
			t.Errorf("%d columns: the bar is cut off in %q", columns, &b)
		}
		if strings.Contains(b.String(), "\n") {
			t.Errorf("%d columns: a new line in %q", columns, &b)
		}
	}
	broken := line{failing{}, func(io.Writer) int { return 80 }}
	if n, err := broken.Write([]byte("x")); n != 0 || err == nil {
		t.Errorf("a writer that fails: %d, %v, want 0 and its error", n, err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// What is no terminal has 80 columns, and so has a terminal that does not say.
func TestColumns(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if a, b := columns(file), columns(new(strings.Builder)); a != 80 || b != 80 {
		t.Errorf("%d and %d columns, want 80", a, b)
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
