package learn

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// Next prints the text of the exercise.
func (l Lesson) Next() error {
	l.mustBeOpen()
	if l.Exercise == nil {
		l.end()
		return nil
	}
	_, text, _ := strings.Cut(l.Exercise.Text(), "\n")
	l.head(l.Exercise.Title)
	fmt.Fprintln(l.Out, l.prose(text))
	l.rule()
	l.row("your file", l.file())
	l.row("then", "go tool gradus learn check")
	return nil
}

// end says that there is no exercise left.
func (l Lesson) end() {
	solved, skipped, all := l.count()
	fmt.Fprintf(l.Out, "You have come to the end of the course. %d of %d exercises are solved", solved, all)
	if skipped > 0 {
		fmt.Fprintf(l.Out, ", and %d\nskipped", skipped)
	}
	fmt.Fprintln(l.Out, ".")
	if l.Folder.Fast() && solved < all {
		fmt.Fprintln(l.Out, "\"gradus learn next -all\" shows those that the fast track leaves out.")
	}
}

func (l Lesson) count() (solved, skipped, all int) {
	for _, c := range l.Folder.Chapters {
		for _, e := range c.Exercises {
			all++
			if l.Folder.Solved(e) {
				solved++
			} else if l.Folder.Skipped(e) {
				skipped++
			}
		}
	}
	return solved, skipped, all
}

// SetFast sets whether Next goes through a few exercises of each chapter only, and prints the next
// one.
func (l Lesson) SetFast(fast bool) error {
	l.mustBeOpen()
	if err := l.Folder.SetFast(fast); err != nil {
		return err
	}
	l.Exercise = l.Folder.Next()
	return l.Next()
}

// Hint prints the next of the three hints, or the last one again.
func (l Lesson) Hint() error {
	if err := l.begin(); err != nil {
		return err
	}
	text, number, err := l.Folder.Hint(l.Exercise)
	if err != nil {
		return err
	}
	l.head(fmt.Sprintf("Hint %d of %d", number, len(l.Exercise.Hints())))
	fmt.Fprint(l.Out, l.prose(text))
	return nil
}

// Explain prints the solution and why it is right, if the learner has solved the exercise.
func (l Lesson) Explain() error {
	l.mustBeOpen()
	if l.Exercise == nil || !l.named && !l.Folder.Solved(l.Exercise) {
		if l.Exercise = l.lastSolved(); l.Exercise == nil {
			return errors.New("there is nothing to explain yet: no exercise is solved")
		}
	}
	if !l.Folder.Solved(l.Exercise) {
		return fmt.Errorf("%s is not solved yet, so its solution is not shown; \"gradus learn hint\" helps",
			l.Exercise.Name)
	}
	l.head(l.Exercise.Title)
	for line := range strings.Lines(strings.TrimSpace(l.Exercise.Solution())) {
		fmt.Fprintf(l.Out, "    %s\n", strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    "))
	}
	fmt.Fprint(l.Out, "\n", l.prose(l.Exercise.Explanation()))
	return nil
}

// lastSolved returns the last exercise that is solved, in the order of the course, or nil.
func (l Lesson) lastSolved() (last *course.Exercise) {
	for _, c := range l.Folder.Chapters {
		for _, e := range c.Exercises {
			if l.Folder.Solved(e) {
				last = e
			}
		}
	}
	return last
}

// List prints all exercises: ✓ is solved, – is skipped, and → comes next.
func (l Lesson) List() error {
	l.mustBeOpen()
	next := l.Folder.Next()
	for _, c := range l.Folder.Chapters {
		minutes := fmt.Sprintf("%d minutes", c.Minutes)
		room := wrap.Columns - utf8.RuneCountInString(c.Title) - len(minutes)
		fmt.Fprintln(l.Out, l.styled(bold, c.Title)+strings.Repeat(" ", max(1, room))+l.styled(faint, minutes))
		for _, e := range c.Exercises {
			mark, fast := " ", ""
			switch {
			case l.Folder.Solved(e):
				mark = l.styled(green, "✓")
			case e == next:
				mark = l.styled(bold, "→")
			case l.Folder.Skipped(e):
				mark = "–"
			}
			if e.Fast && l.Folder.Fast() {
				fast = "  fast track"
			}
			_, name, _ := strings.Cut(e.Name, "/")
			fmt.Fprintf(l.Out, "  %s %-22s %s%s\n", mark, name, e.Title, l.styled(faint, fast))
		}
		fmt.Fprintln(l.Out)
	}
	solved, _, all := l.count()
	fmt.Fprintf(l.Out, "%d of %d are solved.\n", solved, all)
	return nil
}

// Skip makes the course go on without the exercise.
func (l Lesson) Skip() error {
	if err := l.begin(); err != nil {
		return err
	}
	if err := l.Folder.Skip(l.Exercise); err != nil {
		return err
	}
	fmt.Fprintf(l.Out, "%s is skipped. You can come back to it by its name.\n", l.Exercise.Name)
	return nil
}

// Reset begins the exercise again, and keeps the learner's file under another name.
func (l Lesson) Reset() error {
	if err := l.begin(); err != nil {
		return err
	}
	kept, err := l.Folder.Reset(l.Exercise)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.Out, "%s is as it was at first.\nYours is kept as %s.\n", l.file(), filepath.Base(kept))
	return nil
}

var emphasis = regexp.MustCompile("\\*([^*]+)\\*|`([^`]+)`")

// prose returns a text in Markdown in lines. On a terminal, what is emphasised or in backquotes is
// bold, but for the blocks that are indented.
func (l Lesson) prose(markdown string) string {
	text := wrap.Markdown(markdown)
	if !l.Terminal {
		return text
	}
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		if !strings.HasPrefix(strings.TrimLeft(p, "\n"), "    ") {
			paragraphs[i] = emphasis.ReplaceAllString(p, "\x1b["+bold+"m$1$2\x1b[0m")
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
