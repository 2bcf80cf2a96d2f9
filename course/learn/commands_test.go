package learn_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gradus-go/gradus/course/learn"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// remembers writes what is remembered of the course.
func (s student) remembers(text string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, "progress.txt"), []byte(text), 0o666); err != nil {
		s.Fatal(err)
	}
}

// prints runs a command on an exercise, and returns what it prints.
func (s student) prints(name string, run func(learn.Lesson) error) string {
	s.Helper()
	l, out := s.lesson(name)
	if err := run(l); err != nil && !errors.Is(err, learn.ErrWrong) {
		s.Error(err)
	}
	return out.String()
}

// Without a name, a lesson is about the exercise in whose folder we are, and Explain about the last one that
// was solved. The tabs of Go become spaces.
func TestWhichExercise(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	l, err := learn.Open(new(strings.Builder), filepath.Join(dir, "1-slopes", "2-powers"), "")
	if err != nil || l.Exercise.Name != "1-slopes/2-powers" {
		t.Errorf("error %v, %v, want 1-slopes/2-powers", err, l.Exercise)
	}
	s.remembers("1-slopes/1-line solved\n1-slopes/4-difference solved\n")
	got := s.prints("", learn.Lesson.Explain)
	if !strings.Contains(got, "1-slopes/4-difference\n") || !strings.Contains(got, "\n        return ") ||
		strings.Contains(got, "\t") {
		t.Errorf("it explains\n%s", got)
	}
	s.does("2-powers", learn.Lesson.Explain, "", "1-slopes/2-powers is not solved yet")
	var all string
	for _, e := range exercises(t) {
		all += e.Name + " skipped\n"
	}
	s.remembers(all)
	s.does("", learn.Lesson.Explain, "", "there is nothing to explain yet")
}

// The learner's file has its name from here, if that is shorter.
func TestYourFile(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	near := "your file   " + filepath.Join("1-slopes", "1-line", "answer.txt") + "\n"
	far := filepath.Join(dir, "1-slopes")
	s.does("1-line", learn.Lesson.Next, near, "")
	s.does("1-line", check, "still to do", "change 1-slopes/1-line/answer.txt, or ask")
	t.Chdir(string(filepath.Separator))
	s.does("1-line", learn.Lesson.Next, "your file   "+strings.TrimPrefix(far, "/"), "")
	deep := filepath.Join(t.TempDir(), strings.Repeat("deep/", 20))
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(deep)
	s.does("1-line", learn.Lesson.Next, "your file   "+far, "")
}

// Only those exercises that are on the fast track are called so, for those who are on it. The numbers below
// count what is solved, and not what is skipped.
func TestFastTrack(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	fast := func(on bool) func(learn.Lesson) error {
		return func(l learn.Lesson) error { return l.SetFast(on) }
	}
	s.remembers("1-slopes/1-line solved\n1-slopes/2-powers skipped\n1-slopes/3-product skipped\n")
	for _, on := range []bool{true, false} {
		s.prints("", fast(on))
		list := s.prints("", learn.Lesson.List)
		for _, e := range exercises(t) {
			_, name, _ := strings.Cut(e.Name, "/")
			_, after, _ := strings.Cut(list, " "+name+" ")
			line, _, _ := strings.Cut(after, "\n")
			if got := strings.HasSuffix(line, "  fast track"); got != (on && e.Fast) {
				t.Errorf("on the fast track: %t, %s: %q", on, e.Name, line)
			}
		}
		if !strings.Contains(list, "\n1 of ") {
			t.Errorf("one is solved:\n%s", list)
		}
	}
	var all string
	for _, e := range exercises(t) {
		all += e.Name + " solved\n"
	}
	s.remembers("track fast\n" + all)
	got := s.prints("", learn.Lesson.Next)
	if strings.Contains(got, "-all") || strings.Contains(got, "skipped") {
		t.Errorf("all are solved, and it says\n%s", got)
	}
}

// After a right answer comes the next exercise, with its title.
func TestNextRow(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	s.answers("1-line", line)
	all := exercises(t)
	s.does("1-line", check, "\n  next        1-slopes/2-powers: "+all[1].Title+"\n", "")
	s.does("1-line", check, "\n  why         go tool gradus learn explain 1-slopes/1-line\n", "")
}

// What is said of an answer fits a terminal, on which ✓ is green and ✗ is red.
func TestVerdicts(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	long := strings.Repeat(" + 0·x", 20)
	for _, tt := range []struct{ name, answer, want string }{
		{"1-line", strings.Replace(line, "\n", long+"\n", 1), "\x1b[32m✓\x1b[0m dy/dx = w + 0"},
		{"1-line", "dy/dx = v\ndy/dw = x" + long + "\ndy/db = 1", "\x1b[31m✗\x1b[0m answer.txt: line 1: v"},
		{"1-line", "dy/dx = 2w" + long + "\ndy/dw = x\ndy/db = 1", "\x1b[31m✗\x1b[0m dy/dx = 2w + 0"},
	} {
		s.answers(tt.name, tt.answer)
		got := s.prints(tt.name, func(l learn.Lesson) error {
			l.Terminal = true
			return check(l)
		})
		if !strings.Contains(got, tt.want) {
			t.Errorf("got\n%s\nwant %q", got, tt.want)
		}
		for line := range strings.Lines(style.ReplaceAllString(got, "")) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > wrap.Columns {
				t.Errorf("a line of %d columns: %s", n, line)
			}
		}
	}
}

// The title and the name of an exercise stand at the two ends of a line.
func TestHead(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	for _, e := range exercises(t) {
		head, _, _ := strings.Cut(s.prints(e.Name, learn.Lesson.Next), "\n")
		if utf8.RuneCountInString(head) != wrap.Columns || !strings.HasPrefix(head, e.Title+"  ") ||
			!strings.HasSuffix(head, "  "+e.Name) {
			t.Errorf("the first line is %q", head)
		}
	}
}

// What is not open, or has no Writer, is refused with a sentence.
func TestNotOpen(t *testing.T) {
	dir, checkout, _ := written(t)
	noWriter, _ := student{t, dir}.lesson("1-line")
	noFolder := noWriter
	noWriter.Out, noFolder.Folder = nil, nil
	for _, tt := range []struct {
		run  func() error
		want string
	}{
		{noWriter.List, "learn: the Lesson is not open, want one of Open"},
		{noFolder.List, "learn: the Lesson is not open, want one of Open"},
		{func() error { return learn.Write(nil, dir, checkout) }, "learn: Write to a nil Writer"},
		{func() error { _, err := learn.Open(nil, dir, ""); return err }, "learn: Open with a nil Writer"},
	} {
		func() {
			defer func() {
				if r := recover(); r != tt.want {
					t.Errorf("got %v, want %s", r, tt.want)
				}
			}()
			_ = tt.run()
		}()
	}
}

// What cannot be remembered is an error, and nothing is said to be done.
func TestCannotRemember(t *testing.T) {
	ctx, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	for name, run := range map[string]func(learn.Lesson) error{
		"check": check, "hint": learn.Lesson.Hint, "skip": learn.Lesson.Skip, "reset": learn.Lesson.Reset,
		"fast":  func(l learn.Lesson) error { return l.SetFast(true) },
		"watch": func(l learn.Lesson) error { return l.Watch(ctx, time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, _, _ := written(t)
			s := student{t, dir}
			s.answers("1-line", line)
			l, out := s.lesson("1-line")
			file := filepath.Join(dir, "progress.txt")
			if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o777)); err != nil {
				t.Fatal(err)
			}
			err := run(l)
			done := out.Len() > 0
			if name == "watch" {
				done = strings.Contains(out.String(), "solved")
			}
			if err == nil || errors.Is(err, learn.ErrWrong) || done {
				t.Errorf("%s: error %v, and it prints %q", name, err, out)
			}
		})
	}
}
