package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var stdout, stderr strings.Builder
	if got := command([]string{"-rows", "1-1-1", "-time", "1us"}, &stdout, &stderr); got != 0 {
		t.Fatalf("exit status %d: %s", got, stderr.String())
	}
	for _, want := range []string{
		`^    go run ./bench/table -rows 1-1-1 -time 1us\n\n`,
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
	if want := "| ns by multiply-add, depth | 1 | 2 | 4 |"; !strings.Contains(stdout.String(), want) {
		t.Errorf("output lacks %q:\n%s", want, stdout.String())
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestFlags(t *testing.T) {
	for _, test := range []struct {
		name, args     string
		want           int
		stdout, stderr string
	}{
		{"help", "-h", 0, "-plot file", ""},
		{"no such row", "-rows 1-1-1,2", 2, "", `table: -rows: there is no "2", want some of 1-1-1,`},
		{"no time", "-time 0s", 2, "", "table: -time is 0s, want more than 0\n"},
		{"nothing to draw", "-rows 1-1-1 -plot a.svg", 2, "", "table: -plot draws growth, want one of"},
		{"no picture", "-plot a.gif", 2, "", "table: -plot: a.gif ends in \".gif\", want .png or .svg\n"},
		{"nowhere", "-plot no/a.svg", 2, "", "table: -plot: there is no folder no, want one to write"},
		{"leftover", "all", 2, "", "table: argument \"all\" is no flag, want nothing but flags\n"},
		{"unknown", "-x", 2, "", "table: flag provided but not defined: -x\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			got := command(strings.Fields(test.args), &stdout, &stderr)
			if got != test.want || !strings.Contains(stdout.String(), test.stdout) ||
				!strings.HasPrefix(stderr.String(), test.stderr) {
				t.Errorf("exit status %d, want %d\nstdout: %s\nstderr: %s",
					got, test.want, stdout.String(), stderr.String())
			}
		})
	}
}
