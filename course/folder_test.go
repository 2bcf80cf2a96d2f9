package course

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// learner returns a folder with the course.
func learner(t *testing.T) *Folder {
	t.Helper()
	checkout, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "my course")
	if _, err := Write(dir, checkout); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// put writes the learner's file of an exercise.
func put(t *testing.T, f *Folder, e *Exercise, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(f.Path, e.Name, e.File()), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Whatever the code of a learner does, it is checked or stopped.
func TestCheckGo(t *testing.T) {
	f := learner(t)
	e, err := f.Find("4-difference")
	if err != nil {
		t.Fatal(err)
	}
	const head = "package difference\n\nimport \"os\"\n\nvar _ = os.Exit\n\n"
	const start = head + "func Slope(f func(float64) float64, x, h float64) float64 {\n"
	for _, tt := range []struct {
		name, text string
		limit      time.Duration
		want       string
	}{
		{"right", e.file(solutionGo), time.Hour, ""},
		{"does not compile", head + "func Slope() { return y }", time.Hour, "answer.go:7:23"},
		{"never ends", start + "\tfor {\n\t}\n}\n", time.Second, "had not come to an end after 1s"},
		{
			"exits early", start + "return 0 }\n\nfunc init() { println(\"PASS\"); os.Exit(0) }\n", time.Hour,
			"exit status 0):\n  PASS",
		},
		{
			"exits without a word", start + "os.Exit(0)\nreturn 0 }\n", time.Hour,
			"ended the program before the check was done (exit status 0)",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f.Limit = tt.limit
			put(t, f, e, strings.Replace(tt.text, "package answers", "package difference", 1))
			text, right, err := f.Check(context.Background(), e)
			if err != nil || right != (tt.want == "") || !strings.Contains(text, tt.want) {
				t.Errorf("got %q, %t, %v; want %q", text, right, err, tt.want)
			}
		})
	}
}

// An answer that panics is wrong, and this is no panic of the check. There is no need for a program.
func TestPanic(t *testing.T) {
	e, err := find("4-difference")
	if err != nil {
		t.Fatal(err)
	}
	found := e.check(func(func(float64) float64, float64, float64) float64 { panic("no idea") })
	if wrong, _ := found.FirstWrong(); !strings.Contains(wrong.Text, "panics: no idea") {
		t.Errorf("got %q", wrong.Text)
	}
}

// Writing a course into a folder that has one adds what is missing, and changes nothing else.
func TestWriteAgain(t *testing.T) {
	f := learner(t)
	first := f.Next()
	put(t, f, first, "mine")
	gone := filepath.Join(f.Path, first.Name, textFile)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	written, err := Write(f.Path, f.checkout)
	if err != nil || len(written) != 1 || written[0] != first.Name+"/"+textFile {
		t.Errorf("written %q, %v; want what was missing", written, err)
	}
	if got := read(t, filepath.Join(f.Path, first.Name, first.File())); got != "mine" {
		t.Errorf("the learner's file is %q", got)
	}
}

// The source has moved: go.mod is written anew, and the old one is kept.
func TestMoved(t *testing.T) {
	f := learner(t)
	mod := filepath.Join(f.Path, "go.mod")
	old := strings.Replace(read(t, mod), f.checkout, "/nowhere", 1)
	if err := os.WriteFile(mod, []byte(old), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(f.Path); err == nil || !strings.Contains(err.Error(), "/nowhere") {
		t.Errorf("error %v, want one that names the folder", err)
	}
	if written, err := Write(f.Path, f.checkout); err != nil || len(written) != 1 {
		t.Errorf("written %q, %v; want go.mod", written, err)
	}
	if got := read(t, filepath.Join(f.Path, "go.1.mod")); got != old {
		t.Errorf("the old go.mod is %q", got)
	}
	if _, err := Open(f.Path); err != nil {
		t.Error(err)
	}
}

// A folder with something else in it is left alone.
func TestWriteElsewhere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(dir, ".."); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("error %v, want one about the folder", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

// What is remembered is there after opening the folder again.
func TestProgress(t *testing.T) {
	f := learner(t)
	first := f.Next()
	put(t, f, first, first.Solution())
	if _, right, err := f.Check(context.Background(), first); !right || err != nil {
		t.Fatal(right, err)
	}
	second := f.Next()
	if _, _, err := f.Hint(second); err != nil {
		t.Fatal(err)
	}
	if err := f.Skip(second); err != nil {
		t.Fatal(err)
	}
	if err := f.SetFast(true); err != nil {
		t.Fatal(err)
	}
	again, err := Open(filepath.Join(f.Path, "2-chain-rule")) // a folder in it will do
	if err != nil {
		t.Fatal(err)
	}
	if !again.Solved(first) || !again.Skipped(second) || !again.Fast() || again.state(second).Hints != 1 {
		t.Errorf("remembered: %s", again.progressText())
	}
	if next := again.Next(); next == nil || !next.Fast || next == second {
		t.Errorf("next is %v", next)
	}
	if _, err := readProgress("1-slopes/1-line solvd"); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("error %v, want one that names the line", err)
	}
}

// Reset keeps what the learner wrote, however often.
func TestReset(t *testing.T) {
	f := learner(t)
	e := f.Next()
	for _, text := range []string{"one", "two"} {
		put(t, f, e, text)
		kept, err := f.Reset(e)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, kept); got != text {
			t.Errorf("kept %q, want %q", got, text)
		}
		if got := read(t, filepath.Join(f.Path, e.Name, e.File())); got != e.HandedOut() {
			t.Errorf("the file is %q", got)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// In a learner's folder, the tests compile and the command is found, without a network.
func TestOffline(t *testing.T) {
	f := learner(t)
	for _, args := range [][]string{
		{"vet", "./..."},
		{"list", "-deps", module + "/cmd/gradus"}, // what "go tool gradus" builds
	} {
		c := exec.Command("go", args...)
		c.Dir = f.Path
		c.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly", "GOWORK=off")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}
