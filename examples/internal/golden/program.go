package golden

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/internal/slow"
)

// A Program is an example program without its process: it takes the arguments and returns the
// exit status.
type Program func(args []string, stdout, stderr io.Writer) (status int)

// Output runs the program and returns what it prints. The test fails at once if the exit
// status is not 0, and it fails if a line is wider than a terminal of 80 columns. The arguments are
// separated by spaces.
func (p Program) Output(t *testing.T, args string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if status := p(strings.Fields(args), &stdout, &stderr); status != 0 {
		t.Fatalf("with the arguments %q: exit status %d, want 0; stderr: %s", args, status, &stderr)
	}
	if err := checkWidth(stdout.String()); err != nil {
		t.Error(err)
	}
	return stdout.String()
}

// Fails runs the program and returns what it writes, with every error on one line, however wide. The test
// fails if the exit status is not 1. The arguments are separated by spaces.
func (p Program) Fails(t *testing.T, args string) (stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	if status := p(strings.Fields(args), &out, &err); status != 1 {
		t.Errorf("with the arguments %q: exit status %d, want 1", args, status)
	}
	return out.String(), wrap.Unbroken(err.String())
}

// LastLine returns the last line of an output.
func LastLine(output string) string {
	lines := strings.Split(strings.TrimSuffix(output, "\n"), "\n")
	return lines[len(lines)-1]
}

// A Call is one call of a program, and how the program should end. It is another name for a struct
// without a name so that the rows of a table need no names of fields: go vet demands these for a
// struct that another package has named.
type Call = struct {
	Name   string // of the subtest
	Args   string // separated by spaces
	Status int

	// Stderr is what the program should write to stderr, with every error on one line, however wide. If
	// it ends with a newline, it is all of it; otherwise it is the beginning, or "" if stderr should stay
	// empty.
	Stderr string
}

// Calls runs the program once for each call, in a subtest. The subtest fails if the exit status
// or stderr differ from those of the call, if the program prints something although an argument
// is wrong, which is status 2, or if a line that it prints, on stderr too, is wider than a terminal of 80
// columns.
func (p Program) Calls(t *testing.T, calls []Call) {
	t.Helper()
	for _, c := range calls {
		t.Run(c.Name, func(t *testing.T) {
			if err := check(p, c); err != nil {
				t.Error(err)
			}
		})
	}
}

// Pairs runs the program with every two of the flags, each with a value that is right by itself; if slow
// tests are not wanted, only with each flag and the one that follows. The test fails unless the program
// does its work, or refuses the flags at once: it ends with status 0, or it prints nothing but an error.
// The flags in common come first, so that one of the two can replace them. Pictures are coarse.
func (p Program) Pairs(t *testing.T, common string, flags ...string) {
	t.Helper()
	defer picture.Coarse()()
	for i, first := range flags {
		others := flags[i+1:]
		if !slow.Wanted() {
			others = others[:min(1, len(others))]
		}
		for _, second := range others {
			var stdout, stderr strings.Builder
			args := common + " " + first + " " + second
			status := p(strings.Fields(args), &stdout, &stderr)
			if err := workedOrRefused(status, stdout.String(), stderr.String()); err != nil {
				t.Errorf("%s: %v", args, err)
			}
		}
	}
}

func workedOrRefused(status int, stdout, stderr string) error {
	switch {
	case status == 0 && stderr != "":
		return fmt.Errorf("exit status 0, but stderr is %q", stderr)
	case status != 0 && (stdout != "" || stderr == ""):
		return fmt.Errorf("exit status %d after %d bytes of output; stderr: %s", status, len(stdout), stderr)
	}
	return nil
}

func check(p Program, c Call) (err error) {
	var stdout, stderr strings.Builder
	if status := p(strings.Fields(c.Args), &stdout, &stderr); status != c.Status {
		err = fmt.Errorf("exit status %d, want %d", status, c.Status)
	}
	got := wrap.Unbroken(stderr.String())
	begins := strings.HasPrefix(got, c.Stderr)
	if isWhole := c.Stderr == "" || strings.HasSuffix(c.Stderr, "\n"); !begins || isWhole && got != c.Stderr {
		err = errors.Join(err, fmt.Errorf("stderr is %q, want %q", got, c.Stderr))
	}
	if c.Status == 2 && stdout.Len() > 0 {
		err = errors.Join(err,
			fmt.Errorf("an argument is wrong, but the program prints %q, want nothing", &stdout))
	}
	if fits := wrap.Message(stderr.String()); fits != stderr.String() {
		err = errors.Join(err, fmt.Errorf("stderr is %q, want it broken into lines:\n%s", &stderr, fits))
	}
	return errors.Join(err, checkWidth(stdout.String()))
}
