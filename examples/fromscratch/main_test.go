package main

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

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
			var stdout, stderr strings.Builder
			if status := command(strings.Fields(args), &stdout, &stderr, stopped); status != 0 {
				t.Fatalf("exit status %d, want 0; stderr: %s", status, &stderr)
			}
			got := stdout.String()
			for line := range strings.Lines(got) {
				if n := utf8.RuneCountInString(line); n > 120 {
					t.Errorf("%d columns do not fit in a terminal: %s", n, line)
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("output differs from %s (-want +got):\n%s", file, diff)
			}
			checkPictures(t, "pictures", got)
		})
	}
}

// checkPictures tests that the folder holds the eight pictures that the output names.
func checkPictures(t *testing.T, folder, output string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 8 {
		t.Fatalf("%d pictures (%v), want 8: %v", len(files), err, files)
	}
	for _, file := range files {
		if !strings.Contains(output, "\n"+filepath.Base(file)+" ") {
			t.Errorf("the output does not name %s", file)
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.DecodeConfig(f)
		_ = f.Close()
		if err != nil || picture.Width != 960 || picture.Height != 540 {
			t.Errorf("%s: %d×%d, %v; want 960×540", file, picture.Width, picture.Height, err)
		}
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
	checkPictures(t, folder, stdout.String())
	if !strings.Contains(stdout.String(), "\ntime, ms ") {
		t.Errorf("no times, with a clock:\n%s", &stdout)
	}
}

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const seed = `fromscratch: invalid value "%" for flag -seed: `
	for _, test := range []struct {
		name, args string
		want       int
		stderr     string // its first line
	}{
		{"help", "-h", 0, ""},
		{"word for a seed", "-seed one", 2, strings.Replace(seed, "%", "one", 1) + "parse error"},
		{"negative seed", "-seed -1", 2, strings.Replace(seed, "%", "-1", 1) + "parse error"},
		{"2⁶⁴", "-seed 18446744073709551616", 2, strings.Replace(seed, "%", "18446744073709551616", 1) +
			"value out of range"},
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
