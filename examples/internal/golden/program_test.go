package golden

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ends returns a program that writes these texts, whatever its arguments, and ends with this
// status.
func ends(status int, stdout, stderr string) Program {
	return func(_ []string, out, err io.Writer) int {
		fmt.Fprint(out, stdout)
		fmt.Fprint(err, stderr)
		return status
	}
}

func TestCheck(t *testing.T) {
	wide := strings.Repeat("w", 81)
	for _, test := range []struct {
		name    string
		status  int    // wanted
		stderr  string // wanted
		program Program
		err     string
	}{
		{"success", 0, "", ends(0, "out", ""), ""},
		{"how stderr begins", 1, "prog: no file", ends(1, "out", "prog: no file x\n"), ""},
		{"all of stderr", 1, "prog: no file\n", ends(1, "out", "prog: no file\n"), ""},
		{"wrong flag", 2, "prog: ", ends(2, "", "prog: flag"), ""},
		{"a wide line", 0, "", ends(0, wide, ""), "this line has 81 columns, want at most 80: " + wide},
		{
			"a wide error", 2, "prog: no " + wide, ends(2, "", "prog: no "+wide),
			`stderr is "prog: no ` + wide + "\", want it broken into lines:\nprog: no\n    " + wide,
		},
		{"a broken error", 2, "prog: no " + wide + "\nusage", ends(2, "", "prog: no\n    "+wide+"\nusage"), ""},
		{"another status", 1, "", ends(0, "", ""), "exit status 0, want 1"},
		{"another error", 1, "prog: a", ends(1, "", "prog: b"), `stderr is "prog: b", want "prog: a"`},
		{"more than all", 2, "a\n", ends(2, "", "a\nb"), `stderr is "a\nb", want "a\n"`},
		{"an error too many", 0, "", ends(0, "", "oh"), `stderr is "oh", want ""`},
		{
			"wrong flag, and output", 2, "x", ends(2, "hello", "x"),
			`an argument is wrong, but the program prints "hello", want nothing`,
		},
		{
			"all at once", 2, "x", ends(1, "y", "z"), "exit status 1, want 2\n" +
				"stderr is \"z\", want \"x\"\n" +
				`an argument is wrong, but the program prints "y", want nothing`,
		},
	} {
		got := ""
		if err := check(test.program, Call{Status: test.status, Stderr: test.stderr}); err != nil {
			got = err.Error()
		}
		if got != test.err {
			t.Errorf("%s: error %q, want %q", test.name, got, test.err)
		}
	}
}

func TestWorkedOrRefused(t *testing.T) {
	for _, test := range []struct {
		status         int
		stdout, stderr string
		ok             bool
	}{
		{0, "out", "", true},
		{0, "out", "warning", false},
		{1, "", "no such file", true},
		{2, "", "usage", true},
		{1, "out", "no such file", false},
		{1, "", "", false},
	} {
		if err := workedOrRefused(test.status, test.stdout, test.stderr); (err == nil) != test.ok {
			t.Errorf("%+v: error %v", test, err)
		}
	}
}

// Every two flags are tried once, in the order in which they are given, or only neighbours.
func TestPairs(t *testing.T) {
	for wanted, want := range map[string][]string{
		"1": {"-a 1 -b -c 2", "-a 1 -b -d", "-a 1 -c 2 -d"},
		"":  {"-a 1 -b -c 2", "-a 1 -c 2 -d"},
	} {
		t.Setenv("GRADUS_SLOW", wanted)
		var got []string
		p := Program(func(args []string, _, _ io.Writer) int {
			got = append(got, strings.Join(args, " "))
			return 0
		})
		p.Pairs(t, "-a 1", "-b", "-c 2", "-d")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("GRADUS_SLOW=%s: calls (-want +got):\n%s", wanted, diff)
		}
	}
}

func TestFails(t *testing.T) {
	stdout, stderr := ends(1, "a\nb\n", "prog: no\n").Fails(t, "")
	if stderr != "prog: no\n" || LastLine(stdout) != "b" || LastLine("b") != "b" {
		t.Errorf("stdout %q, stderr %q; want the last line b, and the error", stdout, stderr)
	}
}

// The arguments of a call are its words.
func TestArguments(t *testing.T) {
	var got []string
	echo := Program(func(args []string, stdout, _ io.Writer) int {
		got = args
		fmt.Fprint(stdout, "printed")
		return 0
	})
	if out := echo.Output(t, " -a  1 -b= "); out != "printed" || fmt.Sprintf("%q", got) != `["-a" "1" "-b="]` {
		t.Errorf("arguments %q, output %q; want -a, 1 and -b=, and \"printed\"", got, out)
	}
	echo.Calls(t, []Call{{Name: "a call", Args: "-c 2"}})
	if fmt.Sprint(got) != "[-c 2]" {
		t.Errorf("arguments %q, want -c and 2", got)
	}
}
