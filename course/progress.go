package course

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/wholefile"
)

const progressFile = "progress.txt"

const progressHead = "" +
	"# What \"gradus learn\" remembers: what is solved or skipped, and the hints that were read.\n"

// A state is what is remembered of an exercise.
type state struct {
	Solved, Skipped bool
	Hints           int // how many were read
}

// A progress holds the states of exercises, by name.
type progress struct {
	fast bool
	of   map[string]state
}

const fastLine = "track fast" // if the learner is on the fast track

// readProgress reads what String writes.
func readProgress(text string) (p progress, err error) {
	p.of = map[string]state{}
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if strings.Join(words, " ") == fastLine {
			p.fast = true
			continue
		}
		s := state{}
		for _, word := range words[1:] {
			hints, isHints := strings.CutPrefix(word, "hints=")
			n, err := strconv.Atoi(hints)
			switch {
			case word == "solved":
				s.Solved = true
			case word == "skipped":
				s.Skipped = true
			case isHints && err == nil && n >= 0:
				s.Hints = n
			default:
				return p, fmt.Errorf("course: %s, line %d: %q is not solved, skipped or hints=1; delete or mend it",
					progressFile, i+1, word)
			}
		}
		p.of[words[0]] = s
	}
	return p, nil
}

// progressText returns the progress, in the order of the chapters.
func (f *Folder) progressText() string {
	var b strings.Builder
	b.WriteString(progressHead)
	if f.progress.fast {
		fmt.Fprintln(&b, fastLine)
	}
	for _, c := range f.Chapters {
		for _, e := range c.Exercises {
			s := f.state(e)
			if s == (state{}) {
				continue
			}
			b.WriteString(e.Name)
			if s.Solved {
				b.WriteString(" solved")
			}
			if s.Skipped {
				b.WriteString(" skipped")
			}
			if s.Hints > 0 {
				fmt.Fprintf(&b, " hints=%d", s.Hints)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// open returns the progress. It panics if the folder was not opened.
func (f *Folder) open() *progress {
	if f == nil || f.progress.of == nil {
		panic("course: the Folder is not open, want one of Open")
	}
	return &f.progress
}

// state returns what is remembered of an exercise.
func (f *Folder) state(e *Exercise) state {
	if e == nil {
		panic("course: the Exercise is nil, want one of Chapters")
	}
	return f.open().of[e.Name]
}

// remember changes the state of an exercise, and writes the file.
func (f *Folder) remember(e *Exercise, change func(s *state)) error {
	s := f.state(e)
	change(&s)
	f.progress.of[e.Name] = s
	return f.writeProgress()
}

func (f *Folder) writeProgress() error {
	return wholefile.Write(filepath.Join(f.Path, progressFile), []byte(f.progressText()))
}

// Fast reports whether the learner is on the fast track.
func (f *Folder) Fast() bool { return f.open().fast }

// SetFast sets whether the learner is on the fast track.
func (f *Folder) SetFast(fast bool) error {
	f.open().fast = fast
	return f.writeProgress()
}

// Solved reports whether an exercise has been solved.
func (f *Folder) Solved(e *Exercise) bool { return f.state(e).Solved }

// Skipped reports whether an exercise was skipped and has not been solved since.
func (f *Folder) Skipped(e *Exercise) bool { s := f.state(e); return s.Skipped && !s.Solved }

// Skip makes Next pass over an exercise.
func (f *Folder) Skip(e *Exercise) error {
	return f.remember(e, func(s *state) { s.Skipped = true })
}

// Next returns the first exercise that is neither solved nor skipped, or nil. For a learner on the
// fast track it is one of those.
func (f *Folder) Next() *Exercise {
	fast := f.open().fast
	for _, c := range f.Chapters {
		for _, e := range c.Exercises {
			if s := f.state(e); !s.Solved && !s.Skipped && (e.Fast || !fast) {
				return e
			}
		}
	}
	return nil
}

// Hint returns the next hint of an exercise, and which of the three it is. After the last it
// returns that again.
func (f *Folder) Hint(e *Exercise) (hint string, number int, err error) {
	number = f.state(e).Hints + 1
	hints := e.Hints()
	number = min(number, len(hints))
	return hints[number-1], number, f.remember(e, func(s *state) { s.Hints = number })
}

// Reset puts the file of an exercise back to what it was, and its progress. The learner's file is
// kept under another name, which is returned.
func (f *Folder) Reset(e *Exercise) (kept string, err error) {
	f.open()
	name := filepath.Join(f.Path, filepath.FromSlash(e.Name), e.File())
	if kept, err = setAside(name); err != nil {
		return "", err
	}
	if err = wholefile.Write(name, []byte(e.HandedOut())); err != nil {
		return kept, err
	}
	return kept, f.remember(e, func(s *state) { *s = state{} })
}

// Find returns the exercise with a name. A part of the name is enough if no other exercise has it.
// The name of a folder will do, too, such as "." in the folder of an exercise.
func (f *Folder) Find(name string) (*Exercise, error) {
	f.open()
	if path, err := filepath.Abs(name); err == nil {
		if in, err := filepath.Rel(f.Path, path); err == nil && strings.Count(filepath.ToSlash(in), "/") >= 1 {
			parts := strings.SplitN(filepath.ToSlash(in), "/", 3)
			if e, err := find(parts[0] + "/" + parts[1]); err == nil {
				return e, nil
			}
		}
	}
	return find(name)
}
