package nn

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// loadError returns the error of loading a file with this text.
func loadError(t *testing.T, text string, own ...Activation) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "net.json")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	m, err := Load(name, own...)
	switch {
	case err == nil:
		return "no error"
	case m != nil:
		t.Errorf("there is a network and the error %v", err)
	}
	without, found := strings.CutPrefix(err.Error(), "nn: Load: "+name+": ")
	if !found {
		t.Errorf("the error is %v, want it to name the file", err)
	}
	return without
}

const (
	right  = `"00dd35e3d026f73224c4fad5cf11e1c6eeed2efcdfc5df09cd05bdb369d37991"`
	edited = `: the file was edited or damaged`
	known  = `scaledSigmoid(c), leakyReLU(slope), identity, sigmoid, tanh, ReLU, softplus, ELU, SiLU, GELU, ` +
		`GELUTanh, mish, SELU, softsign, hardtanh, ReLU6, hardsigmoid, hardswish`
)

// Each row edits the text of a good file and keeps its checksum.
func TestLoadErrors(t *testing.T) {
	begin, end := strings.Index(smallText, "    {"), strings.Index(smallText, "},") // of a neuron
	first, last := strings.Index(smallText, "[\n  2"), strings.Index(smallText, ",\n \"sha")
	huge := strconv.Itoa(math.MaxInt/2 + 1)
	for _, tt := range []struct{ name, old, new, want string }{
		{"format", "gradus mlp", "gradus cnn", `format is "gradus cnn", want "gradus mlp"`},
		{"format missing", `"format": "gradus mlp",`, ``, `the file has the key "version", want "format"`},
		{"format, number", `"gradus mlp"`, `7`, `format is 7, want a string`},
		{
			"newer version", `"version": 1`, `"version": 2`,
			`version is 2, want 1: another version of this package wrote it`,
		},
		{
			"newer version with news", `"version": 1`, `"version": 2, "optimizer": {"momentum": []}`,
			`version is 2, want 1: another version of this package wrote it`,
		},
		{
			"version missing", `"version": 1,`, ``,
			`the file has the key "architecture", want "version"`,
		},
		{"version, text", `"version": 1`, `"version": "1"`, `version is "1", want a whole number`},
		{"version, fraction", `"version": 1`, `"version": 1.5`, `version is 1.5, want a whole number`},
		{
			"version, long", `"version": 1`, `"version": ` + strings.Repeat("1", 100),
			`version is ` + strings.Repeat("1", 40) + `, want a whole number`,
		},
		{
			"architecture missing", "\"architecture\": [\n  2,\n  2,\n  1\n ],", ``,
			`the file has the key "layers", want "architecture"`,
		},
		{
			"architecture, one too many", "  2,\n  1\n", "  2,\n  1, 1\n",
			`layers has length 2, want 3, which is one less than architecture has`,
		},
		{
			"architecture, one too few", "  2,\n  1\n", "  2\n",
			`layers has a length of more than 1, want 1, which is one less than architecture has`,
		},
		{
			"a weight too many", "1.5,\n", "1.5, 1,\n",
			`layers[0].neurons[1].weights has a length of more than 2, want 2, which is architecture[0]`,
		},
		{
			"no layers", smallText[first:last], `[2], "layers": []`,
			`architecture has length 1, want at least 2: the number of inputs, and of units in each layer`,
		},
		{"no inputs", "[\n  2,", "[\n  0,", `architecture[0] is 0, want at least 1`},
		{"negative inputs", "[\n  2,", "[\n  -2,", `architecture[0] is -2, want at least 1`},
		{
			"other inputs", "[\n  2,", "[\n  3,",
			`layers[0].neurons[0].weights has length 2, want 3, which is architecture[0]`,
		},
		{
			"huge architecture", "  2,\n  2,", "  2,\n  " + huge + ",",
			"architecture[1] is " + huge + ", want a network that Save writes in at most 268435456 bytes",
		},
		{
			"too huge", "  2,\n  2,", "  2,\n  1e30,",
			`architecture[1] is 1e30, want a whole number`,
		},
		{
			"a layer of none", "  1\n ]", "  0\n ]",
			`architecture[2] is 0, want at least 1`,
		},
		{
			"layers, number", "\"layers\": [\n  {", `"layers": [ 7, {`,
			`layers[0] is 7, want an object`,
		},
		{
			"activation", `"tanh"`, `"swish"`,
			`layers[0].activation is "swish", want one of ` + known + `, or one given to Load`,
		},
		{
			"activation missing", "   \"activation\": \"tanh\",\n", ``,
			`layers[0] has the key "neurons", want "activation"`,
		},
		{
			"slope", `leakyReLU(0.25)`, `leakyReLU(NaN)`,
			`layers[1].activation is "leakyReLU(NaN)", want one of ` + known + `, or one given to Load`,
		},
		{
			"slope, spelled otherwise", `leakyReLU(0.25)`, `leakyReLU(.25)`,
			`layers[1].activation is "leakyReLU(.25)", want one of ` + known + `, or one given to Load`,
		},
		{
			"neuron missing", smallText[begin : end+len("},")], ``,
			`layers[0].neurons[0].name is "layer1.neuron2", want "layer1.neuron1"`,
		},
		{
			"name", `layer1.neuron2`, `layer2.neuron2`,
			`layers[0].neurons[1].name is "layer2.neuron2", want "layer1.neuron2"`,
		},
		{
			"name missing", `"name": "layer1.neuron2",`, ``,
			`layers[0].neurons[1] has the key "weights", want "name"`,
		},
		{
			"weight missing", "1.5,\n      1e-300", "1.5",
			`layers[0].neurons[1].weights has length 1, want 2, which is architecture[0]`,
		},
		{
			"weights null", "[\n      0.25,\n      7\n     ]", "null",
			`layers[1].neurons[0].weights is null, want a list`,
		},
		{
			"weight, too large", `1.5`, `1e999`,
			`layers[0].neurons[1].weights[0] is 1e999, want a finite number`,
		},
		{
			"weight, text", `1e-300`, `"NaN"`,
			`layers[0].neurons[1].weights[1] is "NaN", want a finite number`,
		},
		{"weight, null", `1.5`, `null`, `layers[0].neurons[1].weights[0] is null, want a finite number`},
		{
			"weight, long", `1.5`, `"` + strings.Repeat("1", 100) + `"`,
			`layers[0].neurons[1].weights[0] is "` + strings.Repeat("1", 40) + `", want a finite number`,
		},
		{
			"weight, list", `-0.2`, `[-0.2]`,
			`layers[0].neurons[0].weights[1] is a list, want a finite number`,
		},
		{
			"weight, NaN", `-0.2`, `NaN`,
			`layers[0].neurons[0].weights[1] cannot be read: invalid character 'N' looking for beginning of value`,
		},
		{
			"bias, text", `"bias": -3`, `"bias": "-3"`,
			`layers[0].neurons[1].bias is "-3", want a finite number`,
		},
		{
			"bias, too large", `0.5`, `-1e400`,
			`layers[0].neurons[0].bias is -1e400, want a finite number`,
		},
		{
			"unknown field", `"bias": 0.5`, `"bias": 0.5, "w": 1`,
			`layers[0].neurons[0] has the key "w", want the end of the object`,
		},
		{
			"unknown field, long", `"bias": 0.5`, `"` + strings.Repeat("w", 100) + `": 1`,
			`layers[0].neurons[0] has the key "` + strings.Repeat("w", 40) + `", want "bias"`,
		},
		{"not an object", smallText, `[1]`, `the file is a list, want an object`},
		{
			"not JSON", smallText, `layer`,
			`the file cannot be read: invalid character 'l' looking for beginning of value`,
		},
		{"empty", smallText, ``, `the file is cut off: the file ends there`},
		{
			"more behind", smallText, smallText + `1`,
			`there is more after the object, want the end`,
		},
		{
			"deep", smallText, strings.Repeat("[", 1_000_000),
			`the file is a list, want an object`,
		},
		{"sha256 missing", ",\n \"sha256\": " + right, ``, `the file has no key "sha256", want one`},
		{"a weight and then the end", smallText[last:], ``, `the file is cut off: the file ends there`},
		{
			"sha256", `"00dd`, `"00dc`,
			`sha256 is ` + strings.Replace(right, "dd", "dc", 1) + `, want ` + right + edited,
		},
	} {
		text := strings.Replace(smallText, tt.old, tt.new, 1)
		if text == smallText {
			t.Errorf("%s: there is no %q", tt.name, tt.old)
		}
		if got := loadError(t, text); got != tt.want {
			t.Errorf("%s: the error is\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestLoadNoFile(t *testing.T) {
	folder := t.TempDir()
	_, err := Load(filepath.Join(folder, "net.json"))
	begin := "nn: Load: open " + folder
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), begin) {
		t.Errorf("the error is %v, want one of a file that does not exist", err)
	}
	begin = "nn: Load: " + folder + ": "
	if _, err := Load(folder); err == nil || !strings.HasPrefix(err.Error(), begin) {
		t.Errorf("the error is %v, want one of reading a folder", err)
	}
}

func TestLoadTooLarge(t *testing.T) {
	if _, err := read(strings.NewReader(smallText), int64(len(smallText)), nil); err != nil {
		t.Errorf("%v, want no error", err)
	}
	_, err := read(strings.NewReader(smallText+" "), int64(len(smallText)), nil)
	want := "cannot be read: it is larger than 620 bytes"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// A file that declares a huge network, but does not contain it, makes Load allocate little.
func TestLoadAllocatesWhatIsThere(t *testing.T) {
	text := strings.Replace(smallText, "  2,\n  2,", "  5000,\n  5000,", 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := read(strings.NewReader(text), largestFile, nil); err == nil {
		t.Error("no error, want one")
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes allocated, want less than a MiB for a file of %d", n, len(text))
	}
}
