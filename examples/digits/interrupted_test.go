package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn/train"
)

// If training is interrupted, the network is evaluated, drawn and saved as it is then, and the steps
// so far are exported.
func TestInterrupted(t *testing.T) {
	for _, test := range []struct {
		name     string
		batches  int
		epochs   string // in the last row
		want     string // where it is interrupted
		pictures int
	}{
		{"after one batch", 1, "0.07692", "in epoch 1 of 60, after batch 1 of 13", 7},
		{"in an epoch", 30, "2.308", "in epoch 3 of 60, after batch 4 of 13", 7},
		{"between epochs", 39, "3", "after epoch 3 of 60", 7},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			steps := filepath.Join(folder, "steps.json")
			ctx := golden.Countdown(t.Context(), 1+test.batches) // Err is also called once after reading the data
			out := digits(ctx).Output(t, "-train 200 -hidden 10 -out "+folder+" -export "+steps)
			want := "\ninterrupted " + test.want + "\n"
			if !strings.Contains(out, want) {
				t.Errorf("%q is not in:\n%s", want, out)
			}
			before, _, _ := strings.Cut(out, want)
			rows := regexp.MustCompile(`(?m)^ *([\d.]+) .* %$`).FindAllStringSubmatch(before, -1)
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

// checkSaved checks that the network in the file has the results that the last line of the output
// reports. The flags decide which images are held out.
func checkSaved(t *testing.T, file, flags, out string) {
	t.Helper()
	var cfg config
	if err := cfg.flags().Parse(strings.Fields(flags)); err != nil {
		t.Fatal(err)
	}
	d, err := cfg.read()
	if err != nil {
		t.Fatal(err)
	}
	net, err := cfg.Load(file, images(d))
	if err != nil {
		t.Fatal(err)
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	e, err := score.Evaluate(p, d.Test)
	want := fmt.Sprintf(" %d of %d images; loss %.4g", e.Right, e.All, e.Loss)
	if err != nil || !strings.HasSuffix(golden.LastLine(out), want) {
		t.Errorf("the last line is %q, %v, want it to end with%s, the results of the network in %s",
			golden.LastLine(out), err, want, file)
	}
}

// If the program is interrupted before the network has learnt anything, it overwrites no file, least
// of all one that holds a network.
func TestInterruptedAtOnce(t *testing.T) {
	for times, name := range []string{"while it reads", "before the first batch"} {
		t.Chdir(t.TempDir())
		if err := os.WriteFile("net.json", []byte("precious"), 0o644); err != nil {
			t.Fatal(err)
		}
		program := digits(golden.Countdown(t.Context(), times))
		_, stderr := program.Fails(t, quick+"-save net.json -export steps.json")
		if want := "digits: interrupted before the first batch, nothing is saved\n"; stderr != want {
			t.Errorf("%s: stderr is %q, want %q", name, stderr, want)
		}
		text, err := os.ReadFile("net.json")
		if _, none := os.Stat("steps.json"); err != nil || string(text) != "precious" || none == nil {
			t.Errorf("%s: net.json is %q, %v; steps.json is there: %t", name, text, err, none == nil)
		}
	}
}

// If cross-validation is interrupted, the finished folds count. Each fold takes 9 batches.
func TestInterruptedFolds(t *testing.T) {
	const args = "-folds 3 -train 200 -hidden 5 -epochs 1 -seed 4"
	whole := digits(t.Context()).Output(t, args)
	out := digits(golden.Countdown(t.Context(), 1+9+9+4)).Output(t, args)
	rows := regexp.MustCompile(`(?m)^ +[12] .* %$`)
	if got, want := rows.FindAllString(out, -1), rows.FindAllString(whole, -1); !slices.Equal(got, want) {
		t.Errorf("the first folds are %q, want %q", got, want)
	}
	if !strings.Contains(out, "\ninterrupted in fold 3\n") ||
		!strings.Contains(golden.LastLine(out), " of 133 images; ") {
		t.Errorf("want the accuracy of two folds, 133 images:\n%s", out)
	}
	_, stderr := digits(golden.Countdown(t.Context(), 3)).Fails(t, args)
	if want := "digits: interrupted in fold 1, before any fold was finished\n"; stderr != want {
		t.Errorf("stderr is %q, want %q", stderr, want)
	}
}

// A reader calls interrupt as soon as it has read a certain text.
type reader struct {
	strings.Builder
	enough    string
	interrupt context.CancelFunc
}

func (r *reader) Write(p []byte) (int, error) {
	n, err := r.Builder.Write(p)
	if strings.Contains(r.String(), r.enough) {
		r.interrupt()
	}
	return n, err
}

// Every row is printed as soon as it is known: a reader of the first row can interrupt the program
// before the next one.
func TestRowsCome(t *testing.T) {
	for _, test := range []struct{ args, row, want string }{
		{quick + "-out " + t.TempDir(), "\n      0 ", "digits: interrupted before the first batch"},
		{"-train 20 -hidden 3 -folds 2", "\n      1 ", "\ninterrupted in fold 2\n"},
	} {
		ctx, interrupt := context.WithCancel(t.Context())
		stdout, stderr := reader{enough: test.row, interrupt: interrupt}, strings.Builder{}
		_ = command(ctx, strings.Fields(test.args), &stdout, &stderr)
		if !strings.Contains(stdout.String()+stderr.String(), test.want) {
			t.Errorf("digits %s: the reader of the row %q cannot prevent the next one:\n%s%s",
				test.args, test.row, &stdout, &stderr)
		}
	}
}

// Training goes on with a loaded network, which is then saved under another name.
func TestContinue(t *testing.T) {
	t.Chdir(t.TempDir())
	const flags = "-train 200 -epochs 3 -out p "
	first := digits(t.Context()).Output(t, flags+"-hidden 10 -save a.json")
	second := digits(t.Context()).Output(t, flags+"-load a.json -save b.json")
	checkSaved(t, "a.json", "-train 200 ", first)
	checkSaved(t, "b.json", "-train 200 ", second)
	evaluated := digits(t.Context()).Output(t, "-train 200 -epochs 0 -out p -load b.json")
	if golden.LastLine(evaluated) != golden.LastLine(second) {
		t.Errorf("evaluated alone it gets %q, want %q", golden.LastLine(evaluated), golden.LastLine(second))
	}
	epochs := regexp.MustCompile(`\n +([03])( .*)\n`)
	a, b := epochs.FindAllStringSubmatch(first, -1), epochs.FindAllStringSubmatch(second, -1)
	if a[1][1] != "3" || b[0][1] != "0" || a[1][2] != b[0][2] {
		t.Errorf("training ends with %q and goes on with %q, want the same", a[1][0], b[0][0])
	}
	for _, want := range []string{"64-10-10, ", ", loaded from a.json\n", "\n== Network, in b.json\n"} {
		if !strings.Contains(second, want) {
			t.Errorf("%q is not in:\n%s", want, second)
		}
	}
}

// A vanishing context removes a folder as soon as it is asked whether it is cancelled.
type vanishing struct {
	context.Context
	folder string
}

func (v vanishing) Err() error { return cmp.Or(os.RemoveAll(v.folder), v.Context.Err()) }

// If the network cannot be saved in the file of -save, it is saved beside the pictures.
func TestSaveFails(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("gone", 0o700); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := digits(vanishing{t.Context(), "gone"}).Fails(t, quick+"-save gone/net.json")
	if want := "no such file or directory\n"; !strings.HasSuffix(stderr, want) {
		t.Errorf("stderr is %q, want it to end with %q", stderr, want)
	}
	if want := "\n== Network, in p/digits.json\n"; !strings.Contains(stdout, want) {
		t.Errorf("%q is not in:\n%s", want, stdout)
	}
	checkSaved(t, "p/digits.json", "-train 20 ", stdout)
}
