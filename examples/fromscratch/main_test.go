package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// stopped is a clock that leaves the times out of the output.
func stopped() time.Time { return time.Time{} }

// All numbers are made of + − × ÷ and √: the bytes are the same on every machine.
func TestGolden(t *testing.T) {
	for name, args := range map[string]string{
		"default": "-out pictures",
		"seed1":   "-out pictures -seed 1",
	} {
		t.Run(name, func(t *testing.T) {
			file, err := filepath.Abs(filepath.Join("testdata", name+".golden"))
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			got, err := golden.Run(file, golden.Exact, func(stdout, stderr io.Writer) int {
				return command(strings.Fields(args), stdout, stderr, stopped)
			})
			if err != nil {
				t.Error(err)
			}
			if err := golden.Pictures("pictures", got, 8); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewFolder(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var stdout, stderr strings.Builder
	if status := command(nil, &stdout, &stderr, time.Now); status != 0 {
		t.Fatalf("exit status %d, want 0; stderr: %s", status, &stderr)
	}
	_, after, _ := strings.Cut(stdout.String(), "== Pictures, in ")
	folder, _, _ := strings.Cut(after, "\n")
	if filepath.Dir(folder) != os.Getenv("TMPDIR") {
		t.Errorf("pictures are in %q, want a folder in %q", folder, os.Getenv("TMPDIR"))
	}
	if err := golden.Pictures(folder, stdout.String(), 8); err != nil {
		t.Error(err)
	}
	if !strings.Contains(stdout.String(), "\ntime, ms ") {
		t.Errorf("no times, with a clock:\n%s", &stdout)
	}
}

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const seed = `fromscratch: invalid value "%s" for flag -seed: ` +
		"want a whole number from 0 to 18446744073709551615"
	for _, test := range []struct {
		name, args string
		want       int
		stderr     string // its first line
	}{
		{"help", "-h", 0, ""},
		{"word for a seed", "-seed one", 2, fmt.Sprintf(seed, "one")},
		{"negative seed", "-seed -1", 2, fmt.Sprintf(seed, "-1")},
		{"2⁶⁴", "-seed 18446744073709551616", 2, fmt.Sprintf(seed, "18446744073709551616")},
		{"no such flag", "-rate 0.1", 2, "fromscratch: flag provided but not defined: -rate"},
		{"leftover", "7", 2, `fromscratch: argument 1 is "7", want nothing but flags, each ` +
			"with its value"},
		{"a file for a folder", "-out file", 1, "fromscratch: folder for pictures: mkdir file: " +
			"not a directory"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			if got := command(strings.Fields(test.args), &stdout, &stderr, stopped); got != test.want {
				t.Errorf("exit status %d, want %d", got, test.want)
			}
			first, _, _ := strings.Cut(stderr.String(), "\n")
			if diff := cmp.Diff(test.stderr, first); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
			if test.want == 2 && stdout.Len() > 0 {
				t.Errorf("a wrong flag prints %q, want nothing", &stdout)
			}
		})
	}
}
