package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

func TestTable(t *testing.T) {
	var stdout, stderr strings.Builder
	if got := command([]string{"-rows", "1-1-1", "-time", "1us"}, &stdout, &stderr); got != 0 {
		t.Fatalf("exit status %d: %s", got, stderr.String())
	}
	for _, want := range []string{
		`^    go run (-ldflags=.* )?./bench/table -rows 1-1-1 -time 1us\n\n`,
		`cores, .*, go1.*(Python|are missing: apt-get install python3-numpy libopenblas0-serial python3-torch)`,
		`\n\| 1-1-1 \| plain Go( \| [0-9.e+]+){4} \| 1.00 \|\n`,
		`\n\| 1-1-1 \| eager( \| [0-9.e+]+){5} \|\n`,
	} {
		if !regexp.MustCompile("(?s)" + want).MatchString(stdout.String()) {
			t.Errorf("output lacks %q:\n%s", want, stdout.String())
		}
	}
}

func TestPlot(t *testing.T) {
	var stdout, stderr strings.Builder
	file := filepath.Join(t.TempDir(), "growth.svg")
	args := []string{"-rows", "depth", "-time", "1us", "-plot", file}
	if got := command(args, &stdout, &stderr); got != 0 {
		t.Fatalf("exit status %d: %s", got, stderr.String())
	}
	if want := "| ns per multiply-add at depth | 1 | 2 | 4 |"; !strings.Contains(stdout.String(), want) {
		t.Errorf("output lacks %q:\n%s", want, stdout.String())
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestFlags(t *testing.T) {
	const (
		help  = "Table measures how long "
		wrong = "table: invalid value "
		plot  = "-rows depth -time 1us -plot "

		duration = "want a duration of more than 0, such as 50ms\n"
	)
	for _, test := range []struct {
		name, args     string
		want           int
		stdout, stderr string // what stdout contains, and how stderr begins
	}{
		{"help", "-h", 0, help, ""},
		{"help names the rows", "-h", 0, "\n  rows:    1-1-1 2-3-3-2 ", ""},
		{
			"no such row", "-rows 1-1-1,2", 2, "",
			wrong + `"1-1-1,2" for flag -rows: there is no "2", want all, or some of 1-1-1,`,
		},
		{"no row", "-rows=", 2, "", wrong + `"" for flag -rows: there is no "", want all, or some of `},
		{"no time", "-time 0s", 2, "", wrong + `"0s" for flag -time: ` + duration},
		{"time without a unit", "-time 5", 2, "", wrong + `"5" for flag -time: ` + duration},
		{
			"nothing to draw", "-rows 1-1-1 -plot a.svg", 2, "",
			"table: -plot draws growth, want at least one of width, depth, batch in -rows\n",
		},
		{"no picture", plot + "a.gif", 2, "", "table: -plot: a.gif: the ending is \".gif\", want .png or .svg\n"},
		{
			"nowhere", plot + "no/a.svg", 2, "",
			"table: -plot: no/a.svg: there is no folder no to write the file in\n",
		},
		{"leftover", "all", 2, "", `table: argument 1 is "all", want only flags and their values`},
		{"unknown", "-x", 2, "", "table: flag provided but not defined: -x\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			got := command(strings.Fields(test.args), &stdout, &stderr)
			if got != test.want || !strings.Contains(stdout.String(), test.stdout) ||
				!strings.HasPrefix(wrap.Unbroken(stderr.String()), test.stderr) {
				t.Errorf("exit status %d, want %d\nstdout: %s\nstderr: %s",
					got, test.want, stdout.String(), stderr.String())
			}
			if got == 2 && stdout.Len() > 0 {
				t.Errorf("a flag is wrong, but the program prints %s", stdout.String())
			}
		})
	}
}

// What a flag shows as its value is what sets it to that value.
func TestFlagValues(t *testing.T) {
	names, d := []string{"a", "b", "c"}, 50*time.Millisecond
	for _, test := range []struct {
		v     flag.Value
		texts []string
	}{
		{list{&names, []string{"a", "b", "c"}}, []string{"all", "a", "c,a", "a,b,c=all", "b,b"}},
		{(*turn)(&d), []string{"50ms", "1.5s", "1h=1h0m0s"}},
	} {
		if got := test.v.String(); got != test.texts[0] {
			t.Errorf("%s at first, want %s", got, test.texts[0])
		}
		for _, text := range test.texts {
			text, want, otherwise := strings.Cut(text, "=")
			if !otherwise {
				want = text
			}
			if err := test.v.Set(text); err != nil || test.v.String() != want {
				t.Errorf("%s: %v, error %v, want %s", text, test.v, err, want)
			}
		}
	}
}
