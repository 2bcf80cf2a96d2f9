package learn_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/course/learn"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// written returns a folder with the course, and what was printed of it.
func written(t *testing.T) (dir, checkout, printed string) {
	t.Helper()
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	dir = filepath.Join(t.TempDir(), "Anna's course")
	if err := learn.Write(&out, dir, checkout); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return dir, checkout, out.String()
}

// A student takes lessons in a folder.
type student struct {
	*testing.T
	dir string
}

// lesson returns a lesson in an exercise, and what it prints.
func (s student) lesson(name string) (l learn.Lesson, out *strings.Builder) {
	s.Helper()
	out = new(strings.Builder)
	l, err := learn.Open(out, s.dir, name)
	if err != nil {
		s.Fatal(err)
	}
	return l, out
}

// does runs a command on an exercise. It must print this text, and have an error with that text.
func (s student) does(name string, run func(learn.Lesson) error, want, wantError string) {
	s.Helper()
	l, out := s.lesson(name)
	err := run(l)
	if (err == nil) != (wantError == "") || err != nil && !strings.Contains(err.Error(), wantError) {
		s.Errorf("error %v, want one with %q", err, wantError)
	}
	if !strings.Contains(out.String(), want) || err != nil && want == "" && out.Len() > 0 {
		s.Errorf("it prints\n%s\nwant %q", out, want)
	}
}

// answers writes the learner's file.
func (s student) answers(name, text string) {
	s.Helper()
	l, _ := s.lesson(name)
	file := filepath.Join(s.dir, l.Exercise.Name, l.Exercise.File())
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		s.Fatal(err)
	}
}

// has looks for a text in a file.
func (s student) has(name, want string) {
	s.Helper()
	if text, err := os.ReadFile(filepath.Join(s.dir, name)); err != nil || string(text) != want {
		s.Errorf("%s has %q, %v; want %q", name, text, err, want)
	}
}

func check(l learn.Lesson) error { return l.Check(context.Background()) }

const line = "dy/dx = w\ndy/dw = x\ndy/db = 1\n"

// A course that is written again has what was missing, and all else is as it was.
func TestWriteTwice(t *testing.T) {
	dir, checkout, printed := written(t)
	if !strings.Contains(printed, "files are written into "+dir+".\n\n    cd "+dir+"\n") {
		t.Errorf("it prints %s", printed)
	}
	student{t, dir}.answers("1-line", "mine")
	gone := filepath.Join(dir, "1-slopes/1-line/text.md")
	for _, want := range []string{
		"1-slopes/1-line/text.md is written into " + dir + ". What was there is as it was.\n",
		"has the whole course already",
	} {
		if err := os.RemoveAll(gone); err != nil {
			t.Fatal(err)
		}
		gone = filepath.Join(dir, "nothing more")
		var out strings.Builder
		if err := learn.Write(&out, dir, checkout); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("error %v, it prints %s", err, &out)
		}
	}
	s := student{t, dir}
	s.has("1-slopes/1-line/answer.txt", "mine")
	if err := learn.Write(new(strings.Builder), checkout, checkout); err == nil {
		t.Error("a course was written into a folder with something else")
	}
}

// An answer is right, wrong, or cannot be read; the text of the solution is shown only if it is
// right.
func TestCheck(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	explain, file := learn.Lesson.Explain, filepath.Join(dir, "1-slopes/1-line/answer.txt")
	s.does("", check, "✗ dy/dx is still to do", "not right yet")
	s.does("", explain, "", "no exercise is solved")
	s.does("1-line", explain, "", "1-slopes/1-line is not solved yet")
	s.answers("1-line", "dy/db = 1\ndy/dw = −x\ndy/dx = 1\n")
	s.does("1-line", check, "✗ dy/dw = −x is wrong", "ask for a hint") // the first of the learner's lines
	s.answers("1-line", "dy/dx = w +\ndy/dw = x\ndy/db = 1\n")
	s.does("1-line", check, "line 1", "not right yet")
	if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o777)); err != nil {
		t.Fatal(err)
	}
	s.does("1-line", check, "", "is a directory")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	s.does("1-line", check, "there is no file answer.txt", "not right yet")
	s.answers("1-line", line)
	s.does("1-line", check, "✓ dy/dw = x is right\n", "")
	s.does("", explain, "    dy/dw = x\n", "") // that which was solved last
	s.does("1-line", explain, "The derivative of a sum", "")
	s.does("", learn.Lesson.Next, "go tool gradus learn check", "")
	if _, err := learn.Open(new(strings.Builder), dir, "nonsense"); err == nil {
		t.Error("there is an exercise nonsense")
	}
	if _, err := learn.Open(new(strings.Builder), t.TempDir(), ""); err == nil {
		t.Error("any folder is one of the course")
	}
}

// Each hint is given once, and the last one again.
func TestHint(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	for _, want := range []string{"Hint 1 of 3 ", "Hint 2 of 3 ", "Hint 3 of 3 ", "Hint 3 of 3 "} {
		s.does("1-line", learn.Lesson.Hint, want, "")
	}
	s.does("1-second-weight", learn.Lesson.Hint, "Hint 1 of 3 ", "")
}

// The list shows what is solved, skipped and next, and a file that is reset is kept.
func TestList(t *testing.T) {
	dir, _, _ := written(t)
	s := student{t, dir}
	s.answers("1-line", line)
	s.does("", check, "is solved", "")
	s.does("2-first-weight", learn.Lesson.Skip, "2-chain-rule/2-first-weight is skipped", "")
	s.does("", learn.Lesson.List, "  ✓ 1-line ", "")
	s.does("", learn.Lesson.List, "\n  – 2-first-weight ", "")
	s.does("", learn.Lesson.List, "\n  → ", "")
	s.does("", learn.Lesson.List, "\n1 of ", "")
	s.does("1-line", learn.Lesson.Reset, "Yours is kept as answer.1.txt.", "")
	s.has("1-slopes/1-line/answer.1.txt", line)
	s.does("", learn.Lesson.List, "  → 1-line ", "")
	s.does("", func(l learn.Lesson) error { return l.SetFast(true) }, firstFast(t).Title+" ", "")
	s.does("", learn.Lesson.List, "  fast track\n", "")
	for _, e := range exercises(t) {
		s.does(e.Name, learn.Lesson.Skip, "is skipped", "")
	}
	s.does("", learn.Lesson.Next, "the end of the course", "")
	for _, run := range []func(learn.Lesson) error{
		check, learn.Lesson.Hint, learn.Lesson.Skip, learn.Lesson.Reset,
	} {
		s.does("", run, "", "all exercises are solved or skipped")
	}
	s.does("", func(l learn.Lesson) error { return l.SetFast(false) }, "the end of the course", "")
}

func exercises(t *testing.T) (all []*course.Exercise) {
	t.Helper()
	chapters, err := course.Chapters()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range chapters {
		all = append(all, c.Exercises...)
	}
	return all
}

// firstFast returns the first exercise of the fast track.
func firstFast(t *testing.T) *course.Exercise {
	t.Helper()
	for _, e := range exercises(t) {
		if e.Fast {
			return e
		}
	}
	t.Fatal("there is no fast track")
	return nil
}

var style = regexp.MustCompile("\x1b\\[[0-9]+m")

// Texts fit a terminal. There they have styles, which say nothing that the text does not.
func TestTexts(t *testing.T) {
	dir, _, _ := written(t)
	l, out := student{t, dir}.lesson("")
	shown := new(strings.Builder)
	for _, l.Exercise = range exercises(t) {
		if l.Exercise.File() == "answer.txt" {
			student{t, dir}.answers(l.Exercise.Name, l.Exercise.Solution())
		}
		for _, run := range []func(learn.Lesson) error{
			learn.Lesson.Next, learn.Lesson.Hint, learn.Lesson.Hint, learn.Lesson.Hint, learn.Lesson.List,
		} {
			out.Reset()
			l.Terminal = false
			if err := run(l); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > wrap.Columns {
					t.Errorf("%s: a line of %d columns: %s", l.Exercise.Name, n, line)
				}
			}
			if strings.Contains(out.String(), "\x1b") {
				t.Errorf("%s: styles in a text that is not for a terminal", l.Exercise.Name)
			}
		}
		if l.Exercise.File() != "answer.txt" {
			continue // whose check takes long
		}
		for _, run := range []func(learn.Lesson) error{check, learn.Lesson.Explain, learn.Lesson.Next} {
			out.Reset()
			shown.Reset()
			on := l
			on.Out, on.Terminal = shown, true
			if err := errors.Join(run(l), run(on)); err != nil {
				t.Fatal(err)
			}
			marks := strings.NewReplacer("*", "", "`", "")
			got, want := style.ReplaceAllString(shown.String(), ""), out.String()
			if marks.Replace(got) != marks.Replace(want) {
				t.Errorf("on a terminal\n%s\nelsewhere\n%s", got, want)
			}
			if !strings.Contains(shown.String(), "\x1b[1m"+l.Exercise.Title) {
				t.Errorf("%s: the title is not bold", l.Exercise.Name)
			}
		}
	}
}
