package golden

import (
	"fmt"
	"io"
	"testing"
)

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		name                     string
		want                     int
		stderr                   string // that is wanted
		status                   int
		stdoutWritten, stderrWas string
		err                      string
	}{
		{"fine", 0, "", 0, "out", "", ""},
		{"as expected", 1, "prog: no file", 1, "out", "prog: no file x", ""},
		{"wrong flag", 2, "prog: ", 2, "", "prog: flag", ""},
		{"other status", 1, "", 0, "", "", "exit status 0, want 1"},
		{"other words", 1, "prog: a", 1, "", "prog: b", `stderr is "prog: b", want "prog: a"`},
		{"words too many", 0, "", 0, "", "oh", `stderr is "oh", want ""`},
		{"a chatty wrong flag", 2, "x", 2, "hello", "x", `a wrong flag prints "hello", want nothing`},
		{"all of it", 2, "x", 1, "y", "z", "exit status 1, want 2\n" +
			"stderr is \"z\", want \"x\"\na wrong flag prints \"y\", want nothing"},
	} {
		out, err := Status(test.want, test.stderr, func(stdout, stderr io.Writer) int {
			fmt.Fprint(stdout, test.stdoutWritten)
			fmt.Fprint(stderr, test.stderrWas)
			return test.status
		})
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != test.err || out != test.stdoutWritten {
			t.Errorf("%s: %q, error %q, want %q and %q", test.name, out, got, test.stdoutWritten, test.err)
		}
	}
}
