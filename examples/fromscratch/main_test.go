package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// timed returns the program with this clock.
func timed(clock func() time.Time) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int {
		return command(args, stdout, stderr, clock)
	}
}

// stopped is a clock that stands still, which leaves the times out of the output.
func stopped() time.Time { return time.Time{} }

// All numbers are computed with + − × ÷ and √: the output is the same on every machine.
func TestGolden(t *testing.T) {
	for name, args := range map[string]string{
		"default": "-out pictures",
		"seed1":   "-out pictures -seed 1 -errors",
	} {
		t.Run(name, func(t *testing.T) {
			got := timed(stopped).Compare(t, args, name+".golden", golden.Exact)
			if err := golden.Pictures("pictures", got, 8); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewFolder(t *testing.T) {
	output, _ := timed(time.Now).NewFolder(t, "", 8)
	if !strings.Contains(output, "\ntime, ms ") {
		t.Errorf("no times, with a clock:\n%s", output)
	}
}

func TestShow(t *testing.T) {
	t.Chdir(t.TempDir())
	output := timed(stopped).Output(t, "-out pictures -show graph.html")
	const want = "\n\n== Graph, in graph.html (open it in a browser)\n\n== Pictures, "
	if !strings.Contains(output, want) {
		t.Errorf("%q is not in:\n%s", want, output)
	}
	if text, err := os.ReadFile("graph.html"); err != nil || !strings.Contains(string(text), "w21") {
		t.Errorf("%v, want a page with w21", err)
	}
}

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const seed = `fromscratch: invalid value "%s" for flag -seed: ` +
		"want a whole number from 0 to 18446744073709551615\nusage: "
	timed(stopped).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"word for a seed", "-seed one", 2, fmt.Sprintf(seed, "one")},
		{"negative seed", "-seed -1", 2, fmt.Sprintf(seed, "-1")},
		{"2⁶⁴", "-seed 18446744073709551616", 2, fmt.Sprintf(seed, "18446744073709551616")},
		{"no such flag", "-rate 0.1", 2, "fromscratch: flag provided but not defined: -rate\nusage: "},
		{
			"leftover", "7", 2,
			`fromscratch: argument 1 is "7", want only flags and their values` + "\nusage: ",
		},
		{
			"no folder for the graph", "-show no/x.svg", 1,
			"fromscratch: no/x.svg: there is no folder no to write the file in\n",
		},
		{
			"a file for a folder", "-out file", 1,
			"fromscratch: folder for pictures: mkdir file: not a directory\n",
		},
	})
}
