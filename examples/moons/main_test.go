package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn"
)

// The points are computed with math.Sin and math.Cos, whose last bit differs between architectures,
// and the kernels under replay add in different orders. Training increases these differences to
// 1e-12 at most. But a number may then be rounded the other way, so that the last of its five
// printed digits differs by one, which is 1e-4 of the number if the first digit is 1.
const lastDigit = 1.01e-4

// moons returns the program with a context that can interrupt it.
func moons(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int {
		return command(ctx, args, stdout, stderr)
	}
}

func TestGolden(t *testing.T) {
	for _, test := range []struct{ name, file, args string }{
		{"default", "default", ""},
		{"without replay", "default", "-eager"},
		{
			"batches, every second epoch", "batches",
			"-seed 3 -points 31 -noise 0.2 -epochs 103 -batch 7 -rate 0.5 -alpha 0.01",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := "-out pictures " + test.args
			got := moons(t.Context()).Compare(t, args, test.file+".golden", golden.Within(lastDigit))
			const want = "accuracy: 100 %, 100 of 100 points; data loss 0.000162"
			if last := golden.LastLine(got); test.file == "default" && !strings.HasPrefix(last, want) {
				t.Errorf("the last line is %q, want it to begin with %q", last, want)
			}
			if err := golden.Pictures("pictures", got, 5); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewFolder(t *testing.T) {
	_, folder := moons(t.Context()).NewFolder(t, "-epochs 0", 3)
	if _, err := nn.Load(filepath.Join(folder, "moons.json")); err != nil {
		t.Error(err)
	}
}

// A loaded network is evaluated and drawn as the saved one was, and training goes on from there.
func TestLoad(t *testing.T) {
	t.Chdir(t.TempDir())
	trained := moons(t.Context()).Output(t, "-out a -epochs 20 -save net.json")
	if _, err := os.Stat("a/moons.json"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("moons.json is there beside net.json: %v", err)
	}
	evaluated := moons(t.Context()).Output(t, "-out b -epochs 0 -load net.json")
	if diff := cmp.Diff(golden.LastLine(trained), golden.LastLine(evaluated)); diff != "" {
		t.Errorf("last lines (-trained +loaded):\n%s", diff)
	}
	if err := golden.Pictures("b", evaluated, 3); err != nil { // there are no curves of a single epoch
		t.Error(err)
	}
	same(t, "a/5-boundary.png", "b/5-boundary.png")
	same(t, "net.json", "b/moons.json")

	continued := moons(t.Context()).Output(t, "-out c -epochs 20 -load net.json")
	if err := golden.Pictures("c", continued, 5); err != nil {
		t.Error(err)
	}
	_, want := rows(t, trained)
	first, last := rows(t, continued)
	if diff := cmp.Diff(want[1:], first[1:]); diff != "" {
		t.Errorf("training goes on elsewhere (-end +start):\n%s", diff)
	}
	if cmp.Equal(first[1:], last[1:]) {
		t.Errorf("training did not go on: %v", last)
	}
}

func same(t *testing.T, file, other string) {
	t.Helper()
	x, errX := os.ReadFile(file)
	y, errY := os.ReadFile(other)
	if errX != nil || errY != nil || string(x) != string(y) {
		t.Errorf("%s and %s differ: %v, %v", file, other, errX, errY)
	}
}

// rows returns the first and the last row of the table of epochs, as words.
func rows(t *testing.T, output string) (first, last []string) {
	t.Helper()
	_, table, ok := strings.Cut(output, "accuracy, %\n")
	if !ok {
		t.Fatalf("no table in:\n%s", output)
	}
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		if words := strings.Fields(line); len(words) == 4 {
			if first == nil {
				first = words
			}
			last = words
		}
	}
	return first, last
}
