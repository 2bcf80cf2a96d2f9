package program

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	usageLine = "usage: prog [-cautious] [-n 3] [-out folder]\n"
	help      = usageLine + `
Prog counts.

  -cautious in no hurry
  -n        how many
  -out      folder to write into
`
)

func TestRun(t *testing.T) {
	const wrong = "prog: invalid value %q for flag -n: want a whole number from 1 to 9\n" + usageLine
	for _, test := range []struct {
		name, args     string
		err            error // of run
		want           int
		stdout, stderr string
	}{
		{"no flags", "", nil, 0, "n = 3", ""},
		{"a flag", "-n 4", nil, 0, "n = 4", ""},
		{"help", "-n 4 -h", nil, 0, help, ""},
		{"help, spelled out", "-help", nil, 0, help, ""},
		{"help, with two dashes", "--help", nil, 0, help, ""},
		{"run fails", "", errors.New("no such thing"), 1, "n = 3", "prog: no such thing\n"},
		{
			"a wide error", "", errors.New(strings.Repeat("x", 70) + " no such thing"), 1, "n = 3",
			"prog: " + strings.Repeat("x", 70) + " no\n    such thing\n",
		},
		{"no number", "-n x", nil, 2, "", fmt.Sprintf(wrong, "x")},
		{"before help", "-n 0 -h", nil, 2, "", fmt.Sprintf(wrong, "0")},
		{"unknown", "-m 3", nil, 2, "", "prog: flag provided but not defined: -m\n" + usageLine},
		{"no value", "-n", nil, 2, "", "prog: flag needs an argument: -n\n" + usageLine},
		{"the two", "-cautious -n 4", nil, 2, "n = 4", "prog: -n and -cautious exclude each other: " +
			"a cautious program does not count\n" + usageLine},
		{"leftover", "-n 4 5 -n 6", nil, 2, "", `prog: argument 3 is "5", want only flags and ` +
			"their values\n" + usageLine},
	} {
		t.Run(test.name, func(t *testing.T) {
			flags, n := flag.NewFlagSet("prog", flag.ContinueOnError), 3
			flags.Var(Whole(&n, 1, 9), "n", "how many")
			flags.Bool("cautious", false, "in no hurry")
			flags.String("out", "", "`folder` to write into")
			var stdout, stderr strings.Builder
			got := Run(flags, "Prog counts.", strings.Fields(test.args), &stdout, &stderr,
				func(w io.Writer) error {
					fmt.Fprintf(w, "n = %d", n)
					err := Exclusive(flags, "a cautious program does not count", "n", "out", "cautious")
					if err != nil {
						return err
					}
					return test.err
				})
			if got != test.want {
				t.Errorf("exit status %d, want %d", got, test.want)
			}
			if diff := cmp.Diff(test.stdout, stdout.String()); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.stderr, stderr.String()); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOutputFails(t *testing.T) {
	r, full := io.Pipe()
	_ = r.CloseWithError(errors.New("no space left on device"))
	var stderr strings.Builder
	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
	for _, returned := range []bool{false, true} {
		stderr.Reset()
		got := Run(flags, "", nil, full, &stderr, func(w io.Writer) error {
			_, err := fmt.Fprintln(w, strings.Repeat("x", 10_000))
			if !returned {
				err = nil
			}
			return err
		})
		if want := "prog: no space left on device\n"; got != 1 || stderr.String() != want {
			t.Errorf("run returns it: %t: exit status %d, stderr %q; want 1, %q", returned, got, &stderr, want)
		}
	}
}

// A program that is killed has printed the lines that it has finished.
func TestLines(t *testing.T) {
	var stdout, stderr strings.Builder
	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
	Run(flags, "", nil, &stdout, &stderr, func(w io.Writer) error {
		for _, step := range []struct{ print, want string }{
			{"one", ""}, {"\ntwo\nthr", "one\ntwo\nthr"}, {"ee", "one\ntwo\nthr"}, {"\n", "one\ntwo\nthree\n"},
		} {
			fmt.Fprint(w, step.print)
			if got := stdout.String(); got != step.want {
				t.Errorf("after %q stdout is %q, want %q", step.print, got, step.want)
			}
		}
		return nil
	})
}

// The usage is broken between two flags, before a line becomes longer than 80 columns.
func TestUsage(t *testing.T) {
	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
	for _, name := range []string{"a", "b", "c"} {
		flags.String(name, strings.Repeat(name, 28), "")
	}
	const want = "usage: prog [-a aaaaaaaaaaaaaaaaaaaaaaaaaaaa] " +
		"[-b bbbbbbbbbbbbbbbbbbbbbbbbbbbb]\n" +
		"       [-c cccccccccccccccccccccccccccc]"
	if diff := cmp.Diff(want, usage(flags)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	flags.Bool("cc", false, "")
	if got := usage(flags); got != want+" [-cc]" {
		t.Errorf("with a switch: %s", got)
	}
}

// What a flag is for goes on below where it begins.
func TestListFits(t *testing.T) {
	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
	flags.String("a", "", strings.Repeat("x", 70)+" y")
	flags.String("file", "", strings.Repeat("x", 67)+" y")
	want := "  -a      " + strings.Repeat("x", 70) + "\n          y\n" +
		"  -file   " + strings.Repeat("x", 67) + " y\n"
	if diff := cmp.Diff(want, list(flags)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A line may have 80 columns, but not 81.
func TestUsageFits(t *testing.T) {
	for n, lines := range map[int]int{63: 1, 64: 2} {
		flags := flag.NewFlagSet("prog", flag.ContinueOnError)
		flags.String("a", strings.Repeat("a", n), "")
		if got := usage(flags); strings.Count(got, "\n") != lines-1 {
			t.Errorf("a default of %d letters: %d columns in %d lines", n, len(got), lines)
		}
	}
}
