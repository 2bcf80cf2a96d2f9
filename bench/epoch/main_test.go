package main

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

func TestEpoch(t *testing.T) {
	var stdout, stderr strings.Builder
	if got := command([]string{"-images", "40", "-rounds", "1"}, &stdout, &stderr); got != 0 {
		t.Fatalf("exit status %d: %s", got, stderr.String())
	}
	for _, want := range []string{
		`^    go run ./bench/epoch -images 40 -rounds 1\n\n`,
		`cores, .*, go1.*(Python|are missing: apt-get install )`,
		`\n\nAn epoch has 40 images. Every time is the shortest of 1.\n\n`,
		`\n\| 1 \| plain Go( \| [0-9.e-]+){3} \| 1.00 \|\n`,
		`\n\| 32 \| gradus, 2 workers( \| [0-9.e-]+){4} \|\n`,
	} {
		if !regexp.MustCompile("(?s)" + want).MatchString(stdout.String()) {
			t.Errorf("output lacks %q:\n%s", want, stdout.String())
		}
	}
}

func TestReport(t *testing.T) {
	cfg := config{images: 60000, rounds: 5}
	got := report(cfg, "Python", []result{
		{"NumPy, 1 thread", ways[0], outcome{2619 * time.Millisecond, 0.25, 5}, 3.206},
	})
	_, got, _ = strings.Cut(got, "\nAn epoch")
	want := ` has 60000 images. Every time is the shortest of 5.

| batch | variant | s/epoch | ns/image | mean loss | ratio to plain Go |
|--:|---|--:|--:|--:|--:|
| 1 | NumPy, 1 thread | 2.62 | 43650 | 0.25000000 | 3.21 |
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// A full is a file on a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestDiskFull(t *testing.T) {
	t.Setenv("PYTHONHOME", t.TempDir()) // so that no Python starts, which takes seconds
	var stderr strings.Builder
	got := command([]string{"-images", "1", "-rounds", "1"}, full{}, &stderr)
	if got != 1 || stderr.String() != "epoch: disk full\n" {
		t.Errorf("exit status %d, want 1: %s", got, stderr.String())
	}
}

func TestFlags(t *testing.T) {
	const (
		wrong  = "epoch: invalid value "
		images = "want a whole number from 1 to 1000000\n"
		rounds = "want a whole number from 1 to 1000\n"
	)
	for _, test := range []struct {
		name, args     string
		want           int
		stdout, stderr string // how they begin
	}{
		{"help", "-h", 0, "usage: epoch [-images 60000] [-rounds 5]\n\nEpoch measures how long ", ""},
		{"no images", "-images 0", 2, "", wrong + `"0" for flag -images: ` + images},
		{"too many images", "-images 1000001", 2, "", wrong + `"1000001" for flag -images: ` + images},
		{"no rounds", "-rounds 0", 2, "", wrong + `"0" for flag -rounds: ` + rounds},
		{"too many rounds", "-rounds 1001", 2, "", wrong + `"1001" for flag -rounds: ` + rounds},
		{"leftover", "all", 2, "", `epoch: argument 1 is "all", want only flags and their values`},
		{"unknown", "-x", 2, "", "epoch: flag provided but not defined: -x\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			got := command(strings.Fields(test.args), &stdout, &stderr)
			if got != test.want || !strings.HasPrefix(stdout.String(), test.stdout) ||
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
