package course

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Limits for the code of a learner.
const (
	compileTime = 2 * time.Minute
	runTime     = 10 * time.Second
	outputSize  = 1 << 14
)

// Check checks the learner's answer to an exercise, and notes that it is solved if it is right. The
// text says what is wrong with it. The error is not about the answer.
func (f *Folder) Check(ctx context.Context, e *Exercise) (text string, right bool, err error) {
	if text, right, err = f.Judge(ctx, e); right {
		err = f.remember(e, func(s *state) { s.Solved = true })
	}
	return text, right, err
}

// Judge is [Folder.Check], but it notes nothing in the folder.
func (f *Folder) Judge(ctx context.Context, e *Exercise) (text string, right bool, err error) {
	f.state(e)
	found, err := f.check(ctx, e)
	if err != nil {
		return "", false, err
	}
	if wrong, ok := found.FirstWrong(); ok {
		return wrong.Text, false, nil
	}
	return strings.TrimSpace(found.String()), true, nil
}

func (f *Folder) check(ctx context.Context, e *Exercise) (checking.Findings, error) {
	folder := filepath.Join(f.Path, filepath.FromSlash(e.Name))
	if e.File() == answerGo {
		return runGo(ctx, f.checkout, cmp.Or(f.Limit, runTime), e, folder)
	}
	text, err := os.ReadFile(filepath.Join(folder, answerText))
	if errors.Is(err, fs.ErrNotExist) {
		return missing(e), nil
	} else if err != nil {
		return nil, err
	}
	return e.check(string(text)), nil
}

// Tried reports whether there is an answer that is not as it was handed out. One in Go may be in a file of
// another name.
func (f *Folder) Tried(e *Exercise) bool {
	f.state(e)
	folder := filepath.Join(f.Path, filepath.FromSlash(e.Name))
	if text, err := os.ReadFile(filepath.Join(folder, e.File())); err == nil {
		return string(text) != e.HandedOut()
	}
	others, err := goFiles(folder)
	return err == nil && len(others) > 0
}

// goFiles returns the names of the Go files in a folder, without tests. A folder that is missing has none.
func goFiles(folder string) (names []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if name := e.Name(); filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	return names, nil
}

func missing(e *Exercise) checking.Findings {
	return checking.Wrong(e.File(), "there is no file %s; \"gradus learn DIR\" writes what is missing", e.File())
}

// runGo checks the Go files in a folder, without its tests, with the test of the exercise as it was
// handed out. It does so in a temporary folder, and ends a program that takes too long.
func runGo(ctx context.Context, checkout string, limit time.Duration, e *Exercise, folder string,
) (found checking.Findings, err error) {
	temporary, err := os.MkdirTemp("", "gradus-course-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	files, err := goMod(checkout)
	if err != nil {
		return nil, err
	}
	answers, err := goFiles(folder)
	if err != nil {
		return nil, err
	}
	if len(answers) == 0 {
		return missing(e), nil
	}
	for _, name := range answers {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{"answer/" + name, string(text)})
	}
	for _, file := range append(files, file{"answer/" + testFile, e.test()}) {
		name := filepath.Join(temporary, filepath.FromSlash(file.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(file.text), 0o666); err != nil {
			return nil, err
		}
	}
	return compileAndRun(ctx, temporary, limit)
}

// compileAndRun compiles the package answer in a folder, and runs its test.
func compileAndRun(ctx context.Context, folder string, limit time.Duration) (checking.Findings, error) {
	program, result := filepath.Join(folder, "answer.test"), filepath.Join(folder, "result")
	compile := exec.Command("go", "test", "-c", "-o", program, "./answer")
	compile.Dir, compile.Env = folder, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	output, err := limited(ctx, compileTime, compile)
	if err != nil {
		if !errors.As(err, new(*exec.ExitError)) || ctx.Err() != nil {
			return nil, fmt.Errorf("course: go test: %w", err)
		}
		return checking.Wrong(answerGo, "%s does not compile:\n%s", answerGo, ofCompiler(output)), nil
	}
	run := exec.Command(program, "-test.run=^TestAnswer$", "-test.timeout=0")
	run.Dir, run.Env = filepath.Join(folder, "answer"), append(os.Environ(), resultVariable+"="+result)
	output, err = limited(ctx, limit, run)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	text, missing := os.ReadFile(result)
	var found checking.Findings
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return checking.Wrong(answerGo, "%s was stopped: it had not come to an end after %v",
			answerGo, limit), nil
	case missing != nil || json.Unmarshal(text, &found) != nil || found.OK() != (err == nil):
		return checking.Wrong(answerGo, "%s ended the program before the check was done (%v)%s", answerGo,
			status(err), ofProgram(output)), nil
	}
	return found, nil
}

// status returns an exit status in words.
func status(err error) string {
	if err == nil {
		return "exit status 0"
	}
	return err.Error()
}

// limited runs a program, for a time at most, and returns the beginning of what it prints.
func limited(ctx context.Context, most time.Duration, c *exec.Cmd) (output string, err error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	limited := exec.CommandContext(ctx, c.Path, c.Args[1:]...)
	limited.Dir, limited.Env = c.Dir, c.Env
	limited.WaitDelay = time.Second // for what the program has started
	var out beginning
	limited.Stdout, limited.Stderr = &out, &out
	if err = limited.Run(); ctx.Err() != nil {
		err = ctx.Err()
	}
	return string(out), err
}

// A beginning keeps the beginning of what is written to it.
type beginning []byte

// Write implements io.Writer.
func (b *beginning) Write(p []byte) (int, error) {
	*b = append(*b, p[:min(len(p), outputSize-len(*b))]...)
	return len(p), nil
}

// ofProgram returns the first lines of what a program printed, after a colon, or nothing.
func ofProgram(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	if lines[0] == "" {
		return ""
	}
	if len(lines) > 12 {
		lines = append(lines[:12], "…")
	}
	return ":\n  " + strings.Join(lines, "\n  ")
}
