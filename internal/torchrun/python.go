package torchrun

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/gradus-go/gradus/internal/slow"
)

// Python returns a Python interpreter that has NumPy and PyTorch, Debian's before others. Without
// one the test is skipped, unless slow tests are wanted, as .ci/run wants them: then it fails.
func Python(tb testing.TB) string {
	tb.Helper()
	if python := found(); python != "" {
		return python
	}
	const missing = "there is no Python with PyTorch: apt-get install python3-numpy python3-torch"
	if slow.Wanted() {
		tb.Fatal(missing)
	}
	tb.Skip(missing)
	return ""
}

// found finds the interpreter, once, since PyTorch takes a second to start. It is "" if there is
// none.
var found = sync.OnceValue(func() string {
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import numpy, torch").Run() == nil {
			return python
		}
	}
	return ""
})

// Run runs Python with one thread for each process, and returns what it prints. It ends the test if
// Python fails.
func Run(tb testing.TB, stdin []byte, args ...string) string {
	tb.Helper()
	c := exec.Command(Python(tb), args...)
	var stderr bytes.Buffer
	c.Stdin, c.Stderr = bytes.NewReader(stdin), &stderr
	c.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "PYTHONDONTWRITEBYTECODE=1")
	out, err := c.Output()
	if err != nil {
		tb.Fatalf("python %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}
