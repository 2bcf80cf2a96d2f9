package main

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/tidy"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/data"
	"github.com/gradus-go/gradus/nn/train"
)

func TestMain(m *testing.M) { os.Exit(tidy.Main(m)) }

// penguinsIn returns the program with a context that can interrupt it.
func penguinsIn(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int { return command(ctx, args, stdout, stderr) }
}

// Every error begins with the name of the program, those of package flag as well.
func TestFlags(t *testing.T) {
	const usage = "usage: penguins [-out folder]\n"
	penguinsIn(t.Context()).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"no such flag", "-in x", 2, "penguins: flag provided but not defined: -in\n" + usage},
		{"no folder", "-out", 2, "penguins: flag needs an argument: -out\n" + usage},
		{"an argument", "x y", 2, `penguins: got ["x" "y"], want no arguments but flags` + "\n" + usage},
		{"a file for a folder", "-out main.go", 1, "penguins: mkdir main.go: not a directory\n"},
	})
}

func TestGolden(t *testing.T) {
	penguinsIn(t.Context()).Compare(t, "-out files", "default.golden", golden.Exact)
	for _, file := range []string{"loss.png", "boundary.png"} {
		if info, err := os.Stat(filepath.Join("files", file)); err != nil || info.Size() < 10_000 {
			t.Errorf("%s: %v, error %v, want a picture", file, info, err)
		}
	}
}

// What the program has saved classifies a penguin by its measures in millimetres.
func TestSaved(t *testing.T) {
	folder := t.TempDir()
	penguinsIn(t.Context()).Output(t, "-out "+folder)
	net, err := nn.Load(filepath.Join(folder, "network.json"))
	if err != nil {
		t.Fatal(err)
	}
	scale, err := data.LoadScaler(filepath.Join(folder, "scale.json"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	y, err := scale.Before(p.Predict)([][]float64{{38, 19}, {50, 19}, {47, 14}})
	if err != nil {
		t.Fatal(err)
	}
	for i, class := range y {
		if largest := max(class[0], class[1], class[2]); class[i] != largest {
			t.Errorf("a typical %s is not recognised: outputs %v", scale.Classes[i], class)
		}
	}
	// The mean bill of the 342 penguins is 43.92 mm long and 17.15 mm deep; the training rows are 60 % of them.
	if math.Abs(scale.Mean[0]-43.92) > 1 || math.Abs(scale.Mean[1]-17.15) > 0.5 {
		t.Errorf("the means are %v, want about 43.92 and 17.15", scale.Mean)
	}
}

// A program that is interrupted before the end of the first epoch has nothing to draw.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, stderr := penguinsIn(ctx).Fails(t, "-out "+t.TempDir())
	const want = "penguins: train: stopped before batch 1 of 13 of epoch 1: context canceled"
	if !strings.Contains(stderr, want) {
		t.Errorf("stderr is %q, want %q", stderr, want)
	}
}

// The program has at most 60 lines from the file to the boundary, and the README shows what it prints.
func TestReadme(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(source), "func run(")
	if n := strings.Count(body, "\n"); n > 60 {
		t.Errorf("run has %d lines, want at most 60", n)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/default.golden")
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(string(golden), "\nFiles are")
	if !strings.Contains(string(readme), "```\n"+table+"```\n") {
		t.Error("README.md does not show what the program prints")
	}
	for _, picture := range regexp.MustCompile(`\]\((\S+\.png)\)`).FindAllStringSubmatch(string(readme), -1) {
		if _, err := os.Stat(picture[1]); err != nil {
			t.Error(err)
		}
	}
}
