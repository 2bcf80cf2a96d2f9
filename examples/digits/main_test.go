package main

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/tidy"
)

func TestMain(m *testing.M) { os.Exit(tidy.Main(m)) }

// lastDigit allows the last of the four digits of a loss to differ by one, which is 1e-3 of the number
// if its first digit is 1: math.Exp and the kernels under replay round differently on other machines,
// so that a printed number may be rounded the other way. Numbers with fewer digits, such as
// percentages, must be the same.
const lastDigit = 1.01e-3

// Without flags, the program is right for at least 97 % of the held-out images.
func TestDefault(t *testing.T) {
	args, file := "-out pictures -predict three.png", "default.golden"
	isShort := withRace || testing.Short() // an emulated machine takes minutes
	if isShort {
		args, file = args+" -epochs 2", "short.golden"
	}
	out := compare(t, file, args)
	if err := golden.Pictures("pictures", out, 7); err != nil {
		t.Error(err)
	}
	last := regexp.MustCompile(`\nheld-out accuracy: [\d.]+ %, (\d+) of 297 images; .*\n$`)
	m := last.FindStringSubmatch(out)
	if m == nil {
		t.Fatalf("the last line does not say what the accuracy is:\n%s", out)
	}
	if right, err := strconv.Atoi(m[1]); !isShort && (100*right < 97*297 || err != nil) {
		t.Errorf("%d of 297 images are right, %v, want at least 97 %%", right, err)
	}
}

func TestGolden(t *testing.T) {
	for _, test := range []struct{ file, args string }{
		{
			"other.golden", "-out pictures -train 300 -split 7 -seed 3 -hidden 20,10 -activation tanh " +
				"-epochs 5 -batch 100 -rate 0.02 -beta1 0.8 -beta2 0.99 -epsilon 1e-6 -decay 0.01",
		},
		{"folds.golden", "-folds 3 -train 200 -hidden 10 -epochs 4"},
		{
			"conv.golden", "-conv -out pictures -train 200 -seed 2 -filters 4,6 -dropout 0.1 -epochs 3 -rate 0.02",
		},
		{"linear.golden", "-out pictures -train 100 -hidden= -epochs 0"},
	} {
		t.Run(test.file, func(t *testing.T) { compare(t, test.file, test.args) })
	}
}

// compare runs the program in a new folder, where it finds three.png, and compares what it prints
// with a file in testdata.
func compare(t *testing.T, file, args string) string {
	t.Helper()
	three, err := os.ReadFile("three.png")
	if err != nil {
		t.Fatal(err)
	}
	program := golden.Program(func(args []string, stdout, stderr io.Writer) int {
		if err := os.WriteFile("three.png", three, 0o644); err != nil {
			t.Error(err)
		}
		return command(t.Context(), args, stdout, stderr)
	})
	return program.Compare(t, args, file, golden.Within(lastDigit))
}

// digits returns the program with a context that can interrupt it.
func digits(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int {
		return command(ctx, args, stdout, stderr)
	}
}

// The outputs in the README are outputs of the program.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var output string
	for _, file := range []string{"default.golden", "convolution.golden"} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		output += string(text)
	}
	blocks := strings.Split(string(readme), "\n```\n")
	if len(blocks) < 7 || len(blocks)%2 == 0 {
		t.Fatalf("%d lines of ```, want six or more, two for a block", len(blocks)-1)
	}
	for i := 1; i < len(blocks); i += 2 {
		if !strings.Contains(output, blocks[i]+"\n") {
			t.Errorf("the program does not print\n%s", blocks[i])
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([\w./-]+)\)`).FindAllStringSubmatch(string(readme), -1) {
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("the README refers to %s: %v", m[1], err)
		}
	}
}

// The package comment names every flag and its default, and no other flags.
func TestPackageComment(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	comment, _, _ := strings.Cut(string(source), "\npackage main\n")
	var cfg config
	documented := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^//\t-(\S+) +(\S+) `).FindAllStringSubmatch(comment, -1) {
		documented[m[1]] = m[2]
	}
	cfg.flags().VisitAll(func(f *flag.Flag) {
		want := f.DefValue
		if want == "" {
			want = `""`
		}
		if got := documented[f.Name]; got != want {
			t.Errorf("-%s: the comment says that its default is %q, want %q", f.Name, got, want)
		}
		delete(documented, f.Name)
	})
	if len(documented) > 0 {
		t.Errorf("the comment names flags that do not exist: %v", documented)
	}
}
