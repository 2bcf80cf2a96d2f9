package nn

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// A list is a model that has these parameters.
type list []*gradus.Value

func (l list) Params() []*gradus.Value                    { return l }
func (l list) Forward(x ...*gradus.Value) []*gradus.Value { return x }

// bits returns the names and the numbers of the parameters, to the bit.
func bits(m Model) (lines []string) {
	for _, p := range m.Params() {
		lines = append(lines, p.Name()+" "+gradus.New(p.Data).String())
	}
	return lines
}

func abc() list {
	return list{gradus.New(0.1).As("a"), gradus.New(0).As(`b "<`), gradus.New(1e-300).As("layer1.c")}
}

const abcText = `{
 "format": "gradus parameters",
 "version": 1,
 "parameters": {
  "a": 0.1,
  "b \"\u003c": 0,
  "layer1.c": 1e-300
 },
 "sha256": "da5ab51815b90710c7f82a52688d9828c611dcf3e339007e5c2d75ca9be36f07"
}`

// savedParams returns what is in the file.
func savedParams(t *testing.T, m Model) (name string, text []byte) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "params.json")
	if err := SaveParams(name, m); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, text
}

// The format is fixed: a file of version 1 looks like this, and loads for ever. The order of the
// parameters in the model may be another one, and a Value may be in it twice.
func TestParamsFormat(t *testing.T) {
	m := abc()
	if _, text := savedParams(t, append(m, m[1])); string(text) != abcText {
		t.Errorf("the format has changed (-want +got):\n%s", cmp.Diff(abcText, string(text)))
	}
	other := abc()
	for _, p := range other {
		p.Data = math.NaN() // a model that has diverged is loaded like any other
	}
	turned := list{other[2], other[0], other[2], other[1]}
	if err := readParams(strings.NewReader(abcText), turned, largestFile); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bits(m), bits(other)); diff != "" {
		t.Errorf("the numbers have changed (-want +got):\n%s", diff)
	}
}

// Numbers come back to the bit, also those of a network whose parts share Values.
func TestParamsRoundTrip(t *testing.T) {
	build := func() *MLP {
		m := NewMLP(rand.New(rand.NewPCG(1, 0)), 9, Stack(Dense{Activation: Tanh}, 9, 9)...)
		m.Layers[1] = m.Layers[0]
		m.Layers[0].Neurons[3].W[2] = m.Layers[0].Neurons[0].W[1]
		return m
	}
	m, rng := build(), rand.New(rand.NewPCG(2, 0))
	for _, p := range m.Params() {
		for p.Data = math.NaN(); !finite.All(p.Data); {
			p.Data = math.Float64frombits(rng.Uint64())
		}
	}
	m.Params()[0].Data, m.Params()[1].Data = math.Copysign(0, -1), 5e-324
	name, text := savedParams(t, m)
	if n := strings.Count(string(text), "layer1.neuron"); n != 89 {
		t.Errorf("the file has %d parameters, want the 90 of the layer less the one that is shared", n)
	}
	got := build()
	if err := LoadParams(name, got); err != nil {
		t.Fatal(err)
	}
	if diff := sameNetwork(m, got); diff != "" {
		t.Errorf("the network is not the same (-want +got):\n%s", diff)
	}
	if err := m.Save(name); err == nil || !strings.HasSuffix(err.Error(), "SaveParams saves them as one") {
		t.Errorf("Save: error %v, want one that names SaveParams", err)
	}
}

// Parameters of one network are not loaded into another one that has the same names and other activations: it
// would compute something else. A file without activations fits, and so does that of a network for a model of
// one's own.
func TestParamsActivations(t *testing.T) {
	build := func(a Activation) *MLP {
		rng := rand.New(rand.NewPCG(1, 0))
		return NewMLP(rng, 2, Dense{Units: 3, Activation: Tanh}, Dense{Units: 1, Activation: a})
	}
	name, _ := savedParams(t, build(Sigmoid))
	other := build(Identity)
	other.Params()[0].Data = 7
	err := LoadParams(name, other)
	want := "nn: LoadParams: " + name + `: layer 2 of the file has the activation "sigmoid", and that of the ` +
		`model "identity"; want the same`
	if err == nil || err.Error() != want || other.Params()[0].Data != 7 {
		t.Errorf("error %v, want %s, and no parameter changed", err, want)
	}
	if err := LoadParams(name, list(build(Identity).Params())); err != nil {
		t.Errorf("into a model of one's own: %v", err)
	}
	if name, _ = savedParams(t, list(build(Tanh).Params())); LoadParams(name, other) != nil {
		t.Errorf("from a model of one's own: %v", LoadParams(name, other))
	}
	larger := NewMLP(rand.New(rand.NewPCG(1, 0)), 2, Dense{Units: 4}, Dense{Units: 1})
	name, _ = savedParams(t, larger)
	err = LoadParams(name, other)
	if err == nil || !strings.HasSuffix(err.Error(), `has no "layer1.neuron4.w1"`) {
		t.Errorf("a larger network: %v", err)
	}
}

// What SaveParams refuses, and says of it. The file and the folder stay as they were.
func TestSaveParamsErrors(t *testing.T) {
	const untrained = " and cannot be trained, want a leaf made with gradus.New"
	x := gradus.New(2).As("x")
	for _, tt := range []struct {
		name string
		m    Model
		want string
	}{
		{"no model", nil, "the model is nil, want one"},
		{"no parameters", list{}, "the model has no parameters, want at least one"},
		{"nil", list{x, nil}, "parameter 2 of the network (<nil>) is nil" + untrained},
		{
			"a constant",
			list{x, gradus.Const(3).As("g")},
			"parameter 2 of the network (g = 3, a constant) is a constant" + untrained,
		},
		{"computed", list{x.Neg().As("y")}, "parameter 1 of the network (y = -2, by neg) was computed" + untrained},
		{
			"no name",
			list{x, x, gradus.New(3)},
			"parameter 2 of the model (3) has no name, want one, which Value.As gives",
		},
		{
			"two of a name",
			list{gradus.New(1).As("y"), x, gradus.New(3).As("x")},
			`parameters 2 and 3 of the model are both called "x", want a name for each, which Value.As gives, and ` +
				`layer.Name for all of a layer`,
		},
		{"not a text", list{gradus.New(1).As("\xff")}, `parameter 1 has the name "\xff", want valid UTF-8`},
		{"NaN", list{x, gradus.New(math.NaN()).As("y")}, "y is NaN, want a finite number"},
		{"Inf", list{gradus.New(math.Inf(-1)).As("y")}, "y is -Inf, want a finite number"},
		{
			"a long name",
			list{gradus.New(1).As(strings.Repeat("a", 1<<16))},
			"there is a word of more than 65536 bytes, want a name or a number",
		},
	} {
		name, old := savedParams(t, abc())
		err := SaveParams(name, tt.m)
		if want := "nn: SaveParams: " + name + ": " + tt.want; err == nil || err.Error() != want {
			t.Errorf("%s: the error is %v, want %s", tt.name, err, want)
		}
		onlyFile(t, name, old)
		diverged := tt.name == "NaN" || tt.name == "Inf" || tt.name == "a long name" // which another file may mend
		if err := LoadParams(name, tt.m); !diverged && !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("%s: LoadParams says %v, want %s", tt.name, err, tt.want)
		}
	}
	_, err := paramsText(abc(), len(abcText)-1)
	if err == nil || !strings.HasPrefix(err.Error(), "the file would have") {
		t.Errorf("the error is %v, want one of a file that is too large", err)
	}
}

// Each row edits the text of a good file. If the sum is right, or stays, the model does not change.
func TestLoadParamsErrors(t *testing.T) {
	object := abcText[strings.Index(abcText, "{\n  "):strings.Index(abcText, ",\n \"sha")]
	for _, tt := range []struct{ name, old, new, want string }{
		{
			"a network", `gradus parameters`, `gradus mlp`,
			`format is "gradus mlp", want "gradus parameters": nn.Load reads this file`,
		},
		{
			"a checkpoint", `gradus parameters`, `gradus training`,
			`format is "gradus training", want "gradus parameters": Config.Checkpoint of nn/train reads this file`,
		},
		{"format", `gradus parameters`, `gradus`, `format is "gradus", want "gradus parameters"`},
		{"version", `1,`, `2,`, `version is 2, want 1: another version of this package wrote it`},
		{"no object", object, `7`, `parameters is 7, want an object`},
		{"a list", `0.1`, `[0.1]`, `parameters["a"] is a list, want a finite number`},
		{"too large", `0.1`, `1e999`, `parameters["a"] is 1e999, want a finite number`},
		{"twice", `"layer1.c"`, `"a"`, `parameters["a"] is there twice, want each name once`},
		{"twice, at last", `1e-300`, `1e-300, "a": 2`, `parameters["a"] is there twice, want each name once`},
		{"edited", `0.1`, `0.2`, `: the file was edited or damaged`},
		{"cut off", "\n}", "", `: the file ends there`},
	} {
		m := abc()
		m[0].Data = 7
		before := bits(m)
		text := strings.Replace(abcText, tt.old, tt.new, 1)
		err := readParams(strings.NewReader(text), m, largestFile)
		if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("%s: the error is\n%v\nwant\n%s", tt.name, err, tt.want)
		}
		if diff := cmp.Diff(before, bits(m)); diff != "" {
			t.Errorf("%s: the model has changed:\n%s", tt.name, diff)
		}
	}
}

// A file with other names than the model's changes nothing.
func TestLoadParamsMisfits(t *testing.T) {
	name, _ := savedParams(t, abc())
	d := gradus.New(5).As("d")
	for _, tt := range []struct {
		m    list
		want string
	}{
		{append(abc(), d), `only the model has "d"`},
		{
			append(abc()[:2], d, gradus.New(1).As("e")),
			`only the model has "d", and only the file has "layer1.c"`,
		},
	} {
		tt.m[0].Data = 7
		before := bits(tt.m)
		err := LoadParams(name, tt.m)
		want := "nn: LoadParams: " + name + ": want the same names, but " + tt.want
		if err == nil || err.Error() != want {
			t.Errorf("the error is\n%v\nwant\n%s", err, want)
		}
		if diff := cmp.Diff(before, bits(tt.m)); diff != "" {
			t.Errorf("the model has changed:\n%s", diff)
		}
	}
	err := LoadParams(name, abc()[:1])
	want := `parameters["b \"<"] is one more than the 1 of the model, which has no "b \"<"`
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("the error is\n%v\nwant\n%s", err, want)
	}
	if _, err := Load(name); err == nil || !strings.HasSuffix(err.Error(),
		`format is "gradus parameters", want "gradus mlp": nn.LoadParams reads this file`) {
		t.Errorf("Load says %v, want it to name LoadParams", err)
	}
}

// No text makes LoadParams panic, and what is refused changes nothing.
func FuzzLoadParams(f *testing.F) {
	f.Add([]byte(abcText))
	f.Add([]byte(strings.ReplaceAll(abcText, "layer1.c", "d")))
	f.Add([]byte(`{"format":"gradus parameters","version":1,"parameters":{"a":1,"a":2,"":3},"sha256":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		tryParams(t, text)
		var parsed struct{ Parameters map[string]float64 }
		if json.Unmarshal(text, &parsed) != nil || len(parsed.Parameters) == 0 {
			return
		}
		var m list
		for name, x := range parsed.Parameters {
			m = append(m, gradus.New(x).As(name))
		}
		if text, err := paramsText(m, largestFile); err == nil {
			tryParams(t, text)
			other := list(gradus.Values(make([]float64, len(m))))
			for i, p := range m {
				other[i].As(p.Name())
			}
			if err := readParams(strings.NewReader(string(text)), other, largestFile); err != nil {
				t.Fatalf("what was saved does not load: %v\n%s", err, text)
			}
			if diff := cmp.Diff(bits(m), bits(other)); diff != "" {
				t.Fatalf("what was saved loads as something else:\n%s", diff)
			}
		}
	})
}

// tryParams loads the text into a model, which must then have saved the same or not have changed.
func tryParams(t *testing.T, text []byte) {
	t.Helper()
	m := abc()
	m[0].Data = 7
	before := bits(m)
	err := readParams(strings.NewReader(string(text)), m, largestFile)
	if err != nil {
		if diff := cmp.Diff(before, bits(m)); diff != "" {
			t.Fatalf("%v, but the model has changed:\n%s", err, diff)
		}
		return
	}
	again, err := paramsText(m, largestFile)
	if err != nil {
		t.Fatalf("what was loaded does not save: %v", err)
	}
	if err := readParams(strings.NewReader(string(again)), abc(), largestFile); err != nil {
		t.Fatalf("what was saved does not load: %v", err)
	}
}
