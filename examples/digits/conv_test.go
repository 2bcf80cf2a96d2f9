package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/slow"
)

// quickConv is what quick is, for a convolution.
const quickConv = "-conv -out p -train 20 -filters 2,3 -epochs 1 "

// saveConvolution saves a convolution with the filters of quickConv.
func saveConvolution(t *testing.T, file string) {
	t.Helper()
	r := recipe.Default()
	r.Conv, r.Filters = true, []int{2, 3}
	net, err := r.Network(recipe.Images{Height: 8, Width: 8, Classes: 10})
	if err == nil {
		err = recipe.Save(file, net)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The convolution is better than the MLP at the held-out images, and has fewer parameters. The output of
// the MLP is that of TestDefault.
func TestConvolution(t *testing.T) {
	if !slow.Wanted() || withRace {
		return // TestGolden has a smaller one
	}
	mlp, err := os.ReadFile(filepath.Join("testdata", "default.golden"))
	if err != nil {
		t.Fatal(err)
	}
	conv := compare(t, "convolution.golden", "-conv -out pictures")
	if err := golden.Pictures("pictures", conv, 7); err != nil {
		t.Error(err)
	}
	for name, better := range map[string]func(conv, mlp float64) bool{
		`(\d+) parameters`:       func(conv, mlp float64) bool { return 3*conv < mlp },
		`(\d+) of 297 images`:    func(conv, mlp float64) bool { return conv > mlp },
		`images; loss (\d\.\d+)`: func(conv, mlp float64) bool { return conv < mlp },
	} {
		number := func(output string) float64 {
			m := regexp.MustCompile(name).FindStringSubmatch(strings.Join(strings.Fields(output), " "))
			if m == nil {
				t.Fatalf("%s is not in:\n%s", name, output)
			}
			x, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if c, m := number(conv), number(string(mlp)); !better(c, m) {
			t.Errorf("%s: the convolution has %v and the MLP %v, want it to be better", name, c, m)
		}
	}
}

// A convolution has another number of epochs, unless the flag is set.
func TestConvDefaults(t *testing.T) {
	for args, epochs := range map[string]int{
		"": 60, "-conv": 40, "-conv -epochs 60": 60, "-epochs 7 -conv": 7, "-conv=false": 60,
	} {
		var cfg config
		flags := cfg.flags()
		if err := flags.Parse(strings.Fields(args)); err != nil {
			t.Fatal(err)
		}
		if err := cfg.Complete(flags); err != nil || cfg.Epochs != epochs {
			t.Errorf("%q: %d epochs, %v, want %d", args, cfg.Epochs, err, epochs)
		}
	}
}

// A convolution that is saved and loaded again has the same results, goes on where it was, and
// classifies a picture.
func TestConvContinue(t *testing.T) {
	t.Chdir(t.TempDir())
	const flags = "-conv -train 100 -filters 3,4 -out p "
	first := digits(t.Context()).Output(t, flags+"-epochs 2 -save a.json")
	second := digits(t.Context()).Output(t, flags+"-epochs 1 -load a.json -save b.json")
	checkSaved(t, "a.json", flags, first)
	checkSaved(t, "b.json", flags, second)
	rows := regexp.MustCompile(`\n +([02])( +\d\.\d+ .*)\n`)
	a, b := rows.FindAllStringSubmatch(first, -1), rows.FindAllStringSubmatch(second, -1)
	if end := a[len(a)-1]; end[1] != "2" || b[0][1] != "0" || end[2] != b[0][2] {
		t.Errorf("training ends with %q and goes on with %q, want the same", end[0], b[0][0])
	}
	if !strings.Contains(second, ", loaded from a.json\n") {
		t.Errorf("the output does not say what was loaded:\n%s", second)
	}
	draw(t, "digit.png", []float64{1, 1, 0, 1, 0, 1}, 2, true)
	out := digits(t.Context()).Output(t, "-conv -filters 3,4 -load b.json -predict digit.png")
	if n := len(probability.FindAllString(out, -1)); n != 10 || strings.Count(out, "==") != 1 {
		t.Errorf("%d probabilities, want 10 and nothing else:\n%s", n, out)
	}
}

// If training is interrupted, a convolution is evaluated, drawn and saved, too. Of 20 images in batches of
// 16, the third batch is the first of epoch 2.
func TestConvInterrupted(t *testing.T) {
	folder := t.TempDir()
	const flags = "-conv -train 20 -filters 2,3 "
	out := digits(golden.Countdown(t.Context(), 1+3)).Output(t, flags+"-epochs 9 -out "+folder)
	if want := "\ninterrupted in epoch 2 of 9, after batch 1 of 2\n"; !strings.Contains(out, want) {
		t.Errorf("%q is not in:\n%s", want, out)
	}
	if err := golden.Pictures(folder, out, 7); err != nil {
		t.Error(err)
	}
	checkSaved(t, filepath.Join(folder, "digits.json"), flags, out)
}

// The size of the images and the number of classes are those of the files.
func TestConvFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	writeBars(t, ".", "train", 60, 1)
	writeBars(t, ".", "t10k", 33, 2)
	out := digits(t.Context()).Output(t, "-conv -data . -filters 4,6 -epochs 20 -rate 0.02 -out p")
	const want = " network: convolution 5×4, filters 4,6 of 3×3, ReLU, maxima of 2×2, dropout 0.5, 3 outputs, " +
		"283 parameters, "
	if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
		t.Errorf("%q is not in:\n%s", want, out)
	}
	if !strings.HasPrefix(golden.LastLine(out), "held-out accuracy: 100.00 %, 33 of 33 images; ") {
		t.Errorf("the last line is %q, want all bars told apart", golden.LastLine(out))
	}
	checkSaved(t, filepath.Join("p", "digits.json"), "-conv -data . -filters 4,6", out)
}

// Any flag works with -conv, or is refused before anything is done.
func TestConvPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	draw(t, "digit.png", []float64{1, 0, 1, 0}, 2, true)
	saveConvolution(t, "net.json")
	digits(t.Context()).Pairs(t, quickConv,
		"-filters 3", "-dropout 0", "-hidden 3", "-epochs 0", "-folds 2", "-load net.json",
		"-save none/net.json", "-predict digit.png", "-export steps.json")
}
