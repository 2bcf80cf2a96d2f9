package main

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// Whoever interrupts training gets the network as it is then: evaluated, drawn, saved, and
// exported as far as it came.
func TestInterrupted(t *testing.T) {
	for _, test := range []struct {
		name                string
		batches             int
		interrupted, epochs string
		pictures            int
	}{
		{"at once", 0, "1 of 13 of epoch 1", "0", 5},
		{"in an epoch", 30, "5 of 13 of epoch 3", "2.308", 7},
		{"between epochs", 39, "1 of 13 of epoch 4", "3", 7},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			steps := filepath.Join(folder, "steps.json")
			ctx := golden.Countdown(t.Context(), test.batches)
			out := succeed(ctx, t, "-train 200 -hidden 10 -out "+folder+" -export "+steps)
			want := "\ninterrupted: train: stopped before batch " + test.interrupted + ": "
			if !strings.Contains(out, want) {
				t.Errorf("%q is not in:\n%s", want, out)
			}
			before, _, _ := strings.Cut(out, want)
			rows := regexp.MustCompile(`(?m)^ +([\d.]+) .* %$`).FindAllStringSubmatch(before, -1)
			if len(rows) == 0 || rows[len(rows)-1][1] != test.epochs {
				t.Errorf("the last row is %q, want epoch %s in:\n%s", rows, test.epochs, out)
			}
			if err := golden.Pictures(folder, out, test.pictures); err != nil {
				t.Error(err)
			}
			checkSaved(t, filepath.Join(folder, "digits.json"), "-train 200 ", out)
			if n := len(readExport(t, steps).Steps); n != test.batches {
				t.Errorf("%d steps exported, want %d", n, test.batches)
			}
		})
	}
}

// checkSaved checks that the file is the network that the last line is about.
func checkSaved(t *testing.T, file, flags, out string) {
	t.Helper()
	again := succeed(t.Context(), t, flags+"-epochs 0 -load "+file+" -out "+t.TempDir())
	if last(again) != last(out) {
		t.Errorf("the loaded network gets %q, want %q", last(again), last(out))
	}
}

func last(out string) string {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	return lines[len(lines)-1]
}

// A reader is who interrupts the program when he has read enough.
type reader struct {
	strings.Builder
	enough    string
	interrupt context.CancelFunc
}

func (r *reader) Write(p []byte) (int, error) {
	if strings.Contains(string(p), r.enough) {
		r.interrupt()
	}
	return r.Builder.Write(p)
}

// The rows of epochs can be read as soon as they are there, and not at the end.
func TestRowsCome(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	stdout, stderr := reader{enough: "\n      0 ", interrupt: interrupt}, strings.Builder{}
	args := strings.Fields(quick + "-out " + t.TempDir())
	if status := command(ctx, args, &stdout, &stderr); status != 0 {
		t.Errorf("exit status %d, want 0; stderr: %s", status, &stderr)
	}
	if !strings.Contains(stdout.String(), "\ninterrupted: train: stopped before batch 1 of 2 of epoch 1") {
		t.Errorf("who reads the row of epoch 0 cannot prevent epoch 1:\n%s", &stdout)
	}
}

// A loaded network is trained further, and saved under another name.
func TestContinue(t *testing.T) {
	t.Chdir(t.TempDir())
	const flags = "-train 200 -epochs 3 -out p "
	first := succeed(t.Context(), t, flags+"-hidden 10 -save a.json")
	second := succeed(t.Context(), t, flags+"-load a.json -save b.json")
	checkSaved(t, "a.json", "-train 200 ", first)
	checkSaved(t, "b.json", "-train 200 ", second)
	epochs := regexp.MustCompile(`\n +([03])( .*)\n`)
	a, b := epochs.FindAllStringSubmatch(first, -1), epochs.FindAllStringSubmatch(second, -1)
	if a[1][1] != "3" || b[0][1] != "0" || a[1][2] != b[0][2] {
		t.Errorf("training ends with %q and goes on with %q, want the same", a[1][0], b[0][0])
	}
	for _, want := range []string{"64-10-10, ", " parameters, loaded from a.json\n", "\nb.json\n"} {
		if !strings.Contains(second, want) {
			t.Errorf("%q is not in:\n%s", want, second)
		}
	}
}

// If the network cannot be saved where it should, it is saved beside the pictures.
func TestSaveFails(t *testing.T) {
	t.Chdir(t.TempDir())
	name := strings.Repeat("x", 250) // too long for the temporary file that Save renames
	var stdout, stderr strings.Builder
	args := strings.Fields(quick + "-save " + name)
	if status := command(t.Context(), args, &stdout, &stderr); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	if want := "file name too long\n"; !strings.HasSuffix(stderr.String(), want) {
		t.Errorf("stderr is %q, want it to end with %q", &stderr, want)
	}
	if want := "\np/digits.json\n"; !strings.Contains(stdout.String(), want) {
		t.Errorf("%q is not in:\n%s", want, &stdout)
	}
	checkSaved(t, "p/digits.json", "-train 20 ", stdout.String())
}
