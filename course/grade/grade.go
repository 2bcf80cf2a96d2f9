package grade

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A Result is what was found about one answer.
type Result struct {
	Exercise string `json:"exercise"`
	Title    string `json:"title"`
	Solved   bool   `json:"solved"`
	Tried    bool   `json:"tried"`             // there is an answer, and not as it was handed out
	Message  string `json:"message,omitempty"` // what is wrong with it
}

// A Learner has a result for each exercise.
type Learner struct {
	Name    string   `json:"learner"` // of the folder
	Solved  int      `json:"solved"`  // how many exercises
	Results []Result `json:"results"`
}

// Class holds the results of all learners.
type Class []Learner

// A Grader checks the answers of a class.
type Grader struct {
	Checkout string            // the folder with the source of Gradus
	Limit    time.Duration     // how long the code of an answer may run; if it is 0, 10 s
	Report   func(name string) // called before each learner, unless it is nil
}

// Grade checks all exercises in the folders of learners. Nothing in the folders is changed, and the
// tests in them are not used. An error is not about an answer: a folder is missing, say, or go
// cannot be run.
func (g Grader) Grade(ctx context.Context, dirs ...string) (Class, error) {
	var class Class
	for _, dir := range dirs {
		folder, err := course.Submission(dir, g.Checkout)
		if err != nil {
			return class, err
		}
		folder.Limit = g.Limit
		path, err := filepath.Abs(dir)
		if err != nil {
			return class, err
		}
		l := Learner{Name: filepath.Base(path)}
		if g.Report != nil {
			g.Report(l.Name)
		}
		for _, c := range folder.Chapters {
			for _, e := range c.Exercises {
				r, err := result(ctx, folder, e)
				if err != nil {
					return class, fmt.Errorf("grade: %s, %s: %w", l.Name, e.Name, err)
				}
				if l.Results = append(l.Results, r); r.Solved {
					l.Solved++
				}
			}
		}
		class = append(class, l)
	}
	return class, nil
}

// result checks an answer, unless it is as it was handed out.
func result(ctx context.Context, folder *course.Folder, e *course.Exercise) (r Result, err error) {
	r = Result{Exercise: e.Name, Title: e.Title}
	if r.Tried = folder.Tried(e); !r.Tried {
		r.Message = "nothing was handed in"
		return r, nil
	}
	message, solved, err := folder.Judge(ctx, e)
	if r.Solved = solved; !solved {
		r.Message = message
	}
	return r, err
}

// String returns a table with a line for each learner and a column for each exercise, in groups by
// chapter: ✓ is solved, ✗ is wrong, and · is not tried.
func (c Class) String() string {
	if len(c) == 0 {
		return "no learners\n"
	}
	width := len([]rune("learner"))
	for _, l := range c {
		width = max(width, len([]rune(l.Name)))
	}
	width = min(width, wrap.Columns/3)
	var b strings.Builder
	number := func(r Result) string { return fmt.Sprintf("%1.1s", r.Exercise) } // of the chapter
	fmt.Fprintf(&b, "%-*s  %s  solved\n", width, "learner", c[0].row(number))
	for _, l := range c {
		name := []rune(l.Name)
		name = name[:min(width, len(name))]
		fmt.Fprintf(&b, "%-*s  %s  %d of %d\n", width, string(name), l.row(Result.mark), l.Solved, len(l.Results))
	}
	return b.String()
}

// row returns a character for each result, and a space between chapters.
func (l Learner) row(mark func(Result) string) string {
	var b strings.Builder
	last := ""
	for _, r := range l.Results {
		chapter, _, _ := strings.Cut(r.Exercise, "/")
		if last != "" && chapter != last {
			b.WriteString(" ")
		}
		last = chapter
		b.WriteString(mark(r))
	}
	return b.String()
}

func (r Result) mark() string {
	switch {
	case r.Solved:
		return "✓"
	case r.Tried:
		return "✗"
	}
	return "·"
}
