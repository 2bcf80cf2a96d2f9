package learn

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// ErrWrong is the error of an answer that is not right.
var ErrWrong = errors.New("not right yet")

// Check checks the learner's answer, and prints what is wrong with it, or what comes next. If the
// answer is wrong, the error is [ErrWrong], with what to do.
func (l Lesson) Check(ctx context.Context) error {
	if err := l.begin(); err != nil {
		return err
	}
	checked := progress.Waiting(l.Err, "checking "+l.Exercise.Name)
	text, right, err := l.Folder.Check(ctx, l.Exercise)
	checked()
	if err != nil {
		return err
	}
	l.head(l.Exercise.Title)
	if !right {
		fmt.Fprintf(l.Out, "%s %s\n", l.styled(red, "✗"), wrap.Message(text))
		return fmt.Errorf("%w: change %s, or ask for a hint", ErrWrong, l.file())
	}
	for line := range strings.Lines(text) {
		fmt.Fprintf(l.Out, "%s %s\n", l.styled(green, "✓"), wrap.Message(strings.TrimSuffix(line, "\n")))
	}
	fmt.Fprintf(l.Out, "\n%s is solved.\n", l.Exercise.Name)
	l.row("why", "go tool gradus learn explain "+l.Exercise.Name)
	if e := l.Folder.Next(); e != nil {
		l.row("next", fmt.Sprintf("%s: %s", e.Name, e.Title))
	}
	return nil
}

// Watch checks the learner's answer each time that the file is saved, which it looks for at these
// intervals. A text is checked when it has stayed the same for one interval: editors that empty a file
// and then write it are not done before. When an answer is right, Watch goes on with the next
// exercise. It ends without an error when the context ends, or after the last exercise.
//
// It panics if the interval is not positive.
func (l Lesson) Watch(ctx context.Context, every time.Duration) error {
	if every <= 0 {
		panic(fmt.Sprintf("learn: Watch every %v, want a positive time", every))
	}
	if err := l.begin(); err != nil {
		return err
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	l.watching()
	last := l.Exercise.HandedOut() // which need not be checked
	before := last                 // the text at the reading before
	for {
		// The text is compared, and not the time of the file, which is too coarse on some systems.
		text, err := os.ReadFile(l.file())
		if err != nil {
			text = []byte(last) // some editors remove a file to save it
		}
		stays := string(text) == before
		before = string(text)
		if stays && before != last {
			last = before
			fmt.Fprintln(l.Out)
			l.rule()
			switch err := l.Check(ctx); {
			case ctx.Err() != nil:
				return nil
			case errors.Is(err, ErrWrong):
			case err != nil:
				return err
			default:
				if l.Exercise = l.Folder.Next(); l.Exercise == nil {
					fmt.Fprintln(l.Out)
					l.end()
					return nil
				}
				fmt.Fprint(l.Out, "\nOn to the next exercise.\n\n")
				if err := l.Next(); err != nil {
					return err
				}
				fmt.Fprintln(l.Out)
				l.watching()
				last = l.Exercise.HandedOut()
			}
		}
		select {
		case <-ctx.Done():
			fmt.Fprintln(l.Out)
			return nil
		case <-ticker.C:
		}
	}
}

func (l Lesson) watching() {
	fmt.Fprintf(l.Out, "Your file is checked each time that you save it. Ctrl-C ends this.\n  %s\n", l.file())
}
