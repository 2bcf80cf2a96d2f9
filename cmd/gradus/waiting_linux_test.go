package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// A command that takes long says so on a terminal, and takes that away in the end.
func TestAtWork(t *testing.T) {
	terminal, screen := pseudoTerminal(t)
	status := command(context.Background(), []string{"eval", "y = 2x", "x=1"}, nil, slow{}, terminal)
	_ = terminal.Close()
	got, _ := io.ReadAll(screen) // which ends with an error, for want of a terminal
	want := "\r1 s: gradus eval is at work …\r" + strings.Repeat(" ", 29) + "\r"
	if status != 0 || string(got) != want {
		t.Errorf("exit status %d; on the terminal is %q, want %q", status, got, want)
	}
}

// slow is a Writer that takes longer than a second.
type slow struct{}

func (slow) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "name") { // the first line
		time.Sleep(1500 * time.Millisecond)
	}
	return len(p), nil
}

// pseudoTerminal returns a terminal, and the file in which appears what is written on it.
func pseudoTerminal(t *testing.T) (terminal, screen *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	var unlock, number int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &number} {
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, screen.Fd(), request, uintptr(unsafe.Pointer(value)))
		if errno != 0 {
			t.Fatal(errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = terminal.Close() })
	return terminal, screen
}
