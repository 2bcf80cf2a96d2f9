package course

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gradus-go/gradus/internal/wholefile"
)

const module = "github.com/gradus-go/gradus"

// A Folder is a learner's folder with the course.
type Folder struct {
	Path     string
	Chapters []Chapter
	Limit    time.Duration // how long the code of an answer may run; if it is 0, 10 s

	checkout string // where the source of Gradus is
	progress progress
}

// Open returns the learner's folder that path is, or in which it lies.
func Open(path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	for folder := path; ; folder = filepath.Dir(folder) {
		text, err := os.ReadFile(filepath.Join(folder, progressFile))
		if errors.Is(err, fs.ErrNotExist) && folder != filepath.Dir(folder) {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("course: %s is not a folder of the course, and is in none; "+
				"\"gradus learn DIR\" writes one", path)
		}
		f := &Folder{Path: folder}
		if f.Chapters, err = Chapters(); err != nil {
			return nil, err
		}
		if f.progress, err = readProgress(string(text)); err != nil {
			return nil, err
		}
		f.checkout, err = f.readCheckout()
		return f, err
	}
}

// Submission returns a folder that a learner has handed in, for the source in the folder checkout.
// It may lack files, and its go.mod may name a folder on another computer.
func Submission(path, checkout string) (*Folder, error) {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a folder", path)
	}
	if err != nil {
		return nil, fmt.Errorf("course: %w", err)
	}
	chapters, err := Chapters()
	return &Folder{
		Path: path, Chapters: chapters, checkout: checkout, progress: progress{of: map[string]state{}},
	}, err
}

// readCheckout returns the folder of the source that the learner's go.mod names.
func (f *Folder) readCheckout() (string, error) {
	text, err := os.ReadFile(filepath.Join(f.Path, "go.mod"))
	if err != nil {
		return "", fmt.Errorf("course: %w; \"gradus learn %s\" writes it again", err, f.Path)
	}
	for line := range strings.Lines(string(text)) {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "replace "+module+" => "); ok {
			path = strings.Trim(path, `"`)
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err != nil {
				return "", fmt.Errorf("course: go.mod says that Gradus is in %s, and it is not there; where it is now, "+
					"run \"go run ./cmd/gradus learn %s\"", path, f.Path)
			}
			return path, nil
		}
	}
	return "", fmt.Errorf("course: go.mod in %s has no line \"replace %s => …\"", f.Path, module)
}

// Checkout returns the folder with the source of Gradus: that of the module in which the working
// directory is, or that which its go.mod names.
func Checkout() (string, error) {
	var stderr strings.Builder
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module)
	list.Stderr = &stderr
	out, err := list.Output()
	if dir := strings.TrimSpace(string(out)); err == nil && dir != "" {
		return dir, nil
	}
	return "", fmt.Errorf("course: the source of Gradus is not found from here; "+
		"go into the folder into which you cloned it, and run \"go run ./cmd/gradus learn …\" there (go list: %s)",
		strings.TrimSpace(stderr.String()))
}

// Write writes the course into a folder, which it makes if there is none, for the source in the
// folder checkout. In a folder that has the course already it adds what is missing and changes
// nothing else, but for the go.mod of a course whose source has moved. It returns the names of the
// files that it has written.
func Write(dir, checkout string) (written []string, err error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, progressFile)); err != nil {
			return nil, fmt.Errorf("course: the folder %s is not empty, and has no course; want a new folder", dir)
		}
	}
	files, err := filesOf(checkout)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := filepath.Join(dir, file.name)
		old, err := os.ReadFile(name)
		switch {
		case err == nil && file.name == "go.mod" && string(old) != file.text:
			if _, err := setAside(name); err != nil {
				return written, err
			}
		case err == nil:
			continue
		case !errors.Is(err, fs.ErrNotExist):
			return written, err
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return written, err
		}
		if err := wholefile.Write(name, []byte(file.text)); err != nil {
			return written, err
		}
		written = append(written, file.name)
	}
	return written, nil
}

// A file of a learner's folder, as it is handed out.
type file struct{ name, text string }

// filesOf returns the files of a learner's folder. That by which one knows it is the last.
func filesOf(checkout string) (files []file, err error) {
	chapters, err := Chapters()
	if err != nil {
		return nil, err
	}
	modules, err := goMod(checkout)
	if err != nil {
		return nil, err
	}
	files = append(files, modules...)
	for _, c := range chapters {
		for _, e := range c.Exercises {
			files = append(files, e.handedOut()...)
		}
	}
	return append(files, file{"README.md", readme}, file{progressFile, progressHead}), nil
}

// handedOut returns the files of an exercise in a learner's folder.
func (e *Exercise) handedOut() []file {
	return []file{
		{e.Name + "/" + textFile, e.Text()},
		{e.Name + "/" + e.File(), e.HandedOut()},
		{e.Name + "/" + testFile, e.test()},
	}
}

// test returns the learner's test file.
func (e *Exercise) test() string {
	if e.File() == answerGo {
		return e.file(testFile + ".txt")
	}
	return fmt.Sprintf(textTest, e.Name)
}

const textTest = `// Package answer has no code: the answer is in answer.txt.
package answer

import (
	"testing"

	"github.com/gradus-go/gradus/course"
)

func TestAnswer(t *testing.T) { course.TestText(t, %q) }
`

const readme = `# The course of Gradus

In this folder:

    go tool gradus learn            # the next exercise
    go tool gradus learn check      # is my answer right?
    go tool gradus learn hint       # one hint, then another
    go tool gradus learn -h         # all commands

Each exercise is a folder: its text is in text.md, and your answer goes into answer.txt or answer.go, in place
of TODO. Nothing that you write is ever overwritten.
`

// goMod returns go.mod and go.sum of a learner's folder. They require all that the source in the
// folder checkout does, in the same versions, so that nothing has to be fetched that it has not
// fetched.
func goMod(checkout string) ([]file, error) {
	text, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("course: the source of Gradus: %w", err)
	}
	sum, err := os.ReadFile(filepath.Join(checkout, "go.sum"))
	if err != nil {
		return nil, fmt.Errorf("course: the source of Gradus: %w", err)
	}
	version := ""
	requires := "\t" + module + " v0.0.0\n"
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 2 && words[0] == "go":
			version = words[1]
		case strings.HasPrefix(line, "\t") && len(words) >= 2:
			requires += fmt.Sprintf("\t%s %s // indirect\n", words[0], words[1])
		}
	}
	mod := fmt.Sprintf("module course\n\ngo %s\n\ntool %s/cmd/gradus\n\nrequire (\n%s)\n\nreplace %s => %s\n",
		version, module, requires, module, quoted(checkout))
	return []file{{"go.mod", mod}, {"go.sum", string(sum)}}, nil
}

// quoted returns a path as go.mod has it.
func quoted(path string) string {
	if strings.ContainsAny(path, " \t'`\"") {
		return fmt.Sprintf("%q", path)
	}
	return path
}

// setAside renames a file, so that it is not lost, and returns its new name: answer.txt becomes
// answer.1.txt, or the next number that no file has. A file in Go gets the ending .old, so that it
// is not compiled.
func setAside(name string) (string, error) {
	end := filepath.Ext(name)
	base := strings.TrimSuffix(name, end)
	if end == ".go" {
		end += ".old"
	}
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.%d%s", base, n, end)
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, os.Rename(name, aside)
		} else if err != nil {
			return "", err
		}
	}
}
