package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	t.Chdir("../..")
	plot := filepath.Join(t.TempDir(), "names.svg")
	var stdout, stderr strings.Builder
	args := []string{"-rounds", "1", "-python-steps", "1", "-plot", plot}
	if got := command(args, &stdout, &stderr); got != 0 {
		t.Fatalf("exit status %d: %s", got, stderr.String())
	}
	for _, want := range []string{
		`^    go run ./bench/names -rounds 1 -python-steps 1 -plot `,
		`cores, .*, go1.*(Python|are missing: apt-get install )`,
		`\n\| gradus \| 1000 \| [0-9.]+ \| [0-9.]+ \| 1 \|\n`,
		`\n\| gradus, exact \| 1000 \| [0-9.]+ \| – \| [0-9.e+]+ \|\n`,
		`\n\| gradus, eager \| 1000 \| [0-9.]+ \| – \| [0-9.e+]+ \|\n`,
		`\n\| plain Python \| 1 \| [0-9.e+]+ \| [0-9.e+]+ \| [0-9.e+]+ \|\n|Python and PyTorch are missing`,
	} {
		if !regexp.MustCompile("(?s)" + want).MatchString(stdout.String()) {
			t.Errorf("output lacks %q:\n%s", want, stdout.String())
		}
	}
	if picture, err := os.ReadFile(plot); err != nil || !bytes.Contains(picture, []byte("<svg")) {
		t.Errorf("no picture: %v", err)
	}
}

func TestReport(t *testing.T) {
	variants := []variant{{name: "gradus", steps: 1000}, {"plain Python", nil, 10, true}}
	got := report(config{rounds: 5}, "Python", variants, []result{{0.05, 0}, {250, 250}})
	_, got, _ = strings.Cut(got, "\nEvery")
	want := ` time is the shortest of 5.

| variant | steps measured | CPU s for 1,000 steps | of them training | ratio to gradus |
|---|--:|--:|--:|--:|
| gradus | 1000 | 0.05 | – | 1 |
| plain Python | 10 | 250 | 250 | 5000 |
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// Other losses than those of the original are an error, and so is output without losses.
func TestOtherLosses(t *testing.T) {
	want := make([]float64, steps)
	for i := range want {
		want[i] = 2
	}
	for _, test := range []struct {
		name, program string
		reports       bool
		fails         string
	}{
		{"right", "printf '2\n2\n0.5\n'", true, ""},
		{"another loss", "printf '2\n2.00000001\n0.5\n'", true, "the loss of step 2 is 2.00000001, want 2"},
		{"NaN", "printf 'NaN\n2\n0.5\n'", true, "the loss of step 1 is NaN, want 2"},
		{"fewer", "printf '2\n0.5\n'", true, "it prints 2 numbers, want 2 losses and a time"},
		{"words", "echo two", true, "invalid syntax"},
		{"a table", "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i 2.0000 –; done", false, ""},
		{
			"a wrong row", "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i 2.0001 –; done", false,
			"the loss of step 1 is 2.0001, want 2.0000",
		},
		{"no table", "echo", false, "it prints no table of losses"},
		{"fails", "echo no >&2; exit 3", false, "exit status 3: no"},
	} {
		r, err := variant{test.name, []string{"sh", "-c", test.program}, 2, test.reports}.run(want)
		if (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
			t.Errorf("%s: the error is %v, want %q", test.name, err, test.fails)
		}
		if err == nil && test.reports && (r != result{0.5, 0.5}) {
			t.Errorf("%s: %v, want the 0.5 s that it prints", test.name, r)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, test := range []struct {
		args           string
		want           int
		stdout, stderr string // how they begin
	}{
		{"-h", 0, "usage: names [-plot file] [-python-steps 10] [-rounds 5]\n\nNames measures how long ", ""},
		{"-rounds 0", 2, "", `names: invalid value "0" for flag -rounds: want a whole number from 1 to 1000`},
		{"-python-steps 1001", 2, "", `names: invalid value "1001" for flag -python-steps: want a whole number`},
		{"-plot a.gif", 2, "", `names: -plot: a.gif: the ending is ".gif", want .png or .svg`},
		{"-plot no/a.svg", 2, "", "names: -plot: no/a.svg: there is no folder no to write the file in\n"},
		{"all", 2, "", `names: argument 1 is "all", want only flags and their values`},
		{"-rounds 1", 1, "", "names: open examples/gpt/testdata/names2018.txt: no such file or directory: want\n"},
	} {
		var stdout, stderr strings.Builder
		got := command(strings.Fields(test.args), &stdout, &stderr)
		if got != test.want || !strings.HasPrefix(stdout.String(), test.stdout) ||
			!strings.HasPrefix(stderr.String(), test.stderr) {
			t.Errorf("%s: exit status %d, want %d; stdout %q, stderr %q",
				test.args, got, test.want, stdout.String(), stderr.String())
		}
	}
}
