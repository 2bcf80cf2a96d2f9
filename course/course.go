package course

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/course/exercises"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// A Chapter is a part of the course.
type Chapter struct {
	Name      string // of its folder, "2-chain-rule"
	Title     string
	About     string // what it teaches
	Minutes   int    // how long it takes
	Exercises []*Exercise
}

// An Exercise is a text, a file with a TODO, three hints and a solution.
type Exercise struct {
	Name  string // the path of its folder, "2-chain-rule/1-second-weight"
	Title string
	Fast  bool // it is on the fast track through its chapter

	folder  fs.FS
	checker checking.Checker
}

// The names of files in the folder of an exercise.
const (
	textFile     = "text.md"
	answerText   = "answer.txt" // one of these two is the learner's file
	answerGo     = "answer.go"
	testFile     = "answer_test.go"
	hintsFile    = "hints.md"
	explanation  = "solution.md"
	solutionText = "solution.txt"        // the solution of one
	solutionGo   = "answers/solution.go" // and of the other
	chapterFile  = "chapter.md"
)

// Chapters returns all chapters, in their order. The error names a file of an exercise that is
// missing or malformed.
func Chapters() ([]Chapter, error) {
	folders, err := exercises.Files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []Chapter
	checkers := exercises.Checkers()
	for _, folder := range byNumber(folders) {
		c, err := readChapter(folder, checkers)
		if err != nil {
			return nil, fmt.Errorf("course: %s: %w", folder, err)
		}
		all = append(all, c)
	}
	return all, nil
}

// byNumber returns the names of the folders that begin with a number, in the order of the numbers.
func byNumber(entries []fs.DirEntry) (names []string) {
	number := func(name string) int {
		digits, _, _ := strings.Cut(name, "-")
		n, _ := strconv.Atoi(digits)
		return n
	}
	for _, e := range entries {
		if e.IsDir() && number(e.Name()) > 0 {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
	})
	return names
}

func readChapter(name string, checkers map[string]checking.Checker) (c Chapter, err error) {
	text, err := fs.ReadFile(exercises.Files, name+"/"+chapterFile)
	if err != nil {
		return c, err
	}
	c.Name = name
	fast := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			c.Title = strings.TrimSpace(rest)
		} else if rest, ok := strings.CutPrefix(line, "Minutes:"); ok {
			c.Minutes, err = strconv.Atoi(strings.TrimSpace(rest))
		} else if rest, ok := strings.CutPrefix(line, "Fast track:"); ok {
			for e := range strings.SplitSeq(rest, ",") {
				fast[strings.TrimSpace(e)] = true
			}
		} else {
			c.About += line
		}
	}
	if c.About = strings.TrimSpace(c.About); err != nil || c.Title == "" || c.About == "" || c.Minutes <= 0 {
		return c, fmt.Errorf("%s needs a title \"# …\", a text, and a line \"Minutes: 40\"", chapterFile)
	}
	folders, err := fs.ReadDir(exercises.Files, name)
	if err != nil {
		return c, err
	}
	for _, folder := range byNumber(folders) {
		e := &Exercise{Name: path.Join(name, folder), Fast: fast[folder]}
		if err := e.read(checkers[e.Name]); err != nil {
			return c, fmt.Errorf("%s: %w", folder, err)
		}
		delete(fast, folder)
		c.Exercises = append(c.Exercises, e)
	}
	for missing := range fast {
		return c, fmt.Errorf("%s: there is no exercise %q for the fast track", chapterFile, missing)
	}
	return c, nil
}

// read sets the fields of an exercise whose name is set. Its checker is nil if it has formulas for
// answers.
func (e *Exercise) read(checker checking.Checker) (err error) {
	if e.folder, err = fs.Sub(exercises.Files, e.Name); err != nil {
		return err
	}
	needed := []string{textFile, answerGo, testFile + ".txt", solutionGo, hintsFile, explanation}
	if checker == nil {
		needed = []string{textFile, answerText, "graph.txt", solutionText, hintsFile, explanation}
		checker = checking.Problem{Graph: e.file("graph.txt"), Solution: e.file(solutionText)}
	}
	for _, name := range needed {
		if _, err := fs.Stat(e.folder, name); err != nil {
			return err
		}
	}
	e.checker = checker
	title, _, _ := strings.Cut(e.Text(), "\n")
	e.Title = strings.TrimPrefix(title, "# ")
	if e.Title == title || len(e.Hints()) != 3 {
		return fmt.Errorf("want a title \"# …\" in %s, and three hints in %s, with --- between them",
			textFile, hintsFile)
	}
	return nil
}

// file returns what is in a file of the exercise, and "" if there is none.
func (e *Exercise) file(name string) string {
	if e == nil || e.folder == nil {
		panic("course: the Exercise is nil or empty, want one of Chapters")
	}
	text, err := fs.ReadFile(e.folder, name)
	if err != nil {
		return ""
	}
	return string(text)
}

// Text returns what the exercise teaches and asks for, in Markdown.
func (e *Exercise) Text() string { return e.file(textFile) }

// File returns the name of the file in which the learner writes the answer: answer.txt, for
// formulas, or answer.go.
func (e *Exercise) File() string {
	if e == nil || e.folder == nil {
		panic("course: the Exercise is nil or empty, want one of Chapters")
	}
	if _, ok := e.checker.(checking.Problem); ok {
		return answerText
	}
	return answerGo
}

// HandedOut returns that file as it is handed out, with a TODO in it.
func (e *Exercise) HandedOut() string { return e.file(e.File()) }

// Hints returns the three hints. The last one gives the answer away.
func (e *Exercise) Hints() []string {
	var hints []string
	for hint := range strings.SplitSeq(e.file(hintsFile), "\n---\n") {
		hints = append(hints, strings.TrimSpace(hint))
	}
	return hints
}

// Solution returns the learner's file with a right answer in it.
func (e *Exercise) Solution() string {
	if e.File() == answerText {
		return e.file(solutionText)
	}
	return e.file(solutionGo)
}

// Explanation returns why the solution is right, in Markdown.
func (e *Exercise) Explanation() string { return e.file(explanation) }

// find returns the exercise with a name. A part of the name is enough if no other exercise has it.
func find(name string) (*Exercise, error) {
	chapters, err := Chapters()
	if err != nil {
		return nil, err
	}
	var found []*Exercise
	for _, c := range chapters {
		for _, e := range c.Exercises {
			if e.Name == name {
				return e, nil
			}
			if strings.Contains(e.Name, name) {
				found = append(found, e)
			}
		}
	}
	switch {
	case len(found) == 0:
		return nil, fmt.Errorf("course: there is no exercise %q; \"gradus learn list\" lists all", name)
	case len(found) > 1:
		return nil, fmt.Errorf("course: %q may be %s or %s", name, found[0].Name, found[1].Name)
	}
	return found[0], nil
}
