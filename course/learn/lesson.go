package learn

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A Lesson is one exercise in a learner's folder, and where it is talked about.
type Lesson struct {
	Folder *course.Folder
	// Exercise is that with the name, or in whose folder we are, or else the next one. It is nil if
	// all are solved or skipped.
	Exercise *course.Exercise
	Out      io.Writer
	Terminal bool      // Out shows bold text and colours
	Err      io.Writer // where Check says that it is at work, if that is a terminal; may be nil

	named bool // the learner named the exercise
}

// Open begins a lesson in the learner's folder that path is, or in which it lies. The exercise is
// the one with this name, or a part of it; if it is "", it is that in whose folder path is, or the
// next one.
//
// It panics if out is nil.
func Open(out io.Writer, path, name string) (Lesson, error) {
	if out == nil {
		panic("learn: Open with a nil Writer")
	}
	folder, err := course.Open(path)
	if err != nil {
		return Lesson{}, err
	}
	l := Lesson{Folder: folder, Out: out, named: name != ""}
	if l.named {
		l.Exercise, err = folder.Find(name)
		return l, err
	}
	if l.Exercise, err = folder.Find(path); err != nil {
		l.Exercise = folder.Next()
	}
	return l, nil
}

// Write writes the course into a folder, for the source in the folder checkout, and says what to do
// next. In a folder that has the course it adds what is missing, and overwrites nothing.
//
// It panics if out is nil.
func Write(out io.Writer, dir, checkout string) error {
	if out == nil {
		panic("learn: Write to a nil Writer")
	}
	before, _ := os.ReadDir(dir)
	written, err := course.Write(dir, checkout)
	if err != nil {
		return err
	}
	switch len(written) {
	case 0:
		fmt.Fprintf(out, "%s has the whole course already. Nothing was changed.\n", dir)
		return nil
	case 1:
		fmt.Fprintf(out, "%s is written into %s.", written[0], dir)
	default:
		fmt.Fprintf(out, "%d files are written into %s.", len(written), dir)
	}
	if len(before) > 0 {
		fmt.Fprint(out, " What was there is as it was.")
	}
	fmt.Fprintf(out, "\n\n    cd %s\n    go tool gradus learn\n\n"+
		"The second command shows the next exercise.\n", dir)
	return nil
}

// file returns the name of the learner's file, from here if it is near.
func (l Lesson) file() string {
	name := filepath.Join(l.Folder.Path, filepath.FromSlash(l.Exercise.Name), l.Exercise.File())
	if here, err := os.Getwd(); err == nil {
		if near, err := filepath.Rel(here, name); err == nil && len(near) < len(name) {
			return near
		}
	}
	return name
}

// begin panics if the lesson was not opened, and returns an error if there is no exercise.
func (l Lesson) begin() error {
	l.mustBeOpen()
	if l.Exercise == nil {
		return fmt.Errorf("all exercises are solved or skipped; \"gradus learn list\" lists them")
	}
	return nil
}

func (l Lesson) mustBeOpen() {
	if l.Folder == nil || l.Out == nil {
		panic("learn: the Lesson is not open, want one of Open")
	}
}

// Ways to set off a text on a terminal.
const (
	bold  = "1"
	faint = "2"
	red   = "31"
	green = "32"
)

// styled returns a text as a terminal shows it in a style, or as it is.
func (l Lesson) styled(style, text string) string {
	if !l.Terminal {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// rule prints a line across the page.
func (l Lesson) rule() { fmt.Fprintln(l.Out, l.styled(faint, strings.Repeat("─", wrap.Columns))) }

// head prints where we are: the title to the left, and the name of the exercise to the right.
func (l Lesson) head(title string) {
	room := wrap.Columns - len([]rune(title)) - len(l.Exercise.Name)
	fmt.Fprintf(l.Out, "%s%s%s\n\n", l.styled(bold, title), strings.Repeat(" ", max(2, room)),
		l.styled(faint, l.Exercise.Name))
}

// row prints a line with a word and what it says, as below an exercise.
func (l Lesson) row(word, text string) { fmt.Fprintf(l.Out, "  %-11s %s\n", word, text) }
