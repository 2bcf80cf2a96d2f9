//go:build go1.25

package learn_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gradus-go/gradus/course/learn"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// Watch checks what is saved, goes on after a right answer, and ends when it is interrupted.
func TestWatch(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	for _, e := range exercises(t) {
		if e.Name != "1-slopes/1-line" && e.Name != "2-chain-rule/1-second-weight" {
			s.does(e.Name, learn.Lesson.Skip, "is skipped", "")
		}
	}
	synctest.Test(t, func(t *testing.T) { // whose clock waits for the checks, however slow the machine is
		s := student{t, dir}
		ctx, interrupt := context.WithCancel(t.Context())
		watched := s.watch(ctx, "")
		watched.prints("is checked each time", "answer.txt")
		s.answers("1-line", "dy/dx = x\ndy/dw = x\ndy/db = 1\n")
		watched.prints("\n"+strings.Repeat("─", wrap.Columns)+"\n", "✗ dy/dx = x is wrong")
		// The file is read at whole intervals, and nothing is saved in ten of them. Then an editor saves it
		// piece by piece, between readings.
		time.Sleep(10*interval + interval/4)
		s.answers("1-line", "")
		time.Sleep(interval)
		if err := os.Remove(filepath.Join(dir, "1-slopes/1-line/answer.txt")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * interval)
		for _, piece := range []string{"", "dy/dx ="} {
			s.answers("1-line", piece)
			time.Sleep(interval)
		}
		s.answers("1-line", "dy/dx = w")
		before := watched.prints("✗ there is no line for dy/dw")
		if strings.Contains(before, "✗") {
			t.Errorf("what was not saved again, or not done, was checked:\n%s", before)
		}
		s.answers("1-line", "dy/dx = w\ndy/dw = TODO\ndy/db = 1")
		watched.prints("✗ dy/dw is still to do")
		s.answers("1-line", line)
		watched.prints("✓ dy/db = 1 is right", "is solved", "On to the next exercise.")
		watched.prints("The second weight", "is checked each time")
		s.answers("1-second-weight", "dL/dy = t − y\ndL/dW2 = a\ndL/db2 = 1")
		if before := watched.prints("✗ dL/dy = t − y is wrong"); strings.Contains(before, "still to do") {
			t.Errorf("what was handed out was checked:\n%s", before)
		}
		interrupt()
		watched.ends(nil)
	})
}

// Watch checks at once what is not as it was handed out, and ends after the last exercise.
func TestWatchLast(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	for _, e := range exercises(t) {
		if e.Name != "1-slopes/1-line" {
			s.does(e.Name, learn.Lesson.Skip, "is skipped", "")
		}
	}
	s.answers("1-line", line)
	watched := s.watch(context.Background(), "")
	watched.prints("✓ dy/db = 1 is right", "the end of the course")
	watched.ends(nil)
	again := func(l learn.Lesson) error { return l.Watch(context.Background(), time.Second) }
	s.does("", again, "", "all exercises are")
}

// An interruption while code of an answer is compiled or runs is no error, either.
func TestWatchInterrupted(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	s.answers("4-difference", "package difference")
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	l, _ := s.lesson("4-difference")
	if err := l.Watch(ctx, time.Second); err != nil {
		t.Errorf("error %v, want none", err)
	}
	defer func() {
		if r := recover(); r != "learn: Watch every 0s, want a positive time" {
			t.Errorf("without an interval: %v", r)
		}
	}()
	_ = l.Watch(ctx, 0)
}

// interval is how often a Watch of these tests reads the file.
const interval = time.Millisecond

// A watched is what a running Watch has printed.
type watched struct {
	*testing.T
	printed chan string
	end     chan error
	text    string
}

// watch runs Watch.
func (s student) watch(ctx context.Context, name string) *watched {
	s.Helper()
	l, _ := s.lesson(name)
	w := &watched{T: s.T, printed: make(chan string, 1000), end: make(chan error, 1)}
	l.Out = printer(w.printed)
	go func() { w.end <- l.Watch(ctx, interval) }()
	return w
}

type printer chan string

var _ io.Writer = printer(nil)

// Write implements io.Writer.
func (p printer) Write(text []byte) (int, error) {
	p <- string(text)
	return len(text), nil
}

// prints waits until these texts are printed, one after the other, and returns what stands before
// the last.
func (w *watched) prints(texts ...string) (before string) {
	w.Helper()
	deadline := time.After(20 * time.Second)
	for _, want := range texts {
		for !strings.Contains(w.text, want) {
			select {
			case more := <-w.printed:
				w.text += more
			case <-deadline:
				w.Fatalf("want %q, printed:\n%s", want, w.text)
			}
		}
		before, w.text, _ = strings.Cut(w.text, want)
	}
	return before
}

// ends waits for the end of Watch, with an error or without one.
func (w *watched) ends(want error) {
	w.Helper()
	select {
	case err := <-w.end:
		if !errors.Is(err, want) {
			w.Errorf("error %v, want %v", err, want)
		}
	case <-time.After(20 * time.Second):
		w.Error("it does not end")
	}
}
