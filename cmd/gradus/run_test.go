package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/internal/significant"
)

var update = flag.Bool("update", false, "write the golden files in testdata instead of comparing")

// TestMain makes the test program be gradus, for the tests that run it in a shell.
func TestMain(m *testing.M) {
	if os.Getenv("GRADUS_TEST_AS_PROGRAM") != "" {
		main()
	}
	os.Exit(m.Run())
}

// call runs the program. The test fails if a line that it prints is wider than a terminal, but for scripts
// and HTML.
func call(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	status = command(context.Background(), args, strings.NewReader(stdin), &out, &err)
	if len(args) == 0 || args[0] != "completion" && !slices.Contains(args, "-mathml") {
		checkWidth(t, out.String())
	}
	checkWidth(t, err.String())
	return status, out.String(), err.String()
}

func checkWidth(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > wrap.Columns {
			t.Errorf("this line has %d columns, want at most %d: %s", n, wrap.Columns, line)
		}
	}
}

// output runs the program and returns what it prints. The test fails at once if it has an error.
func output(t *testing.T, args ...string) string {
	t.Helper()
	status, stdout, stderr := call(t, "", args...)
	if status != 0 || stderr != "" {
		t.Fatalf("%q: exit status %d, want 0; stderr: %s", args, status, stderr)
	}
	return stdout
}

// shell runs a line in a shell in which gradus is this program.
func shell(t *testing.T, line string) (stdout string, err error) {
	t.Helper()
	program, err := startable()
	if err != nil {
		t.Skip("this program cannot start itself, as under an emulator:", err)
	}
	folder := t.TempDir()
	if err := os.Symlink(program, filepath.Join(folder, "gradus")); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	c := exec.Command("sh", "-c", line)
	c.Env = append(os.Environ(), "GRADUS_TEST_AS_PROGRAM=1", "PATH="+folder+":"+os.Getenv("PATH"),
		"GORACE=atexit_sleep_ms=0") // the race detector waits a second at the end of every program
	c.Dir, c.Stdout, c.Stderr = folder, &out, &errs
	if err = c.Run(); errs.Len() > 0 {
		err = errors.Join(err, errors.New(errs.String()))
	}
	return out.String(), err
}

// startable returns the name of this program, and an error if it cannot be started.
var startable = sync.OnceValues(func() (string, error) {
	program, err := os.Executable()
	return program, errors.Join(err, exec.Command(program, "-test.run=^$").Run())
})

// golden compares a text with a file in testdata. Numbers may differ in their last digits, by what
// an architecture changes in math.Exp.
func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if like(string(want), got) {
		return
	}
	t.Errorf("output differs from %s (-want +got):\n%s", file, cmp.Diff(string(want), got))
}

// like reports whether two texts have the same words on the same lines, and numbers that share 14 digits.
func like(want, got string) bool {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		v, w := strings.Fields(a[i]), strings.Fields(b[i])
		if len(v) != len(w) {
			return false
		}
		for j := range v {
			x, errX := strconv.ParseFloat(strings.TrimSuffix(v[j], ","), 64)
			y, errY := strconv.ParseFloat(strings.TrimSuffix(w[j], ","), 64)
			if v[j] != w[j] && (errX != nil || errY != nil || significant.Shared(y, x) < 14) {
				return false
			}
		}
	}
	return true
}

func TestLike(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"x  0.6224593312018546\n", "x 0.6224593312018547\n", true},
		{"x 0.6224593312018546", "x 0.6224593312019546", false},
		{"x 1", "y 1", false},
		{"x 1", "x 1 1", false},
		{"x 1", "x 1\nx 1", false},
	} {
		if got := like(test.a, test.b); got != test.want {
			t.Errorf("like(%q, %q) is %t", test.a, test.b, got)
		}
	}
}
