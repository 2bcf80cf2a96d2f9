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

const help = `usage: prog [-n 3] [-out folder]
  -n      a whole number
  -out    folder to write into
`

func TestRun(t *testing.T) {
	for _, test := range []struct {
		name, args     string
		err            error // of run
		want           int
		stdout, stderr string
	}{
		{"no flags", "", nil, 0, "n = 3", ""},
		{"a flag", "-n 4", nil, 0, "n = 4", ""},
		{"help", "-n 4 -h", nil, 0, help, ""},
		{"run fails", "", errors.New("no such thing"), 1, "n = 3", "prog: no such thing\n"},
		{"no number", "-n x", nil, 2, "", `prog: invalid value "x" for flag -n: parse error` + "\n" + help},
		{"unknown", "-m 3", nil, 2, "", "prog: flag provided but not defined: -m\n" + help},
		{"no value", "-n", nil, 2, "", "prog: flag needs an argument: -n\n" + help},
		{"leftover", "-n 4 5 -n 6", nil, 2, "", `prog: argument 3 is "5", want nothing but flags, ` +
			"each with its value\n" + help},
	} {
		t.Run(test.name, func(t *testing.T) {
			flags := flag.NewFlagSet("prog", flag.ContinueOnError)
			n := flags.Int("n", 3, "a whole number")
			flags.String("out", "", "`folder` to write into")
			var stdout, stderr strings.Builder
			got := Run(flags, strings.Fields(test.args), &stdout, &stderr, func(w io.Writer) error {
				fmt.Fprintf(w, "n = %d", *n)
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

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputFails(t *testing.T) {
	var stderr strings.Builder
	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
	got := Run(flags, nil, fullDisk{}, &stderr, func(w io.Writer) error {
		fmt.Fprint(w, strings.Repeat("x", 10_000))
		return nil
	})
	if want := "prog: no space left on device\n"; got != 1 || stderr.String() != want {
		t.Errorf("exit status %d, stderr %q; want 1, %q", got, &stderr, want)
	}
}
