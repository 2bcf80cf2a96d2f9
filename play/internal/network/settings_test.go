package network

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

// A link may be made by anybody: what cannot be is refused with a sentence.
func TestHostileSettings(t *testing.T) {
	for _, test := range []struct {
		set  Settings
		want string
	}{
		{Settings{Hidden: "1e9"}, `the number of units of layer 1 is "1e9", want a whole number from 1 to 1000`},
		{Settings{Hidden: "8 1000000000"}, `the number of units of layer 2 is "1000000000", want a whole`},
		{Settings{Hidden: strings.Repeat("1 ", 9000)}, "there are 9000 hidden layers, want at most 8"},
		{Settings{Hidden: "1000 1000"}, "the network would have 1005001 weights and biases, want at most 150000"},
		{
			Settings{Hidden: "1000 100", N: "2000"},
			"the network has 103201 weights and biases: for a page want at most 96 points, not 2000",
		},
		{Settings{Hidden: "8 -8 0"}, `the number of units of layer 3 is "0"`},
		{Settings{N: "1e9"}, `the number of points is "1e9", want a whole number from 4 to 2000`},
		{Settings{Noise: "NaN"}, `the noise is "NaN", want a number from 0 to 10`},
		{Settings{Init: "Constant(1e300)"}, "the loss before training is 3.52e+300; want initial weights"},
		{Settings{Init: "Uniform(-1e308, 1e308)"}, "the loss before training is NaN; want initial weights"},
		{Settings{Rate: "Inf"}, `the rate is "Inf", want a number from 1e-09 to 1e+06`},
		{Settings{Rate: strings.Repeat("9", 1000)}, `the rate is "9999999999999999999999999999999999999999", want`},
		{Settings{Momentum: "1"}, `the momentum is "1", want a number from 0 to 0.999`},
		{Settings{Seed: "-1"}, `the seed is "-1", want a whole number from 0`},
		{Settings{Data: "<script>"}, `the data are "<script>", want moons, circles, spirals, xor, line or own`},
		{Settings{Act: "swish"}, `nn: the name of the activation is "swish", want one of scaledSigmoid(c)`},
		{Settings{Out: "leakyReLU(NaN)"}, `nn: the name of the activation is "leakyReLU(NaN)"`},
		{Settings{Init: "Uniform(0, Inf)"}, `nn: the Init is "Uniform(0, Inf)", want Xavier`},
		{Settings{Bias: "Constant"}, `nn: the Init is "Constant", want Xavier`},
		{Settings{Loss: "Loss"}, `nn: the name of the loss is "Loss", want one of BinaryCrossEntropy`},
		{Settings{Opt: "Magic"}, `the optimiser is "Magic", want SGD, Adam or AdamW`},
		{Settings{Data: "own", Own: "1,2"}, "row 1 has 2 columns, want 3: x, y and a class"},
		{Settings{Fall: "99999999999999999999"}, `the rate's fall is "99999999999999999999"`},
		{Settings{Batch: "-1"}, `the batch is "-1", want a whole number from 0 to 2000`},
		{Settings{L2: "x"}, `the L2 term is "x", want a number from 0 to 1000`},
		{Settings{Stop: "1.5"}, `the epoch to pause after is "1.5", want a whole number`},
	} {
		_, err := new(desk).start(test.set)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || len(err.Error()) > 300 {
			t.Errorf("%.100v: error %v, want %s", test.set, err, test.want)
		}
	}
}

// A Preset is a network to try, with one sentence that says what to see.
type Preset struct {
	Name     string
	See      string
	Settings Settings
}

// readOptions reads what the page offers.
func readOptions(t *testing.T) ([]Preset, map[string][]struct{ Value, Text string }) {
	t.Helper()
	var all struct {
		Presets []Preset
		Choices map[string][]struct{ Value, Text string }
	}
	text, err := newCalls(new(desk))["network.options"]([]byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all.Presets, all.Choices
}

// What the page offers can be taken.
func TestOptions(t *testing.T) {
	presets, choices := readOptions(t)
	for _, p := range presets {
		if p.Name == "micrograd's moons" && p.Settings != moonsSettings {
			t.Errorf("%s: %v, want %v", p.Name, p.Settings, moonsSettings)
		}
		if _, err := p.Settings.read(); err != nil || len(p.See) > 130 {
			t.Errorf("%s: error %v; its sentence has %d bytes", p.Name, err, len(p.See))
		}
	}
	if n := len(choices["act"]); n != len(nn.Activations())+2 {
		t.Errorf("%d activations are offered, want all of package nn and 2 with numbers", n)
	}
	for name, choices := range choices {
		for _, c := range choices {
			var s Settings
			text, err := json.Marshal(map[string]string{name: c.Value})
			if err == nil {
				err = json.Unmarshal(text, &s)
			}
			if err != nil || s == (Settings{}) {
				t.Fatalf("%s: %v", name, err)
			}
			if _, err := s.read(); err != nil {
				t.Errorf("%s = %s: %v", name, c.Value, err)
			}
		}
	}
}

// Before there is a network, each function says so, or does not need one.
func TestNothingStarted(t *testing.T) {
	for name, f := range newCalls(new(desk)) {
		if name == "network.options" || name == "network.start" {
			continue
		}
		if _, err := f([]byte("{}")); err == nil || err.Error() != errNotStarted.Error() {
			t.Errorf("%s: error %v, want %v", name, err, errNotStarted)
		}
		if _, err := f([]byte(`{"epochs": "<b>"}`)); err == nil {
			t.Errorf("%s takes a text for a number", name)
		}
	}
}

// Whatever a link says, there is a network in training or a sentence, and no call ends in a panic.
func FuzzSettings(f *testing.F) {
	f.Add("8 8", "tanh", "identity", "Xavier", "Constant(0)", "BinaryCrossEntropy", "Adam", "0.1", "xor")
	f.Add("2", "ReLU", "sigmoid", "Normal(0, 1e150)", "He", "SumSquaredErrors", "SGD", "1e6", "own")
	f.Add("", "leakyReLU(1e300)", "softplus", "Uniform(-9e99, 9e99)", "", "Hinge", "AdamW", "1e-9", "moons")
	f.Fuzz(func(t *testing.T, hidden, act, out, init, bias, loss, opt, rate, data string) {
		if len(hidden) > 3 { // large networks take long, and are no other for it
			return
		}
		c := newCalls(new(desk))
		settings, err := json.Marshal(Settings{
			Hidden: hidden, Act: act, Out: out, Init: init, Bias: bias, Loss: loss, Opt: opt, Rate: rate,
			Data: data, N: "10",
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range [][2]string{
			{"network.start", string(settings)},
			{"network.health", "{}"},
			{"network.watch", `{"layer": 1, "neuron": 1, "maps": true}`},
			{"network.train", `{"epochs": 3}`},
			{"network.health", "{}"},
			{"network.graph", "{}"},
			{"network.go", "{}"},
			{"network.points", `{"do": "keep"}`},
		} {
			if got := c.Answer(call[0], call[1]); strings.Contains(got, "a mistake in the engine") {
				t.Errorf("%s after %s: %s", call[0], settings, got)
			}
		}
	})
}

// A click adds a point where it was, or takes the nearest away.
func TestPoints(t *testing.T) {
	d := new(desk)
	if _, err := d.start(Settings{Data: "own"}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		edit Edit
		want string
	}{
		{Edit{Do: "add", X: 0.5, Y: 0.25, Positive: true}, defaults.Own + ";0,0.6,+"},
		{Edit{Do: "remove", X: 0.9, Y: 0.1}, "-0.5,-0.5,-;-0.5,0.5,+;0.5,-0.5,+"},
		{Edit{Do: "keep"}, defaults.Own},
		{Edit{Do: "find", X: 0.9, Y: 0.9}, ""},
		{Edit{Do: "read", Text: "1 2 a\n3 4 b"}, "1,2,-;3,4,+"},
	} {
		got, err := d.points(test.edit)
		if err != nil || got.Own != test.want {
			t.Errorf("%+v: %+v, %v, want %s", test.edit, got, err, test.want)
		}
	}
	got, err := d.points(Edit{Do: "find", X: 0.9, Y: 0.9})
	if err != nil || got.Row != 3 || got.Text != "0.5, -0.5, class +" {
		t.Errorf("the point found is %+v, %v", got, err)
	}
	if _, err := d.points(Edit{Do: "burn"}); err == nil {
		t.Error("points are burnt")
	}
}

// The command of the network of examples/moons is that example.
func TestCommand(t *testing.T) {
	s := moonsSettings
	s.N, s.Batch = "50", "10"
	const want = "go run ./examples/moons -seed 2 -points 50 -noise 0.1 -epochs 100 -rate 1 " +
		"-alpha 0.0001 -batch 10"
	if got := start(t, s).command(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The graph of a sample ends with its loss, and a large one is shown in part.
func TestGraph(t *testing.T) {
	d := new(desk)
	for _, hidden := range []string{"0", "8 8", "300"} {
		if _, err := d.start(Settings{Hidden: hidden, N: "10"}); err != nil {
			t.Fatal(err)
		}
		g, err := d.graph(Sample{9})
		if err != nil || g.Data.Root() != "loss" || g.Data.Part != (hidden == "300") {
			t.Errorf("hidden %s: root %q, part %v, %v", hidden, g.Data.Root(), g.Data.Part, err)
		}
	}
	for _, row := range []int{-1, 10} {
		if _, err := d.graph(Sample{row}); err == nil {
			t.Errorf("there is a point %d of 10", row)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		x    float64
		want string
	}{
		{10, "0 5 10"},
		{0.71, "0 0.2 0.4 0.6 0.8"},
		{1234, "0 500 1000 1500"},
		{3, "0 1 2 3"},
		{1e-5, "0 5e-06 1e-05"},
	} {
		all, end := scale(test.x)
		var got []string
		for _, tick := range all {
			got = append(got, tick.Text)
		}
		if strings.Join(got, " ") != test.want || end < test.x*(1-1e-9) || all[len(all)-1].At != 1 {
			t.Errorf("%v: %v up to %v, want %s", test.x, got, end, test.want)
		}
	}
}

// The two classes have targets that the loss allows, and that a sigmoid can reach if there is one.
func TestTargets(t *testing.T) {
	for _, tt := range []struct {
		loss, out string
		want      float64 // the target of the negative class
	}{
		{"HalfSquaredError", "identity", -1},
		{"HalfSquaredError", "sigmoid", 0},
		{"BinaryCrossEntropy", "identity", 0},
		{"PoissonNLL", "identity", 0},
		{"Hinge", "identity", -1},
		{"Hinge", "sigmoid", -1},
	} {
		s := defaults
		s.Loss, s.Out = tt.loss, tt.out
		c, err := s.read()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.loss.CheckTargets(c.data.T); err != nil || c.targets != [2]float64{tt.want, 1} {
			t.Errorf("%s, %s: targets %v, want %v and 1; %v", tt.loss, tt.out, c.targets, tt.want, err)
		}
	}
}
