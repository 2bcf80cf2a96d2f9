package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// terminal returns both ends of a pseudo-terminal: the program writes to one, and what it writes can
// be read from the other.
func terminal(t *testing.T) (program, screen *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprint("/dev/pts/", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return program, screen
}

// A terminal shows a bar with loss, accuracy, the time that has passed and the time that is left. It
// fits in 80 columns, and it is gone at the end.
func TestProgress(t *testing.T) {
	program, screen := terminal(t)
	seen := make(chan string)
	go func() {
		var b bytes.Buffer
		_, _ = io.Copy(&b, screen) // an error says that the program has closed its end
		seen <- b.String()
	}()
	args := strings.Fields("-train 200 -hidden 5 -epochs 90 -out " + t.TempDir())
	if status := command(t.Context(), args, io.Discard, program); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	if err := program.Close(); err != nil {
		t.Error(err)
	}
	text := <-seen
	bar := regexp.MustCompile(
		`\d+% \|[^|]*\| +\[[\dms]+:[\dms]+\] +epoch \d+/90, loss \d\.\d{4}; held out: \d+\.\d %`)
	if n := len(bar.FindAllString(text, -1)); n < 50 {
		t.Errorf("%d bars, want one for each percent, or half of them if it is fast:\n%q", n, text)
	}
	lines := strings.Split(text, "\r")
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > 79 {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	if end := strings.TrimSpace(lines[len(lines)-1]); end != "" {
		t.Errorf("%q is left on the screen", end)
	}
}
