package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn"
)

// quick makes a run that takes little time, and whose pictures do not matter.
const quick = "-out p -train 20 -hidden 3 -epochs 1 "

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(os.WriteFile("file", nil, 0o644), os.MkdirAll("d/digits.json", 0o755)); err != nil {
		t.Fatal(err)
	}
	for name, units := range map[string][2]int{"9-10.json": {9, 10}, "64-2.json": {64, 2}, "ok.json": {64, 10}} {
		net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), units[0], nn.Dense{Units: units[1]})
		if err := net.Save(name); err != nil {
			t.Fatal(err)
		}
	}
	saveConvolution(t, "conv.json")
	wrong := func(value, flag, want string) string {
		return fmt.Sprintf("digits: invalid value %q for flag -%s: want %s\nusage: digits [-activation ReLU]",
			value, flag, want)
	}
	const shapes = "outputs, want 64 and 10, for images of 8×8 pixels in 10 classes; if it was trained " +
		"with others, -data must name their folder\n"
	program := golden.Program(func(args []string, stdout, stderr io.Writer) int {
		var out strings.Builder
		status := command(t.Context(), args, io.MultiWriter(&out, stdout), stderr)
		if status == 1 && out.Len() > 0 {
			t.Errorf("%q: a file is wrong, and the program prints %q first", args, &out)
		}
		return status
	})
	program.Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"a fine run", quick, 0, ""},
		{
			"all to train with", "-train 1797", 2,
			wrong("1797", "train", "a whole number from 1 to 1796"),
		},
		{
			"no split", "-split x", 2,
			wrong("x", "split", "a whole number from 0 to 18446744073709551615"),
		},
		{
			"no unit", "-hidden 10,0", 2,
			wrong("10,0", "hidden", "at most 9 whole numbers from 1 to 10000, with commas between them"),
		},
		{
			"no such activation", "-activation step", 2,
			wrong("step", "activation", "one of ReLU, tanh, sigmoid, softplus"),
		},
		{"too few epochs", "-epochs -1", 2, wrong("-1", "epochs", "a whole number from 0 to 100000")},
		{"empty batches", "-batch 0", 2, wrong("0", "batch", "a whole number from 1 to 10000")},
		{"no rate", "-rate 0", 2, wrong("0", "rate", "a number from 1e-09 to 1000")},
		{"no end to β₁", "-beta1 1", 2, wrong("1", "beta1", "a number from 0 to 0.999999")},
		{"no end to β₂", "-beta2 1", 2, wrong("1", "beta2", "a number from 0 to 0.999999")},
		{"no ε", "-epsilon 0", 2, wrong("0", "epsilon", "a number from 1e-30 to 1")},
		{"growth", "-decay -1", 2, wrong("-1", "decay", "a number from 0 to 1000")},
		{
			"no seed", "-seed -1", 2,
			wrong("-1", "seed", "a whole number from 0 to 18446744073709551615"),
		},
		{"too many folds", "-folds 101", 2, wrong("101", "folds", "a whole number from 0 to 100")},
		{
			"one file for two", "-save x/../y.json -export y.json", 2,
			"digits: -export and -save: y.json and x/../y.json are the same file, want different ones\nusage: ",
		},
		{
			"a network to overwrite", "-load ok.json -export ok.json", 2,
			"digits: -export and -load: ok.json and ok.json are the same file, want different ones\nusage: ",
		},
		{"a picture to overwrite", "-predict file -save file", 2, "digits: -save and -predict: file and file are "},
		{
			"two beside the pictures", "-out q -export q/digits.json", 2,
			"digits: -export and -out: q/digits.json and q/digits.json are the same file, want different ",
		},
		{
			"a picture and training", "-load ok.json -predict x.png -epochs 3", 2,
			"digits: -predict and -epochs exclude each other: with -load and -predict nothing is trained or ",
		},
		{
			"a picture and another file", "-load ok.json -predict x.png -save y.json", 2,
			"digits: -predict and -save exclude each other: ",
		},
		{
			"too many parameters", "-hidden 10000,10000", 1,
			"digits: hidden layers of [10000 10000] units make a network of 100760010 parameters, " +
				"want at most 4000000\n",
		},
		{
			"two kinds of layers", "-conv -hidden 3", 2,
			"digits: -conv and -hidden exclude each other: a convolution has filters in place of hidden ",
		},
		{
			"its activation is ReLU", "-activation ReLU -conv", 2,
			"digits: -conv and -activation exclude each other: ",
		},
		{
			"filters of an MLP", "-filters 3", 2,
			"digits: -filters is set, but only a convolution has that, want -conv, too\nusage: ",
		},
		{"dropout in an MLP", "-dropout 0.5", 2, "digits: -dropout is set, but only a convolution has that, "},
		{
			"no filter", "-conv -filters 3,0", 2,
			wrong("3,0", "filters", "at most 9 whole numbers from 1 to 1000, with commas between them"),
		},
		{"nothing left", "-conv -dropout 1", 2, wrong("1", "dropout", "a number from 0 to 0.999")},
		{
			"no filters", "-conv -filters=", 1,
			"digits: there are no filters, want at least one layer of them\n",
		},
		{
			"too many layers", "-conv -filters 1,1,1,1,1", 1,
			"digits: images of 8×8 pixels are too small for filters 1,1,1,1,1, want at least 10×10\n",
		},
		{
			"too many filters", "-conv -filters 500,400", 1,
			"digits: filters 500,400 make a network that computes 65124000 products for an image of 8×8 pixels, " +
				"want at most 5000000\n",
		},
		{
			"a convolution to export", "-conv -export x.json", 2,
			"digits: -conv and -export exclude each other: pytorch.py builds no convolution, and does not draw ",
		},
		{
			"an MLP as a convolution", "-conv -load ok.json", 1,
			"digits: nn: LoadParams: ok.json: format is \"gradus mlp\", want \"gradus parameters\": " +
				"nn.Load reads this file; with -conv the file must be that of a convolution with the same -filters, " +
				"for images of the same size\n",
		},
		{
			"a convolution as an MLP", "-load conv.json", 1,
			"digits: nn: Load: conv.json: format is \"gradus parameters\", want \"gradus mlp\": " +
				"nn.LoadParams reads this file; if it is the file of a convolution, -conv must be set\n",
		},
		{"other filters", "-conv -load conv.json -filters 2,3,4", 1, "digits: nn: LoadParams: conv.json: "},
		{
			"no convolution", "-conv -load none.json", 1,
			"digits: nn: LoadParams: open none.json: no such file or directory\n",
		},
		{"leftover", "seven.png", 2, `digits: argument 1 is "seven.png", want only flags`},
		{
			"layers of a loaded network", "-load ok.json -hidden 3", 2,
			"digits: -load and -hidden exclude each other: the network in the file has layers of its own\nusage: ",
		},
		{
			"its activation", "-activation tanh -load ok.json", 2,
			"digits: -load and -activation exclude each other: ",
		},
		{
			"a part of a folder", "-data . -train 3", 2,
			"digits: -data and -train exclude each other: the files decide which images are held ",
		},
		{"split of a folder", "-data . -split 3", 2, "digits: -data and -split exclude each other: "},
		{"folds of a folder", "-data . -split 3 -folds 2", 1, "digits: .: there is no file "},
		{
			"folds of a loaded network", "-folds 2 -load ok.json", 2,
			"digits: -folds and -load exclude each other: cross-validation trains networks only to evaluate ",
		},
		{"folds to save", "-folds 2 -save x.json", 2, "digits: -folds and -save exclude each other: "},
		{"folds to predict", "-folds 2 -predict x.png", 2, "digits: -folds and -predict exclude each other: "},
		{"folds to export", "-folds 2 -export x.json", 2, "digits: -folds and -export exclude each other: "},
		{"folds to draw", "-folds 2 -out p", 2, "digits: -folds and -out exclude each other: "},
		{
			"one fold", "-folds 1", 2,
			"digits: -folds is 1, which leaves no images to train with, want at least 2\nusage: ",
		},
		{
			"empty folds", "-folds 3 -train 2", 1,
			"digits: 3 folds of 2 training images, want at most one fold for each image\n",
		},
		{"no data", "-data none", 1, "digits: open none: no such file or directory, want a folder "},
		{"a folder without data", "-data .", 1, "digits: .: "},
		{"no network", "-load none.json", 1, "digits: nn: Load: open none.json: no such file"},
		{"not a network", "-load file", 1, "digits: nn: Load: file: the file is cut off"},
		{
			"a network for others", "-load 9-10.json", 1,
			"digits: 9-10.json: the network has 9 inputs and 10 " + shapes,
		},
		{
			"a network for less", "-load 64-2.json", 1,
			"digits: 64-2.json: the network has 64 inputs and 2 " + shapes,
		},
		{
			"a file for a folder", "-out file", 1,
			"digits: folder for pictures: mkdir file: not a directory\n",
		},
		{
			"no folder to save in", "-save none/x.json", 1,
			"digits: none/x.json: there is no folder none to write the file in\n",
		},
		{
			"a folder in the way", "-out d", 1,
			"digits: d/digits.json: it is a folder, want the name of a file\n",
		},
		{"a folder to save in", "-save .", 1, "digits: .: it is a folder, want the name of a file\n"},
		{
			"a file as a folder", "-save file/x.json", 1,
			"digits: file/x.json: file is a file, want a folder to write the file in\n",
		},
		{
			"no folder to export to", "-export none/x.json", 1,
			"digits: none/x.json: there is no folder none to write the file in\n",
		},
		{"no picture", "-predict none.png", 1, "digits: stat none.png: no such file"},
		{"not a picture", "-predict file", 1, "digits: file: "},
	})
}

// If training overflows, the error names the flag to change.
func TestOverflow(t *testing.T) {
	const args = "-train 50 -hidden 3 -rate 1000 -decay 1000 -epochs 99 -out "
	_, stderr := digits(t.Context()).Fails(t, args+t.TempDir())
	if want := "; want a smaller rate than 1000\n"; !strings.HasSuffix(stderr, want) {
		t.Errorf("stderr is %q, want it to end with %q", stderr, want)
	}
}

// If the loss is larger at the end than at the start, or than without any knowledge, the output says so.
func TestTrainingFails(t *testing.T) {
	t.Chdir(t.TempDir())
	const failed, guesses = "\nThe loss went from 2.", "\nA network that takes all classes for equally"
	for _, test := range []struct {
		args, says string
		want       bool
	}{
		{quick, failed, false},
		{quick + "-rate 100", failed, true},
		{quick, guesses, false},
		{"-hidden 20 -epochs 2 -out p -rate 10", guesses, true},
		{"-folds 2 -train 60 -hidden 5 -epochs 20", guesses, false},
		{"-folds 2 -train 60 -hidden 5 -epochs 3 -rate 100", guesses, true},
	} {
		out := digits(t.Context()).Output(t, test.args)
		says := strings.Contains(out, test.says)
		hints := strings.Contains(strings.Join(strings.Fields(out), " "), "try less than -rate 10")
		if got := says && hints; got != test.want {
			t.Errorf("%s: says %q: %t, want %t:\n%s", test.args, test.says, got, test.want, out)
		}
	}
}

// Help names all flags, in lines of at most 100 columns.
func TestHelp(t *testing.T) {
	got := digits(t.Context()).Output(t, "-h")
	if n := strings.Count(got, "\n  -"); n != 22 {
		t.Errorf("%d flags, want 22:\n%s", n, got)
	}
	_, list, _ := strings.Cut(got, "\n\n")
	for line := range strings.Lines(list) {
		if len(line) > 100 {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}
